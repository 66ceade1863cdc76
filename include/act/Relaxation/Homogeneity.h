//===- Homogeneity.h - Networks without biases -----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Without biases z(t x) = t z(x) for t >= 0: each point of a box around 0 lies
// on the way from 0 to a point of a face that does not contain 0, and z is at
// most 0 on the box if it is on those faces. There the supremum is below 0 for
// nearly all dead units, while at 0 it is 0 and no bisection comes to an end.
//
// As executed, z(t x) is off by at most t times what z(x) is where every step
// rounds a number that is homogeneous by itself, until products underflow:
// inputs of the size of subnormal numbers are not covered. (x + 1) - 1 is off
// by as much near 0 as at 1, though its formula is x.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_HOMOGENEITY_H
#define ACT_RELAXATION_HOMOGENEITY_H

#include "act/Relaxation/BackSubstitution.h"

namespace act {

/// Whether `node` is a positively homogeneous function of the sources, and its
/// error as executed scales as it does: no offsets, functions made of two lines
/// through 0, and maxima and minima. Not where a source has a set: what lies on
/// the faces of its box stands for less than all of it.
bool isHomogeneous(const Network &network, unsigned node);

/// Whether a formula is a positively homogeneous function of the variables for
/// which `isVariable`, by the way it is written; others are numbers.
bool isHomogeneous(Expression formula, const std::vector<bool> &isVariable);

/// The faces of a box that do not contain 0; none if the box does not.
std::vector<SourceBox> facesWithoutOrigin(const SourceBox &box);

} // namespace act

#endif // ACT_RELAXATION_HOMOGENEITY_H

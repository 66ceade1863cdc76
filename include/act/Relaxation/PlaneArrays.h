//===- PlaneArrays.h - Planes around many functions ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_PLANEARRAYS_H
#define ACT_RELAXATION_PLANEARRAYS_H

#include "act/Relaxation/Network.h"

namespace act {

/// Planes below and above the elements of a multivariate node, one after the
/// other.
struct PlaneArrays {
  struct Side {
    std::vector<double> slope; ///< per operand
    std::vector<double> offset, share;
    /// What their rounding and the execution of the function add.
    std::vector<double> slack;
  } lower, upper;

  Side &side(bool isUpper) { return isUpper ? upper : lower; }
  const Side &side(bool isUpper) const { return isUpper ? upper : lower; }
};

} // namespace act

#endif // ACT_RELAXATION_PLANEARRAYS_H

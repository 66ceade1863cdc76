//===- LineArrays.h - Lines around many functions --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_LINEARRAYS_H
#define ACT_RELAXATION_LINEARRAYS_H

#include "act/Relaxation/Network.h"

namespace act {

/// Lines below and above functions, an element after the other, with what their
/// rounding and the execution of the function add.
struct LineArrays {
  std::vector<double> lowerSlope, lowerOffset, lowerSlack;
  std::vector<double> upperSlope, upperOffset, upperSlack;

  void resize(size_t size);
  void set(size_t element, const Line &lower, const Line &upper);
  Line lower(size_t element) const {
    return {lowerSlope[element], lowerOffset[element]};
  }
  Line upper(size_t element) const {
    return {upperSlope[element], upperOffset[element]};
  }
};

} // namespace act

#endif // ACT_RELAXATION_LINEARRAYS_H

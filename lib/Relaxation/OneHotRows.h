//===- OneHotRows.h - Rows of which one element is 1 -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_RELAXATION_ONEHOTROWS_H
#define ACT_LIB_RELAXATION_ONEHOTROWS_H

#include "act/Formula/Interval.h"
#include <vector>

namespace act {

/// Which element may be the 1 of a one-hot row in the box: an element that
/// cannot be 0, or any that can be 1.
std::vector<unsigned> possibleOnes(const std::vector<Interval> &box);

} // namespace act

#endif // ACT_LIB_RELAXATION_ONEHOTROWS_H

//===- Definedness.cpp - Where a primitive has no value -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Definedness.h"
#include "RoundedFunctions.h"
#include <cmath>

namespace act {

/// Whether infinities of opposite signs are among the numbers.
static bool infinitiesMeet(Interval a, Interval b) {
  return (a.hi == HUGE_VAL && b.lo == -HUGE_VAL) ||
         (a.lo == -HUGE_VAL && b.hi == HUGE_VAL);
}

bool mayBeUndefined(Primitive primitive, Interval a, Interval b,
                    bool infiniteEnds) {
  switch (primitive) {
  case Primitive::Sqrt:
  case Primitive::Log:
  case Primitive::Log1p:
    return a.lo < domainStart(primitive);
  case Primitive::Div:
    return (a.contains(0.0) && b.contains(0.0)) ||
           (infiniteEnds && !a.isBounded() && !b.isBounded());
  case Primitive::Add:
    return infiniteEnds && infinitiesMeet(a, b);
  case Primitive::Sub:
    return infiniteEnds && infinitiesMeet(a, -b);
  case Primitive::Mul:
    return infiniteEnds && ((a.contains(0.0) && !b.isBounded()) ||
                            (b.contains(0.0) && !a.isBounded()));
  case Primitive::Sin:
  case Primitive::Cos:
    return infiniteEnds && !a.isBounded();
  default:
    return false;
  }
}

} // namespace act

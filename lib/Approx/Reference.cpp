//===- Reference.cpp - Values of a function in doubles --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/ExactValue.h"
#include <cmath>

namespace act {

static bool agrees(Expression formula, double x) {
  double exact = exactValue(formula, {x}, Format::F64);
  double fast = approximateValue(formula, {x});
  // Below the floats' range a difference is of no account.
  return std::fabs(fast - exact) <=
         std::fabs(exact) * std::ldexp(1.0, -40) + std::ldexp(1.0, -190);
}

Reference::Reference(Expression formula)
    : formula(formula), doublesSuffice(true) {
  for (int exponent = -40; exponent <= 7 && doublesSuffice; ++exponent)
    for (double mantissa : {1.0, 1.23456, 1.6180339887})
      for (double sign : {-1.0, 1.0})
        doublesSuffice = doublesSuffice &&
                         agrees(formula, sign * std::ldexp(mantissa, exponent));
}

double Reference::operator()(double x) const {
  return doublesSuffice ? approximateValue(formula, {x})
                        : exactValue(formula, {x}, Format::F64);
}

} // namespace act

//===- Reference.cpp - Values of a function in doubles --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
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
  if (doublesSuffice)
    findZeros();
}

void Reference::findZeros() {
  // Not of the points of symmetry, where sums may be exact zeros.
  constexpr double kReach = 20.0, kStep = 0.0625, kOffset = 0.03;
  auto f = [&](double x) { return approximateValue(formula, {x}); };
  for (double lo = kOffset - kReach; lo < kReach; lo += kStep) {
    double from = lo, to = lo + kStep, atFrom = f(from);
    if (!(atFrom * f(to) < 0.0))
      continue;
    for (int i = 0; i < 40; ++i) {
      double middle = (from + to) / 2;
      (f(middle) * atFrom > 0.0 ? from : to) = middle;
    }
    // Around 0 what is 0 there is a product of x, and nothing cancels.
    if (std::fabs(from) > kStep)
      zeros.push_back(from);
  }
}

double Reference::operator()(double x) const {
  // Beside a zero terms cancel, of which doubles have 53 bits.
  constexpr double kNear = 0x1p-10;
  bool cancels = std::any_of(zeros.begin(), zeros.end(), [&](double zero) {
    return std::fabs(x - zero) < kNear;
  });
  if (doublesSuffice && !cancels)
    return approximateValue(formula, {x});
  auto compute = [&] { return exactValue(formula, {x}, Format::F64); };
  if (x == 0.0)
    return compute();
  auto [known, isNew] = exactValues.try_emplace(x, 0.0);
  if (isNew)
    known->second = compute();
  return known->second;
}

} // namespace act

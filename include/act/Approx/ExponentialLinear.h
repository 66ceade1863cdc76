//===- ExponentialLinear.h - An exponential beside a line ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// level * (exp(rate * x) - 1) left of 0 and slope * x right of it. With
// n = round(rate * x / ln 2), r what is left of it, p = exp(r) - 1 and
// s = level * 2^n the left side is s * p + (s - level), and nothing is looked
// up (Tang, Table-driven implementation of the expm1 function, 1992, without
// the table). For n of 0 and -1, where the result is small, the difference is
// exact.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_EXPONENTIALLINEAR_H
#define ACT_APPROX_EXPONENTIALLINEAR_H

#include "act/Approx/Piecewise.h"
#include <vector>

namespace act {

/// -0 and NaN stay; -inf gives -level. With a rate, level and slope of 1 the
/// error is at most 0.95 ulp, seen over all floats.
struct ExponentialLinearForm {
  float rate = 1.0f, level = 1.0f, slope = 1.0f; ///< all above 0
  /// rate * x is held above this negative number, where the result rounds to
  /// -level and 2^n is a normal number.
  float lo = 0.0f;
  /// exp(r) - 1 is r + r^2 * P(r), lowest power first.
  std::vector<float> coefficients;

  /// The value at `x`, bit for bit what its machine code computes before a
  /// rounding to 16 bits.
  float evaluate(float x) const;
};

/// Its addition rounds to a whole number n, and the low bits of the sum are the
/// exponent of 2^n with its bias.
constexpr float kExponentShift = kRoundingShift + 127.0f;
/// ln 2, rounded; n times what it lacks is little beside s.
constexpr float kLn2Single = 0x1.62e43p-1f;

} // namespace act

#endif // ACT_APPROX_EXPONENTIALLINEAR_H

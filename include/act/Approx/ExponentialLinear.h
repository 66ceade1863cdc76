//===- ExponentialLinear.h - An exponential beside a line ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// level * (exp(rate * x) - 1) left of 0 and slope * x right of it. With
// n = round(rate * x / ln 2), r what is left of it, p = exp(r) - 1 and
// s = level * 2^n the left side is s * p + (s - level): the difference is
// exact where the result is small, and nothing is looked up (Tang,
// Table-driven implementation of the expm1 function, 1992, without the table).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_EXPONENTIALLINEAR_H
#define ACT_APPROX_EXPONENTIALLINEAR_H

#include <vector>

namespace act {

struct ExponentialLinearForm {
  float rate = 1.0f, level = 1.0f, slope = 1.0f; ///< all above 0
  /// rate * x is held above this negative number, where the result is -level.
  /// 2^n is a normal number there.
  float lo = 0.0f;
  /// exp(r) - 1 is r + r^2 * P(r), lowest power first.
  std::vector<float> coefficients;

  /// The value at `x`, bit for bit what its machine code computes before a
  /// rounding to 16 bits.
  float evaluate(float x) const;
};

/// 1.5 * 2^23, whose addition rounds to a whole number, and the bias of the
/// exponent of f32: the low bits of n plus this are the exponent of 2^n.
constexpr float kExponentShift = 12582912.0f + 127.0f;

} // namespace act

#endif // ACT_APPROX_EXPONENTIALLINEAR_H

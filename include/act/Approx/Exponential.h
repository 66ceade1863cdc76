//===- Exponential.h - A multiple of the exponential function --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// level * exp(rate * x): a function that repeats itself, up to a power of two,
// needs one segment only. With M a power of two, n = round(x * rate * M / ln 2)
// / M and k = M (n mod 1) it is 2^floor(n) * T_k * exp(rate * r), where r is
// small (Tang, Table-driven implementation of the exponential function, 1989).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_EXPONENTIAL_H
#define ACT_APPROX_EXPONENTIAL_H

#include <vector>

namespace act {

struct ExponentialForm {
  float inverse = 0.0f; ///< rate / ln 2
  float hiStep = 0.0f;  ///< ln 2 / rate is hiStep + loStep
  float loStep = 0.0f;
  /// The argument is clamped to [lo, hi]: past the ends the result is 0 or
  /// infinite.
  float lo = 0.0f, hi = 0.0f;
  /// exp(rate r) - 1 is r * P(r), lowest power first.
  std::vector<float> coefficients;
  std::vector<float> table; ///< level * 2^(k/M), rounded
  /// What each number of the table lacks, in parts of it, to be added to r *
  /// P(r); empty for 0.
  std::vector<float> correction;

  /// Without a table the power of two is found by the instructions that take
  /// the fraction and scale, for all arguments: t = x * inverse, and y is
  /// 2^floor(t) * (T_0 + f * P(f)), f = t - floor(t), 0 where t is infinite.
  bool hasTable() const { return table.size() > 1; }
  /// The constant whose addition rounds to a multiple of 1/M.
  float roundingShift() const;
  /// The value at `x`, bit for bit what its machine code computes before a
  /// rounding to 16 bits.
  float evaluate(float x) const;
};

} // namespace act

#endif // ACT_APPROX_EXPONENTIAL_H

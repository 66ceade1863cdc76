//===- LineProduct.h - Products of lines, nearly correctly rounded -*- C++ -*-//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// c (x - z) (x - w) in f32, without f64 and rounded once, nearly: each line is
// the exact sum of two floats, as its zero is a float (Dekker, A floating-point
// technique for extending the available precision, Numerische Mathematik 18,
// 1971), the constant is the sum of two, and the rounding of their product is
// what a fused multiply-add leaves of it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_LINEPRODUCT_H
#define ACT_APPROX_LINEPRODUCT_H

#include "act/Formula/LinearPieces.h"
#include <limits>
#include <optional>

namespace act {

struct LineProductForm {
  /// x is clamped to [lo, hi], and then in the first line to [lineLo, lineHi];
  /// infinite where it is not.
  float lo = -std::numeric_limits<float>::infinity();
  float hi = std::numeric_limits<float>::infinity();
  float lineLo = lo, lineHi = hi;
  /// The first line: (scale + scaleLow) (x - zero).
  float scale = 1.0f, scaleLow = 0.0f;
  float zero = 0.0f;
  /// The zero of the line that it is multiplied by, if there is one.
  std::optional<float> otherZero;
  double error = 0.5; ///< a bound, in ulps

  /// The value at `x`, bit for bit what its machine code computes.
  float evaluate(float x) const;
};

/// `product`, which is `formula` on its domain, in f32, with the signs of its
/// zeros and an error of at most `allowed` ulps; none where a step would not be
/// exact as it must.
std::optional<LineProductForm> formOf(const LineProduct &product,
                                      Expression formula, double allowed);

} // namespace act

#endif // ACT_APPROX_LINEPRODUCT_H

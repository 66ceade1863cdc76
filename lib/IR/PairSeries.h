//===- PairSeries.h - Polynomials beyond f64 -------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_PAIRSERIES_H
#define ACT_LIB_IR_PAIRSERIES_H

#include "act/Formula/Expression.h"
#include <vector>

namespace act {

/// Coefficients by powers of t of the interpolant of `f` (of variable 0 = t) at
/// the Chebyshev points of [-1, 1], within a small factor of minimax
/// (Trefethen, Approximation Theory and Approximation Practice, 2013, chapter
/// 16). Values and sums are good to some 2^-63. `last` becomes the size of the
/// last Chebyshev coefficient, about that of what is left out.
std::vector<long double> interpolate(Expression f, unsigned count,
                                     long double *last = nullptr);

/// A polynomial whose first coefficient is a pair.
struct PairSeries {
  explicit PairSeries(const std::vector<long double> &coefficients)
      : firstHi(coefficients.front()), firstLo(coefficients.front() - firstHi),
        rest(coefficients.begin() + 1, coefficients.end()) {}
  double firstHi, firstLo;
  std::vector<double> rest;
};

/// Around a root r = hi + lo of a formula of variable 0 it is
/// (x - r) series((x - r)/width) as long as |x - r| < width.
struct RootSeries {
  double hi, lo, width;
  PairSeries series;
};

/// The roots of `formula` that are no numbers of f64, as far as its profile
/// shows them and a series is within 2^-58 there.
std::vector<RootSeries> seriesAtRoots(Expression formula);

} // namespace act

#endif // ACT_LIB_IR_PAIRSERIES_H

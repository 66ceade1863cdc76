//===- Moments.h - Mean and variance under a distribution -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_MOMENTS_H
#define ACT_FORMULA_MOMENTS_H

#include "act/Formula/Expression.h"

namespace act {

/// The law of a scalar input.
struct Distribution {
  enum class Kind { Normal, Uniform } kind;
  double first, second; ///< mean and standard deviation, or lower and upper
  static Distribution normal(double mean, double standardDeviation) {
    return {Kind::Normal, mean, standardDeviation};
  }
  static Distribution uniform(double lower, double upper) {
    return {Kind::Uniform, lower, upper};
  }
};

struct Moments {
  double mean, secondMoment;
  double variance() const; ///< never negative
};

/// Moments of f(X) by Gauss-Legendre quadrature between the kinks of f, to
/// about 1e-12 of the second moment. A standard deviation of 0 is a point.
Moments moments(Expression expression, Distribution input);

/// P(lo < X <= hi).
double probability(Distribution input, double lo, double hi);

} // namespace act

#endif // ACT_FORMULA_MOMENTS_H

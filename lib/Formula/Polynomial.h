//===- Polynomial.h - Formulas that are polynomials, exactly ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Is this formula a polynomial of low degree, and with which coefficients?
// The pieces of relu, hard_swish and their like are; their zeros and values
// then need no enclosure of elementary functions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_POLYNOMIAL_H
#define ACT_LIB_FORMULA_POLYNOMIAL_H

#include "Rational.h"
#include "act/Formula/Expression.h"
#include <optional>
#include <vector>

namespace act {

/// A polynomial in variable 0: `coefficients[i]` of x^i, none for 0, the last
/// one not 0.
struct Polynomial {
  static constexpr size_t maxDegree = 4;
  /// Of a coefficient: some products of doubles. Squares of squares would soon
  /// fill the memory.
  static constexpr size_t maxBits = 1 << 14;
  std::vector<Rational> coefficients;

  bool isZero() const { return coefficients.empty(); }
  bool isLinear() const { return coefficients.size() == 2; }
  /// Of a linear one.
  Rational zero() const { return -(coefficients[0] / coefficients[1]); }
  Rational operator()(const Rational &x) const;
};

/// `expression` as a polynomial; none if it is not one of degree at most
/// Polynomial::maxDegree with rational coefficients of maxBits.
std::optional<Polynomial> readPolynomial(Expression expression);

} // namespace act

#endif // ACT_LIB_FORMULA_POLYNOMIAL_H

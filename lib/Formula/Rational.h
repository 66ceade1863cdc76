//===- Rational.h - Exact rational numbers ---------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The constants of formulas are doubles and fractions of doubles: in them a
// coefficient or the zero of a linear function is decided, not rounded.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_RATIONAL_H
#define ACT_LIB_FORMULA_RATIONAL_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include <cmath>
#include <gmp.h>
#include <optional>

namespace act {

/// A rational number of any size; owns a GMP number.
class Rational {
public:
  /// `value` must be finite.
  Rational(double value = 0.0) {
    mpq_init(number);
    mpq_set_d(number, value);
  }
  Rational(const Rational &other) {
    mpq_init(number);
    mpq_set(number, other.number);
  }
  Rational &operator=(const Rational &other) {
    mpq_set(number, other.number);
    return *this;
  }
  ~Rational() { mpq_clear(number); }

  int sign() const { return mpq_sgn(number); }
  /// Of numerator and denominator.
  size_t bits() const {
    return mpz_sizeinbase(mpq_numref(number), 2) +
           mpz_sizeinbase(mpq_denref(number), 2);
  }
  bool operator==(const Rational &other) const {
    return mpq_equal(number, other.number) != 0;
  }
  bool operator!=(const Rational &other) const { return !(*this == other); }
  bool operator<(const Rational &other) const {
    return mpq_cmp(number, other.number) < 0;
  }

  friend Rational operator+(Rational a, const Rational &b) {
    mpq_add(a.number, a.number, b.number);
    return a;
  }
  friend Rational operator-(Rational a, const Rational &b) {
    mpq_sub(a.number, a.number, b.number);
    return a;
  }
  friend Rational operator*(Rational a, const Rational &b) {
    mpq_mul(a.number, a.number, b.number);
    return a;
  }
  /// `b` must not be 0.
  friend Rational operator/(Rational a, const Rational &b) {
    mpq_div(a.number, a.number, b.number);
    return a;
  }
  friend Rational operator-(Rational a) {
    mpq_neg(a.number, a.number);
    return a;
  }

  /// The tightest enclosure by doubles: a point if this is a double.
  Interval enclosure() const {
    double towardsZero = mpq_get_d(number);
    if (!std::isfinite(towardsZero))
      return sign() < 0 ? Interval(towardsZero, -max())
                        : Interval(max(), towardsZero);
    if (Rational(towardsZero) == *this)
      return towardsZero;
    return sign() < 0 ? Interval(roundedDown(towardsZero), towardsZero)
                      : Interval(towardsZero, roundedUp(towardsZero));
  }

  /// This as a constant: a double, or a fraction of two whole doubles. None
  /// if these would have more digits than a double.
  std::optional<Expression> expression() const {
    if (Interval value = enclosure(); value.isPoint())
      return Expression(value.lo);
    double over = mpz_get_d(mpq_numref(number));
    double under = mpz_get_d(mpq_denref(number));
    if (!std::isfinite(over) || !std::isfinite(under) ||
        mpz_cmp_d(mpq_numref(number), over) != 0 ||
        mpz_cmp_d(mpq_denref(number), under) != 0)
      return std::nullopt;
    Expression fraction = Expression(std::abs(over)) / under;
    return sign() < 0 ? -fraction : fraction;
  }

private:
  static double max() { return std::numeric_limits<double>::max(); }
  mpq_t number;
};

} // namespace act

#endif // ACT_LIB_FORMULA_RATIONAL_H

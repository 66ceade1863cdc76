//===- Sign.h - The sign of a formula on a box -----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An enclosure by doubles touches 0 where the value underflows: of gelu and
// its derivatives everywhere left of -38. So a value is also enclosed as
//
//   exp(exponent) * factor
//
// with a symbolic exponent, and the factor decides. With
// erfc(v) = exp(-v^2) erfcx(v) and sigmoid(u) = exp(u) sigmoid(-u) one box
// decides a whole tail, infinite end included.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_SIGN_H
#define ACT_LIB_FORMULA_SIGN_H

#include "Terms.h"
#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include <vector>

namespace act {

enum class Sign { Negative, NonPositive, Zero, NonNegative, Positive, Unknown };

/// What `enclosure` says of the sign of the values in it.
Sign signOf(Interval enclosure);

inline bool isStrict(Sign sign) {
  return sign == Sign::Negative || sign == Sign::Positive;
}
inline bool isAtMostZero(Sign sign) {
  return sign == Sign::Negative || sign == Sign::NonPositive ||
         sign == Sign::Zero;
}
inline bool isAtLeastZero(Sign sign) {
  return sign == Sign::Positive || sign == Sign::NonNegative ||
         sign == Sign::Zero;
}

/// Reads the sign of one function of variable 0 on many boxes.
class SignReader {
public:
  explicit SignReader(Expression expression);

  /// Of all values for variable 0 in `box`. An infinite end stands for the
  /// largest double: no point lies beyond it.
  Sign on(Interval box) const;

  /// All values for variable 0 in `box`, as above; does not overflow where
  /// an exponential outweighs a power.
  Interval enclosure(Interval box) const;

private:
  /// A value as exp(exponent) * factor, and as such without a scale.
  struct Scaled {
    Scaled(Sum exponent, Interval factor, Interval plain);
    explicit Scaled(Interval plain) : Scaled({}, plain, plain) {}
    Sum exponent;
    Interval factor;
    /// An upper bound of ln |factor|, finite where the factor overflows.
    double logarithm;
    Interval plain;
  };
  struct Step {
    Expression node;
    unsigned operands[2];
    /// The operand of an exp, sigmoid or softplus, minus the square of that of
    /// an erfc: the exponent the primitive decays with.
    Sum decay;
  };

  Scaled evaluate(const Step &step, const std::vector<Scaled> &values,
                  Interval box) const;
  static Scaled evaluateUnary(const Step &step, const Scaled &u);
  static Scaled add(const Scaled &a, const Scaled &b, Interval box);
  static Scaled multiply(const Scaled &a, const Scaled &b);
  static Scaled divide(const Scaled &a, const Scaled &b);
  Scaled evaluate(Interval box) const;

  Expression expression;
  std::vector<Step> steps;
  bool decays = false; ///< some step has an exponent to take out
};

} // namespace act

#endif // ACT_LIB_FORMULA_SIGN_H

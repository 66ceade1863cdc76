//===- SeenRoundingError.cpp - Error of a formula at sample points --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormSearch.h"
#include "act/Approx/RoundingError.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <cmath>
#include <random>
#include <set>
#include <unordered_map>

namespace act {

static constexpr double kUnbounded = std::numeric_limits<double>::infinity();

namespace {

/// A formula of one variable, rounded to `Number` after every step.
template <typename Number>
class StepByStep {
public:
  static constexpr Format kFormat =
      std::is_same_v<Number, float> ? Format::F32 : Format::F64;

  explicit StepByStep(Expression formula) : steps(formula.postorder()) {
    values.resize(steps.size());
    for (size_t i = 0; i < steps.size(); ++i) {
      Expression e = steps[i];
      index[e.id()] = i;
      if (e.numVariables() > 0)
        continue;
      values[i] = exactValue(e, {}, kFormat);
      double near = exactValue(e, {}, Format::F64);
      closed[e.id()] = {near, exactValue(e - near, {}, Format::F64)};
    }
  }

  Number operator()(Number x) {
    for (size_t i = 0; i < steps.size(); ++i)
      if (steps[i].numVariables() > 0)
        values[i] = compute(steps[i], x);
    return values.back();
  }

private:
  double of(Expression e) const { return values[index.at(e.id())]; }

  /// A closed formula in f64, and what that leaves.
  struct Closed {
    double near, rest;
  };

  /// What a comparison takes `e` for.
  double exactly(Expression e) const {
    return e.numVariables() == 0 ? closed.at(e.id()).near : of(e);
  }

  // f64 rounds products and sums of floats so late that each float is right.

  static Number linear(Closed factor, double u, double d) {
    const double c = factor.near;
    // The zero of the sum, which the emission does not miss, but for the
    // rounding of c to f64.
    if (std::fabs(std::fma(c, u, d)) <= std::fabs(d) * 0x1p-52)
      return Number(0);
    if constexpr (kFormat == Format::F64) {
      const double product = c * u;
      const double rest = std::fma(factor.rest, u, std::fma(c, u, -product));
      return (product + d) + rest;
    }
    float hi = static_cast<float>(c);
    if (std::fabs(hi) > std::fabs(c))
      hi = std::nextafterf(hi, 0.0f);
    return static_cast<float>((c - hi) * u + static_cast<float>(hi * u + d));
  }

  static Number sumWithClosed(double u, Closed addend) {
    const double c = addend.near;
    const Number hi = static_cast<Number>(c);
    const double rest = kFormat == Format::F64 ? addend.rest : c - hi;
    return static_cast<Number>(static_cast<Number>(u + hi) + rest);
  }

  double sum(Expression a, Expression b, double sign) const {
    auto signedClosed = [&](Expression e) {
      auto [near, rest] = closed.at(e.id());
      return Closed{sign * near, sign * rest};
    };
    for (auto [product, other] : {std::pair(a, b), std::pair(b, a)}) {
      if (sign < 0.0 || product.primitive() != Primitive::Mul ||
          product.operand(0).numVariables() > 0)
        continue;
      Expression c = product.operand(0), u = product.operand(1);
      if (other.numVariables() == 0)
        return linear(closed.at(c.id()), of(u), of(other));
      if (c.isConstant() && u.isVariable())
        return std::fma(of(u), of(c), of(other));
    }
    if (b.numVariables() == 0)
      return sumWithClosed(of(a), signedClosed(b));
    if (a.numVariables() == 0)
      return sumWithClosed(sign * of(b), closed.at(a.id()));
    return of(a) + sign * of(b);
  }

  double compute(Expression e, Number x) const {
    auto operand = [&](unsigned i) { return of(e.operand(i)); };
    auto comparand = [&](unsigned i) { return exactly(e.operand(i)); };
    switch (e.primitive()) {
    case Primitive::Variable:
      return x;
    case Primitive::Neg:
      return -operand(0);
    case Primitive::Abs:
      return std::fabs(operand(0));
    case Primitive::Min:
      return std::min(operand(0), operand(1));
    case Primitive::Max:
      return std::max(operand(0), operand(1));
    case Primitive::Add:
      return sum(e.operand(0), e.operand(1), 1.0);
    case Primitive::Sub:
      return sum(e.operand(0), e.operand(1), -1.0);
    case Primitive::Mul:
      return operand(0) * operand(1);
    case Primitive::Div:
      return operand(0) / operand(1);
    case Primitive::WhereLess:
      return operand(comparand(0) < comparand(1) ? 2 : 3);
    case Primitive::WhereLessEqual:
      return operand(comparand(0) <= comparand(1) ? 2 : 3);
    case Primitive::WhereEqual:
      return operand(comparand(0) == comparand(1) ? 2 : 3);
    default:
      return NAN;
    }
  }

  std::vector<Expression> steps;
  std::vector<Number> values;
  std::unordered_map<const void *, size_t> index;
  std::unordered_map<const void *, Closed> closed;
};

/// The largest error at `pointsInBinade` points of either sign in each binade
/// where something happens. `errorAt` gives it in ulps, or NaN.
template <typename Number, typename ErrorAt>
double largestError(Expression formula, unsigned pointsInBinade,
                    ErrorAt errorAt) {
  std::mt19937 random{20240229};
  std::uniform_real_distribution<Number> mantissa(1, 2);
  // Where nothing happens roundings do not meet: the usual binades, and those
  // around each kink.
  std::set<int> exponents;
  for (int exponent = -12; exponent < 6; ++exponent)
    exponents.insert(exponent);
  for (const Piece &piece : profile(formula).pieces)
    if (double kink = piece.to.middle(); std::isfinite(kink) && kink != 0.0)
      for (int distance = -3; distance <= 1; ++distance)
        exponents.insert(std::clamp(std::ilogb(kink) + distance, -126, 127));
  double largest = 0.0;
  for (int exponent : exponents)
    for (unsigned i = 0; i < 2 * pointsInBinade; ++i) {
      Number x =
          std::ldexp(i % 2 ? mantissa(random) : -mantissa(random), exponent);
      double error = errorAt(x);
      if (!(error <= largest))
        largest = std::isnan(error) ? kUnbounded : error;
    }
  return largest;
}

double seenInFloats(Expression formula) {
  StepByStep<float> inFloats(formula);
  return largestError<float>(formula, 500, [&](float x) {
    double exact = approximateValue(formula, {x});
    return std::fabs(inFloats(x) - exact) / ulp(exact, Format::F32);
  });
}

/// Fewer points: what f64 leaves takes more digits.
double seenInDoubles(Expression formula) {
  StepByStep<double> inDoubles(formula);
  const Expression error = formula - Expression::variable(1);
  return largestError<double>(formula, 50, [&](double x) {
    double got = inDoubles(x);
    return std::fabs(exactValue(error, {x, got}, Format::F64)) /
           ulp(got, Format::F64);
  });
}

/// Over all finite arguments of 16 bits.
double seenIn16Bits(Expression formula, Format format) {
  StepByStep<float> inFloats(formula);
  double largest = 0.0;
  for (float x : finiteNumbers(format)) {
    double exact = approximateValue(formula, {x});
    double got = roundedResult(inFloats(x), format);
    if (got == roundTo(exact, format))
      continue;
    double error = std::fabs(got - exact) / ulp(exact, format);
    if (!(error <= largest))
      largest = std::isnan(error) ? kUnbounded : error;
  }
  return largest;
}

} // namespace

double seenRoundingErrorInUlps(Expression formula, Format format) {
  if (format == Format::F32)
    return seenInFloats(formula);
  return format == Format::F64 ? seenInDoubles(formula)
                               : seenIn16Bits(formula, format);
}

} // namespace act

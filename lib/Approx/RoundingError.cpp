//===- RoundingError.cpp - Error of a formula computed as written ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/RoundingError.h"
#include "FormSearch.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Interval.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <unordered_map>

namespace act {

namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// Bounds relative errors in units of half an ulp of 1 in a format, the most
/// one rounding adds (Higham, Accuracy and Stability of Numerical Algorithms,
/// 2002, section 3).
class RelativeError {
public:
  explicit RelativeError(Format format) : format(format) {}

  double of(Expression e) {
    auto [known, isNew] = memo.try_emplace(e.id(), kUnbounded);
    if (isNew) {
      double error = compute(e);
      memo[e.id()] = error;
      return error;
    }
    return known->second;
  }

private:
  double ofClosed(Expression e) const {
    const double value = exactValue(e, {}, format);
    if (e.isConstant() && (value == e.constant() || std::isinf(e.constant())))
      return 0.0;
    const bool isNormal =
        std::fabs(value) >= smallestNormal(format) && std::isfinite(value);
    const double error = exactValue((e - value) / value, {}, Format::F64);
    return isNormal ? std::ldexp(std::fabs(error), layoutOf(format).precision)
                    : kUnbounded;
  }

  static bool isPowerOfTwo(Expression e) {
    int exponent;
    return e.isConstant() && e.constant() != 0.0 &&
           std::fabs(std::frexp(e.constant(), &exponent)) == 0.5;
  }

  /// Whether both are of one sign everywhere, so that nothing cancels.
  static bool haveOneSign(Expression a, Expression b) {
    std::vector<Interval> line(std::max(a.numVariables(), b.numVariables()));
    Interval x = enclose(a, line), y = enclose(b, line);
    return (x.lo >= 0.0 && y.lo >= 0.0) || (x.hi <= 0.0 && y.hi <= 0.0);
  }

  /// c * u with closed c and an exact u.
  bool isExactMultiple(Expression e) {
    return e.primitive() == Primitive::Mul &&
           e.operand(0).numVariables() == 0 && of(e.operand(0)) <= 1.0 &&
           of(e.operand(1)) == 0.0;
  }

  /// u + c or u - c with closed c and an exact u.
  bool isExactButClosed(Expression a, Expression b) {
    return a.numVariables() > 0 && of(a) == 0.0 && b.numVariables() == 0 &&
           of(b) <= 1.0;
  }

  double ofSum(Expression a, Expression b, Primitive primitive) {
    // The reference lowering makes up for the rounding of c: two steps count.
    constexpr double kCompensated = 2.0;
    if (primitive == Primitive::Add &&
        ((isExactMultiple(a) && ofAddend(b) == 0.0) ||
         (isExactMultiple(b) && ofAddend(a) == 0.0)))
      return kCompensated;
    if (of(a) == 0.0 && of(b) == 0.0)
      return 1.0;
    if (isExactButClosed(a, b) || isExactButClosed(b, a))
      return kCompensated;
    if (primitive == Primitive::Add && haveOneSign(a, b))
      return std::max(of(a), of(b)) + 1.0;
    return kUnbounded;
  }

  /// Of the other term of a compensated sum, which must be a constant.
  double ofAddend(Expression e) {
    return e.numVariables() == 0 ? of(e) : kUnbounded;
  }

  /// Of an operand of a comparison: the reference lowering takes the neighbour
  /// of a closed one that decides alike.
  double ofComparand(Expression e) {
    return e.numVariables() == 0 ? 0.0 : of(e);
  }

  double compute(Expression e) {
    if (e.numVariables() == 0)
      return ofClosed(e);
    switch (e.primitive()) {
    case Primitive::Variable:
      return 0.0;
    case Primitive::Neg:
    case Primitive::Abs:
      return of(e.operand(0));
    case Primitive::Min:
    case Primitive::Max:
      return std::max(of(e.operand(0)), of(e.operand(1)));
    case Primitive::Add:
    case Primitive::Sub:
      return ofSum(e.operand(0), e.operand(1), e.primitive());
    case Primitive::Mul:
    case Primitive::Div: {
      double both = of(e.operand(0)) + of(e.operand(1));
      bool scales =
          isPowerOfTwo(e.operand(1)) ||
          (e.primitive() == Primitive::Mul && isPowerOfTwo(e.operand(0)));
      return both + (scales ? 0.0 : 1.0);
    }
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      if (ofComparand(e.operand(0)) != 0.0 || ofComparand(e.operand(1)) != 0.0)
        return kUnbounded;
      return std::max(of(e.operand(2)), of(e.operand(3)));
    default:
      return kUnbounded;
    }
  }

  Format format;
  std::unordered_map<const void *, double> memo;
};

} // namespace

/// What is computed on: all but `formula` and the sides of its decisions, which
/// are results.
static std::set<const void *> operandsOf(Expression formula) {
  std::set<const void *> results = {formula.id()}, operands;
  std::vector<Expression> all = formula.postorder();
  // Users before operands.
  for (size_t i = all.size(); i-- > 0;) {
    bool decides = results.count(all[i].id()) && all[i].numOperands() == 4;
    for (unsigned k = 0; k < all[i].numOperands(); ++k)
      (decides && k >= 2 ? results : operands).insert(all[i].operand(k).id());
  }
  return operands;
}

/// Whether no step but the last leaves the range of normal floats with harm:
/// none overflows, and what may underflow is no factor of a product. It may be
/// a term of a sum, whose rounding is larger.
static bool staysInRange(Expression formula, Format format) {
  const double largest = largestFinite(format);
  const double least = smallestNormal(format);
  // Up to here a result rounds to the largest number; in f64 an enclosure
  // cannot tell.
  const double overflow =
      format == Format::F64 ? largest : largest * (1.0 + 0x1p-25);
  std::vector<Interval> numbers(formula.numVariables(), {-largest, largest});
  auto isProduct = [](Expression e) {
    return e.numVariables() > 0 &&
           (e.primitive() == Primitive::Mul || e.primitive() == Primitive::Div);
  };
  // c x + d is one step.
  std::set<const void *> fused;
  for (Expression e : formula.postorder())
    for (unsigned i = 0; e.primitive() == Primitive::Add && i < 2; ++i)
      if (e.operand(1 - i).numVariables() == 0 && isProduct(e.operand(i)) &&
          e.operand(i).operand(0).numVariables() == 0)
        fused.insert(e.operand(i).id());
  const std::set<const void *> operands = operandsOf(formula);
  for (Expression e : formula.postorder()) {
    for (unsigned i = 0; isProduct(e) && i < e.numOperands(); ++i) {
      if (!isProduct(e.operand(i)))
        continue;
      Interval factor = enclose(e.operand(i), numbers);
      if (factor.lo < least && factor.hi > -least)
        return false;
    }
    Interval range = enclose(e, numbers);
    if (operands.count(e.id()) && !fused.count(e.id()) &&
        !(range.lo >= -overflow && range.hi <= overflow))
      return false;
  }
  return true;
}

double roundingErrorInUlps(Expression formula, Format format) {
  if (!staysInRange(formula, format))
    return kUnbounded;
  double relative = RelativeError(format).of(formula);
  // The last rounding is of the result itself: half an ulp. Those before are
  // half an ulp of results that lie near the upper end of a binade, and a whole
  // one of those at the lower.
  return relative == 0.0 ? 0.0 : relative - 0.5;
}

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

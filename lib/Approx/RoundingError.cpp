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

/// Bounds relative errors in units of 2^-24, the most one rounding adds
/// (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3).
class RelativeError {
public:
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
  static double ofClosed(Expression e) {
    double value = std::fabs(exactValue(e, {}, Format::F64));
    bool isFloat = e.isConstant() &&
                   (static_cast<float>(value) == value || std::isinf(value));
    if (isFloat)
      return 0.0;
    bool isInRange = value >= std::numeric_limits<float>::min() &&
                     value <= std::numeric_limits<float>::max();
    // `value` is rounded to f64 itself.
    double error = std::fabs(static_cast<float>(value) / value - 1.0);
    return isInRange ? std::ldexp(error, 24) + 0x1p-28 : kUnbounded;
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
static bool staysInRange(Expression formula) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  constexpr double kLeastNormal = std::numeric_limits<float>::min();
  // Up to here a result rounds to the largest float.
  constexpr double kOverflow = kLargest * (1.0 + 0x1p-25);
  std::vector<Interval> floats(formula.numVariables(), {-kLargest, kLargest});
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
      Interval factor = enclose(e.operand(i), floats);
      if (factor.lo < kLeastNormal && factor.hi > -kLeastNormal)
        return false;
    }
    Interval range = enclose(e, floats);
    if (operands.count(e.id()) && !fused.count(e.id()) &&
        !(range.lo >= -kOverflow && range.hi <= kOverflow))
      return false;
  }
  return true;
}

double roundingErrorInUlps(Expression formula) {
  if (!staysInRange(formula))
    return kUnbounded;
  double relative = RelativeError().of(formula);
  // The last rounding is of the result itself: half an ulp. Those before are
  // half an ulp of results that lie near the upper end of a binade, and a whole
  // one of those at the lower.
  return relative == 0.0 ? 0.0 : relative - 0.5;
}

namespace {

/// A formula of one variable, rounded to f32 after every step.
class InFloats {
public:
  explicit InFloats(Expression formula) : steps(formula.postorder()) {
    values.resize(steps.size());
    for (size_t i = 0; i < steps.size(); ++i) {
      Expression e = steps[i];
      index[e.id()] = i;
      if (e.numVariables() > 0)
        continue;
      values[i] = exactValue(e, {}, Format::F32);
      closed[e.id()] = exactValue(e, {}, Format::F64);
    }
  }

  float operator()(float x) {
    for (size_t i = 0; i < steps.size(); ++i)
      if (steps[i].numVariables() > 0)
        values[i] = compute(steps[i], x);
    return values.back();
  }

private:
  double of(Expression e) const { return values[index.at(e.id())]; }

  /// What a comparison, or a sum in two steps, takes `e` for.
  double exactly(Expression e) const {
    return e.numVariables() == 0 ? closed.at(e.id()) : of(e);
  }

  // f64 rounds products and sums of floats so late that each float is right.

  static float linear(double c, double u, double d) {
    // The zero of the sum, which the emission does not miss, but for the
    // rounding of c to f64.
    if (std::fabs(c * u + d) <= std::fabs(d) * 0x1p-52)
      return 0.0f;
    float hi = static_cast<float>(c);
    if (std::fabs(hi) > std::fabs(c))
      hi = std::nextafterf(hi, 0.0f);
    return static_cast<float>((c - hi) * u + static_cast<float>(hi * u + d));
  }

  static float sumWithClosed(double u, double c) {
    float hi = static_cast<float>(c);
    return static_cast<float>(static_cast<float>(u + hi) + (c - hi));
  }

  double sum(Expression a, Expression b, double sign) const {
    for (auto [product, other] : {std::pair(a, b), std::pair(b, a)}) {
      if (sign < 0.0 || product.primitive() != Primitive::Mul ||
          product.operand(0).numVariables() > 0)
        continue;
      Expression c = product.operand(0), u = product.operand(1);
      if (other.numVariables() == 0)
        return linear(exactly(c), of(u), of(other));
      if (c.isConstant() && u.isVariable())
        return std::fma(of(u), of(c), of(other));
    }
    if (b.numVariables() == 0)
      return sumWithClosed(of(a), sign * exactly(b));
    if (a.numVariables() == 0)
      return sumWithClosed(sign * of(b), exactly(a));
    return of(a) + sign * of(b);
  }

  double compute(Expression e, float x) const {
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
  std::vector<float> values;
  std::unordered_map<const void *, size_t> index;
  std::unordered_map<const void *, double> closed;
};

} // namespace

double seenRoundingErrorInUlps(Expression formula) {
  InFloats inFloats(formula);
  std::mt19937 random{20240229};
  std::uniform_real_distribution<float> mantissa(1.0f, 2.0f);
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
  constexpr unsigned kPointsInBinade = 500;
  for (int exponent : exponents)
    for (unsigned i = 0; i < 2 * kPointsInBinade; ++i) {
      float x =
          std::ldexp(i % 2 ? mantissa(random) : -mantissa(random), exponent);
      double exact = approximateValue(formula, {x});
      double error = std::fabs(inFloats(x) - exact) / ulp(exact, Format::F32);
      if (!(error <= largest))
        largest = std::isnan(error) ? kUnbounded : error;
    }
  return largest;
}

double seenRoundingErrorInUlps(Expression formula, Format format) {
  InFloats inFloats(formula);
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

} // namespace act

//===- RoundingError.cpp - Error of a formula computed as written ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/RoundingError.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Interval.h"
#include <algorithm>
#include <cmath>
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
          e.operand(1).isPowerOfTwo() ||
          (e.primitive() == Primitive::Mul && e.operand(0).isPowerOfTwo());
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
  // In f64 an enclosure cannot tell what rounds to the largest number, as the
  // sum of it and 1: arguments below it stand for it.
  const bool isWidest = format == Format::F64;
  const double largest = isWidest ? std::nextafter(largestFinite(format), 0.0)
                                  : largestFinite(format);
  const double least = smallestNormal(format);
  // Up to here a result rounds to the largest number.
  const double overflow =
      isWidest ? largestFinite(format) : largest * (1.0 + 0x1p-25);
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

} // namespace act

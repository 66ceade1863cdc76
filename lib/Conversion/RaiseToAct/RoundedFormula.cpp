//===- RoundedFormula.cpp - A formula in a format of its own --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RoundedFormula.h"
#include "act/Formula/ApproximateValue.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace act {

double valueOf(Expression expression, const std::vector<double> &point,
               Evaluation evaluation) {
  return evaluation == Evaluation::Approximate
             ? approximateValue(expression, point)
             : exactValue(expression, point, Format::F64);
}

/// The number of bits from the first to the last one of the significand.
static int significantBits(double value) {
  int exponent;
  double significand = std::frexp(std::fabs(value), &exponent);
  int bits = 0;
  for (; significand != 0.0; ++bits)
    significand = std::ldexp(significand, 1) - (significand >= 0.5);
  return bits;
}

/// The format a constant was rounded to: a body of bf16 may compute in f32.
static Format formatOfConstant(double value, Format format) {
  for (Format candidate : {format, Format::F32})
    if (roundTo(value, candidate) == value)
      return candidate;
  return Format::F64;
}

/// Whether `value` fills more than half of its format's significand, unlike 1,
/// 0.5 or 6: of the roundings of reals only one in 2^(precision/2) ends in that
/// many zeros.
static bool looksRounded(double value, Format format) {
  return std::isfinite(value) &&
         significantBits(value) > layoutOf(format).precision / 2;
}

/// `formula` with each constant that has a place in `places` as a variable.
static Expression
abstractConstants(Expression formula,
                  const llvm::DenseMap<const void *, unsigned> &places) {
  std::unordered_map<Expression, Expression, ExpressionHash> replaced;
  for (Expression e : formula.postorder()) {
    auto place = places.find(e.id());
    if (place != places.end()) {
      replaced.emplace(e, Expression::variable(place->second));
      continue;
    }
    std::vector<Expression> operands;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      operands.push_back(replaced.at(e.operand(i)));
    replaced.emplace(
        e, operands.empty() ? e : Expression::apply(e.primitive(), operands));
  }
  return replaced.at(formula);
}

RoundedFormula::RoundedFormula(Expression formula, Format format)
    : original(formula), resultFormat(format) {
  for (Expression e : formula.postorder()) {
    if (!e.isConstant())
      continue;
    allConstants.push_back(e.constant());
    Format own = formatOfConstant(e.constant(), format);
    if (looksRounded(e.constant(), own))
      roundedConstants.push_back({e.constant(), own});
  }
}

Expression RoundedFormula::abstractedFormula() const {
  if (!abstracted) {
    llvm::DenseMap<const void *, unsigned> places;
    for (auto [index, constant] : llvm::enumerate(roundedConstants))
      places.try_emplace(Expression(constant.value).id(), index + 1);
    abstracted = abstractConstants(original, places);
  }
  return *abstracted;
}

Expression
RoundedFormula::withConstants(llvm::ArrayRef<Expression> constants) const {
  std::vector<Expression> values{Expression::variable(0)};
  llvm::append_range(values, constants);
  return abstractedFormula().substitute(values);
}

double RoundedFormula::at(double x, Evaluation evaluation) const {
  return valueOf(original, {x}, evaluation);
}

double RoundedFormula::slack(double x, double value,
                             Evaluation evaluation) const {
  Expression meant = abstractedFormula();
  std::vector<double> point{x};
  for (const RoundedConstant &constant : roundedConstants)
    point.push_back(constant.value);
  double total = 0.0;
  // A constant of f64 has no neighbour half an ulp away: half of the change
  // over a whole ulp is taken.
  for (auto [index, constant] : llvm::enumerate(roundedConstants)) {
    double step = ulp(constant.value, constant.format), moved = 0.0;
    for (double neighbour : {constant.value - step, constant.value + step}) {
      point[index + 1] = neighbour;
      double change = std::fabs(valueOf(meant, point, evaluation) - value);
      moved = std::fmax(moved, change); // which passes over NaN
    }
    point[index + 1] = constant.value;
    total += moved / 2;
  }
  return total;
}

} // namespace act

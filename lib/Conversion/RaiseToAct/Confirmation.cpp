//===- Confirmation.cpp - Two formulas compared at many points ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Confirmation.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace act {

const std::vector<double> kSievePoints = {-7.25,    -4.375,  -2.8125, -1.1875,
                                          -0.40625, 0.34375, 0.90625, 1.71875,
                                          3.625,    5.5,     11.5};

namespace {

constexpr double kGridEnd = 16.0;

/// Whether a formula is built from smooth primitives alone.
bool isSmooth(Expression formula) {
  return llvm::none_of(formula.postorder(),
                       [](Expression e) { return isDecision(e.primitive()); });
}

/// All points at which functions computed in `format` are compared.
std::vector<double> comparisonPoints(const RoundedFormula &body,
                                     Expression record) {
  std::vector<double> points;
  for (int i = 0; i <= 1024; ++i)
    points.push_back(-kGridEnd + i / 32.0);
  const FormatLayout &layout = layoutOf(body.format());
  int smallest = layout.minExponent, largest = layout.maxExponent - 1;
  int stride = std::max(1, (largest - smallest) / 128);
  for (int exponent = smallest; exponent <= largest; exponent += stride)
    for (double sign : {-1.0, 1.0})
      points.push_back(sign * std::ldexp(1.0, exponent));
  for (Expression function : {body.formula(), record}) {
    if (isSmooth(function))
      continue;
    for (const Kink &kink : profile(function).kinks)
      for (double offset : {0.0, -1e-6, 1e-6, -1e-2, 1e-2})
        points.push_back(kink.at.middle() + offset);
  }
  return points;
}

struct PointComparison {
  double difference, allowed;
  bool agree() const { return difference <= allowed; }
};

PointComparison compareAt(double x, const RoundedFormula &body,
                          Expression record, Evaluation evaluation) {
  double found = body.at(x, evaluation);
  double expected = valueOf(record, {x}, evaluation);
  if (evaluation == Evaluation::Exact && found == expected)
    return {0.0, 0.0}; // infinite where both are beyond the largest double
  // An exponential may be too large even for the exact value. So far out the
  // other points and the kinks decide.
  constexpr double kFarOut = 0x1p20;
  if (evaluation == Evaluation::Exact && std::isnan(found) &&
      std::fabs(x) >= kFarOut)
    return {0.0, 0.0};
  if (!std::isfinite(found) || !std::isfinite(expected))
    return {std::numeric_limits<double>::infinity(), 0.0};
  // The values compared were themselves rounded to double.
  double allowed = ulp(expected, body.format()) / 2 +
                   ulp(expected, Format::F64) +
                   body.slack(x, found, evaluation);
  return {std::fabs(found - expected), allowed};
}

} // namespace

bool confirm(const RoundedFormula &body, Expression record,
             Distance &distance) {
  distance = Distance();
  for (double x : comparisonPoints(body, record)) {
    PointComparison comparison =
        compareAt(x, body, record, Evaluation::Approximate);
    // Doubles overflow and cancel: only exact values refuse.
    if (!comparison.agree())
      comparison = compareAt(x, body, record, Evaluation::Exact);
    bool agree = comparison.agree();
    bool isReported = !agree || (std::fabs(x) <= kGridEnd &&
                                 comparison.difference > distance.largest);
    if (isReported)
      distance = {comparison.difference, x, comparison.allowed};
    if (!agree)
      return false;
  }
  return true;
}

} // namespace act

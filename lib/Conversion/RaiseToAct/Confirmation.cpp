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

/// The exponents of the smallest and the largest number of a format.
std::pair<int, int> exponents(Format format) {
  switch (format) {
  case Format::F16:
    return {-24, 15};
  case Format::BF16:
    return {-133, 127};
  case Format::F32:
    return {-149, 127};
  case Format::F64:
    return {-1074, 1023};
  }
  return {-149, 127};
}

/// Whether a formula is built from smooth primitives alone.
bool isSmooth(Expression formula) {
  return llvm::all_of(formula.postorder(), [](Expression e) {
    switch (e.primitive()) {
    case Primitive::Abs:
    case Primitive::Min:
    case Primitive::Max:
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      return false;
    default:
      return true;
    }
  });
}

/// All points at which functions computed in `format` are compared.
std::vector<double> comparisonPoints(const RoundedFormula &body,
                                     Expression record) {
  std::vector<double> points;
  for (int i = 0; i <= 1024; ++i)
    points.push_back(-kGridEnd + i / 32.0);
  auto [smallest, largest] = exponents(body.format());
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

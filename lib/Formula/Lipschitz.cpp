//===- Lipschitz.cpp - The largest slope of a function --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Shape.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The larger of two numbers, each known to within an interval.
static Interval larger(Interval a, Interval b) {
  return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)};
}

static Interval magnitudeOf(Interval value) {
  double least = value.contains(0.0)
                     ? 0.0
                     : std::min(std::abs(value.lo), std::abs(value.hi));
  return {least, value.magnitude()};
}

/// sup |g| for the derivative g of one smooth piece, over that piece: its
/// monotone pieces attain it at their ends.
static Interval largestValue(Expression slope, Interval domain) {
  const FunctionShape &shape = shapeOf(slope);
  Interval result(0.0, range(slope, domain).magnitude());
  auto attain = [&](Interval value) {
    result.lo = std::max(result.lo, magnitudeOf(value).lo);
  };
  for (double end : {domain.lo, domain.hi})
    if (std::isfinite(end))
      attain(enclosePoint(slope, {end}));
  for (size_t i = 0; i < shape.values.size(); ++i) {
    const Piece &piece = shape.profile.pieces[i];
    if (piece.direction == Direction::Unknown)
      continue;
    if (domain.contains(piece.from))
      attain(shape.values[i].atFrom);
    if (domain.contains(piece.to))
      attain(shape.values[i].atTo);
  }
  result.lo = std::min(result.lo, result.hi);
  return result;
}

Interval lipschitz(Expression expression) {
  const Profile &shape = profile(expression);
  bool jumps = std::any_of(shape.kinks.begin(), shape.kinks.end(),
                           [](const Kink &kink) { return !kink.continuous; });
  if (jumps)
    return kInfinity;
  Interval result = 0.0;
  for (const Piece &piece : shape.pieces) {
    Expression slope = canonicalize(differentiate(piece.formula));
    Interval domain(piece.from.lo, piece.to.hi);
    result = larger(result, largestValue(slope, domain));
  }
  return result;
}

} // namespace act

//===- FunctionRelaxation.cpp - Lines around a function -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A line of slope s above f has the offset sup (f(x) - s x). Where f is linear
// between kinks, or convex, an end attains it; where f is concave, a tangent
// bounds it. Below is above for -f.
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/FunctionRelaxation.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// A few products of subnormal size are exact to this.
static constexpr double kTinyProducts = 0x1p-1070;

//===----------------------------------------------------------------------===//
// Reading the function
//===----------------------------------------------------------------------===//

std::shared_ptr<const FunctionRelaxation>
FunctionRelaxation::of(Expression function) {
  if (function.numVariables() != 1)
    return nullptr;
  const Profile &shape = profile(function);
  if (!shape.complete)
    return nullptr;
  for (const Kink &kink : shape.kinks)
    if (!kink.continuous)
      return nullptr;
  std::shared_ptr<FunctionRelaxation> result(new FunctionRelaxation(function));
  if (result->readSegments() || result->readCurvature())
    return result;
  return nullptr;
}

/// Reads a function that is linear between doubles; false if it is not.
bool FunctionRelaxation::readSegments() {
  std::vector<double> ends, atEnds, rises;
  for (const Piece &piece : profile(function).pieces) {
    Expression rise = canonicalize(differentiate(piece.formula));
    Interval slope = enclose(rise, {});
    if (rise.numVariables() != 0 || !slope.isPoint())
      return false;
    if (!rises.empty()) {
      Interval value = enclose(function, {piece.from});
      if (!piece.from.isPoint() || !value.isPoint())
        return false;
      ends.push_back(piece.from.lo);
      atEnds.push_back(value.lo);
    }
    rises.push_back(slope.lo);
  }
  if (ends.empty())
    return false;
  points = std::move(ends);
  values = std::move(atEnds);
  slopes = std::move(rises);
  for (unsigned i = 0; i < slopes.size(); ++i) {
    unsigned anchor = anchorOf(i);
    double fall = slopes[i] * points[anchor];
    // Exact where nothing is subtracted.
    bool isExact = slopes[i] == 0.0 || points[anchor] == 0.0;
    double margin =
        isExact ? 0.0
                : 0x1p-51 * (std::abs(values[anchor]) + std::abs(fall)) +
                      kTinyProducts;
    segments.push_back({values[anchor] - fall, margin});
  }
  return true;
}

bool FunctionRelaxation::readCurvature() {
  derivative = canonicalize(differentiate(function));
  curvature = profile(derivative).pieces;
  return !curvature.empty();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

unsigned FunctionRelaxation::segmentOf(double x) const {
  unsigned segment = 0;
  while (segment < points.size() && x > points[segment])
    ++segment;
  return segment;
}

double FunctionRelaxation::approximateAt(double x) const {
  if (!isPiecewiseLinear())
    return approximateValue(function, {x});
  unsigned segment = segmentOf(x), anchor = anchorOf(segment);
  return values[anchor] + slopes[segment] * (x - points[anchor]);
}

double FunctionRelaxation::approximateSlope(double x) const {
  return isPiecewiseLinear() ? slopes[segmentOf(x)]
                             : approximateValue(derivative, {x});
}

bool FunctionRelaxation::isAffineOn(Interval range) const {
  if (!isPiecewiseLinear())
    return false;
  return std::none_of(points.begin(), points.end(), [&](double point) {
    return range.lo < point && point < range.hi;
  });
}

Interval FunctionRelaxation::valuesOn(Interval range) const {
  if (!isPiecewiseLinear() || !range.isBounded())
    return act::range(function, range);
  // The offsets of level lines.
  return {offsetBelow(0.0, range), offsetAbove(0.0, range)};
}

Interval FunctionRelaxation::slopesOn(Interval range) const {
  if (!isPiecewiseLinear())
    return act::range(derivative, range);
  Interval result(slopes[segmentOf(std::nextafter(range.lo, kInfinity))]);
  for (unsigned i = 0; i < points.size(); ++i)
    if (range.lo < points[i] && points[i] < range.hi)
      result = hull(result, Interval(slopes[i + 1]));
  return result;
}

//===----------------------------------------------------------------------===//
// Offsets
//===----------------------------------------------------------------------===//

double FunctionRelaxation::heightAt(double x, double slope, double sign) const {
  if (!isPiecewiseLinear()) {
    Interval height = enclose(function, {x}) - Interval(slope) * Interval(x);
    return sign > 0 ? height.hi : -height.lo;
  }
  unsigned segment = segmentOf(x), anchor = anchorOf(segment);
  double distance = x - points[anchor];
  double rise = slopes[segment] * distance, fall = slope * x;
  double height = sign * ((values[anchor] + rise) - fall);
  if (values[anchor] == 0.0 && (slopes[segment] == 0.0 || distance == 0.0) &&
      (slope == 0.0 || x == 0.0))
    return 0.0;
  // Five roundings, each of no more than the sum of the magnitudes.
  double margin =
      0x1p-50 * (std::abs(values[anchor]) + std::abs(rise) +
                 std::abs(slopes[segment] * points[anchor]) + std::abs(fall)) +
      kTinyProducts;
  // What overflows on the way says nothing.
  return std::isfinite(height + margin) ? height + margin : kInfinity;
}

/// How far a function may rise over a distance, rounded up.
static double riseOver(double slope, double from, double to) {
  if (slope <= 0.0 || from == to)
    return 0.0;
  return roundedUp(slope * roundedUp(to - from));
}

/// On a piece on which sign * f is concave: from the point where its slope is
/// `slope`, nearly, it rises no further than along its tangent.
double FunctionRelaxation::supremumOnBow(double slope, double sign,
                                         Interval part) const {
  double lo = part.lo, hi = part.hi;
  for (unsigned step = 0; step < 60 && lo < hi; ++step) {
    double middle = Interval(lo, hi).middle();
    if (middle <= lo || middle >= hi)
      break;
    (sign * (approximateSlope(middle) - slope) > 0 ? lo : hi) = middle;
  }
  double at = Interval(lo, hi).middle();
  // At an end, which may be a kink, the slope is that on the side of the part.
  Interval near(at == part.hi ? std::nextafter(at, part.lo) : at,
                at == part.lo ? std::nextafter(at, part.hi) : at);
  Interval tilt = enclose(derivative, {near}) - Interval(slope);
  double rest = std::max(riseOver(sign > 0 ? -tilt.lo : tilt.hi, part.lo, at),
                         riseOver(sign > 0 ? tilt.hi : -tilt.lo, at, part.hi));
  return roundedUp(heightAt(at, slope, sign) + rest);
}

/// An upper bound of sign * (f(x) - slope * x) on `range`.
double FunctionRelaxation::supremum(double slope, double sign,
                                    Interval range) const {
  double result = std::max(heightAt(range.lo, slope, sign),
                           heightAt(range.hi, slope, sign));
  for (double point : points)
    if (range.lo < point && point < range.hi)
      result = std::max(result, heightAt(point, slope, sign));
  for (const Piece &piece : curvature) {
    Interval part = intersect({piece.from.hi, piece.to.lo}, range);
    Direction bow = sign > 0 ? Direction::Falling : Direction::Rising;
    if (part.lo < part.hi) {
      if (piece.direction == bow)
        result = std::max(result, supremumOnBow(slope, sign, part));
      else if (piece.direction != Direction::Unknown)
        result = std::max({result, heightAt(part.lo, slope, sign),
                           heightAt(part.hi, slope, sign)});
    }
    // Where the bow is not known, and around the end between two pieces.
    Interval open = piece.direction == Direction::Unknown
                        ? intersect({piece.from.lo, piece.to.hi}, range)
                        : intersect(piece.to, range);
    if (open.lo > open.hi || (open.isPoint() && piece.to.isPoint()))
      continue;
    Interval height = act::range(function, open) - Interval(slope) * open;
    result = std::max(result, sign > 0 ? height.hi : -height.lo);
  }
  return result;
}

double FunctionRelaxation::offsetAbove(double slope, Interval range) const {
  return supremum(slope, 1.0, range);
}

double FunctionRelaxation::offsetBelow(double slope, Interval range) const {
  return -supremum(slope, -1.0, range);
}

//===----------------------------------------------------------------------===//
// Lines
//===----------------------------------------------------------------------===//

/// Around one kink: the chord on the side to which the function bends, and on
/// the other the one of its two lines that is nearer in the middle.
LinearBounds FunctionRelaxation::relaxAtKink(Interval range) const {
  double middle = range.lo / 2 + range.hi / 2;
  double chord = (approximateAt(range.hi) - approximateAt(range.lo)) /
                 (range.hi - range.lo);
  bool isConvex = slopes[1] > slopes[0];
  double sign = isConvex ? 1.0 : -1.0;
  double over = std::max(heightAt(range.lo, chord, sign),
                         heightAt(range.hi, chord, sign));
  unsigned nearer = (middle > points[0]) ? 1 : 0;
  const Segment &segment = segments[nearer];
  Line bent{chord, sign * over};
  Line straight{slopes[nearer], segment.offset - sign * segment.margin};
  return isConvex ? LinearBounds{straight, bent} : LinearBounds{bent, straight};
}

LinearBounds FunctionRelaxation::relax(Interval range) const {
  double middle = range.lo / 2 + range.hi / 2;
  if (isAffineOn(range)) {
    // The middle of two neighbours is one of them, maybe the kink.
    unsigned index = segmentOf(range.hi);
    const Segment &segment = segments[index];
    return {{slopes[index], segment.offset - segment.margin},
            {slopes[index], segment.offset + segment.margin}};
  }
  if (points.size() == 1)
    return relaxAtKink(range);
  std::vector<double> candidates = {0.0};
  if (range.lo < range.hi)
    candidates.push_back((approximateAt(range.hi) - approximateAt(range.lo)) /
                         (range.hi - range.lo));
  if (isPiecewiseLinear()) {
    candidates.insert(candidates.end(), slopes.begin(), slopes.end());
  } else {
    for (double x : {range.lo, middle, range.hi})
      candidates.push_back(approximateSlope(x));
  }
  LinearBounds best{{0.0, -kInfinity}, {0.0, kInfinity}};
  for (double slope : candidates) {
    if (!std::isfinite(slope))
      continue;
    Line lower{slope, offsetBelow(slope, range)};
    Line upper{slope, offsetAbove(slope, range)};
    if (lower.at(middle) > best.lower.at(middle))
      best.lower = lower;
    if (upper.at(middle) < best.upper.at(middle))
      best.upper = upper;
  }
  return best;
}

} // namespace act

//===- PlaneRelaxation.cpp - Planes around functions of several -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Slopes are chosen in plain doubles. Then the offset is computed that makes
// the plane hold with these slopes, in interval arithmetic.
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/PlaneRelaxation.h"
#include <algorithm>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

double Plane::at(const std::vector<double> &x) const {
  double value = offset;
  for (size_t i = 0; i < x.size(); ++i)
    value += slopes[i] * x[i];
  return value;
}

static std::vector<Interval> negated(const std::vector<Interval> &box) {
  std::vector<Interval> result;
  for (Interval each : box)
    result.push_back(-each);
  return result;
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// The difference of the product and a plane is largest at a corner.
static Plane planeAboveProduct(Interval x, Interval y, double share) {
  Plane plane;
  plane.slopes = {y.hi + share * (y.lo - y.hi), x.lo + share * (x.hi - x.lo)};
  Interval onX = plane.slopes[0], onY = plane.slopes[1];
  plane.offset = -kInfinity;
  for (Interval a : {Interval(x.lo), Interval(x.hi)})
    for (Interval b : {Interval(y.lo), Interval(y.hi)})
      plane.offset = std::max(plane.offset, (a * b - onX * a - onY * b).hi);
  return plane;
}

/// -x times y lies below its planes.
static Plane planeBelowProduct(Interval x, Interval y, double share) {
  Plane above = planeAboveProduct(-x, y, share);
  return {{above.slopes[0], -above.slopes[1]}, -above.offset};
}

//===----------------------------------------------------------------------===//
// Maxima
//===----------------------------------------------------------------------===//

namespace {
/// The two largest of some numbers: which they are.
struct LargestTwo {
  template <typename Key>
  LargestTwo(size_t count, Key key) {
    for (size_t i = 1; i < count; ++i)
      if (key(i) > key(first))
        first = i;
    second = first == 0 && count > 1 ? 1 : 0;
    for (size_t i = 0; i < count; ++i)
      if (i != first && key(i) > key(second))
        second = i;
  }
  /// The same where there is but one.
  size_t first = 0, second = 0;
};
} // namespace

/// The slope of the chord of max(x, floor), which is no less than x.lo.
static double chordSlope(Interval x, double floor) {
  return x.hi > floor ? (x.hi - floor) / (x.hi - x.lo) : 0.0;
}

/// The offset with which the maximum lies below a plane of these slopes: where
/// each operand in turn is the largest.
static double offsetAboveMaximum(const std::vector<Interval> &box,
                                 const std::vector<double> &slopes) {
  std::vector<double> falls; // At most, of the plane by each operand.
  Interval total = 0.0;
  for (size_t i = 0; i < box.size(); ++i) {
    falls.push_back((-(Interval(slopes[i]) * box[i])).hi);
    total = total + Interval(falls.back());
  }
  double offset = -kInfinity;
  for (size_t i = 0; i < box.size(); ++i) {
    Interval own = (Interval(1.0) - Interval(slopes[i])) * box[i];
    Interval others = total - Interval(falls[i]);
    offset = std::max(offset, (Interval(own.hi) + Interval(others.hi)).hi);
  }
  return offset;
}

static Plane planeAboveMaximum(const std::vector<Interval> &box, double share) {
  LargestTwo top(box.size(), [&](size_t i) { return box[i].hi; });
  double floor = -kInfinity;
  for (Interval each : box)
    floor = std::max(floor, each.lo);
  Plane plane;
  for (Interval each : box)
    plane.slopes.push_back(share == 0.0 ? 0.0
                                        : share * chordSlope(each, floor));
  double next = top.first == top.second ? box[top.first].lo
                                        : std::max(floor, box[top.second].hi);
  plane.slopes[top.first] += (1.0 - share) * chordSlope(box[top.first], next);
  plane.offset = offsetAboveMaximum(box, plane.slopes);
  return plane;
}

/// The operand that is the largest in the middle, and a share of the second.
static Plane planeBelowMaximum(const std::vector<Interval> &box, double share) {
  LargestTwo top(box.size(),
                 [&](size_t i) { return box[i].lo / 2 + box[i].hi / 2; });
  Plane plane;
  plane.slopes.assign(box.size(), 0.0);
  if (top.first == top.second)
    share = 0.0;
  double rest = 1.0 - share;
  plane.slopes[top.second] = share;
  plane.slopes[top.first] = rest;
  // The two may not add up to 1.
  Interval missing = Interval(1.0) - Interval(rest) - Interval(share);
  plane.offset = (missing * box[top.first]).lo;
  return plane;
}

//===----------------------------------------------------------------------===//
// All functions
//===----------------------------------------------------------------------===//

/// A minimum is -max(-x): the slopes of a plane around that, on the other side.
static Plane mirrored(Plane plane) {
  plane.offset = -plane.offset;
  return plane;
}

Plane planeAbove(MultivariateFunction function,
                 const std::vector<Interval> &box, double share) {
  if (function == MultivariateFunction::Product)
    return planeAboveProduct(box[0], box[1], share);
  if (function == MultivariateFunction::Maximum)
    return planeAboveMaximum(box, share);
  return mirrored(planeBelowMaximum(negated(box), share));
}

Plane planeBelow(MultivariateFunction function,
                 const std::vector<Interval> &box, double share) {
  if (function == MultivariateFunction::Product)
    return planeBelowProduct(box[0], box[1], share);
  if (function == MultivariateFunction::Maximum)
    return planeBelowMaximum(box, share);
  return mirrored(planeAboveMaximum(negated(box), share));
}

double usualShare(MultivariateFunction function) {
  // In the middle of the box all shares are alike; there the tangent is as good
  // on each side.
  return function == MultivariateFunction::Product ? 0.5 : 0.0;
}

Interval valuesOn(MultivariateFunction function,
                  const std::vector<Interval> &box) {
  Interval result = box.front();
  for (size_t i = 1; i < box.size(); ++i) {
    Interval next = box[i];
    switch (function) {
    case MultivariateFunction::Product:
      result = result * next;
      break;
    case MultivariateFunction::Maximum:
      result = {std::max(result.lo, next.lo), std::max(result.hi, next.hi)};
      break;
    case MultivariateFunction::Minimum:
      result = {std::min(result.lo, next.lo), std::min(result.hi, next.hi)};
      break;
    }
  }
  return result;
}

double partingRate(MultivariateFunction function,
                   const std::vector<Interval> &box, unsigned operand) {
  if (function == MultivariateFunction::Product)
    return box[1 - operand].width() / 2;
  // An operand that decides alone, or never, is exact.
  Interval all = valuesOn(function, box), own = box[operand];
  bool isMaximum = function == MultivariateFunction::Maximum;
  if (isMaximum ? own.hi <= all.lo : own.lo >= all.hi)
    return 0.0;
  for (size_t i = 0; i < box.size(); ++i)
    if (i != operand && (isMaximum ? box[i].hi > own.lo : box[i].lo < own.hi))
      return 1.0;
  return 0.0;
}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// The operand that a maximum or minimum takes.
static size_t takenOperand(MultivariateFunction function,
                           const std::vector<double> &x) {
  return (function == MultivariateFunction::Maximum
              ? std::max_element(x.begin(), x.end())
              : std::min_element(x.begin(), x.end())) -
         x.begin();
}

double approximateAt(MultivariateFunction function,
                     const std::vector<double> &x) {
  return function == MultivariateFunction::Product
             ? x[0] * x[1]
             : x[takenOperand(function, x)];
}

std::vector<double> approximateGradient(MultivariateFunction function,
                                        const std::vector<double> &x) {
  if (function == MultivariateFunction::Product)
    return {x[1], x[0]};
  std::vector<double> gradient(x.size(), 0.0);
  gradient[takenOperand(function, x)] = 1.0;
  return gradient;
}

} // namespace act

//===- SiteFunction.cpp - Where an activation passes no gradient ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "act/Analysis/ActivationSites.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace act {

/// A finite point of a zone, away from its ends as far as doubles allow.
static double pointIn(const DeadInterval &zone) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  // From 2^53 on a step of 1 leads nowhere.
  auto step = [](double end) { return std::max(1.0, std::abs(end) / 2); };
  if (std::isinf(zone.lo) && std::isinf(zone.hi))
    return 0.0;
  if (std::isinf(zone.lo))
    return std::max(zone.hi - step(zone.hi), -kLargest);
  if (std::isinf(zone.hi))
    return std::min(zone.lo + step(zone.lo), kLargest);
  return zone.lo / 2 + zone.hi / 2;
}

/// Whether the function has another value at the finite end `at` of a zone.
static bool leavesAt(Expression function, double at, double value) {
  return std::isfinite(at) && exactValue(function, {at}, Format::F64) != value;
}

SiteFunction::SiteFunction(Expression function, llvm::StringRef kinkSides,
                           Format format)
    : function(function), derivative(differentiate(function)),
      dead(deadZone(function, kinkSides)), format(format) {
  // A value at a single point interrupts a zone without showing in a slope.
  for (Expression e : function.postorder())
    if (e.primitive() == Primitive::WhereEqual)
      dead.clear();
  for (const DeadInterval &zone : dead) {
    double value = exactValue(function, {pointIn(zone)}, Format::F64);
    values.push_back({value, leavesAt(function, zone.lo, value),
                      leavesAt(function, zone.hi, value)});
  }
}

bool SiteFunction::isInside(const DeadInterval &zone, const ZoneValue &value,
                            Interval range) const {
  bool above = value.loLeaves ? zone.lo < range.lo : zone.lo <= range.lo;
  bool below = value.hiLeaves ? range.hi < zone.hi : range.hi <= zone.hi;
  return above && below;
}

bool SiteFunction::gradientUnderflows(Interval range) const {
  // Half the smallest number rounds to 0 (ties to even).
  double limit = smallestSubnormal(format) / 2;
  if (enclose(derivative, {range}).magnitude() <= limit)
    return true;
  double end = std::isinf(range.hi) ? range.lo : range.hi;
  bool smallAtEnd = std::isfinite(end) &&
                    enclosePoint(derivative, {end}).magnitude() <= limit;
  return smallAtEnd && act::range(derivative, range).magnitude() <= limit;
}

Response SiteFunction::respond(Interval range) const {
  for (auto [zone, value] : llvm::zip(dead, values))
    if (isInside(zone, value, range))
      return value.value == 0.0 ? Response::Dead : Response::Saturated;
  if (!isSmooth()) {
    bool outside = llvm::all_of(dead, [&](const DeadInterval &zone) {
      return range.hi < zone.lo || zone.hi < range.lo;
    });
    return outside ? Response::Active : Response::Open;
  }
  if (gradientUnderflows(range))
    return Response::Saturated;
  Interval slope = enclose(derivative, {range});
  double smallest = smallestSubnormal(format);
  return slope.lo >= smallest || slope.hi <= -smallest ? Response::Active
                                                       : Response::Open;
}

bool SiteFunction::avoidsZones(Interval range) const {
  if (isSmooth())
    return false;
  // Touching an end is no matter where the function is continuous there.
  auto jumpsAt = [&](double end) {
    return llvm::any_of(profile(function).kinks, [&](const Kink &kink) {
      return kink.at.contains(end) && !kink.continuous;
    });
  };
  return llvm::all_of(dead, [&](const DeadInterval &zone) {
    if (range.hi < zone.lo || zone.hi < range.lo)
      return true;
    double end = range.hi == zone.lo ? zone.lo : zone.hi;
    bool touches = range.hi == zone.lo || zone.hi == range.lo;
    return touches && !jumpsAt(end);
  });
}

bool SiteFunction::touchesEnd(Interval range) const {
  return llvm::any_of(dead, [&](const DeadInterval &zone) {
    bool inside = zone.lo <= range.lo && range.hi <= zone.hi;
    return inside && (range.hi == zone.hi || range.lo == zone.lo) &&
           std::isfinite(range.hi == zone.hi ? zone.hi : zone.lo);
  });
}

} // namespace act

//===- DeadUnitAdvice.cpp - How far a dead unit is from firing ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bounds are not attained: what they say of a bias is what it takes at least.
// What is enough is known of the inputs that were tried.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <cstdlib>

namespace act {

namespace {
/// The nearest way out of the dead zone that a unit stays in.
struct WayOut {
  bool isUp;
  double most;  ///< to move by no more leaves the unit dead
  double known; ///< to move by more makes it fire for an input that is known
};
} // namespace

/// From one number up to a larger or equal one, no less.
static double distance(double from, double to) {
  bool isExact = from == to || from == 0.0 || to == 0.0;
  return isExact ? to - from : roundedUp(to - from);
}

static std::optional<WayOut> wayOut(const Layer &layer, const Unit &unit) {
  for (const DeadInterval &zone : layer.site.function->zones()) {
    if (unit.bounds.lo < zone.lo || unit.bounds.hi > zone.hi)
      continue;
    if (std::isfinite(zone.hi) && std::isfinite(unit.bounds.hi))
      return WayOut{true, zone.hi - unit.bounds.hi,
                    distance(unit.highestSeen, zone.hi)};
    if (std::isfinite(zone.lo) && std::isfinite(unit.bounds.lo))
      return WayOut{false, unit.bounds.lo - zone.lo,
                    distance(zone.lo, unit.lowestSeen)};
  }
  return std::nullopt;
}

/// A decimal of six digits beside `value` >= 0, no larger or no smaller.
static std::string shortenedTo(double value, bool isUp) {
  std::string text = shortened(value);
  double printed = std::strtod(text.c_str(), nullptr);
  if (!std::isfinite(value) || (isUp ? printed >= value : printed <= value))
    return text;
  double digit = std::pow(10.0, std::floor(std::log10(value)) - 5);
  return shortened(isUp ? value + digit : value - digit);
}

std::string adviceFor(const Layer &layer, unsigned index) {
  const Unit &unit = layer.units[index];
  std::optional<WayOut> out = wayOut(layer, unit);
  if (!out)
    return "";
  std::string text = llvm::formatv(
      "{0} the pre-activation of unit {1}, as by a bias: by {2} or less it "
      "stays dead",
      out->isUp ? "raise" : "lower", index,
      shortenedTo(out->most, /*isUp=*/false));
  if (std::isfinite(out->known))
    text += llvm::formatv(", by more than {0} it fires for an input that is "
                          "known",
                          shortenedTo(out->known, /*isUp=*/true));
  if (double half = unit.bounds.width() / 2; std::isfinite(half) && half > 0.0)
    text += ", by " + shortened(out->most + half) + " its bounds are centred";
  return text;
}

} // namespace act

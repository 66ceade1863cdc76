//===- UnitSummary.cpp - What holds for all positions of a unit -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitSummary.h"
#include <algorithm>
#include <cmath>
#include <map>

using namespace mlir;

namespace act {

void UnitSummary::add(const Element &element, const SiteFunction &function) {
  // NaN is in no range, and passes through most activations.
  Interval range = element.mayBeNaN ? Interval() : element.range;
  bool isInfinite = range.isPoint() && std::isinf(range.lo);
  isPoisoned |= element.poisoned || isInfinite;
  Response response = function.respond(range);
  allDead &= response == Response::Dead;
  allSilent &= response == Response::Dead || response == Response::Saturated;
  anyActive |= response == Response::Active;
  allAvoid &= function.avoidsZones(range);
  touchesKink |= function.touchesEnd(range);
  bounds = bounds ? hull(*bounds, range) : range;
  highest = std::max(highest, range.lo);
  lowest = std::min(lowest, range.hi);
}

void UnitSummary::add(const UnitSummary &other) {
  isPoisoned |= other.isPoisoned;
  allDead &= other.allDead;
  allSilent &= other.allSilent;
  anyActive |= other.anyActive;
  allAvoid &= other.allAvoid;
  touchesKink |= other.touchesKink;
  if (other.bounds)
    bounds = bounds ? hull(*bounds, *other.bounds) : other.bounds;
  highest = std::max(highest, other.highest);
  lowest = std::min(lowest, other.lowest);
}

Unit UnitSummary::judge() const {
  Unit unit;
  unit.bounds = bounds.value_or(Interval());
  unit.touchesKink = touchesKink && allSilent;
  if (isPoisoned)
    unit.verdict = Verdict::Poisoned;
  else if (allDead)
    unit.verdict = Verdict::Dead;
  else if (allSilent)
    unit.verdict = Verdict::Saturated;
  else if (allAvoid)
    unit.verdict = Verdict::StablyActive;
  return unit;
}

std::vector<UnitSummary> summarize(const ActivationSite &site,
                                   const Bounds &bounds) {
  int64_t positions = boundsSize(site.type), units = site.numUnits();
  if (bounds.isBottom() || positions == 0)
    return {};
  if (bounds.isSplat()) {
    UnitSummary one;
    one.add(bounds[0], *site.function);
    return std::vector<UnitSummary>(units, one);
  }
  std::vector<UnitSummary> summaries(units);
  // What a smooth function does to a range takes long to see.
  std::map<std::pair<double, double>, UnitSummary> known;
  for (int64_t i = 0; i < positions; ++i) {
    Element element = bounds[i];
    UnitSummary &summary = summaries[site.unitOf(i)];
    if (!site.function->isSmooth() || element.poisoned || element.mayBeNaN) {
      summary.add(element, *site.function);
      continue;
    }
    auto [place, isNew] =
        known.try_emplace({element.range.lo, element.range.hi});
    if (isNew)
      place->second.add(element, *site.function);
    summary.add(place->second);
  }
  return summaries;
}

} // namespace act

//===- UnitSummary.cpp - What holds for all positions of a unit -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitSummary.h"
#include <cmath>

using namespace mlir;

namespace act {

void UnitSummary::add(const Element &element, const SiteFunction &function) {
  bool isInfinite = element.range.isPoint() && std::isinf(element.range.lo);
  isPoisoned |= element.poisoned || isInfinite;
  Response response = function.respond(element.range);
  allDead &= response == Response::Dead;
  allSilent &= response == Response::Dead || response == Response::Saturated;
  anyActive |= response == Response::Active;
  allAvoid &= function.avoidsZones(element.range);
  touchesKink |= function.touchesEnd(element.range);
  bounds = bounds ? hull(*bounds, element.range) : element.range;
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
  int64_t inner = 1;
  SmallVector<int64_t> shape = boundsShape(site.type);
  if (site.unitDimension)
    for (int64_t size : ArrayRef(shape).drop_front(*site.unitDimension + 1))
      inner *= size;
  for (int64_t i = 0; i < positions; ++i)
    summaries[i / inner % units].add(bounds[i], *site.function);
  return summaries;
}

} // namespace act

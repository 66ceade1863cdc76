//===- UnitSummary.h - What holds for all positions of a unit --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_UNITSUMMARY_H
#define ACT_LIB_ANALYSIS_UNITSUMMARY_H

#include "act/Analysis/DeadUnits.h"

namespace act {

struct UnitSummary {
  bool isPoisoned = false;
  bool allDead = true;    ///< everywhere Dead
  bool allSilent = true;  ///< everywhere Dead or Saturated
  bool anyActive = false; ///< somewhere Active
  bool allAvoid = true;   ///< everywhere outside of the zones
  bool touchesKink = false;
  std::optional<Interval> bounds; ///< hull over the positions
  /// Some position surely is at least this high, and some at most this low.
  double highest = -std::numeric_limits<double>::infinity();
  double lowest = std::numeric_limits<double>::infinity();

  void add(const Element &element, const SiteFunction &function);
  /// What holds at the positions of both.
  void add(const UnitSummary &other);
  /// The verdict that this proves, or Unknown.
  Unit judge() const;
};

/// One summary per unit, from the bounds of the pre-activation; none where no
/// execution arrives or there is no position.
std::vector<UnitSummary> summarize(const ActivationSite &site,
                                   const Bounds &bounds);

} // namespace act

#endif // ACT_LIB_ANALYSIS_UNITSUMMARY_H

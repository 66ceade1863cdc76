//===- SampledWitnesses.h - Samples that show many units -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// At one input about half of the units of a layer fire: to bound it there, as
// executed, costs as much for all of them as for one. So the sampled points
// that most units ask for are tried first, and then points for the units that
// are left.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SAMPLEDWITNESSES_H
#define ACT_LIB_ANALYSIS_SAMPLEDWITNESSES_H

#include "UnitTask.h"
#include <set>

namespace act {

class SampledWitnesses {
public:
  struct Unit {
    std::vector<unsigned> elements; ///< of the node
    /// Whether an input is known that certainly fires, or certainly does not.
    bool fires = false, isSilent = false;
  };

  /// `function` is applied to the elements of `node`, of which `samples` are.
  SampledWitnesses(const Network &network, unsigned node,
                   const SourceBox &domain, const SiteFunction &function,
                   const SampledExtremes &samples, std::vector<Unit> units);

  /// Takes what it spends from `products`, and ends when none are left, no unit
  /// asks for a point, or several points have shown nothing new. Whether any
  /// point has shown anything.
  bool run(double &products);
  llvm::ArrayRef<Unit> units() const { return all; }

private:
  std::optional<uint64_t> wantedBy(const Unit &unit) const;
  std::vector<SourcePoint> sampledPoints();
  SourcePoint pointFor(const Unit &unit, Exit exit,
                       const BackSubstitution &bounds, double &products) const;
  std::vector<SourcePoint> pointsOfNext(const BackSubstitution &bounds,
                                        double &products);
  std::vector<Interval> rangesAt(const SourcePoint &point,
                                 double &products) const;
  bool learn(llvm::ArrayRef<Interval> ranges);
  bool tryAll(llvm::ArrayRef<SourcePoint> points, double &products);

  const Network &network;
  unsigned node;
  const SourceBox &domain;
  const SiteFunction &function;
  const SampledExtremes &samples;
  std::vector<Unit> all;
  double entries; ///< of all maps that the node is computed by
  std::set<uint64_t> tried;
  size_t reached = 0; ///< units that had a point of their own, or need none
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SAMPLEDWITNESSES_H

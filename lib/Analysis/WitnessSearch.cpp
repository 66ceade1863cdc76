//===- WitnessSearch.cpp - Finding inputs for which units fire ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WitnessSearch.h"
#include "ProgramSize.h"
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace mlir;

namespace act {

WitnessSearch::WitnessSearch(const ExpandedProgram &program,
                             const ArgumentDomains &domains,
                             Semantics semantics, std::vector<Layer> &layers)
    : program(program), weights(countWeights(program.root())),
      points(entryFunctions(program.root()), domains), semantics(semantics),
      layers(layers) {}

void WitnessSearch::run(ArrayRef<ValueBounds> first) {
  records.reserve(layers.size());
  for (const Layer &layer : layers) {
    Record &record = records.emplace_back();
    record.fired.assign(layer.units.size(), false);
    record.silent.assign(layer.units.size(), false);
    record.heights.resize(layer.units.size());
  }
  tryGeneralPoints(first);
  tryGuidedPoints();
}

bool WitnessSearch::isOpen(const Unit &unit) const {
  return unit.verdict == Verdict::Unknown || unit.verdict == Verdict::Alive;
}

bool WitnessSearch::learn(Layer &layer, Record &record, bool isGeneral,
                          ArrayRef<UnitSummary> summaries) {
  bool isNew = false;
  for (auto [u, summary] : llvm::enumerate(summaries)) {
    if (isGeneral)
      record.heights[u].push_back(summary.bounds->middle());
    Unit &unit = layer.units[u];
    unit.highestSeen = std::max(unit.highestSeen, summary.highest);
    unit.lowestSeen = std::min(unit.lowestSeen, summary.lowest);
    if (!isOpen(unit) || summary.isPoisoned)
      continue;
    bool active = summary.anyActive && !record.fired[u];
    bool off = summary.allSilent && !record.silent[u];
    record.fired[u] = record.fired[u] || active;
    record.silent[u] = record.silent[u] || off;
    if (record.fired[u])
      unit.verdict = record.silent[u] ? Verdict::Mixed : Verdict::Alive;
    isNew |= active || off;
  }
  return isNew;
}

bool WitnessSearch::learn(const ValueBounds &bounds, bool isGeneral) {
  auto preactivation = [&](unsigned execution) {
    return program.executions()[execution].site.preactivation(bounds,
                                                              semantics);
  };
  bool isNew = false;
  for (unsigned i = 0; i < layers.size(); ++i)
    if (llvm::any_of(layers[i].units, [&](const Unit &unit) {
          // Of dead ones, how far they are from firing.
          return isOpen(unit) || unit.verdict == Verdict::Dead;
        }))
      isNew |= learn(layers[i], records[i], isGeneral,
                     program.summarize(i, preactivation));
  return isNew;
}

void WitnessSearch::tryInput(const ArgumentBounds &input) {
  learn(ValueBounds(program.root(), input, semantics), /*isGeneral=*/false);
}

/// Points without news that are tried before giving up, at least.
static constexpr unsigned kLeastPatience = 2;

std::vector<ArgumentBounds> WitnessSearch::firstPoints() const {
  std::vector<ArgumentBounds> first;
  for (unsigned i = 0; i < std::min(points.size(), kLeastPatience); ++i)
    first.push_back(points[i]);
  return first;
}

void WitnessSearch::tryGeneralPoints(ArrayRef<ValueBounds> first) {
  // After as many points without news, more of them will hardly help. All
  // vertices of a small box are tried.
  // That of large networks ends sooner.
  unsigned patience = std::clamp<double>(4e8 / weights, kLeastPatience, 16.0);
  // A unit or two of many thousands are news at every point.
  double most = std::max<double>(0x1p29 / weights, kLeastPatience);
  for (unsigned i = 0, quiet = 0;
       i < points.size() && i < most && quiet < patience; ++i) {
    bool isNew = i < first.size()
                     ? learn(first[i], /*isGeneral=*/true)
                     : learn(ValueBounds(program.root(), points[i], semantics),
                             /*isGeneral=*/true);
    quiet = isNew ? 0 : quiet + 1;
  }
}

/// In the first layer a pre-activation is affine: the sum of the general
/// points, weighted by how much higher than on average it was there, points to
/// the vertex where it is highest. Whether it fires there is then tried.
void WitnessSearch::tryGuidedPoints() {
  // Few for large networks, the same in every run.
  unsigned budget = std::min(1e8 / weights, 512.0);
  for (auto [layer, record] : llvm::zip(layers, records)) {
    ArrayRef<DeadInterval> zones = layer.site.function->zones();
    if (!layer.isFirst || zones.empty())
      continue;
    bool firesAbove = std::isfinite(zones.front().hi);
    unsigned explained = 0;
    for (auto [unit, heights] : llvm::zip(layer.units, record.heights)) {
      bool isExplained =
          unit.verdict == Verdict::Dead && explained++ < kExplainedUnits;
      if ((unit.verdict != Verdict::Unknown && !isExplained) ||
          heights.empty() || budget == 0)
        continue;
      double mean =
          std::accumulate(heights.begin(), heights.end(), 0.0) / heights.size();
      SmallVector<double> slopes;
      for (double height : heights)
        slopes.push_back(firesAbove ? height - mean : mean - height);
      tryInput(points.towards(slopes));
      --budget;
    }
  }
}

} // namespace act

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
    : program(program), points(entryFunctions(program.root()), domains),
      semantics(semantics), layers(layers) {
  for (const Layer &layer : layers) {
    Record record;
    record.fired.assign(layer.units.size(), false);
    record.silent.assign(layer.units.size(), false);
    record.heights.resize(layer.units.size());
    records.push_back(std::move(record));
  }
}

void WitnessSearch::run() {
  tryGeneralPoints();
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

bool WitnessSearch::tryPoint(const ArgumentBounds &point, bool isGeneral) {
  ValueBounds bounds(program.root(), point, semantics);
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

void WitnessSearch::tryGeneralPoints() {
  // After as many points without news, more of them will hardly help. All
  // vertices of a small box are tried.
  // That of large networks ends sooner.
  double weights = countWeights(program.root());
  unsigned patience = std::clamp(4e8 / weights, 2.0, 16.0), quiet = 0;
  // A unit or two of many thousands are news at every point.
  double most = std::max(0x1p29 / weights, 2.0);
  for (unsigned i = 0; i < points.size() && i < most && quiet < patience; ++i)
    quiet = tryPoint(points[i], /*isGeneral=*/true) ? 0 : quiet + 1;
}

/// In the first layer a pre-activation is affine: the sum of the general
/// points, weighted by how much higher than on average it was there, points to
/// the vertex where it is highest. Whether it fires there is then tried.
void WitnessSearch::tryGuidedPoints() {
  // Few for large networks, the same in every run.
  unsigned budget = std::min(1e8 / countWeights(program.root()), 512.0);
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
      SmallVector<double> weights;
      for (double height : heights)
        weights.push_back(firesAbove ? height - mean : mean - height);
      tryPoint(points.towards(weights), /*isGeneral=*/false);
      --budget;
    }
  }
}

} // namespace act

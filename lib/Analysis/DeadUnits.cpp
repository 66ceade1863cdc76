//===- DeadUnits.cpp - Verdicts on the units of a network -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/DeadUnits.h"
#include "Findings.h"
#include "Witnesses.h"
#include "act/IR/Act.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include <cmath>

using namespace mlir;

namespace act {

StringRef name(Verdict verdict) {
  switch (verdict) {
  case Verdict::Dead:
    return "dead";
  case Verdict::StablyActive:
    return "stably_active";
  case Verdict::Saturated:
    return "saturated";
  case Verdict::Alive:
    return "alive";
  case Verdict::Mixed:
    return "mixed";
  case Verdict::Poisoned:
    return "poisoned";
  case Verdict::Unknown:
    return "unknown";
  }
  llvm_unreachable("unknown verdict");
}

SmallVector<unsigned> Layer::indices(Verdict verdict) const {
  SmallVector<unsigned> result;
  for (auto [index, unit] : llvm::enumerate(units))
    if (unit.verdict == verdict)
      result.push_back(index);
  return result;
}

//===----------------------------------------------------------------------===//
// From bounds to verdicts
//===----------------------------------------------------------------------===//

namespace {

/// What holds for all positions of a unit.
struct UnitSummary {
  bool isPoisoned = false;
  bool allDead = true;    ///< everywhere Dead
  bool allSilent = true;  ///< everywhere Dead or Saturated
  bool anyActive = false; ///< somewhere Active
  bool allAvoid = true;   ///< everywhere outside of the zones
  bool touchesKink = false;
  std::optional<Interval> bounds;

  void add(const Element &element, const SiteFunction &function) {
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
};

} // namespace

/// One summary per unit; none where no execution arrives or there is nothing.
static std::vector<UnitSummary> summarize(const ActivationSite &site,
                                          const Bounds &bounds) {
  int64_t positions = boundsSize(site.type), units = site.numUnits();
  if (bounds.isBottom() || positions == 0)
    return {};
  std::vector<UnitSummary> summaries(units);
  int64_t inner = 1;
  if (site.unitDimension)
    for (int64_t size :
         ArrayRef(boundsShape(site.type)).drop_front(*site.unitDimension + 1))
      inner *= size;
  for (int64_t i = 0; i < positions; ++i)
    summaries[i / inner % units].add(bounds[i], *site.function);
  return summaries;
}

static Unit proved(const UnitSummary &summary) {
  Unit unit;
  unit.bounds = summary.bounds.value_or(Interval());
  unit.touchesKink = summary.touchesKink && summary.allSilent;
  if (summary.isPoisoned)
    unit.verdict = Verdict::Poisoned;
  else if (summary.allDead)
    unit.verdict = Verdict::Dead;
  else if (summary.allSilent)
    unit.verdict = Verdict::Saturated;
  else if (summary.allAvoid)
    unit.verdict = Verdict::StablyActive;
  return unit;
}

/// Runs the network on points until nothing new is learnt. The runs enclose
/// every execution, so that a witness fires in any order of summation.
static void findWitnesses(Operation *root, const ArgumentBounds &domains,
                          Semantics semantics, std::vector<Layer> &layers) {
  auto isOpen = [](const Unit &unit) {
    return unit.verdict == Verdict::Unknown || unit.verdict == Verdict::Alive;
  };
  std::vector<std::vector<bool>> fired, silent;
  for (const Layer &layer : layers) {
    fired.emplace_back(layer.units.size(), false);
    silent.emplace_back(layer.units.size(), false);
  }
  WitnessPoints points(entryFunctions(root), domains);
  // After as many points without news, more of them will hardly help. All
  // vertices of a small box are tried.
  constexpr unsigned kPatience = 16;
  unsigned quiet = 0;
  for (unsigned i = 0; i < points.size() && quiet < kPatience; ++i, ++quiet) {
    ArgumentBounds point = points[i];
    ValueBounds bounds(root, point, semantics);
    bool anyOpen = false;
    for (auto [index, layer] : llvm::enumerate(layers)) {
      if (llvm::none_of(layer.units, isOpen))
        continue;
      anyOpen = true;
      std::vector<UnitSummary> summaries =
          summarize(layer.site, layer.site.preactivation(bounds, semantics));
      for (auto [u, summary] : llvm::enumerate(summaries)) {
        bool active = summary.anyActive && !fired[index][u];
        bool off = summary.allSilent && !silent[index][u];
        if (!isOpen(layer.units[u]) || summary.isPoisoned || (!active && !off))
          continue;
        fired[index][u] = fired[index][u] || active;
        silent[index][u] = silent[index][u] || off;
        if (fired[index][u])
          layer.units[u].verdict =
              silent[index][u] ? Verdict::Mixed : Verdict::Alive;
        quiet = 0;
      }
    }
    if (!anyOpen)
      return;
  }
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

static std::string layerName(Operation *op, unsigned number) {
  if (auto function = op->getParentOfType<FunctionOpInterface>())
    return (function.getName() + ".layer" + Twine(number)).str();
  return ("layer" + Twine(number)).str();
}

static bool hasLayerBefore(Operation *op,
                           const llvm::SmallPtrSetImpl<Operation *> &others) {
  SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.omitUsesFromAbove = false;
  // Only fails for slices that leave a region with several blocks.
  if (failed(getBackwardSlice(op, &slice, options)))
    return true;
  return llvm::any_of(slice, [&](Operation *before) {
    return before != op && others.contains(before);
  });
}

static std::vector<Layer>
judgeLayers(Operation *root, const ValueBounds &bounds, Semantics semantics) {
  std::vector<Layer> layers;
  llvm::SmallPtrSet<Operation *, 16> siteOps;
  llvm::DenseMap<Operation *, unsigned> numbers;
  for (ActivationSite &site : findActivationSites(root)) {
    Layer layer;
    auto function = site.op->getParentOfType<FunctionOpInterface>();
    layer.name = layerName(site.op, ++numbers[function]);
    siteOps.insert(site.op);
    for (const UnitSummary &summary :
         summarize(site, site.preactivation(bounds, semantics)))
      layer.units.push_back(proved(summary));
    layer.site = std::move(site);
    layers.push_back(std::move(layer));
  }
  for (Layer &layer : layers)
    layer.isFirst = !hasLayerBefore(layer.site.op, siteOps);
  return layers;
}

FailureOr<DeadUnitTable> findDeadUnits(Operation *root,
                                       const DeadUnitOptions &options) {
  // Loading the dialect makes arith and math ops readable, and the records
  // known; a pass has loaded it before it runs.
  root->getContext()->getOrLoadDialect<ActDialect>();
  if (failed(verifyWeights(root)))
    return failure();
  FailureOr<ArgumentBounds> domains = collectDomains(root, options.domains);
  if (failed(domains))
    return failure();
  ValueBounds bounds(root, *domains, options.semantics);
  DeadUnitTable table;
  table.semantics = options.semantics;
  table.layers = judgeLayers(root, bounds, options.semantics);
  findWitnesses(root, *domains, options.semantics, table.layers);
  table.findings = diagnose(root, *domains, table.layers, options.semantics);
  return table;
}

} // namespace act

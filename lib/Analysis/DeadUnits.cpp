//===- DeadUnits.cpp - Verdicts on the units of a network -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/DeadUnits.h"
#include "Findings.h"
#include "Suppressions.h"
#include "UnitSettler.h"
#include "UnitSummary.h"
#include "WitnessSearch.h"
#include "act/IR/Act.h"
#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

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

StringRef name(Method method) {
  switch (method) {
  case Method::Intervals:
    return "interval bounds";
  case Method::LinearBounds:
    return "linear bounds";
  case Method::InputBisection:
    return "input bisection";
  }
  llvm_unreachable("unknown method");
}

SmallVector<unsigned> Layer::indices(Verdict verdict) const {
  SmallVector<unsigned> result;
  for (auto [index, unit] : llvm::enumerate(units))
    if (unit.verdict == verdict)
      result.push_back(index);
  return result;
}

std::vector<const ActivationSite *> sitesOf(ArrayRef<Layer> layers) {
  std::vector<const ActivationSite *> sites;
  for (const Layer &layer : layers)
    sites.push_back(&layer.site);
  return sites;
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
  // What a caller computes from is not in the slice.
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (function && function.isPrivate())
    return true;
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

/// A table of more units than this is of no use to anyone.
static constexpr int64_t kMaxUnits = int64_t(1) << 24;

static FailureOr<std::vector<Layer>>
judgeLayers(Operation *root, const ValueBounds &bounds, Semantics semantics) {
  std::vector<Layer> layers;
  llvm::SmallPtrSet<Operation *, 16> siteOps;
  llvm::DenseMap<Operation *, unsigned> numbers;
  for (ActivationSite &site : findActivationSites(root)) {
    if (site.numUnits() > kMaxUnits)
      return site.op->emitError()
             << "expected at most " << kMaxUnits << " units in a layer, got "
             << site.numUnits();
    Layer layer;
    auto function = site.op->getParentOfType<FunctionOpInterface>();
    layer.name = layerName(site.op, ++numbers[function]);
    siteOps.insert(site.op);
    for (const UnitSummary &summary :
         summarize(site, site.preactivation(bounds, semantics)))
      layer.units.push_back(summary.judge());
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
  FailureOr<Suppressions> suppressions = Suppressions::collect(root);
  if (failed(suppressions))
    return failure();
  ValueBounds bounds(root, *domains, options.semantics);
  FailureOr<std::vector<Layer>> layers =
      judgeLayers(root, bounds, options.semantics);
  if (failed(layers))
    return failure();
  DeadUnitTable table;
  table.semantics = options.semantics;
  table.layers = std::move(*layers);
  UnitSettler settler(root, bounds, options.semantics, table.layers);
  settler.tighten();
  WitnessSearch(root, *domains, options.semantics, table.layers).run();
  settler.settle(options.budget);
  table.findings = diagnose(root, *domains, table.layers, options.semantics);
  std::vector<InitialChain> chains =
      findInitialChains(bounds, *domains, table.layers);
  for (const InitialChain &chain : chains)
    for (auto [layer, share] : llvm::zip(chain.layers, chain.silentShare))
      table.layers[layer].silentShare = share;
  for (Finding &finding : diagnoseInitial(chains, table.layers))
    table.findings.push_back(std::move(finding));
  for (Finding &finding : diagnoseRare(root, bounds, table.layers))
    table.findings.push_back(std::move(finding));
  suppressions->apply(table.findings);
  return table;
}

} // namespace act

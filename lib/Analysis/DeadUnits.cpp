//===- DeadUnits.cpp - Verdicts on the units of a network -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/DeadUnits.h"
#include "ExpandedProgram.h"
#include "Findings.h"
#include "ProgramSize.h"
#include "SampleRun.h"
#include "Suppressions.h"
#include "UnitSettler.h"
#include "WitnessSearch.h"
#include "act/IR/Act.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/StringExtras.h"

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
  case Method::Zonotope:
    return "zonotope";
  case Method::LinearBounds:
    return "linear bounds";
  case Method::InputBisection:
    return "input bisection";
  case Method::KinkSplitting:
    return "splitting of kinks";
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

/// One line of `name`, whatever characters it has.
static std::string onOneLine(StringRef name) {
  std::string line;
  for (char c : name)
    if (llvm::isASCII(c) && (c < ' ' || c == 127))
      line += "\\" + llvm::utohexstr(c, /*LowerCase=*/false, /*Width=*/2);
    else
      line += c;
  return line;
}

static std::string layerName(Operation *op, unsigned number) {
  if (auto function = op->getParentOfType<FunctionOpInterface>())
    return onOneLine(function.getName()) + ".layer" + std::to_string(number);
  return ("layer" + Twine(number)).str();
}

/// The operands of an op, and what its regions read from above.
static SmallVector<Value> valuesRead(Operation *op) {
  SmallVector<Value> values(op->getOperands());
  for (Region &region : op->getRegions())
    region.walk([&](Operation *inner) {
      for (Value value : inner->getOperands())
        if (!op->isAncestor(value.getParentRegion()->getParentOp()))
          values.push_back(value);
    });
  return values;
}

static bool hasLayerBefore(Operation *op,
                           const llvm::SmallPtrSetImpl<Operation *> &others) {
  // What a caller computes from is not in the slice.
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (function && function.isPrivate())
    return true;
  // MLIR's slices recurse, and chains may be longer than the stack is deep.
  SmallVector<Operation *> open{op};
  llvm::SmallPtrSet<Operation *, 16> seen{op};
  while (!open.empty()) {
    Operation *each = open.pop_back_val();
    if (each != op && others.contains(each))
      return true;
    for (Value value : valuesRead(each)) {
      Operation *from = value.getDefiningOp();
      if (auto argument = dyn_cast<BlockArgument>(value)) {
        Block *block = argument.getOwner();
        from = block->getParentOp();
        if (block->isEntryBlock() &&
            from->hasTrait<OpTrait::IsIsolatedFromAbove>())
          continue;
        // Branches may pass it.
        if (!block->getParent()->hasOneBlock())
          return true;
      }
      if (seen.insert(from).second)
        open.push_back(from);
    }
  }
  return false;
}

/// A table of more units than this is of no use to anyone.
static constexpr int64_t kMaxUnits = int64_t(1) << 24;

static FailureOr<std::vector<Layer>> findLayers(Operation *root) {
  std::vector<Layer> layers;
  llvm::DenseMap<Operation *, unsigned> numbers;
  for (ActivationSite &site : findActivationSites(root)) {
    if (site.numUnits() > kMaxUnits)
      return site.op->emitError()
             << "expected at most " << kMaxUnits << " units in a layer, got "
             << site.numUnits();
    Layer layer;
    auto function = site.op->getParentOfType<FunctionOpInterface>();
    layer.name = layerName(site.op, ++numbers[function]);
    layer.site = std::move(site);
    layers.push_back(std::move(layer));
  }
  return layers;
}

/// Judges all units by `bounds`, those of the program.
static void judgeLayers(const ExpandedProgram &program,
                        const ValueBounds &bounds, Semantics semantics,
                        std::vector<Layer> &layers) {
  ArrayRef<LayerExecution> executions = program.executions();
  llvm::SmallPtrSet<Operation *, 16> siteOps;
  for (const LayerExecution &execution : executions)
    siteOps.insert(execution.site.op);
  for (auto [index, layer] : llvm::enumerate(layers)) {
    auto preactivation = [&](unsigned execution) {
      return executions[execution].site.preactivation(bounds, semantics);
    };
    for (const UnitSummary &summary : program.summarize(index, preactivation))
      layer.units.push_back(summary.judge());
    layer.isFirst =
        llvm::none_of(program.executionsOf(index), [&](unsigned execution) {
          return hasLayerBefore(executions[execution].site.op, siteOps);
        });
  }
}

/// The layers with the sites of their only execution, which is what estimates
/// are about: weights that serve again are not independent. Of the sites of
/// others nothing is known in the program.
static std::vector<Layer> executedOnce(const ExpandedProgram &program,
                                       std::vector<Layer> layers) {
  for (auto [index, layer] : llvm::enumerate(layers))
    if (ArrayRef<unsigned> all = program.executionsOf(index); all.size() == 1)
      layer.site = program.executions()[all.front()].site;
  return layers;
}

/// Adds what is estimated of networks that were not trained yet, and of normal
/// inputs where `isRelaxed`, that is, the program is small enough.
static void addEstimates(Operation *root, const ExpandedProgram &program,
                         const ValueBounds &bounds,
                         const ArgumentDomains &domains, bool isRelaxed,
                         DeadUnitTable &table) {
  std::vector<Layer> layers = executedOnce(program, table.layers);
  std::vector<InitialChain> chains = findInitialChains(bounds, domains, layers);
  for (const InitialChain &chain : chains) {
    table.layers[chain.layers.front()].bornDead = chain.firstLayerDead;
    for (auto [layer, share] : llvm::zip(chain.layers, chain.silentShare))
      table.layers[layer].silentShare = share;
  }
  std::vector<Finding> findings = diagnoseInitial(chains, layers);
  if (isRelaxed)
    for (Finding &finding : diagnoseRare(program.root(), bounds, layers))
      findings.push_back(std::move(finding));
  for (auto [layer, estimated] : llvm::zip(table.layers, layers))
    layer.activeProbability = std::move(estimated.activeProbability);
  for (Finding &finding : findings) {
    finding.op = table.layers[*finding.layer].site.op;
    table.findings.push_back(std::move(finding));
  }
  diagnoseUnestimated(root, chains, table.layers, table.findings);
}

/// What is proved of the domain says nothing of other samples.
static void warnOfSamplesOutside(Operation *root, const SampleSet &samples,
                                 const ArgumentBounds &domains) {
  size_t outside = llvm::count_if(llvm::seq(samples.size()), [&](size_t i) {
    return !samples.isInBox(i, domains);
  });
  if (outside != 0)
    findEntryFunction(root).emitWarning()
        << outside << " of " << samples.size()
        << " samples lie outside the domain, which verdicts hold for";
}

FailureOr<DeadUnitTable> findDeadUnits(Operation *root,
                                       const DeadUnitOptions &options) {
  // Loading the dialect makes arith and math ops readable, and the records
  // known; a pass has loaded it before it runs.
  root->getContext()->getOrLoadDialect<ActDialect>();
  if (failed(verifyWeights(root)))
    return failure();
  FailureOr<ArgumentDomains> domains = collectDomains(root, options.domains);
  if (failed(domains))
    return failure();
  FailureOr<SampleSet> samples = SampleSet::collect(root, options.samples);
  if (failed(samples))
    return failure();
  warnOfSamplesOutside(root, *samples, domains->bounds);
  FailureOr<Suppressions> suppressions = Suppressions::collect(root);
  if (failed(suppressions))
    return failure();
  FailureOr<std::vector<Layer>> layers = findLayers(root);
  if (failed(layers))
    return failure();
  DeadUnitTable table;
  table.semantics = options.semantics;
  table.layers = std::move(*layers);
  ExpandedProgram program(root, table.layers);
  ArgumentDomains arguments = *domains;
  if (program.root() != root) {
    arguments = *collectDomains(program.root(), options.domains);
    samples = SampleSet::collect(program.root(), options.samples);
  }
  bool isRelaxed = countWeights(program.root()) <= kMaxRelaxedWeights;
  WitnessSearch search(program, arguments, options.semantics, table.layers);
  std::vector<ArgumentBounds> boxes = {arguments.bounds};
  // Large networks take as long as their weights take to be read: the points
  // that are tried first go along.
  if (!isRelaxed)
    llvm::append_range(boxes, search.firstPoints());
  std::vector<ValueBounds> all =
      ValueBounds::ofBoxes(program.root(), boxes, options.semantics);
  const ValueBounds &bounds = all.front();
  judgeLayers(program, bounds, options.semantics, table.layers);
  ArgumentSets sets = arguments.sets;
  for (FunctionOpInterface function : calledFunctions(program.root()))
    for (BlockArgument argument : function.getArguments())
      sets.erase(argument);
  UnitSettler settler(program, bounds, sets, options.semantics, table.layers);
  if (isRelaxed)
    settler.tighten(options.progress);
  search.run(ArrayRef(all).drop_front());
  if (samples->size() > 0) {
    SampleRun run(program, *samples, table.layers);
    run.run(options.progress);
    run.tryWitnesses(arguments, search);
    table.numSamples = samples->size();
  }
  settler.settle(options.budget, options.progress);
  table.findings =
      diagnose(root, domains->bounds, table.layers, options.semantics);
  addEstimates(root, program, bounds, arguments, isRelaxed, table);
  for (Finding &finding : diagnoseSilent(table.layers, table.numSamples))
    table.findings.push_back(std::move(finding));
  if (options.thresholds != ThresholdPreset::None)
    applyThresholds(options.thresholds, table);
  suppressions->apply(table.findings);
  return table;
}

} // namespace act

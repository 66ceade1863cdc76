//===- UnitSettler.cpp - Verdicts by linear relaxation --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitSettler.h"
#include "SampledWitnesses.h"
#include "UnitTask.h"
#include "act/Analysis/Domains.h"
#include "llvm/Support/Parallel.h"
#include <algorithm>

using namespace mlir;

namespace act {

static void onAllCores(size_t count, const std::function<void(size_t)> &call) {
  llvm::parallelFor(0, count, call);
}

UnitSettler::UnitSettler(const ExpandedProgram &program,
                         const ValueBounds &bounds, const ArgumentSets &sets,
                         Semantics semantics, std::vector<Layer> &layers)
    : program(program), bounds(bounds), semantics(semantics), layers(layers),
      reader(bounds, program.sites(), semantics, NetworkReader::Purpose::Bounds,
             sets),
      zonotope(reader.network(), {}, onAllCores) {}

//===----------------------------------------------------------------------===//
// Bounds over the whole domain
//===----------------------------------------------------------------------===//

void UnitSettler::tighten() {
  nodeOf.resize(program.executions().size());
  for (auto [index, execution] : llvm::enumerate(program.executions())) {
    const auto &[layer, site] = execution;
    if (layers[layer].units.empty())
      continue;
    std::optional<unsigned> node = reader.preactivation(site);
    if (!node ||
        int64_t(reader.network()[*node].size()) != boundsSize(site.type))
      continue;
    targets.push_back({layer, *node, isReachable(site.op, *node)});
    nodeOf[index] = node;
    tighten(targets.back());
  }
}

/// Whether a point of the sources is an input of a function that anyone can
/// call and that then surely executes `op`.
bool UnitSettler::isReachable(Operation *op, unsigned node) {
  auto function = dyn_cast<FunctionOpInterface>(op->getParentOp());
  if (!function ||
      !llvm::is_contained(entryFunctions(program.root()), function) ||
      op->getBlock() != &function.front())
    return false;
  const Network &network = reader.network();
  return llvm::all_of(network.ancestors(node), [&](unsigned each) {
    if (network[each].kind != NetworkNode::Kind::Source)
      return true;
    BlockArgument argument = reader.argumentOf(each);
    return argument && argument.getOwner() == &function.front() &&
           llvm::all_of(network[each].range,
                        [](Interval range) { return range.isBounded(); });
  });
}

/// Both ends of the elements of a target whose ranges leave their units open.
std::vector<Objective> UnitSettler::openEnds(const Target &target) const {
  const SiteFunction &function = *layers[target.layer].site.function;
  const std::vector<Interval> &ranges = reader.network()[target.node].range;
  std::vector<Objective> ends;
  for (unsigned i = 0; i < ranges.size(); ++i) {
    bool isDecided = !function.isSmooth() &&
                     (function.respond(ranges[i]) != Response::Open ||
                      function.avoidsZones(ranges[i]));
    if (ranges[i].isBounded() && !isDecided)
      ends.insert(ends.end(), {{i, 1.0}, {i, -1.0}});
  }
  return ends;
}

void UnitSettler::tighten(const Target &target) {
  if (openEnds(target).empty())
    return;
  boundByZonotope(target);
  judge(target.layer, Method::Zonotope);
  boundByLines(target);
  judge(target.layer, Method::LinearBounds);
}

void UnitSettler::boundByZonotope(const Target &target) {
  Network &network = reader.network();
  zonotope.reach(target.node);
  for (unsigned i = 0; i < network[target.node].size(); ++i)
    network.narrow(target.node, i, zonotope.range(target.node, i));
  network.narrowFunctionsOf(target.node);
}

/// Products that back-substitution takes for one target: about a tenth of a
/// second. Deep networks are not followed back to their inputs, so that the
/// time grows with their depth and no faster.
static constexpr double kMaxProducts = 0x1p30;

void UnitSettler::boundByLines(const Target &target) {
  Network &network = reader.network();
  std::vector<Objective> objectives = openEnds(target);
  // Through its own map alone a target has the bounds of intervals.
  double limit = kMaxProducts / std::max<size_t>(objectives.size(), 1);
  if (objectives.empty() || network.numEntries({target.node}) > limit)
    return;
  BackSubstitution substitution(network, target.node);
  substitution.stopAfter(limit);
  substitution.adopt(substitution.domainRanges());
  // Blocks of objectives on all cores; each result has a place of its own.
  constexpr size_t kBlock = 128;
  std::vector<double> ends(objectives.size());
  llvm::parallelFor(0, llvm::divideCeil(objectives.size(), kBlock),
                    [&](size_t block) {
                      ArrayRef<Objective> some =
                          ArrayRef(objectives).drop_front(block * kBlock);
                      some = some.take_front(kBlock);
                      std::vector<double> part = substitution.maximize(
                          std::vector<Objective>(some.begin(), some.end()));
                      llvm::copy(part, ends.begin() + block * kBlock);
                    });
  for (size_t k = 0; k < objectives.size(); k += 2)
    network.narrow(target.node, objectives[k].element, {-ends[k + 1], ends[k]});
  network.narrowFunctionsOf(target.node);
}

void UnitSettler::judge(unsigned index, Method method) {
  Layer &layer = layers[index];
  auto preactivation = [&](unsigned execution) {
    if (!nodeOf[execution])
      return program.executions()[execution].site.preactivation(bounds,
                                                                semantics);
    std::vector<Element> elements;
    for (Interval each : reader.network()[*nodeOf[execution]].range)
      elements.push_back({each});
    return Bounds::elements(std::move(elements));
  };
  std::vector<UnitSummary> summaries = program.summarize(index, preactivation);
  // What is poisoned has its verdict already.
  for (auto [unit, summary] : llvm::zip(layer.units, summaries)) {
    if (unit.verdict == Verdict::Poisoned)
      continue;
    Unit now = summary.judge();
    unit.bounds = now.bounds;
    if (unit.verdict != Verdict::Unknown || now.verdict == Verdict::Unknown)
      continue;
    unit = now;
    unit.method = method;
    // Only interval arithmetic keeps an end exact that is attained.
    unit.touchesKink = false;
  }
}

//===----------------------------------------------------------------------===//
// Units one by one
//===----------------------------------------------------------------------===//

/// The box of the inputs that some nodes are computed from.
static SourceBox domainOf(const Network &network,
                          const std::vector<unsigned> &nodes) {
  SourceBox box(network.size());
  for (unsigned node : network.ancestors(nodes))
    if (network[node].kind == NetworkNode::Kind::Source)
      box[node] = network[node].range;
  return box;
}

/// Products that the trial of samples may take for all layers: some tenths of a
/// second.
static constexpr double kMaxSampleProducts = 0x1p32;
/// Products that all searches together may take, for each part that may be
/// bounded and at least: some tenths of a second.
static constexpr double kProductsOfCase = 0x1p20, kMinSearchProducts = 0x1p32;

size_t UnitSettler::countUnknown(ArrayRef<Target> some) const {
  size_t count = 0;
  for (const Target &target : some)
    count += layers[target.layer].indices(Verdict::Unknown).size();
  return count;
}

void UnitSettler::settle(
    uint64_t budget, const std::function<void(const Progress &)> &progress) {
  std::vector<Target> reachable;
  std::vector<unsigned> nodes;
  for (const Target &target : targets)
    if (target.isReachable && !layers[target.layer].site.function->isSmooth()) {
      reachable.push_back(target);
      nodes.push_back(target.node);
    }
  if (nodes.empty())
    return;
  SourceBox domain = domainOf(reader.network(), nodes);
  std::map<unsigned, SampledExtremes> samples =
      sampleExtremes(reader.network(), nodes, domain);
  // What is proved of a layer helps those behind it. What takes longer is left
  // for last, when all cores can work at it.
  constexpr uint64_t kShort = 2048;
  double products = std::max(kMinSearchProducts, budget * kProductsOfCase);
  double ofSamples = kMaxSampleProducts;
  ProgressMeter first(progress, "units", countUnknown(reachable));
  for (const Target &target : reachable) {
    trySamples(target, domain, samples.at(target.node), ofSamples);
    settle({target}, domain, samples, std::min(budget, kShort), products,
           first);
  }
  ProgressMeter second(progress, "hard units", countUnknown(reachable));
  if (budget > kShort)
    settle(reachable, domain, samples, budget, products, second);
}

/// The elements of each unit of a layer.
static std::vector<std::vector<unsigned>> elementsOf(const Layer &layer,
                                                     unsigned size) {
  std::vector<std::vector<unsigned>> elements(layer.units.size());
  for (unsigned i = 0; i < size; ++i)
    elements[layer.site.unitOf(i)].push_back(i);
  return elements;
}

/// What a witness says of a unit of a layer.
Verdict UnitSettler::witnessed(unsigned layer, bool isSilentToo) const {
  // Silent once is not silent in every execution.
  return isSilentToo && program.executionsOf(layer).size() == 1
             ? Verdict::Mixed
             : Verdict::Alive;
}

void UnitSettler::trySamples(const Target &target, const SourceBox &domain,
                             const SampledExtremes &samples, double &products) {
  Layer &layer = layers[target.layer];
  std::vector<std::vector<unsigned>> elements =
      elementsOf(layer, reader.network()[target.node].size());
  SmallVector<unsigned> unknown = layer.indices(Verdict::Unknown);
  std::vector<SampledWitnesses::Unit> units;
  for (unsigned unit : unknown)
    units.push_back({std::move(elements[unit])});
  SampledWitnesses witnesses(reader.network(), target.node, domain,
                             *layer.site.function, samples, std::move(units));
  witnesses.run(products);
  for (auto [index, unit] : llvm::zip_equal(unknown, witnesses.units()))
    if (unit.fires)
      layer.units[index].verdict = witnessed(target.layer, unit.isSilent);
}

/// About how many products it takes to bound all layers before a node.
static double boundingProducts(const Network &network, unsigned node) {
  double entries = 0, bounding = 0;
  for (unsigned each : network.ancestors(node)) {
    entries += network.numEntries({each});
    // Each operand of its functions is bounded from both sides.
    bounding += 2 * network[each].operands.size() * entries;
    if (network[each].kind == NetworkNode::Kind::Elementwise)
      bounding += 2 * network[each].size() * entries;
  }
  return bounding;
}

/// The same to try points on a unit: to climb by gradients, and to bound all
/// layers before it at a few points.
static double searchProducts(const Network &network, unsigned node) {
  return 240 * network.numEntries(network.ancestors(node)) +
         boundingProducts(network, node);
}

/// Products that the splitting of kinks may take, of all units together.
static constexpr double kMaxSplitProducts = 0x1p36;

/// How many cases of kinks may be bounded for each of `count` units: to bound
/// one takes some steps of tuning as well.
static uint64_t splitBudget(const Network &network, unsigned node,
                            size_t count) {
  double each = boundingProducts(network, node) +
                32 * network.numEntries(network.ancestors(node)) + 1;
  return kMaxSplitProducts / (each * count);
}

void UnitSettler::settle(ArrayRef<Target> some, const SourceBox &domain,
                         const std::map<unsigned, SampledExtremes> &samples,
                         uint64_t budget, double &products,
                         ProgressMeter &meter) {
  struct Open {
    Target target;
    unsigned unit;
    std::vector<unsigned> elements;
    UnitTask::Result result;
  };
  Network &network = reader.network();
  std::vector<Open> open;
  for (const Target &target : some) {
    const Layer &layer = layers[target.layer];
    std::vector<std::vector<unsigned>> elements =
        elementsOf(layer, network[target.node].size());
    double each = searchProducts(network, target.node);
    for (unsigned unit : layer.indices(Verdict::Unknown)) {
      if (each > products)
        break;
      products -= each;
      open.push_back({target, unit, std::move(elements[unit]), {}});
    }
  }
  auto budgetOf = [&](unsigned node) {
    return isBisected(network, node, domain)
               ? budget
               : std::min(budget, splitBudget(network, node, open.size()));
  };
  // Each by itself, so that the order of the threads does not matter.
  llvm::parallelFor(0, open.size(), [&](size_t k) {
    Open &one = open[k];
    unsigned node = one.target.node;
    one.result =
        UnitTask(network, node, domain, *layers[one.target.layer].site.function,
                 one.elements, samples.at(node))
            .run(budgetOf(node));
    meter.advance();
  });
  for (const auto &[target, unit, elements, result] : open) {
    if (result.isWitnessed)
      layers[target.layer].units[unit].verdict =
          witnessed(target.layer, result.isSilentToo);
    for (auto [element, range] : result.proved)
      network.narrow(target.node, element, range);
  }
  for (const Target &target : some) {
    network.narrowFunctionsOf(target.node);
    judge(target.layer, isBisected(network, target.node, domain)
                            ? Method::InputBisection
                            : Method::KinkSplitting);
  }
}

} // namespace act

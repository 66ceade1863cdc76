//===- UnitSettler.cpp - Verdicts by linear relaxation --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitSettler.h"
#include "SampledWitnesses.h"
#include "SearchBudget.h"
#include "UnitTask.h"
#include "act/Analysis/Domains.h"
#include "llvm/ADT/ScopeExit.h"
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

void UnitSettler::tighten(
    const std::function<void(const Progress &)> &progress) {
  nodeOf.resize(program.executions().size());
  ProgressMeter meter(progress, "layers", nodeOf.size());
  std::vector<Target> postponed;
  for (auto [index, execution] : llvm::enumerate(program.executions())) {
    const auto &[layer, site] = execution;
    llvm::scope_exit advance([&] { meter.advance(); });
    if (layers[layer].units.empty())
      continue;
    std::optional<unsigned> node = reader.preactivation(site);
    if (!node ||
        int64_t(reader.network()[*node].size()) != boundsSize(site.type))
      continue;
    targets.push_back({layer, *node, isReachable(site.op, *node)});
    nodeOf[index] = node;
    postponed.push_back(targets.back());
    // Tighter bounds of the layers before matter to those that are open.
    if (respondsOnAll(targets.back()))
      continue;
    for (const Target &target : postponed)
      tighten(target);
    postponed.clear();
  }
}

/// Whether a function without a zone answers the whole range of each element
/// in one way: no bound will tell more.
bool UnitSettler::respondsOnAll(const Target &target) const {
  const SiteFunction &function = *layers[target.layer].site.function;
  return function.isSmooth() &&
         llvm::all_of(reader.network()[target.node].range, [&](Interval range) {
           return function.respond(range) != Response::Open;
         });
}

/// Whether a point of the sources is an input of a function that anyone can
/// call and that then surely executes `op`.
bool UnitSettler::isReachable(Operation *op, unsigned node) {
  auto function = dyn_cast<FunctionOpInterface>(op->getParentOp());
  // A point between those of the domain and of a call may be of neither.
  if (!function ||
      !llvm::is_contained(entryFunctions(program.root()), function) ||
      llvm::is_contained(calledFunctions(program.root()), function) ||
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

/// Whether a set of the inputs, and no layer, lies before a target: its bounds
/// are wider than the set allows, even where they decide.
bool UnitSettler::isBehindSet(const Target &target) const {
  const Network &network = reader.network();
  return layers[target.layer].isFirst &&
         llvm::any_of(network.ancestors(target.node), [&](unsigned each) {
           return network[each].set != nullptr;
         });
}

/// Both ends of the elements of a target whose ranges leave their units open.
std::vector<Objective> UnitSettler::openEnds(const Target &target) const {
  const SiteFunction &function = *layers[target.layer].site.function;
  const std::vector<Interval> &ranges = reader.network()[target.node].range;
  std::vector<Objective> ends;
  bool isLoose = isBehindSet(target);
  for (unsigned i = 0; i < ranges.size(); ++i) {
    bool isDecided = !isLoose && !function.isSmooth() &&
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
    Bounds known =
        program.executions()[execution].site.preactivation(bounds, semantics);
    if (!nodeOf[execution])
      return known;
    // A node has what is known of its numbers.
    std::vector<Element> elements;
    for (auto [i, range] :
         llvm::enumerate(reader.network()[*nodeOf[execution]].range))
      elements.push_back({range, false, known[i].mayBeNaN});
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
    unit.verdict = now.verdict;
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

size_t UnitSettler::countUnknown(ArrayRef<Target> some) const {
  size_t count = 0;
  for (const Target &target : some)
    count += layers[target.layer].indices(Verdict::Unknown).size();
  return count;
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

std::vector<UnitSettler::OpenUnit>
UnitSettler::openUnits(ArrayRef<Target> some, double &products) const {
  std::vector<OpenUnit> open;
  for (const Target &target : some) {
    double each = searchProducts(reader.network(), target.node);
    for (unsigned unit : layers[target.layer].indices(Verdict::Unknown)) {
      if (each > products)
        break;
      products -= each;
      open.push_back({target, unit});
    }
  }
  return open;
}

std::vector<UnitSettler::OpenUnit>
UnitSettler::promisingUnits(ArrayRef<Target> some) const {
  // Of units of ACAS Xu that kDefaultBudget boxes closed by more than .15, all
  // were settled by 210,000 boxes; none of those by less than .06.
  constexpr double kLeastShare = 0.125;
  std::vector<OpenUnit> promising;
  for (const Target &target : some)
    for (unsigned unit : layers[target.layer].indices(Verdict::Unknown))
      if (auto share = closedShare.find({target.layer, unit});
          share != closedShare.end() && share->second >= kLeastShare)
        promising.push_back({target, unit});
  return promising;
}

void UnitSettler::settle(ArrayRef<OpenUnit> open, const SourceBox &domain,
                         const std::map<unsigned, SampledExtremes> &samples,
                         llvm::function_ref<uint64_t(unsigned node)> budgetOf,
                         ProgressMeter &meter) {
  Network &network = reader.network();
  std::map<unsigned, std::vector<std::vector<unsigned>>> elements;
  for (const OpenUnit &one : open)
    if (auto &ofLayer = elements[one.target.node]; ofLayer.empty())
      ofLayer =
          elementsOf(layers[one.target.layer], network[one.target.node].size());
  std::vector<UnitTask::Result> results(open.size());
  // Each by itself, so that the order of the threads does not matter.
  llvm::parallelFor(0, open.size(), [&](size_t k) {
    auto [target, unit] = open[k];
    UnitTask task(network, target.node, domain,
                  *layers[target.layer].site.function,
                  elements.at(target.node)[unit], samples.at(target.node));
    results[k] = task.run(budgetOf(target.node));
    meter.advance();
  });
  std::map<unsigned, unsigned> layerOf; ///< of each node with such units
  for (auto [one, result] : llvm::zip_equal(open, results)) {
    auto [target, unit] = one;
    layerOf[target.node] = target.layer;
    closedShare[{target.layer, unit}] = result.closedShare;
    if (result.isWitnessed)
      layers[target.layer].units[unit].verdict =
          witnessed(target.layer, result.isSilentToo);
    for (auto [element, range] : result.proved)
      network.narrow(target.node, element, range);
  }
  for (auto [node, layer] : layerOf) {
    network.narrowFunctionsOf(node);
    judge(layer, isBisected(network, node, domain) ? Method::InputBisection
                                                   : Method::KinkSplitting);
  }
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
  const Network &network = reader.network();
  SourceBox domain = domainOf(network, nodes);
  std::map<unsigned, SampledExtremes> samples =
      sampleExtremes(network, nodes, domain);
  double products = std::max(kMinSearchProducts, budget * kProductsOfCase);
  double ofSamples = kMaxSampleProducts;
  auto settleSome = [&](ArrayRef<Target> some, uint64_t boxes,
                        ProgressMeter &meter) {
    std::vector<OpenUnit> open = openUnits(some, products);
    auto budgetOf = [&](unsigned node) {
      return isBisected(network, node, domain)
                 ? bisectionBudget(network, node, boxes, open.size())
                 : std::min(boxes, splitBudget(network, node, open.size()));
    };
    settle(open, domain, samples, budgetOf, meter);
  };
  // What is proved of a layer helps those behind it. What takes longer is left
  // for last, when all cores can work at it.
  constexpr uint64_t kShort = 2048;
  ProgressMeter first(progress, "units", countUnknown(reachable));
  for (const Target &target : reachable) {
    trySamples(target, domain, samples.at(target.node), ofSamples);
    settleSome(target, std::min(budget, kShort), first);
  }
  if (budget <= kShort)
    return;
  ProgressMeter second(progress, "hard units", countUnknown(reachable));
  settleSome(reachable, budget, second);
  // Most units take a few boxes: some of what they left goes to those that are
  // nearly settled.
  std::vector<OpenUnit> promising = promisingUnits(reachable);
  auto budgetOf = [&, count = promising.size()](unsigned node) {
    return closingBudget(network, node, budget, count);
  };
  llvm::erase_if(promising, [&](const OpenUnit &one) {
    return budgetOf(one.target.node) <= budget;
  });
  ProgressMeter third(progress, "nearly settled units", promising.size());
  settle(promising, domain, samples, budgetOf, third);
}

} // namespace act

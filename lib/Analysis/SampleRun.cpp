//===- SampleRun.cpp - Which units fire on samples ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampleRun.h"
#include "act/Relaxation/PointSearch.h"
#include "llvm/Support/Parallel.h"
#include <limits>

using namespace mlir;

namespace act {

SampleRun::SampleRun(const ExpandedProgram &program, const SampleSet &samples,
                     std::vector<Layer> &layers)
    : program(program), samples(samples), layers(layers),
      unbounded(program.root(), ArgumentBounds(), Semantics::Real),
      // A sample may lie outside of the domain: only the shape is asked for.
      reader(unbounded, program.sites(), Semantics::Real,
             NetworkReader::Purpose::Shape) {}

//===----------------------------------------------------------------------===//
// Counting
//===----------------------------------------------------------------------===//

/// How far the ends of `range` lie out of all zones; not 0 unless all of it is
/// inside of one.
static double distanceFrom(ArrayRef<DeadInterval> zones, Interval range) {
  double low = std::numeric_limits<double>::infinity(), high = low;
  for (const DeadInterval &zone : zones) {
    if (zone.lo <= range.lo && range.hi <= zone.hi)
      return 0.0;
    low = std::min(low, std::max(zone.lo - range.lo, range.lo - zone.hi));
    high = std::min(high, std::max(zone.lo - range.hi, range.hi - zone.hi));
  }
  return std::max({low, high, std::numeric_limits<double>::denorm_min()});
}

void SampleRun::Farthest::include(double otherDistance, size_t otherSample) {
  bool isFirst = otherDistance == distance && otherSample < sample;
  if (otherDistance > distance || isFirst)
    *this = {otherDistance, otherSample};
}

SampleRun::Count SampleRun::emptyCount(unsigned layer) const {
  size_t units = layers[layer].units.size();
  return {std::vector<uint64_t>(units), std::vector<Farthest>(units), 0};
}

void SampleRun::count(unsigned layer, size_t sample, unsigned executions,
                      RangeAt range, Count &tally) const {
  const ActivationSite &site = layers[layer].site;
  std::vector<double> unitDistance(layers[layer].units.size(), 0.0);
  for (int64_t i = 0, e = boundsSize(site.type); i < e; ++i) {
    double &far = unitDistance[site.unitOf(i)], elementDistance = 0.0;
    for (unsigned k = 0; k < executions; ++k)
      elementDistance = std::max(
          elementDistance, distanceFrom(site.function->zones(), range(k, i)));
    tally.elementFirings += elementDistance > 0.0;
    far = std::max(far, elementDistance);
  }
  for (auto [unit, distance] : llvm::enumerate(unitDistance)) {
    tally.firings[unit] += distance > 0.0;
    tally.farthest[unit].include(distance, sample);
  }
}

/// Sums and the farthest do not depend on the order of threads.
void SampleRun::merge(unsigned layer, const Count &some) {
  std::lock_guard<std::mutex> lock(mutex);
  Count &all = counts[layer];
  all.elementFirings += some.elementFirings;
  for (size_t unit = 0; unit < some.firings.size(); ++unit) {
    all.firings[unit] += some.firings[unit];
    all.farthest[unit].include(some.farthest[unit].distance,
                               some.farthest[unit].sample);
  }
}

//===----------------------------------------------------------------------===//
// Executing
//===----------------------------------------------------------------------===//

/// Whether all that `node` is computed from are arguments with samples.
bool SampleRun::isExecutable(unsigned node) const {
  const Network &network = reader.network();
  return llvm::all_of(network.ancestors(node), [&](unsigned each) {
    if (network[each].kind != NetworkNode::Kind::Source)
      return true;
    BlockArgument argument = reader.argumentOf(each);
    return argument && samples.contains(argument);
  });
}

std::optional<SampleRun::Target> SampleRun::targetOf(unsigned layer) {
  Target target{layer, {}};
  for (unsigned execution : program.executionsOf(layer)) {
    const ActivationSite &site = program.executions()[execution].site;
    std::optional<unsigned> node = reader.preactivation(site);
    if (!node || !isExecutable(*node) ||
        int64_t(reader.network()[*node].size()) != boundsSize(site.type))
      return std::nullopt;
    target.nodes.push_back(*node);
  }
  return target;
}

void SampleRun::run(const std::function<void(const Progress &)> &progress) {
  std::vector<Target> targets;
  std::vector<unsigned> others;
  for (auto [index, layer] : llvm::enumerate(layers)) {
    counts.push_back(emptyCount(index));
    if (layer.units.empty() || layer.site.function->isSmooth())
      continue;
    if (std::optional<Target> target = targetOf(index))
      targets.push_back(std::move(*target));
    else
      others.push_back(index);
  }
  size_t runs = !targets.empty() + !others.empty();
  ProgressMeter meter(progress, "samples", runs * samples.size());
  if (!targets.empty())
    runNetwork(targets, meter);
  if (!others.empty())
    runIntervals(others, meter);
  for (const Target &target : targets)
    others.push_back(target.layer);
  for (unsigned index : others) {
    layers[index].firings = counts[index].firings;
    layers[index].elementFirings = counts[index].elementFirings;
  }
}

void SampleRun::runNetwork(ArrayRef<Target> targets, ProgressMeter &meter) {
  const Network &network = reader.network();
  std::vector<unsigned> nodes;
  for (const Target &target : targets)
    nodes.insert(nodes.end(), target.nodes.begin(), target.nodes.end());
  std::vector<std::pair<unsigned, BlockArgument>> sources;
  for (unsigned node : network.ancestors(nodes))
    if (network[node].kind == NetworkNode::Kind::Source)
      sources.emplace_back(node, reader.argumentOf(node));
  constexpr size_t kBlock = 64;
  llvm::parallelFor(0, llvm::divideCeil(samples.size(), kBlock), [&](size_t b) {
    PointSearch search(network, nodes);
    SourcePoint point(network.size());
    std::vector<Count> some;
    for (const Target &target : targets)
      some.push_back(emptyCount(target.layer));
    size_t end = std::min(samples.size(), (b + 1) * kBlock);
    for (size_t sample = b * kBlock; sample < end; ++sample) {
      for (auto [node, argument] : sources)
        point[node] = samples.elements(argument, sample);
      const std::vector<std::vector<double>> &values = search.run(point);
      for (auto [target, tally] : llvm::zip(targets, some)) {
        auto range = [&, nodes = ArrayRef(target.nodes)](unsigned k,
                                                         int64_t i) {
          return Interval(values[nodes[k]][i]);
        };
        count(target.layer, sample, target.nodes.size(), range, tally);
      }
    }
    for (auto [target, tally] : llvm::zip(targets, some))
      merge(target.layer, tally);
    meter.advance(end - b * kBlock);
  });
}

/// What may fire counts as firing, so that silence is certain.
void SampleRun::runIntervals(ArrayRef<unsigned> indices, ProgressMeter &meter) {
  for (size_t sample = 0; sample < samples.size(); ++sample) {
    ValueBounds bounds(program.root(), samples.point(sample), Semantics::Real);
    for (unsigned index : indices) {
      SmallVector<Bounds> known;
      for (unsigned execution : program.executionsOf(index)) {
        known.push_back(program.executions()[execution].site.preactivation(
            bounds, Semantics::Real));
        if (known.back().isBottom())
          known.pop_back();
      }
      auto range = [&](unsigned k, int64_t i) { return known[k][i].range; };
      count(index, sample, known.size(), range, counts[index]);
    }
    meter.advance();
  }
}

void SampleRun::tryWitnesses(const ArgumentDomains &domains,
                             WitnessSearch &search) const {
  for (auto [layer, count] : llvm::zip(layers, counts))
    for (auto [unit, farthest] : llvm::zip(layer.units, count.farthest))
      if (unit.verdict == Verdict::Unknown && farthest.distance > 0.0 &&
          samples.isWithin(farthest.sample, domains))
        search.tryInput(samples.point(farthest.sample));
}

} // namespace act

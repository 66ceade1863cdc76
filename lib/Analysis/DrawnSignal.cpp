//===- DrawnSignal.cpp - What drawn weights let through -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DrawnSignal.h"
#include "ProgramSize.h"
#include "act/Relaxation/PointBatch.h"
#include "llvm/Support/Parallel.h"
#include <cmath>

using namespace mlir;

namespace act {

/// The nodes of the pre-activations of a chain; none where it cannot be run as
/// a whole.
static std::vector<unsigned> readNodes(const LayerChain &chain,
                                       ArrayRef<Layer> layers,
                                       NetworkReader &reader) {
  std::vector<unsigned> nodes;
  for (const ChainLayer &layer : chain.layers) {
    const ActivationSite &site = layers[layer.layer].site;
    std::optional<unsigned> node = reader.preactivation(site);
    // Computed from others, unless these have taken the room for it.
    if (!node || reader.network()[*node].kind == NetworkNode::Kind::Source ||
        reader.network()[*node].size() != boundsSize(site.type))
      return {};
    nodes.push_back(*node);
  }
  return nodes;
}

/// The only source that nodes are computed from; nothing where others could not
/// be read.
static std::optional<unsigned> sourceOf(const Network &network,
                                        const std::vector<unsigned> &nodes) {
  std::optional<unsigned> source;
  for (unsigned node : network.ancestors(nodes)) {
    if (network[node].kind != NetworkNode::Kind::Source)
      continue;
    if (source)
      return std::nullopt;
    source = node;
  }
  return source;
}

/// Inputs of the domain of a chain, or standard normal ones: elements of
/// `source`.
static std::vector<SourcePoint> randomInputs(const LayerChain &chain,
                                             const ArgumentDomains &domains,
                                             const InitialChain &result,
                                             const Network &network,
                                             unsigned source) {
  SourceBox box(network.size());
  auto domain = domains.bounds.find(chain.input);
  auto set = domains.sets.lookup(chain.input);
  std::vector<NormalLaw> normal = normalDomain(chain.input);
  for (unsigned i = 0; i < network[source].size(); ++i) {
    // Sums of many inputs know no more of a law than its moments: a uniform
    // law of the same will do.
    NormalLaw law = normal.empty() ? NormalLaw{0.0, 1.0} : normal[i];
    double radius = std::sqrt(3.0) * law.deviation;
    box[source].push_back(result.hasDomain
                              ? domain->second[i].range
                              : Interval(law.mean - radius, law.mean + radius));
  }
  std::vector<SourcePoint> points;
  for (unsigned input = 0; input < kEstimateInputs; ++input) {
    SourcePoint point = uniformPoint(box, input);
    if (set)
      set->spread(point[source], 2 * uint64_t(input) + 1);
    points.push_back(std::move(point));
  }
  return points;
}

namespace {
/// What the units of a layer did on some inputs.
struct LayerRun {
  double power = 0.0;  ///< of what tells inputs apart, of a unit on average
  double silent = 0.0; ///< the share of units that never fired
};
} // namespace

static LayerRun runOf(const PointBatch &batch, unsigned node,
                      const ActivationSite &site) {
  LayerRun run;
  std::vector<bool> fires(site.numUnits());
  int64_t size = boundsSize(site.type);
  for (int64_t element = 0; element < size; ++element) {
    ArrayRef<double> z(batch.valuesOf(node, element), batch.size());
    double sum = 0.0, square = 0.0;
    for (double value : z) {
      sum += value;
      square += value * value;
    }
    run.power += square - sum * sum / z.size();
    if (*llvm::max_element(z) > 0.0)
      fires[site.unitOf(element)] = true;
  }
  run.power /= size;
  run.silent = double(llvm::count(fires, false)) / fires.size();
  return run;
}

/// Whether there is room for the values of all inputs.
static bool hasRoom(const Network &network,
                    const std::vector<unsigned> &nodes) {
  double values = 0.0;
  for (unsigned node : network.ancestors(nodes))
    values += double(network[node].size()) * kEstimateInputs;
  constexpr double kMostValues = 0x1p26; // half a GiB
  return values <= kMostValues;
}

void measureDrawn(const LayerChain &chain, const ValueBounds &bounds,
                  const ArgumentDomains &domains, ArrayRef<Layer> layers,
                  InitialChain &result) {
  double weights = 0.0;
  for (const ChainSum &sum : chain.sums())
    weights += sum.numWeights();
  if (weights > kMaxRelaxedWeights)
    return;
  NetworkReader whole(bounds, sitesOf(layers), Semantics::Real,
                      NetworkReader::Purpose::Shape);
  std::vector<unsigned> nodes = readNodes(chain, layers, whole);
  if (nodes.empty())
    return;
  const Network &network = whole.network();
  std::optional<unsigned> source = sourceOf(network, nodes);
  if (!source || !hasRoom(network, nodes))
    return;
  PointBatch batch(network, nodes,
                   [](size_t count, const std::function<void(size_t)> &call) {
                     llvm::parallelFor(0, count, call);
                   });
  batch.run(randomInputs(chain, domains, result, network, *source));
  std::vector<double> power;
  result.silentShare.clear();
  for (auto [node, layer] : llvm::zip(nodes, chain.layers)) {
    LayerRun run = runOf(batch, node, layers[layer.layer].site);
    power.push_back(run.power);
    result.silentShare.push_back(run.silent);
  }
  result.isMeasured = true;
  // What means take away does not count, see SignalPath::decades().
  double ofMeans = differenceDecades(result.form) - result.formDecades;
  result.decades = std::log10(power.back() / power.front()) -
                   (std::isfinite(ofMeans) ? ofMeans : 0.0);
}

} // namespace act

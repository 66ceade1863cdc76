//===- LayerChains.cpp - Layers in a row ----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerChains.h"
#include <cmath>

using namespace mlir;

namespace act {

SignalPath LayerChain::path() const {
  SignalPath path;
  for (const ChainLayer &layer : layers)
    path.layers.push_back(layer.path);
  return path;
}

std::vector<ChainSum> LayerChain::sums() const {
  std::vector<ChainSum> sums;
  for (const ChainLayer &layer : layers)
    llvm::append_range(sums, layer.sums);
  return sums;
}

bool LayerChain::sharesInitializers() const {
  llvm::SmallDenseSet<Value> seen;
  return llvm::any_of(sums(), [&](const ChainSum &sum) {
    const InitializerLaws &laws = sum.laws;
    return (laws.weight && !seen.insert(laws.origin).second) ||
           (laws.bias && laws.bias->variance != 0.0 &&
            !seen.insert(laws.biasOrigin).second);
  });
}

static bool isIdentity(const LinearMap &map) {
  if (map.numRows() != map.numColumns() || map.numEntries() != map.numRows())
    return false;
  bool result = true;
  for (unsigned row = 0; row < map.numRows(); ++row)
    map.forEachEntry(row, [&](unsigned column, double value) {
      result &= column == row && value == 1.0;
    });
  return result;
}

/// The sums that a node is, but for the biases that it adds; null where it is
/// none.
const WeightedSum *LayerChainReader::readSum(unsigned node,
                                             std::vector<double> &biases) {
  const WeightedSum *sum = reader.weightedSum(node);
  const NetworkNode &affine = reader.network()[node];
  if (!sum) {
    if (affine.kind != NetworkNode::Kind::Affine || affine.terms.size() != 1)
      return nullptr;
    biases = affine.offset;
    if (isIdentity(*affine.terms[0].map))
      sum = reader.weightedSum(affine.terms[0].node);
  }
  if (sum) {
    biases.resize(sum->offset.size());
    for (auto [bias, offset] : llvm::zip(biases, sum->offset))
      bias += offset;
    return sum;
  }
  const LinearTerm &term = affine.terms[0];
  if (!term.map->isDense())
    return nullptr;
  WeightedSum dense;
  dense.operand = term.node;
  dense.fanIn = term.map->numColumns();
  dense.width = term.map->numRows();
  // The reader keeps the map.
  const double *rows = term.map->denseRow(0);
  size_t bytes = dense.numWeights() * sizeof(double);
  dense.weights = Bounds::constant(
      ArrayRef(reinterpret_cast<const char *>(rows), bytes), Format::F64);
  return &denseSums.emplace_back(std::move(dense));
}

bool LayerChainReader::addSum(unsigned node, Summands &summands) {
  std::vector<double> biases;
  const WeightedSum *sum = readSum(node, biases);
  if (!sum)
    return false;
  summands.sums.push_back(sum);
  summands.laws.push_back({sum->fanIn, sum->width, sum->weights,
                           momentsOf(biases), reader.lawsOf(node)});
  return true;
}

/// The units of a layer, or sums, or what is a sum of these again.
bool LayerChainReader::addSummand(unsigned node, Summands &summands) {
  // What is added twice is not independent; more than these are no block.
  constexpr unsigned kMost = 64;
  if (summands.seen.size() == kMost || !summands.seen.insert(node).second)
    return false;
  const ElementField *field = fields.read(node);
  if (!field || !field->layer)
    return addSum(node, summands) || addSummands(node, summands);
  if (summands.skip || !field->steps.empty() ||
      (!field->isRectified && !field->isNormal) ||
      llvm::is_contained(field->placeOf, FieldStep::kZero))
    return false;
  summands.skip = node;
  return true;
}

bool LayerChainReader::addSummands(unsigned node, Summands &summands) {
  const NetworkNode &sum = reader.network()[node];
  return sum.kind == NetworkNode::Kind::Affine && sum.terms.size() > 1 &&
         llvm::all_of(sum.offset, [](double x) { return x == 0.0; }) &&
         llvm::all_of(sum.terms, [&](const LinearTerm &term) {
           return isIdentity(*term.map) && addSummand(term.node, summands);
         });
}

/// How the signal gets to the units of a layer and through it. False where that
/// is not known.
bool LayerChainReader::setPath(unsigned preactivation, const Summands &summands,
                               Found &found) {
  for (const WeightedSum *sum : summands.sums) {
    const ElementField *before = fields.read(sum->operand);
    if (!before || (before->layer && !before->isRectified))
      return false;
    if (before->argument) {
      if (found.input && found.input != before->argument)
        return false;
      found.input = before->argument;
    }
    found.layer.path.sums.push_back({before->layer, before->steps});
  }
  const ElementField *skip =
      summands.skip ? fields.read(*summands.skip) : nullptr;
  if (skip)
    found.layer.path.skip = {*skip->layer, skip->isRectified, {}};
  std::optional<std::vector<FieldStep>> steps =
      fields.addLayer(found.node, summands.sums, skip);
  if (!steps)
    return false;
  if (skip) {
    found.layer.path.skip->step = std::move(steps->front());
    steps->erase(steps->begin());
  }
  for (auto [sum, step, read] :
       llvm::zip_equal(found.layer.path.sums, *steps, summands.sums)) {
    // Means of few channels, or sums of them and others, have other laws; and
    // channels that are sums of the same few are not independent.
    bool ofSeveral = llvm::any_of(step.channels, [](int c) { return c != 0; });
    if (!step.channels.empty() &&
        (found.layer.path.isResidual() || !sum.steps.empty() ||
         (ofSeveral && !fields.read(read->operand)->isNormal)))
      return false;
    sum.steps.push_back(std::move(step));
  }
  // Units may be maxima of sums, and sums may be left out.
  const ElementField *units = fields.read(preactivation);
  if (!units || units->layer != found.node || units->isRectified)
    return false;
  found.layer.path.counts = units->counts;
  for (double &count : found.layer.path.counts)
    count /= found.layer.width;
  return found.layer.path.numPositions() > 0.0;
}

/// A layer of weights.
std::optional<LayerChainReader::Found>
LayerChainReader::readLayer(unsigned layer) {
  const ActivationSite &site = layers[layer].site;
  std::optional<unsigned> preactivation = reader.preactivation(site);
  if (!preactivation)
    return std::nullopt;
  // In front of the relu there may be pooling.
  unsigned node = *preactivation;
  while (reader.network()[node].kind == NetworkNode::Kind::Multivariate &&
         reader.network()[node].operands.nodes().size() == 1)
    node = reader.network()[node].operands.nodes().front();
  Summands summands;
  if (!addSum(node, summands) && !addSummands(node, summands))
    return std::nullopt;
  // Units are channels of the weights, or none of what follows is of them.
  if (summands.sums.empty() ||
      llvm::any_of(summands.sums, [&](const WeightedSum *sum) {
        return sum->width != site.numUnits();
      }))
    return std::nullopt;
  Found found;
  found.node = node;
  found.layer.layer = layer;
  found.layer.width = site.numUnits();
  found.layer.sums = std::move(summands.laws);
  if (!setPath(*preactivation, summands, found))
    return std::nullopt;
  return found;
}

//===----------------------------------------------------------------------===//
// Chains
//===----------------------------------------------------------------------===//

/// Whether sums have the same weights or drawn biases, of which no estimate
/// knows.
static bool shareDraws(const ChainSum &a, const ChainSum &b) {
  if (a.laws.bias && a.laws.bias->variance != 0.0 &&
      a.laws.biasOrigin == b.laws.biasOrigin)
    return true;
  if (a.laws.weight || b.laws.weight)
    return a.laws.origin == b.laws.origin;
  return a.weights == b.weights;
}

/// Whether the draws of the sums that are added up are those of no other sum of
/// a chain or of the layer.
static bool isIndependent(const ChainLayer &layer, const LayerChain &chain) {
  std::vector<ChainSum> others = chain.sums();
  return llvm::all_of(layer.sums, [&](const ChainSum &sum) {
    bool isKnown = llvm::any_of(
        others, [&](const ChainSum &other) { return shareDraws(sum, other); });
    others.push_back(sum);
    return !isKnown;
  });
}

/// Puts a layer behind the last one of a chain, from which it takes something;
/// false where it takes something of elsewhere as well.
bool LayerChainReader::append(Found found, OpenChain &open, LayerChain &chain) {
  bool takesLast = false, isOfChain = true;
  auto setLayer = [&](unsigned &from) {
    auto index = open.find(from);
    isOfChain &= index != open.end();
    if (isOfChain)
      from = index->second;
    takesLast |= from + 1 == chain.layers.size();
  };
  SignalPath::Layer &path = found.layer.path;
  for (SignalPath::Sum &sum : path.sums)
    if (sum.from)
      setLayer(*sum.from);
  if (path.skip)
    setLayer(path.skip->from);
  if (!isOfChain || !takesLast || (found.input && found.input != chain.input) ||
      (path.isResidual() && !isIndependent(found.layer, chain)))
    return false;
  open[found.node] = chain.layers.size();
  chain.layers.push_back(std::move(found.layer));
  return true;
}

/// Whether a layer is computed from an argument alone.
static bool isFirst(const SignalPath::Layer &path) {
  return !path.skip && llvm::none_of(path.sums, [](const SignalPath::Sum &sum) {
    return sum.from.has_value();
  });
}

/// Whether a unit is silent where its sum is not positive, as relu is; what it
/// puts out beyond matters to layers behind it alone.
static bool isSilentBelowZero(const SiteFunction &function) {
  ArrayRef<DeadInterval> zones = function.zones();
  return zones.size() == 1 && std::isinf(zones[0].lo) && zones[0].hi == 0.0;
}

std::vector<LayerChain> LayerChainReader::read() {
  std::vector<LayerChain> chains;
  OpenChain open;
  for (unsigned index = 0; index < layers.size(); ++index) {
    std::optional<Found> found;
    if (isSilentBelowZero(*layers[index].site.function))
      found = readLayer(index);
    if (found && isFirst(found->layer.path)) {
      chains.push_back({found->input, {}});
      open = {{found->node, 0}};
      chains.back().layers.push_back(std::move(found->layer));
    } else if (!found || open.empty() ||
               !append(std::move(*found), open, chains.back())) {
      open.clear();
    }
  }
  return chains;
}

} // namespace act

//===- LayerChains.cpp - Layers in a row ----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerChains.h"

using namespace mlir;

namespace act {

SignalPath LayerChain::path() const {
  SignalPath path;
  for (const ChainLayer &layer : layers)
    path.layers.push_back(layer.path);
  return path;
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
/// none. Those of a map that was read become `dense`.
const WeightedSum *LayerChainReader::readSum(unsigned node,
                                             std::vector<double> &biases,
                                             WeightedSum &dense) const {
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
  dense.operand = term.node;
  dense.fanIn = term.map->numColumns();
  dense.width = term.map->numRows();
  // The reader keeps the map.
  const double *rows = term.map->denseRow(0);
  size_t bytes = dense.numWeights() * sizeof(double);
  dense.weights = Bounds::constant(
      ArrayRef(reinterpret_cast<const char *>(rows), bytes), Format::F64);
  return &dense;
}

/// How the signal gets to the units of a layer and through it. False where that
/// is not known.
bool LayerChainReader::setPath(unsigned preactivation, const WeightedSum &sum,
                               Found &found) {
  const ElementField *before = fields.read(sum.operand);
  if (!before || (before->layer && !before->isRectified))
    return false;
  // In a group or a single channel, of a layer that has more.
  if (before->layer && FieldReader::takesFewChannels(*before, sum))
    return false;
  found.before = before->layer;
  found.input = before->argument;
  found.layer.path.steps = before->steps;
  std::optional<FieldStep> step = fields.addLayer(found.node, sum);
  if (!step)
    return false;
  found.layer.path.steps.push_back(std::move(*step));
  // Units may be maxima of sums, and sums may be left out.
  const ElementField *units = fields.read(preactivation);
  if (!units || units->layer != found.node || units->isRectified)
    return false;
  found.layer.path.counts = units->counts;
  for (double &count : found.layer.path.counts)
    count /= sum.width;
  return found.layer.path.numPositions() > 0.0;
}

/// A layer of weights over one node.
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
  std::vector<double> biases;
  WeightedSum dense;
  const WeightedSum *sum = readSum(node, biases, dense);
  // Units are channels of the weights, or none of what follows is of them.
  if (!sum || site.numUnits() != sum->width)
    return std::nullopt;
  Found found;
  found.node = node;
  found.layer.layer = layer;
  found.layer.fanIn = sum->fanIn;
  found.layer.width = sum->width;
  found.layer.weights = sum->weights;
  found.layer.biases = momentsOf(biases);
  found.layer.laws = reader.lawsOf(node);
  if (!setPath(*preactivation, *sum, found))
    return std::nullopt;
  return found;
}

std::vector<LayerChain> LayerChainReader::read() {
  std::vector<LayerChain> chains;
  std::optional<unsigned> last; // of the chain that is open
  for (unsigned index = 0; index < layers.size(); ++index) {
    std::optional<Found> found;
    if (layers[index].site.function->zones().size() == 1)
      found = readLayer(index);
    bool goesOn = found && found->before && found->before == last;
    if (found && found->input)
      chains.push_back({found->input, {}});
    else if (!goesOn)
      found = std::nullopt;
    last = std::nullopt;
    if (found) {
      last = found->node;
      chains.back().layers.push_back(std::move(found->layer));
    }
  }
  return chains;
}

} // namespace act

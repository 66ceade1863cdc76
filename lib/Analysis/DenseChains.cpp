//===- DenseChains.cpp - Dense layers in a row ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DenseChains.h"

using namespace mlir;

namespace act {

bool DenseChainReader::isRelu(unsigned index) const {
  const NetworkNode &node = reader.network()[index];
  return node.kind == NetworkNode::Kind::Elementwise &&
         node.function->isPiecewiseLinear() &&
         node.function->breaks() == std::vector<double>{0.0} &&
         node.function->approximateAt(-1.0) == 0.0 &&
         node.function->approximateAt(1.0) == 1.0 &&
         node.function->approximateAt(0.0) == 0.0;
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

/// A layer of dense weights over one node.
std::optional<DenseLayer> DenseChainReader::readLayer(unsigned layer) {
  std::optional<unsigned> node = reader.preactivation(layers[layer].site);
  if (!node)
    return std::nullopt;
  DenseLayer result;
  result.layer = layer;
  result.node = *node;
  result.laws = reader.lawsOf(*node);
  const DenseSum *sum = reader.denseSum(*node);
  std::vector<double> biases;
  const NetworkNode &affine = reader.network()[*node];
  if (!sum) {
    if (affine.kind != NetworkNode::Kind::Affine || affine.terms.size() != 1)
      return std::nullopt;
    biases = affine.offset;
    const LinearTerm &term = affine.terms[0];
    if (isIdentity(*term.map))
      sum = reader.denseSum(term.node);
  }
  if (sum) {
    result.before = sum->operand;
    result.weights = sum->weights;
    result.fanIn = sum->fanIn;
    result.width = sum->width;
    biases.resize(sum->width);
    for (auto [bias, offset] : llvm::zip(biases, sum->offset))
      bias += offset;
  } else {
    const LinearTerm &term = affine.terms[0];
    if (!term.map->isDense())
      return std::nullopt;
    result.before = term.node;
    result.fanIn = term.map->numColumns();
    result.width = term.map->numRows();
    // The reader keeps the map.
    const double *rows = term.map->denseRow(0);
    size_t bytes = size_t(result.width) * result.fanIn * sizeof(double);
    result.weights = Bounds::constant(
        ArrayRef(reinterpret_cast<const char *>(rows), bytes), Format::F64);
  }
  result.biases = momentsOf(biases);
  return result;
}

std::vector<DenseChain> DenseChainReader::read() {
  std::vector<DenseChain> chains;
  bool isOpen = false;
  for (unsigned index = 0; index < layers.size(); ++index) {
    std::optional<DenseLayer> dense;
    if (layers[index].site.function->zones().size() == 1)
      dense = readLayer(index);
    const Network &network = reader.network();
    bool goesOn =
        dense && isOpen && isRelu(dense->before) &&
        network[dense->before].operand == chains.back().layers.back().node;
    BlockArgument input;
    if (dense && !goesOn)
      input = reader.argumentOf(dense->before);
    if (input)
      chains.push_back({input, {}});
    isOpen = goesOn || input;
    if (isOpen)
      chains.back().layers.push_back(std::move(*dense));
  }
  return chains;
}

} // namespace act

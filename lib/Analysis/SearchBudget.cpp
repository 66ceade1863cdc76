//===- SearchBudget.cpp - What looking at units one by one may take -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SearchBudget.h"
#include <algorithm>

namespace act {

/// As many take as long as the lines around a function that is bent, most of
/// which stay from case to case.
static constexpr double kProductsOfCurve = 0x1p14;

/// About how many products it takes to bound all layers before a node.
static double boundingProducts(const Network &network, unsigned node) {
  double entries = 0, bounding = 0;
  for (unsigned each : network.ancestors(node)) {
    entries += network.numEntries({each});
    // Each operand of its functions is bounded from both sides.
    bounding += 2 * network[each].operands.size() * entries;
    if (network[each].kind != NetworkNode::Kind::Elementwise)
      continue;
    bounding += 2 * network[each].size() * entries;
    if (!network[each].function->isPiecewiseLinear())
      bounding += kProductsOfCurve * network[each].size();
  }
  return bounding;
}

double searchProducts(const Network &network, unsigned node) {
  return 240 * network.numEntries(network.ancestors(node)) +
         boundingProducts(network, node);
}

/// Products that the splitting of kinks may take, of all units together.
static constexpr double kMaxSplitProducts = 0x1p36;

uint64_t splitBudget(const Network &network, unsigned node, size_t count) {
  double each = boundingProducts(network, node) +
                32 * network.numEntries(network.ancestors(node)) + 1;
  return kMaxSplitProducts / (each * count);
}

/// How many boxes may be bounded for each of `count` units by so many products
/// in all: of large networks few.
static uint64_t boxesWithin(const Network &network, unsigned node,
                            double products, size_t count) {
  return products / ((boundingProducts(network, node) + 1) * count);
}

uint64_t bisectionBudget(const Network &network, unsigned node, uint64_t budget,
                         size_t count) {
  return std::min(budget, boxesWithin(network, node, budget * 0x1p24, count));
}

uint64_t closingBudget(const Network &network, unsigned node, uint64_t budget,
                       size_t count) {
  return std::min(32 * budget,
                  boxesWithin(network, node, budget * 0x1p25, count));
}

} // namespace act

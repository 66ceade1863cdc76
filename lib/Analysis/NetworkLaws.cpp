//===- NetworkLaws.cpp - What the nodes of a network were drawn from ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkReader.h"
#include "OperandOrder.h"

using namespace mlir;

namespace act {

/// The law of a value that is an initializer, or moved from one.
std::optional<NetworkReader::InitialValue>
NetworkReader::initialValue(Value value) {
  if (purpose == Purpose::Bounds)
    return std::nullopt;
  if (auto found = initial.find(value); found != initial.end())
    return found->second;
  auto partsOf = [](Value each) -> SmallVector<Value> {
    Operation *op = each.getDefiningOp();
    if (!op || isa<InitializerOpInterface>(op) || !isa<BoundsOpInterface>(op))
      return {};
    return SmallVector<Value>(op->getOperands());
  };
  computeInOrder(value, initial, partsOf, [&](Value each) {
    initial[each] = computeInitialValue(each);
  });
  return initial.lookup(value);
}

/// Whether each element is one of an operand, as behind a transpose or a
/// broadcast, which are loops.
static bool movesElements(const Transfer &transfer) {
  if (!transfer.loops)
    return transfer.isMovement;
  const LoopNest &loops = *transfer.loops;
  return loops.reduction == Reduction::None && loops.term &&
         loops.term->formula().isVariable();
}

std::optional<NetworkReader::InitialValue>
NetworkReader::computeInitialValue(Value value) const {
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumResults() != 1)
    return std::nullopt;
  if (auto initializer = dyn_cast<InitializerOpInterface>(op))
    return InitialValue{initializer.getWeightLaw(),
                        cast<ShapedType>(value.getType()).getNumElements(),
                        value};
  if (!isa<BoundsOpInterface>(op))
    return std::nullopt;
  std::optional<InitialValue> result;
  SmallVector<Bounds> operands;
  for (Value operand : op->getOperands()) {
    if (std::optional<InitialValue> before = initial.lookup(operand))
      result = before;
    operands.push_back(bounds.lookup(operand));
  }
  if (result && !movesElements(transferOf(op, operands, semantics).front()))
    return std::nullopt;
  return result;
}

/// Remembers what the weights and the biases of a new node were drawn from: the
/// weights, the first such operand, are as many as its map has entries. A shift
/// of a node has its map, or is one of a weighted sum.
void NetworkReader::noteLaws(unsigned index, Operation *op) {
  const NetworkNode &node = net[index];
  InitializerLaws found = laws.lookup(index);
  size_t numWeights = 0;
  if (const WeightedSum *sum = weightedSum(index)) {
    numWeights = sum->numWeights();
  } else {
    if (node.kind != NetworkNode::Kind::Affine || node.terms.size() != 1)
      return;
    const LinearTerm &term = node.terms[0];
    if (weightedSum(term.node))
      found = laws.lookup(term.node);
    else
      numWeights = term.map->numEntries();
    for (Value operand : op->getOperands())
      if (auto before = known.lookup(operand);
          before && net[*before].terms.size() == 1 &&
          net[*before].terms[0].map == term.map)
        found = laws.lookup(*before);
  }
  for (Value operand : op->getOperands())
    if (std::optional<InitialValue> value = initialValue(operand)) {
      bool isWeight = !found.weight && size_t(value->count) == numWeights;
      (isWeight ? found.weight : found.bias) = value->law;
      (isWeight ? found.origin : found.biasOrigin) = value->origin;
    }
  laws[index] = found;
}

} // namespace act

//===- NarrowDimension.cpp - Values without some of their indices ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NarrowDimension.h"
#include "OperandMaps.h"
#include "Weights.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace act {

void eraseUnused(RewriterBase &rewriter, Operation *op) {
  if (!op || !isOpTriviallyDead(op))
    return;
  SmallVector<Operation *> producers;
  for (Value operand : op->getOperands())
    if (Operation *producer = operand.getDefiningOp())
      if (!llvm::is_contained(producers, producer))
        producers.push_back(producer);
  rewriter.eraseOp(op);
  for (Operation *producer : producers)
    eraseUnused(rewriter, producer);
}

/// Constants, memory, and what fills it with them: to compute it twice costs
/// next to nothing.
static bool isCheap(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (isa<tensor::EmptyOp>(op) || weightsOf(value))
    return true;
  return llvm::all_of(op->getOperands(), [](Value operand) {
    return !isa<ShapedType>(operand.getType()) ||
           operand.getDefiningOp<tensor::EmptyOp>();
  });
}

StringRef NarrowDimension::plan(Value value, unsigned dim) {
  StringRef obstacle = visit(value, dim);
  if (!obstacle.empty())
    return obstacle;
  for (auto [inner, at] : dims)
    if (inner != value && !isCheap(inner))
      for (Operation *user : inner.getUsers())
        if (user->getNumResults() != 1 || !dims.contains(user->getResult(0)))
          return "expected values before the activation that nothing else "
                 "reads";
  return "";
}

StringRef NarrowDimension::visit(Value value, unsigned dim) {
  auto [entry, isNew] = dims.insert({value, dim});
  if (!isNew)
    return entry->second == dim ? "" : "expected units along one dimension";
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || type.getDimSize(dim) != int64_t(drop.size()))
    return "expected as many indices as there are units";
  Operation *op = value.getDefiningOp();
  if (!op)
    return "expected weights and biases that are constants";
  if (isa<tensor::EmptyOp>(op) || weightsOf(value))
    return "";
  return visitOperands(op, dim);
}

StringRef NarrowDimension::visitOperands(Operation *op, unsigned dim) {
  std::optional<OperandMaps> access = loopsOf(op);
  if (!access)
    return "expected constants, contractions and elementwise ops before the "
           "activation";
  std::optional<unsigned> loop = loopOf(access->result, dim);
  if (!loop || !useOf(access->result, *loop).isPlain)
    return "expected each unit at one index of a result";
  for (auto [operand, map] : llvm::zip(op->getOperands(), access->operands)) {
    LoopUse use = map ? useOf(map, *loop) : LoopUse();
    if (!use.isPlain)
      return "expected each unit at one index of an operand";
    if (!use.dimension)
      continue;
    StringRef obstacle = visit(operand, *use.dimension);
    if (!obstacle.empty())
      return obstacle;
  }
  return "";
}

Value NarrowDimension::narrow(Value value) {
  if (Value known = done.lookup(value))
    return known;
  unsigned dim = dims.lookup(value);
  if (DenseElementsAttr weights = weightsOf(value))
    return done[value] = createWeights(rewriter, value,
                                       withoutIndices(weights, dim, drop));
  Operation *op = value.getDefiningOp();
  SmallVector<Value> operands(op->getOperands());
  if (std::optional<OperandMaps> access = loopsOf(op)) {
    unsigned loop = *loopOf(access->result, dim);
    for (auto [operand, map] : llvm::zip(operands, access->operands))
      if (map && useOf(map, loop).dimension)
        operand = narrow(operand);
  }
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(op);
  Operation *copy = rewriter.clone(*op);
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] -= drop.count();
  rewriter.modifyOpInPlace(copy, [&] {
    copy->setOperands(operands);
    copy->getResult(0).setType(type.clone(shape));
  });
  return done[value] = copy->getResult(0);
}

} // namespace act

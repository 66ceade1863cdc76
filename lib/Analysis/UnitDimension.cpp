//===- UnitDimension.cpp - Which dimension counts the units of a layer ----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitDimension.h"
#include "act/IR/ActInterfaces.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include <functional>

using namespace mlir;

namespace act {

bool isComputedFrom(Value value, llvm::function_ref<bool(Operation *)> isLeaf) {
  // Deep enough for a reshape of a transpose of a cast of a constant.
  constexpr unsigned kDepth = 8;
  std::function<bool(Value, unsigned)> isOne = [&](Value v, unsigned depth) {
    Operation *op = v.getDefiningOp();
    if (!op || depth == kDepth)
      return false;
    if (isLeaf(op))
      return true;
    // The tensor that a transpose fills says nothing.
    return op->getNumOperands() > 0 &&
           llvm::all_of(op->getOperands(), [&](Value operand) {
             return operand.getDefiningOp<tensor::EmptyOp>() ||
                    isOne(operand, depth + 1);
           });
  };
  return isOne(value, 0);
}

/// Weights are constants, initializers, and what is computed from them alone,
/// such as another shape of them.
static bool isWeight(Value value) {
  return isComputedFrom(value, [](Operation *op) {
    return op->hasTrait<OpTrait::ConstantLike>() ||
           isa<InitializerOpInterface>(op);
  });
}

static llvm::SmallBitVector dimensionsOf(AffineMap map) {
  llvm::SmallBitVector dims(map.getNumDims());
  for (AffineExpr expr : map.getResults())
    for (unsigned dim = 0; dim < map.getNumDims(); ++dim)
      if (expr.isFunctionOfDim(dim))
        dims.set(dim);
  return dims;
}

/// The result dimension that the weights of a contraction index; where there
/// are more, the one that they alone index.
static std::optional<unsigned> weightDimension(linalg::LinalgOp op) {
  llvm::SmallBitVector weights(op.getNumLoops()), data(op.getNumLoops());
  for (OpOperand *input : op.getDpsInputOperands())
    (isWeight(input->get()) ? weights : data) |=
        dimensionsOf(op.getMatchingIndexingMap(input));
  AffineMap output = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  SmallVector<unsigned> shared, own;
  for (auto [position, expr] : llvm::enumerate(output.getResults())) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim || !weights.test(dim.getPosition()))
      continue;
    (data.test(dim.getPosition()) ? shared : own).push_back(position);
  }
  if (own.size() == 1)
    return own.front();
  if (own.empty() && shared.size() == 1)
    return shared.front();
  return std::nullopt;
}

/// The operand through which the units of `op` come from an earlier op of the
/// same shape.
static Value carrier(Operation *op) {
  int64_t rank = -1;
  if (auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType()))
    rank = type.getRank();
  for (Value operand : op->getOperands()) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (type && type.getRank() == rank && !isWeight(operand))
      return operand;
  }
  return nullptr;
}

std::optional<unsigned> unitDimension(Type type, Value origin) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !shaped.hasRank() || shaped.getRank() == 0)
    return std::nullopt;
  // Pre-activations are a few elementwise ops away from their contraction.
  for (unsigned step = 0; origin && step < 16; ++step) {
    Operation *op = origin.getDefiningOp();
    if (!op || op->getNumResults() != 1)
      break;
    auto structured = dyn_cast<linalg::LinalgOp>(op);
    if (structured && structured.getNumReductionLoops() > 0) {
      std::optional<unsigned> dim = weightDimension(structured);
      if (dim && *dim < shaped.getRank())
        return dim;
    }
    origin = carrier(op);
  }
  return shaped.getRank() - 1;
}

} // namespace act

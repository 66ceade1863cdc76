//===- EqualDims.cpp - Which dynamic dimensions have to be equal ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/EqualDims.h"

#include "act/IR/Act.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace {

/// A dimension of a value: the value as an opaque pointer, so that sets of them
/// have an order.
using ValueDim = std::pair<const void *, unsigned>;
using DimClasses = llvm::EquivalenceClasses<ValueDim>;

ValueDim dimOf(Value value, unsigned dim) {
  return {value.getAsOpaquePointer(), dim};
}

/// All tensors among `values` have the shape of the first.
void tieShapes(ArrayRef<Value> values, DimClasses &classes) {
  Value first;
  for (Value value : values) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type)
      continue;
    if (!first)
      first = value;
    if (cast<RankedTensorType>(first.getType()).getRank() != type.getRank())
      continue;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      classes.unionSets(dimOf(first, dim), dimOf(value, dim));
  }
}

/// Dimensions that one loop of a linalg op runs over.
void tieLoops(linalg::LinalgOp op, DimClasses &classes) {
  llvm::MapVector<AffineExpr, ValueDim> firstOf;
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<RankedTensorType>(operand.get().getType()))
      continue;
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (auto [dim, loop] : llvm::enumerate(map.getResults())) {
      if (!isa<AffineDimExpr>(loop))
        continue;
      ValueDim here = dimOf(operand.get(), dim);
      auto [first, isNew] = firstOf.insert({loop, here});
      if (!isNew)
        classes.unionSets(first->second, here);
    }
  }
  // A result has the shape of the operand that it starts from.
  for (OpResult result : op->getResults())
    tieShapes({op.getDpsInitOperand(result.getResultNumber())->get(), result},
              classes);
}

void tie(Operation *op, DimClasses &classes) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return tieLoops(linalgOp, classes);
  bool oneShape = op->hasTrait<OpTrait::Elementwise>() ||
                  isa_and_nonnull<act::ActDialect>(op->getDialect());
  // A gate that is split off halves a dimension.
  auto gated = dyn_cast<act::GatedOpInterface>(op);
  if (!oneShape || (gated && gated.getAxis()))
    return;
  SmallVector<Value> values(op->getOperands());
  llvm::append_range(values, op->getResults());
  tieShapes(values, classes);
}

} // namespace

SmallVector<SmallVector<act::ArgumentDim>>
act::equalArgumentDims(func::FuncOp function) {
  DimClasses classes;
  function.walk([&](Operation *op) { tie(op, classes); });
  llvm::DenseMap<ValueDim, unsigned> setOf;
  SmallVector<SmallVector<ArgumentDim>> result;
  for (BlockArgument argument : function.getArguments()) {
    auto type = dyn_cast<RankedTensorType>(argument.getType());
    for (int64_t dim = 0; type && dim < type.getRank(); ++dim) {
      auto member = classes.findLeader(dimOf(argument, dim));
      if (member == classes.member_end())
        continue;
      auto [set, isNew] = setOf.try_emplace(*member, result.size());
      if (isNew)
        result.emplace_back();
      result[set->second].push_back(
          {argument.getArgNumber(), static_cast<unsigned>(dim)});
    }
  }
  llvm::erase_if(result, [](const auto &set) { return set.size() < 2; });
  return result;
}

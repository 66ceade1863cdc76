//===- RowTiling.cpp - Tiling of row-wise activations ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows are independent and are never cut: a tile takes any part of the other
// dimensions and the whole of the row axis.
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;

namespace act {

SmallVector<OpFoldResult> rowShape(RowwiseOpInterface op, OpBuilder &builder) {
  return tensor::getMixedSizes(builder, op->getLoc(), op->getOperand(0));
}

SmallVector<utils::IteratorType> rowLoops(RowwiseOpInterface op) {
  int64_t rank = cast<ShapedType>(op->getOperand(0).getType()).getRank();
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
  loops[op.getRowAxis()] = utils::IteratorType::reduction;
  return loops;
}

SmallVector<Range> rowDomain(RowwiseOpInterface op, OpBuilder &builder) {
  SmallVector<Range> domain;
  for (OpFoldResult size : rowShape(op, builder))
    domain.push_back({builder.getIndexAttr(0), size, builder.getIndexAttr(1)});
  return domain;
}

/// The tile with the row axis whole.
static void coverRows(RowwiseOpInterface op, OpBuilder &builder,
                      SmallVectorImpl<OpFoldResult> &offsets,
                      SmallVectorImpl<OpFoldResult> &sizes) {
  int64_t axis = op.getRowAxis();
  offsets[axis] = builder.getIndexAttr(0);
  sizes[axis] =
      tensor::getMixedSize(builder, op->getLoc(), op->getOperand(0), axis);
}

FailureOr<TilingResult> tileRows(RowwiseOpInterface op, OpBuilder &builder,
                                 ArrayRef<OpFoldResult> offsets,
                                 ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> rowOffsets(offsets), rowSizes(sizes);
  coverRows(op, builder, rowOffsets, rowSizes);
  int64_t rank = rowOffsets.size();
  SmallVector<Value> operands;
  SmallVector<Operation *> slices;
  for (Value operand : op->getOperands()) {
    SmallVector<OpFoldResult> sliceOffsets(rowOffsets), sliceSizes(rowSizes);
    // The lengths have one entry for each row.
    if (cast<ShapedType>(operand.getType()).getRank() < rank) {
      sliceOffsets.erase(sliceOffsets.begin() + op.getRowAxis());
      sliceSizes.erase(sliceSizes.begin() + op.getRowAxis());
    }
    SmallVector<OpFoldResult> strides(sliceOffsets.size(),
                                      builder.getIndexAttr(1));
    auto slice = tensor::ExtractSliceOp::create(
        builder, op->getLoc(), operand, sliceOffsets, sliceSizes, strides);
    operands.push_back(slice);
    slices.push_back(slice);
  }
  Operation *tiled = clone(builder, op, operands.front().getType(), operands);
  return TilingResult{{tiled}, SmallVector<Value>(tiled->getResults()), slices};
}

LogicalResult rowTilePosition(RowwiseOpInterface op, OpBuilder &builder,
                              ArrayRef<OpFoldResult> offsets,
                              ArrayRef<OpFoldResult> sizes,
                              SmallVectorImpl<OpFoldResult> &resultOffsets,
                              SmallVectorImpl<OpFoldResult> &resultSizes) {
  resultOffsets.assign(offsets.begin(), offsets.end());
  resultSizes.assign(sizes.begin(), sizes.end());
  coverRows(op, builder, resultOffsets, resultSizes);
  return success();
}

} // namespace act

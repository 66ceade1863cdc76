//===- TensorBounds.cpp - Bounds through the ops of tensor ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorLayout.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {
namespace {

/// A model of an op of one result, as a function.
template <typename OpT, Transfer (*How)(OpT, ArrayRef<Bounds>)>
struct Model : BoundsOpInterface::ExternalModel<Model<OpT, How>, OpT> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics) const {
    return {How(cast<OpT>(op), operands)};
  }
};

/// Row-major order kept: collapse_shape, expand_shape, reshape.
template <typename OpT>
Transfer reshape(OpT op, ArrayRef<Bounds> operands) {
  return reshaped(operands[0], op->getOperand(0).getType(),
                  op->getResult(0).getType());
}

Transfer castSizes(tensor::CastOp op, ArrayRef<Bounds> operands) {
  return recast(operands[0], op.getSource().getType(), op.getType());
}

/// Every element of the result is one of the first operand.
template <typename OpT>
Transfer anyOfFirst(OpT, ArrayRef<Bounds> operands) {
  return anyElement(operands[0]);
}

Transfer fromElements(tensor::FromElementsOp op, ArrayRef<Bounds> operands) {
  std::vector<Element> elements;
  for (const Bounds &operand : operands)
    elements.push_back(operand[0]);
  return Transfer::movement(Bounds::elements(std::move(elements)));
}

/// Whether `size` is that of dimension `dim` of `value`.
bool isSizeOf(OpFoldResult size, Value value, int64_t dim) {
  auto known = dyn_cast<Value>(size);
  auto op = known ? known.getDefiningOp<tensor::DimOp>() : tensor::DimOp();
  return op && op.getSource() == value && op.getConstantIndex() == dim;
}

/// The box that a slice takes of `whole` if it is known: of a dimension of
/// unknown size all.
template <typename OpT>
std::optional<StridedBox> sliceBox(OpT op, Value whole) {
  auto type = cast<RankedTensorType>(whole.getType());
  SmallVector<OpFoldResult> mixedOffsets = op.getMixedOffsets();
  SmallVector<OpFoldResult> mixedSizes = op.getMixedSizes();
  SmallVector<int64_t> offsets, sizes(op.getStaticSizes());
  ArrayRef<int64_t> strides = op.getStaticStrides();
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    std::optional<int64_t> offset = getConstantIntValue(mixedOffsets[dim]);
    if (!offset || ShapedType::isDynamic(strides[dim]))
      return std::nullopt;
    offsets.push_back(*offset);
    if (type.isDynamicDim(dim)) {
      if (*offset != 0 || strides[dim] != 1 ||
          !isSizeOf(mixedSizes[dim], whole, dim))
        return std::nullopt;
      sizes[dim] = 1;
      continue;
    }
    if (ShapedType::isDynamic(sizes[dim]))
      return std::nullopt;
  }
  // Of an offset that is a value no verifier knows where it leads.
  return boxWithin(boundsShape(type), offsets, sizes, strides);
}

Transfer extractSlice(tensor::ExtractSliceOp op, ArrayRef<Bounds> operands) {
  if (auto box = sliceBox(op, op.getSource()))
    return Transfer::movement(gather(operands[0], *box));
  return anyElement(operands[0]);
}

Transfer insertSlice(tensor::InsertSliceOp op, ArrayRef<Bounds> operands) {
  auto box = sliceBox(op, op.getDest());
  if (!box || !op.getSourceType().hasStaticShape() ||
      !op.getDestType().hasStaticShape() ||
      boundsSize(op.getType()) > kMaxBoundsSize)
    return Bounds::join(anyElement(operands[0]), anyElement(operands[1]));
  std::vector<Element> elements;
  for (int64_t i = 0, e = boundsSize(op.getType()); i < e; ++i)
    elements.push_back(operands[1][i]);
  scatter(operands[0], *box, elements);
  return Transfer::movement(Bounds::elements(std::move(elements)));
}

Transfer pad(tensor::PadOp op, ArrayRef<Bounds> operands) {
  Value value = op.getConstantPaddingValue();
  Attribute constant;
  if (!value || !matchPattern(value, m_Constant(&constant)))
    return Bounds::top();
  Bounds padding = Bounds::constant(constant);
  if (std::optional<Bounds> result =
          padded(operands[0], op.getSourceType(), op.getResultType(),
                 op.getStaticLow(), op.getStaticHigh(), padding[0]))
    return Transfer::movement(*result);
  return Bounds::join(anyElement(operands[0]), padding);
}

Transfer concat(tensor::ConcatOp op, ArrayRef<Bounds> operands) {
  return concatenated(operands, op->getOperandTypes(), op.getResultType(),
                      op.getDim());
}

} // namespace

void registerTensorBounds(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    using namespace tensor;
    CastOp::attachInterface<Model<CastOp, castSizes>>(*context);
    CollapseShapeOp::attachInterface<
        Model<CollapseShapeOp, reshape<CollapseShapeOp>>>(*context);
    ExpandShapeOp::attachInterface<
        Model<ExpandShapeOp, reshape<ExpandShapeOp>>>(*context);
    ReshapeOp::attachInterface<Model<ReshapeOp, reshape<ReshapeOp>>>(*context);
    ExtractOp::attachInterface<Model<ExtractOp, anyOfFirst<ExtractOp>>>(
        *context);
    SplatOp::attachInterface<Model<SplatOp, anyOfFirst<SplatOp>>>(*context);
    GatherOp::attachInterface<Model<GatherOp, anyOfFirst<GatherOp>>>(*context);
    FromElementsOp::attachInterface<Model<FromElementsOp, fromElements>>(
        *context);
    ExtractSliceOp::attachInterface<Model<ExtractSliceOp, extractSlice>>(
        *context);
    InsertSliceOp::attachInterface<Model<InsertSliceOp, insertSlice>>(*context);
    PadOp::attachInterface<Model<PadOp, pad>>(*context);
    ConcatOp::attachInterface<Model<ConcatOp, concat>>(*context);
  });
}

} // namespace act

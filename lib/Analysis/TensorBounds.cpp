//===- TensorBounds.cpp - Bounds through the ops of tensor ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorLayout.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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
  return Transfer::movement(reshaped(operands[0], op->getOperand(0).getType(),
                                     op->getResult(0).getType()));
}

Transfer castSizes(tensor::CastOp op, ArrayRef<Bounds> operands) {
  return Transfer::movement(
      recast(operands[0], op.getSource().getType(), op.getType()));
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

/// The static box that a slice takes of `type`, if it is one.
template <typename OpT>
std::optional<StridedBox> sliceBox(OpT op, RankedTensorType type) {
  auto unknown = [](ArrayRef<int64_t> values) {
    return llvm::any_of(values, ShapedType::isDynamic);
  };
  if (!type.hasStaticShape() || unknown(op.getStaticOffsets()) ||
      unknown(op.getStaticSizes()) || unknown(op.getStaticStrides()))
    return std::nullopt;
  return boxIn(type.getShape(), op.getStaticOffsets(), op.getStaticSizes(),
               op.getStaticStrides());
}

Transfer extractSlice(tensor::ExtractSliceOp op, ArrayRef<Bounds> operands) {
  if (auto box = sliceBox(op, op.getSourceType()))
    return Transfer::movement(gather(operands[0], *box));
  return anyElement(operands[0]);
}

Transfer insertSlice(tensor::InsertSliceOp op, ArrayRef<Bounds> operands) {
  auto box = sliceBox(op, op.getResultType());
  if (!box || !op.getSourceType().hasStaticShape() ||
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
  if (llvm::none_of(op.getStaticLow(), ShapedType::isDynamic))
    if (std::optional<Bounds> result =
            padded(operands[0], op.getSourceType(), op.getResultType(),
                   op.getStaticLow(), padding[0]))
      return Transfer::movement(*result);
  return Bounds::join(anyElement(operands[0]), padding);
}

Transfer concat(tensor::ConcatOp op, ArrayRef<Bounds> operands) {
  return Transfer::movement(concatenated(operands, op->getOperandTypes(),
                                         op.getResultType(), op.getDim()));
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

//===- RowTensors.cpp - linalg ops over tensors of rows -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowTensors.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace act {

RowTensors::RowTensors(RowwiseOpInterface op, OpBuilder &builder)
    : op(op), builder(builder), loc(op->getLoc()), axis(op.getRowAxis()),
      input(cast<RankedTensorType>(op->getOperand(0).getType())),
      rank(input.getRank()),
      sizes(tensor::getMixedSizes(builder, loc, op->getOperand(0))) {
  computed = rowComputeType(cast<FloatType>(input.getElementType()));
}

Value RowTensors::maximum(OpBuilder &b, ValueRange args) {
  return arith::MaximumFOp::create(b, args[0].getLoc(), args[0], args[1]);
}

Value RowTensors::number(OpBuilder &b, double value) {
  return arith::ConstantOp::create(b, loc, b.getFloatAttr(computed, value));
}

Value RowTensors::oneLike(OpBuilder &b, Value value) {
  Type type = value.getType();
  return constantLike(b, loc, type,
                      b.getFloatAttr(getElementTypeOrSelf(type), 1.0));
}

Value RowTensors::empty(bool summary, Type element) {
  SmallVector<OpFoldResult> shape(sizes);
  if (summary)
    shape.erase(shape.begin() + axis);
  return tensor::EmptyOp::create(builder, loc, shape, element);
}

Value RowTensors::elementwise(ValueRange inputs, Type element, BodyBuilder body,
                              bool summary) {
  auto isSummary = [&](Value value) {
    return cast<ShapedType>(value.getType()).getRank() != rank;
  };
  const int64_t dims = summary ? rank - 1 : rank;
  AffineMap whole = builder.getMultiDimIdentityMap(dims);
  SmallVector<AffineMap> maps;
  for (Value value : inputs)
    maps.push_back(isSummary(value) && !summary ? withoutAxis() : whole);
  maps.push_back(whole);
  SmallVector<utils::IteratorType> loops(dims, utils::IteratorType::parallel);
  Value init = empty(summary, element);
  return linalg::GenericOp::create(
             builder, loc, init.getType(), inputs, init, maps, loops,
             [&](OpBuilder &b, Location, ValueRange args) {
               linalg::YieldOp::create(b, loc, body(b, args.drop_back()));
             })
      .getResult(0);
}

Value RowTensors::reduce(Value rows, Type element, Attribute start,
                         BodyBuilder body) {
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
  loops[axis] = utils::IteratorType::reduction;
  Value first = arith::ConstantOp::create(builder, loc, cast<TypedAttr>(start));
  Value init = linalg::FillOp::create(builder, loc, first,
                                      empty(/*summary=*/true, element))
                   .getResult(0);
  AffineMap maps[] = {identity(), withoutAxis()};
  return linalg::GenericOp::create(
             builder, loc, init.getType(), rows, init, maps, loops,
             [&](OpBuilder &b, Location, ValueRange args) {
               linalg::YieldOp::create(b, loc, body(b, args));
             })
      .getResult(0);
}

Value RowTensors::reduce(Value rows, Type element, double start,
                         BodyBuilder body) {
  return reduce(rows, element, builder.getFloatAttr(element, start), body);
}

Value RowTensors::convertRows(Value rows, Type element) {
  if (getElementTypeOrSelf(rows.getType()) == element)
    return rows;
  return elementwise(rows, element, [&](OpBuilder &b, ValueRange args) {
    return convertFloat(b, loc, args[0], cast<FloatType>(element));
  });
}

} // namespace act

//===- RowScores.cpp - Where rows read their scores -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What comes before a softmax is often a step or two: a scale and a mask, as in
// attention. An array of their results is written once and read two or three
// times, which takes longer than to compute them again. Exact: each time by the
// same operations.
//
//===----------------------------------------------------------------------===//

#include "RowScores.h"
#include "act/IR/Act.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace act {

/// Whether the dimensions of an operand are some of the rows', in their order.
static bool keepsOrder(AffineMap map) {
  if (!map.isProjectedPermutation())
    return false;
  for (unsigned i = 1; i < map.getNumResults(); ++i)
    if (map.getDimPosition(i - 1) > map.getDimPosition(i))
      return false;
  return true;
}

/// Whether vectors of these lie in memory as their elements do.
static bool isDense(Type type) {
  if (!type.isIntOrFloat())
    return false;
  unsigned bits = type.getIntOrFloatBitWidth();
  return bits >= 8 && bits <= 64 && llvm::isPowerOf2_32(bits);
}

/// Whether `op` takes about as long as a load, and may be executed on lanes
/// beyond the end of a row, as an integer division may not.
static bool isCheapStep(Operation &op) {
  auto isNumber = [](Type type) { return type.isIntOrIndexOrFloat(); };
  return isa<arith::ArithDialect>(op.getDialect()) &&
         OpTrait::hasElementwiseMappableTraits(&op) && isSpeculatable(&op) &&
         !isa<arith::DivFOp, arith::RemFOp>(op) &&
         llvm::all_of(op.getOperandTypes(), isNumber) &&
         llvm::all_of(op.getResultTypes(), isNumber);
}

const char *reasonToStore(linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics() || op->getNumResults() != 1 ||
      !op->getResult(0).hasOneUse())
    return "expected a tensor that is read once";
  Operation *reader = *op->getResult(0).user_begin();
  if (!isa<RowwiseOpInterface>(reader) || reader->getBlock() != op->getBlock())
    return "expected rows beside it to read it";
  if (op.getNumLoops() == 0 || op.getNumParallelLoops() != op.getNumLoops() ||
      op.hasIndexSemantics() ||
      op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)) ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return "expected an elementwise op on what it reads";
  for (OpOperand *input : op.getDpsInputOperands())
    if (!keepsOrder(op.getMatchingIndexingMap(input)) ||
        !isDense(getElementTypeOrSelf(input->get().getType())))
      return "expected operands of 8 to 64 bits, with dimensions in order";
  constexpr unsigned kFew = 4;
  unsigned steps = 0;
  for (Operation &inner : op.getBody()->without_terminator()) {
    bool isConstant = inner.hasTrait<OpTrait::ConstantLike>() &&
                      inner.getResult(0).getType().isIntOrIndexOrFloat();
    if (!isConstant && (!isCheapStep(inner) || ++steps > kFew))
      return "expected a few cheap steps of arithmetic";
  }
  return nullptr;
}

Value readLanes(ImplicitLocOpBuilder &b, Value tensor, ValueRange indices,
                int64_t lanes, Value mask) {
  Type element = getElementTypeOrSelf(tensor.getType());
  auto map = AffineMap::getMinorIdentityMap(indices.size(), 1, b.getContext());
  Value padding = arith::ConstantOp::create(b, b.getZeroAttr(element));
  return vector::TransferReadOp::create(b, VectorType::get({lanes}, element),
                                        tensor, indices, map, padding, mask,
                                        b.getBoolArrayAttr({true}));
}

RowScores::RowScores(Value scores) : scores(scores) {
  auto op = scores.getDefiningOp<linalg::GenericOp>();
  if (op && !reasonToStore(op))
    source = op;
}

static Value spread(ImplicitLocOpBuilder &b, Value number, int64_t lanes) {
  return vector::BroadcastOp::create(
      b, VectorType::get({lanes}, number.getType()), number);
}

/// What stands for the operand `value` of a body: a vector that is known, or a
/// number from outside it.
static Value onLanes(ImplicitLocOpBuilder &b, Value value, int64_t lanes,
                     const IRMapping &known) {
  Value vector = known.lookupOrNull(value);
  return vector ? vector : spread(b, value, lanes);
}

static void cloneOnLanes(ImplicitLocOpBuilder &b, Operation &op, int64_t lanes,
                         IRMapping &known) {
  if (op.hasTrait<OpTrait::ConstantLike>()) {
    known.map(op.getResult(0), spread(b, b.clone(op)->getResult(0), lanes));
    return;
  }
  SmallVector<Value> operands;
  for (Value operand : op.getOperands())
    operands.push_back(onLanes(b, operand, lanes, known));
  SmallVector<Type> types;
  for (Type type : op.getResultTypes())
    types.push_back(VectorType::get({lanes}, type));
  OperationState state(op.getLoc(), op.getName(), operands, types,
                       op.getAttrs());
  known.map(op.getResults(), b.create(state)->getResults());
}

Value RowScores::read(ImplicitLocOpBuilder &b, ArrayRef<Value> row,
                      Value position, int64_t lanes, Value mask) const {
  SmallVector<Value> indices(row);
  indices.push_back(position);
  if (!source)
    return readLanes(b, scores, indices, lanes, mask);
  linalg::GenericOp op = source;
  IRMapping known;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    SmallVector<Value> own;
    for (unsigned i = 0; i < map.getNumResults(); ++i)
      own.push_back(indices[map.getDimPosition(i)]);
    Value value = input->get();
    if (map.isFunctionOfDim(map.getNumDims() - 1))
      value = readLanes(b, value, own, lanes, mask);
    else if (isa<RankedTensorType>(value.getType()))
      value = spread(b, tensor::ExtractOp::create(b, value, own), lanes);
    else
      value = spread(b, value, lanes);
    known.map(op.getMatchingBlockArgument(input), value);
  }
  for (Operation &inner : op.getBody()->without_terminator())
    cloneOnLanes(b, inner, lanes, known);
  return onLanes(b, op.getBody()->getTerminator()->getOperand(0), lanes, known);
}

} // namespace act

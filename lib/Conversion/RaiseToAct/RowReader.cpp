//===- RowReader.cpp - Reads ops that reduce rows -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowReader.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include <cmath>

using namespace mlir;

namespace act {

/// A softmax has some ten ops; this many and the reader gives up.
static constexpr unsigned kMaxValues = 128;

RowReader::RowReader(Value x) : x(x) {}

std::optional<Expression> RowReader::read(Value value) {
  whyNot.clear();
  failed = nullptr;
  block = value.getParentBlock();
  auto type = cast<RankedTensorType>(x.getType());
  return read(
      value, AffineMap::getMultiDimIdentityMap(type.getRank(), x.getContext()));
}

std::optional<Expression> RowReader::read(Value value, AffineMap map) {
  auto [entry, isNew] = memo.try_emplace({value, map});
  if (!isNew)
    return entry->second;
  Formula formula = readUncached(value, map);
  memo[{value, map}] = formula;
  return formula;
}

/// Whether `map` is the identity where the dimensions of size 1 count as 0.
bool RowReader::isIdentity(AffineMap map) const {
  auto type = cast<RankedTensorType>(x.getType());
  if (map.getNumResults() != type.getRank())
    return false;
  for (auto [i, index] : llvm::enumerate(map.getResults()))
    if (index != getAffineDimExpr(i, x.getContext()) && type.getDimSize(i) != 1)
      return false;
  return true;
}

std::optional<Expression> RowReader::readUncached(Value value, AffineMap map) {
  if (value == x)
    return isIdentity(map) ? Formula(Expression::variable(0)) : std::nullopt;
  if (std::optional<double> constant = constantOf(value))
    return std::isnan(*constant) ? Formula() : Formula(Expression(*constant));
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumResults() != 1 || op->getBlock() != block ||
      memo.size() > kMaxValues || !keepsFormat(op, *formatOf(x.getType())))
    return std::nullopt;
  Formula formula = readOp(op, map);
  // The innermost op that has a reason is the one that failed.
  if (!formula && !failed && !whyNot.empty())
    failed = op;
  return formula;
}

std::optional<Expression> RowReader::readOp(Operation *op, AffineMap map) {
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    return readStructured(structured, map);
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tosa::ReshapeOp>(op))
    return readReshape(op->getOperand(0), op->getResult(0), map);
  if (auto reduce = dyn_cast<tosa::ReduceMaxOp>(op))
    return readReduction(reduce.getInput(), reduce.getAxis(),
                         ReductionKind::Maximum, map);
  if (auto reduce = dyn_cast<tosa::ReduceSumOp>(op))
    return readReduction(reduce.getInput(), reduce.getAxis(),
                         ReductionKind::Sum, map);
  return readElementwise(op, map);
}

/// Whether `op` compares numbers, and not with the `accumulators` of a maximum:
/// NaN takes one side, where the function of a row gives NaN.
static bool mayHideNaN(Operation &op, ValueRange accumulators = {}) {
  auto isFloat = [](Type type) {
    return isa<FloatType>(getElementTypeOrSelf(type));
  };
  return llvm::any_of(op.getOperandTypes(), isFloat) &&
         llvm::any_of(op.getResultTypes(),
                      [](Type type) {
                        return getElementTypeOrSelf(type).isInteger(1);
                      }) &&
         llvm::none_of(op.getOperands(), [&](Value operand) {
           return llvm::is_contained(accumulators, operand);
         });
}

/// An op on tensors of one rank; an operand's dimension of size 1 is broadcast.
std::optional<Expression> RowReader::readElementwise(Operation *op,
                                                     AffineMap map) {
  auto function = dyn_cast<ScalarFunctionOpInterface>(op);
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!function || !type || mayHideNaN(*op))
    return std::nullopt;
  SmallVector<Formula> operands;
  for (Value operand : op->getOperands()) {
    auto operandType = dyn_cast<RankedTensorType>(operand.getType());
    if (!operandType || operandType.getRank() != type.getRank()) {
      std::optional<double> constant = constantOf(operand);
      bool isNumber = constant && !std::isnan(*constant);
      operands.push_back(isNumber ? Formula(Expression(*constant))
                                  : std::nullopt);
      continue;
    }
    SmallVector<AffineExpr> indices(map.getResults());
    for (int64_t i = 0; i < type.getRank(); ++i)
      if (operandType.getDimSize(i) == 1 && type.getDimSize(i) != 1)
        indices[i] = getAffineConstantExpr(0, op->getContext());
    operands.push_back(
        read(operand,
             AffineMap::get(map.getNumDims(), 0, indices, op->getContext())));
  }
  return function.composeExpression(operands);
}

/// The dimensions of size 1 come and go, the others stay in order.
std::optional<Expression> RowReader::readReshape(Value source, Value result,
                                                 AffineMap map) {
  auto from = dyn_cast<RankedTensorType>(source.getType());
  auto to = dyn_cast<RankedTensorType>(result.getType());
  if (!from || !to)
    return std::nullopt;
  SmallVector<AffineExpr> indices;
  int64_t next = 0;
  auto skipUnits = [&] {
    while (next < to.getRank() && to.getDimSize(next) == 1)
      ++next;
  };
  for (int64_t size : from.getShape()) {
    if (size == 1) {
      indices.push_back(getAffineConstantExpr(0, x.getContext()));
      continue;
    }
    skipUnits();
    if (next == to.getRank() || to.getDimSize(next) != size)
      return std::nullopt;
    indices.push_back(map.getResult(next++));
  }
  skipUnits();
  if (next != to.getRank())
    return std::nullopt;
  return read(source,
              AffineMap::get(map.getNumDims(), 0, indices, x.getContext()));
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// The one dimension of x that `map` does not read, as a reduced value's does.
std::optional<unsigned> RowReader::reducedAxis(AffineMap map) {
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<unsigned> missing, missingUnits;
  for (unsigned i = 0; i < map.getNumDims(); ++i)
    if (!map.isFunctionOfDim(i))
      (type.getDimSize(i) == 1 ? missingUnits : missing).push_back(i);
  if (missing.empty())
    missing = missingUnits;
  if (missing.size() != 1 || (rowAxis && *rowAxis != missing.front())) {
    whyNot = "a reduction does not run along one axis of the input, or the "
             "reductions run along different axes";
    return std::nullopt;
  }
  rowAxis = missing.front();
  return rowAxis;
}

std::optional<Expression> RowReader::addReduction(ReductionKind kind,
                                                  Expression element) {
  element = canonicalize(element);
  for (auto [index, reduction] : llvm::enumerate(found))
    if (reduction.kind == kind && reduction.element == element)
      return Expression::variable(index + 1);
  found.push_back({kind, element});
  return Expression::variable(found.size());
}

/// A reduction that keeps the dimension, as tosa's do, from its neutral value.
std::optional<Expression> RowReader::readReduction(Value input, int64_t dim,
                                                   ReductionKind kind,
                                                   AffineMap map) {
  std::optional<unsigned> axis = reducedAxis(map);
  if (!axis || !formatOf(input.getType()))
    return std::nullopt;
  SmallVector<AffineExpr> indices(map.getResults());
  indices[dim] = getAffineDimExpr(*axis, x.getContext());
  Formula element =
      read(input, AffineMap::get(map.getNumDims(), 0, indices, x.getContext()));
  return element ? addReduction(kind, *element) : std::nullopt;
}

static bool usesVariable(Expression formula, Expression variable) {
  return llvm::is_contained(formula.postorder(), variable);
}

/// What a reduction's body makes of the row, if `body` is a sum or maximum of
/// `accumulator` and something else.
static std::optional<RowReduction> reductionOf(Expression body,
                                               Expression accumulator) {
  body = canonicalize(body);
  Expression term = canonicalize(body - accumulator);
  if (!usesVariable(term, accumulator))
    return RowReduction{ReductionKind::Sum, term};
  if (body.primitive() != Primitive::Max)
    return std::nullopt;
  for (unsigned i : {0, 1})
    if (body.operand(i) == accumulator &&
        !usesVariable(body.operand(1 - i), accumulator))
      return RowReduction{ReductionKind::Maximum, body.operand(1 - i)};
  return std::nullopt;
}

/// Whether a reduction that starts with `value` is that of the row alone. The
/// lowest number serves as well as -inf: both leave an empty row without
/// weight.
static bool isNeutral(ReductionKind kind, double value, Format format) {
  if (kind == ReductionKind::Sum)
    return value == 0.0;
  // One step below the lowest number is no number of the format.
  bool isLowest =
      value < 0.0 && std::isinf(roundTo(value - ulp(value, format), format));
  return isLowest || value == -std::numeric_limits<double>::infinity();
}

/// The body's result, its arguments read where the loops are at `loops`.
std::optional<Expression> RowReader::readBody(linalg::LinalgOp op,
                                              ArrayRef<AffineExpr> loops,
                                              Formula accumulator) {
  Format format = *formatOf(x.getType());
  for (Operation &inner : *op.getBlock())
    if (!keepsFormat(&inner, format) ||
        mayHideNaN(inner, op.getRegionOutputArgs()))
      return std::nullopt;
  SmallVector<Value> leaves;
  std::vector<Expression> values;
  for (OpOperand &operand : op->getOpOperands()) {
    BlockArgument argument = op.getMatchingBlockArgument(&operand);
    if (argument.use_empty())
      continue;
    Formula value = accumulator;
    if (op.isDpsInput(&operand)) {
      AffineMap indices =
          op.getMatchingIndexingMap(&operand).replaceDimsAndSymbols(
              loops, {}, cast<RankedTensorType>(x.getType()).getRank(), 0);
      value = read(operand.get(), indices);
    }
    if (!value)
      return std::nullopt;
    leaves.push_back(argument);
    values.push_back(*value);
  }
  Formula body =
      ScalarReader(leaves).read(op.getBlock()->getTerminator()->getOperand(0));
  return body ? Formula(body->substitute(values)) : std::nullopt;
}

std::optional<Expression> RowReader::readStructured(linalg::LinalgOp op,
                                                    AffineMap map) {
  unsigned reductions = op.getNumReductionLoops();
  if (!op.hasPureTensorSemantics() || reductions > 1 ||
      op.getNumParallelLoops() + reductions != op.getNumLoops())
    return std::nullopt;
  // Each parallel loop stands at what indexes the result there.
  SmallVector<AffineExpr> loops(op.getNumLoops());
  AffineMap resultMap = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  for (auto [position, loop] : llvm::enumerate(resultMap.getResults())) {
    auto dim = dyn_cast<AffineDimExpr>(loop);
    if (!dim)
      return std::nullopt;
    loops[dim.getPosition()] = map.getResult(position);
  }
  if (reductions == 0)
    return llvm::is_contained(loops, AffineExpr())
               ? std::nullopt
               : readBody(op, loops, std::nullopt);
  std::optional<unsigned> axis = reducedAxis(map);
  if (!axis)
    return std::nullopt;
  for (AffineExpr &loop : loops)
    if (!loop)
      loop = getAffineDimExpr(*axis, x.getContext());
  // A variable that no reduction has.
  Expression accumulator = Expression::variable(1u << 16);
  Formula body = readBody(op, loops, accumulator);
  if (!body)
    return std::nullopt;
  std::optional<RowReduction> reduction = reductionOf(*body, accumulator);
  Formula init = ScalarReader(ValueRange()).read(op.getDpsInits()[0]);
  std::optional<Format> format = formatOf(op.getDpsInits()[0].getType());
  if (!reduction || !format)
    return std::nullopt;
  if (!init || !init->isConstant() ||
      !isNeutral(reduction->kind, init->constant(), *format)) {
    whyNot = reduction->kind == ReductionKind::Sum
                 ? "a sum does not start from 0"
                 : "a maximum does not start from -inf or the lowest number";
    return std::nullopt;
  }
  return addReduction(reduction->kind, reduction->element);
}

} // namespace act

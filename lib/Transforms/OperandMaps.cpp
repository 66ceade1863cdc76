//===- OperandMaps.cpp - Which elements an op on tensors combines ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OperandMaps.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

static std::optional<OperandMaps> structuredAccess(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op->getNumResults() != 1 ||
      op.hasIndexSemantics())
    return std::nullopt;
  OperandMaps access;
  for (OpOperand &operand : op->getOpOperands())
    access.operands.push_back(isa<RankedTensorType>(operand.get().getType())
                                  ? op.getMatchingIndexingMap(&operand)
                                  : AffineMap());
  access.result = op.getIndexingMapMatchingResult(op->getResult(0));
  return access;
}

/// A dimension of size 1 beside a larger one is read again and again.
static std::optional<AffineMap> broadcastMap(RankedTensorType operand,
                                             RankedTensorType result) {
  MLIRContext *context = result.getContext();
  bool isNumber = operand.hasStaticShape() && operand.getNumElements() == 1;
  if (operand.getRank() != result.getRank() && !isNumber)
    return std::nullopt;
  SmallVector<AffineExpr> exprs;
  for (int64_t dim = 0; dim < operand.getRank(); ++dim) {
    bool isSame = operand.getRank() == result.getRank() &&
                  operand.getDimSize(dim) == result.getDimSize(dim);
    if (!isSame && operand.getDimSize(dim) != 1)
      return std::nullopt;
    exprs.push_back(isSame ? getAffineDimExpr(dim, context)
                           : getAffineConstantExpr(0, context));
  }
  return AffineMap::get(result.getRank(), 0, exprs, context);
}

static std::optional<OperandMaps> elementwiseAccess(Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!result || op->getNumRegions() != 0)
    return std::nullopt;
  OperandMaps access;
  for (Value operand : op->getOperands()) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    std::optional<AffineMap> map =
        type ? broadcastMap(type, result) : AffineMap();
    if (!map)
      return std::nullopt;
    access.operands.push_back(*map);
  }
  access.result =
      AffineMap::getMultiDimIdentityMap(result.getRank(), result.getContext());
  return access;
}

/// TOSA's contraction has no interface that tells its loops: batch, row,
/// column, and the one it sums over.
static OperandMaps matrixProductAccess(tosa::MatMulOp op) {
  MLIRContext *context = op.getContext();
  auto map = [&](ArrayRef<unsigned> loops) {
    return AffineMap::getMultiDimMapWithTargets(4, loops, context);
  };
  AffineMap number =
      AffineMap::get(4, 0, getAffineConstantExpr(0, context), context);
  return {{map({0, 1, 3}), map({0, 3, 2}), number, number}, map({0, 1, 2})};
}

std::optional<OperandMaps> operandMaps(Operation *op) {
  if (op->getNumResults() != 1)
    return std::nullopt;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    return structuredAccess(structured);
  if (auto product = dyn_cast<tosa::MatMulOp>(op))
    return matrixProductAccess(product);
  if (isa<ScalarFunctionOpInterface>(op))
    return elementwiseAccess(op);
  return std::nullopt;
}

std::optional<unsigned> loopOf(AffineMap map, unsigned dim) {
  if (auto loop = dyn_cast<AffineDimExpr>(map.getResult(dim)))
    return loop.getPosition();
  return std::nullopt;
}

LoopUse useOf(AffineMap map, unsigned loop) {
  LoopUse use;
  for (unsigned dim = 0; dim < map.getNumResults(); ++dim) {
    if (!map.getResult(dim).isFunctionOfDim(loop))
      continue;
    use.isPlain &= !use.dimension && loopOf(map, dim) == loop;
    use.dimension = dim;
  }
  return use;
}

//===----------------------------------------------------------------------===//
// Formulas
//===----------------------------------------------------------------------===//

static std::optional<Expression> formulaOf(Operation *op, Value value) {
  std::optional<Expression> formula;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    formula = ScalarReader(structured.getBlock()->getArguments()).read(value);
  else
    formula = ScalarReader(op->getOperands()).read(value);
  if (formula)
    formula = canonicalize(*formula);
  return formula;
}

std::optional<Expression> elementFormula(Operation *op) {
  if (op->getNumResults() != 1)
    return std::nullopt;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    return formulaOf(op, structured.getBlock()->getTerminator()->getOperand(0));
  if (isa<ScalarFunctionOpInterface>(op))
    return formulaOf(op, op->getResult(0));
  return std::nullopt;
}

std::optional<double> filledNumber(Value value) {
  APFloat number(0.0);
  if (matchPattern(value, m_ConstantFloat(&number)))
    return toDouble(number);
  auto fill = value.getDefiningOp<linalg::LinalgOp>();
  std::optional<Expression> formula =
      fill ? elementFormula(fill) : std::nullopt;
  if (!formula)
    return std::nullopt;
  if (formula->isConstant())
    return formula->constant();
  if (formula->isVariable() &&
      matchPattern(fill->getOperand(formula->variableIndex()),
                   m_ConstantFloat(&number)))
    return toDouble(number);
  return std::nullopt;
}

static std::pair<OpOperand *, OpOperand *>
summands(Operation *op, std::optional<Expression> formula) {
  // An operand more is what a structured op overwrites.
  unsigned count = std::min(op->getNumOperands(), 3u);
  for (unsigned j = 0; formula && j < count; ++j)
    for (unsigned i = 0; i < j; ++i)
      if (*formula ==
          canonicalize(Expression::variable(i) + Expression::variable(j)))
        return {&op->getOpOperand(i), &op->getOpOperand(j)};
  return {nullptr, nullptr};
}

std::pair<OpOperand *, OpOperand *> summands(Operation *op) {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (structured && structured.getNumReductionLoops() > 0)
    return {nullptr, nullptr};
  return summands(op, elementFormula(op));
}

std::pair<OpOperand *, OpOperand *> summands(Operation *op, Value value) {
  return summands(op, formulaOf(op, value));
}

OpOperand *minuend(Operation *op) {
  std::optional<Expression> formula = elementFormula(op);
  unsigned count = std::min(op->getNumOperands(), 2u);
  for (unsigned i = 0; formula && i < count; ++i)
    if (*formula ==
        canonicalize(Expression::variable(i) - Expression::variable(1 - i)))
      return &op->getOpOperand(i);
  return nullptr;
}

std::optional<SumOfProducts> sumOfProducts(Operation *op) {
  std::optional<OperandMaps> access = operandMaps(op);
  if (!access)
    return std::nullopt;
  if (auto product = dyn_cast<tosa::MatMulOp>(op)) {
    // Other zero points are for integers.
    if (matchPattern(product.getAZp(), m_AnyZeroFloat()) &&
        matchPattern(product.getBZp(), m_AnyZeroFloat()))
      return SumOfProducts{op, *access, nullptr};
    return std::nullopt;
  }
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured || structured.getNumDpsInputs() != 2)
    return std::nullopt;
  std::optional<Expression> step = elementFormula(op);
  if (!step ||
      *step != canonicalize(Expression::variable(2) +
                            Expression::variable(0) * Expression::variable(1)))
    return std::nullopt;
  return SumOfProducts{op, *access, structured.getDpsInitOperand(0)};
}

static std::optional<SumOfProducts> biasedConvolution(Operation *op) {
  auto convolution = dyn_cast<tosa::Conv2DOp>(op);
  // Other zero points are for integers.
  if (!convolution ||
      !matchPattern(convolution.getInputZp(), m_AnyZeroFloat()) ||
      !matchPattern(convolution.getWeightZp(), m_AnyZeroFloat()))
    return std::nullopt;
  MLIRContext *context = op->getContext();
  AffineExpr batch, rows, columns, channel, kernelRows, kernelColumns, inner;
  bindDims(context, batch, rows, columns, channel, kernelRows, kernelColumns,
           inner);
  ArrayRef<int64_t> stride = convolution.getStride();
  ArrayRef<int64_t> dilation = convolution.getDilation();
  ArrayRef<int64_t> pad = convolution.getPad();
  AffineExpr row = rows * stride[0] + kernelRows * dilation[0] - pad[0];
  AffineExpr column =
      columns * stride[1] + kernelColumns * dilation[1] - pad[2];
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(7, 0, exprs, context);
  };
  AffineExpr zero = getAffineConstantExpr(0, context);
  bool isEach = convolution.getBias().getType().getDimSize(0) != 1;
  OperandMaps access{{map({batch, row, column, inner}),
                      map({channel, kernelRows, kernelColumns, inner}),
                      map(isEach ? channel : zero), map(zero), map(zero)},
                     map({batch, rows, columns, channel})};
  return SumOfProducts{op, access, &convolution.getBiasMutable(),
                       /*isPadded=*/true};
}

std::optional<SumOfProducts> contraction(Operation *op) {
  std::optional<SumOfProducts> sum = sumOfProducts(op);
  return sum ? sum : biasedConvolution(op);
}

/// Padded dimensions take two loops, one of them of the padding.
static OperandMaps paddingAccess(tensor::PadOp op) {
  MLIRContext *context = op.getContext();
  const unsigned rank = op.getSourceType().getRank();
  SmallVector<AffineExpr> exprs;
  llvm::SmallBitVector padded = op.getPaddedDims();
  for (unsigned dim = 0; dim < rank; ++dim) {
    AffineExpr loop = getAffineDimExpr(dim, context);
    exprs.push_back(padded.test(dim) ? loop + getAffineDimExpr(rank, context)
                                     : loop);
  }
  OperandMaps access{{AffineMap::get(rank + 1, 0, exprs, context)}, {}};
  access.operands.resize(op->getNumOperands());
  access.result = AffineMap::get(
      rank + 1, 0,
      ArrayRef(AffineMap::getMultiDimIdentityMap(rank, context).getResults()),
      context);
  return access;
}

/// Batch, row, column, channel, and where in a window.
static OperandMaps poolingAccess(Operation *op) {
  AffineExpr batch, row, column, channel, inRow, inColumn;
  bindDims(op->getContext(), batch, row, column, channel, inRow, inColumn);
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(6, 0, exprs, op->getContext());
  };
  AffineMap number = map(getAffineConstantExpr(0, op->getContext()));
  OperandMaps access{{map({batch, row + inRow, column + inColumn, channel})},
                     map({batch, row, column, channel})};
  access.operands.resize(op->getNumOperands(), number);
  return access;
}

std::optional<OperandMaps> loopsOf(Operation *op) {
  if (std::optional<OperandMaps> access = operandMaps(op))
    return access;
  if (std::optional<SumOfProducts> sum = contraction(op))
    return std::move(sum->access);
  if (auto pad = dyn_cast<tensor::PadOp>(op))
    return paddingAccess(pad);
  if (isa<tosa::MaxPool2dOp, tosa::AvgPool2dOp>(op))
    return poolingAccess(op);
  return std::nullopt;
}

} // namespace act

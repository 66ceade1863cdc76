//===- LinalgBounds.cpp - Bounds through the structured ops of linalg -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every structured op says its loops and its body, so one model serves named
// ops and linalg.generic alike: contractions, convolutions, pooling,
// reductions, fill, transpose, broadcast and elementwise ops.
//
//===----------------------------------------------------------------------===//

#include "LinalgLoops.h"
#include "RowSets.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Loops of a structured op
//===----------------------------------------------------------------------===//

/// Fills in the extents; false where a loop of unknown extent indexes a
/// dimension of known size by more than itself.
static bool setExtents(linalg::LinalgOp op, LoopNest &nest) {
  nest.extents.assign(op.getNumLoops(), ShapedType::kDynamic);
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (auto [dim, expr] : llvm::enumerate(map.getResults()))
      if (auto loop = dyn_cast<AffineDimExpr>(expr);
          loop && type && !type.isDynamicDim(dim))
        nest.extents[loop.getPosition()] = type.getDimSize(dim);
  }
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    AffineMap map = op.getMatchingIndexingMap(&operand);
    for (auto [dim, expr] : llvm::enumerate(map.getResults()))
      for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
        if (ShapedType::isDynamic(nest.extents[loop]) && type &&
            !type.isDynamicDim(dim) && expr.isFunctionOfDim(loop))
          return false;
  }
  for (auto [loop, extent] : llvm::enumerate(nest.extents)) {
    if (!ShapedType::isDynamic(extent))
      continue;
    nest.endless |= nest.reduced[loop];
    extent = 1;
  }
  return true;
}

/// Whether each element of the result is that of one iteration of the loops
/// that are not reduced. The verifier lets a reduced loop index the result,
/// which then has elements that it adds nothing to.
static bool writesOncePerElement(AffineMap output, const LoopNest &nest) {
  if (!output.isProjectedPermutation(/*allowZeroInResults=*/true))
    return false;
  for (auto [loop, isReduced] : llvm::enumerate(nest.reduced))
    if (output.isFunctionOfDim(loop) == isReduced)
      return false;
  return true;
}

std::optional<LoopNest> loopsOf(linalg::LinalgOp op, ArrayRef<Bounds> operands,
                                unsigned result) {
  LoopNest nest;
  for (utils::IteratorType iterator : op.getIteratorTypesArray())
    nest.reduced.push_back(iterator == utils::IteratorType::reduction);
  if (!op.hasPureTensorSemantics() || !setExtents(op, nest))
    return std::nullopt;
  for (OpOperand *input : op.getDpsInputOperands()) {
    std::optional<LoopAccess> access =
        accessThrough(op.getMatchingIndexingMap(input), input->get().getType(),
                      operands[input->getOperandNumber()]);
    if (!access)
      return std::nullopt;
    nest.inputs.push_back(std::move(*access));
  }
  OpOperand *start = op.getDpsInitOperand(result);
  std::optional<LoopAccess> output =
      accessThrough(op.getMatchingIndexingMap(start), start->get().getType(),
                    operands[start->getOperandNumber()]);
  if (!output)
    return std::nullopt;
  nest.output = std::move(*output);
  nest.outputSize = boundsSize(start->get().getType());
  if (!writesOncePerElement(op.getMatchingIndexingMap(start), nest))
    return std::nullopt;
  return nest;
}

SmallVector<Value> bodyLeaves(linalg::LinalgOp op, unsigned result) {
  SmallVector<Value> leaves(op.getRegionInputArgs());
  leaves.push_back(op.getRegionOutputArgs()[result]);
  return leaves;
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

std::optional<std::pair<Reduction, Value>> reductionOf(linalg::LinalgOp op,
                                                       unsigned result) {
  // The last op, of whose operands one is the accumulator.
  Value yielded = op.getBlock()->getTerminator()->getOperand(result);
  Value accumulator = op.getRegionOutputArgs()[result];
  auto last = yielded.getDefiningOp<ScalarFunctionOpInterface>();
  if (!last || last->getNumOperands() != 2)
    return std::nullopt;
  bool first = last->getOperand(0) == accumulator;
  if (!first && last->getOperand(1) != accumulator)
    return std::nullopt;
  Value term = last->getOperand(first ? 1 : 0);
  Expression x = Expression::variable(0), y = Expression::variable(1);
  std::optional<Expression> combined =
      last.composeExpression({std::optional(x), std::optional(y)});
  if (!combined)
    return std::nullopt;
  if (*combined == x + y)
    return std::pair(Reduction::Sum, term);
  if (*combined == max(x, y))
    return std::pair(Reduction::Maximum, term);
  if (*combined == min(x, y))
    return std::pair(Reduction::Minimum, term);
  return std::nullopt;
}

/// Splits the body into term and reduction; false if it is no known reduction.
static bool setReduction(linalg::LinalgOp op, unsigned result,
                         ArrayRef<Value> leaves, LoopNest &nest) {
  std::optional<std::pair<Reduction, Value>> split = reductionOf(op, result);
  if (!split)
    return false;
  nest.reduction = split->first;
  nest.term = ElementFunction::read(split->second, leaves);
  std::optional<Format> format = formatOf(leaves.back().getType());
  if (!nest.term || !format || nest.term->uses(leaves.size() - 1))
    return false;
  nest.formats = {*format};
  for (Format inner : nest.term->roundingFormats())
    if (inner != *format)
      nest.formats.push_back(inner);
  return true;
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

/// For each leaf of the body the first one that reads the same element.
static SmallVector<unsigned> firstReaders(linalg::LinalgOp op) {
  SmallVector<OpOperand *> inputs = op.getDpsInputOperands();
  SmallVector<unsigned> first;
  for (OpOperand *input : inputs) {
    auto *found = llvm::find_if(inputs, [&](OpOperand *other) {
      return other->get() == input->get() &&
             op.getMatchingIndexingMap(other) ==
                 op.getMatchingIndexingMap(input);
    });
    first.push_back(found - inputs.begin());
  }
  first.push_back(inputs.size()); // the old result
  return first;
}

static Transfer transferOfResult(linalg::LinalgOp op, ArrayRef<Bounds> operands,
                                 unsigned result) {
  std::optional<LoopNest> nest = loopsOf(op, operands, result);
  if (!nest)
    return Bounds::top();
  Value yielded = op.getBlock()->getTerminator()->getOperand(result);
  SmallVector<Value> leaves = bodyLeaves(op, result);
  if (llvm::is_contained(nest->reduced, true)) {
    if (!setReduction(op, result, leaves, *nest))
      return Bounds::top();
  } else {
    nest->term = ElementFunction::read(yielded, leaves);
  }
  if (nest->term)
    nest->term = nest->term->identify(firstReaders(op));
  return std::move(*nest);
}

namespace {
template <typename OpT>
struct StructuredModel
    : BoundsOpInterface::ExternalModel<StructuredModel<OpT>, OpT> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics) const {
    auto structured = cast<linalg::LinalgOp>(op);
    std::vector<Transfer> results;
    for (unsigned result = 0; result < op->getNumResults(); ++result)
      results.push_back(transferOfResult(structured, operands, result));
    return results;
  }
};

struct SoftmaxModel
    : BoundsOpInterface::ExternalModel<SoftmaxModel, linalg::SoftmaxOp> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics semantics) const {
    auto softmax = cast<linalg::SoftmaxOp>(op);
    ShapedType type = softmax.getOutputOperandType();
    unsigned axis = softmax.getDimension();
    Transfer result = mayDifferByNaN(operands[0], semantics)
                          ? Bounds::splat({Interval(0.0, 1.0), false, true})
                          : softmaxBounds(type, axis, operands[0], semantics);
    result.set = softmaxRows(type, axis, /*isEmptyRowZero=*/false);
    return std::vector<Transfer>(op->getNumResults(), result);
  }
};

template <typename... Ops>
void attachStructured(MLIRContext *context) {
  (Ops::template attachInterface<StructuredModel<Ops>>(*context), ...);
}
} // namespace

void registerLinalgBounds(DialectRegistry &registry) {
  registry.addExtension(
      +[](MLIRContext *context, linalg::LinalgDialect *dialect) {
        attachStructured<
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
            >(context);
        linalg::SoftmaxOp::attachInterface<SoftmaxModel>(*context);
      });
}

} // namespace act

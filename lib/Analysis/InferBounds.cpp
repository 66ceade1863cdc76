//===- InferBounds.cpp - The bounds of the results of any op --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowNormalization.h"
#include "RowSets.h"
#include "WeightedMeans.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/ActInterfaces.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Matchers.h"

#include "act/Analysis/BoundsOpInterface.cpp.inc"

using namespace mlir;

namespace act {

/// An operand broadcasts over the dimensions of the result that it lacks (in
/// front) or has with size 1.
static LoopAccess broadcastAccess(ArrayRef<int64_t> extents, Type type,
                                  const Bounds &bounds) {
  LoopAccess access;
  access.bounds = bounds;
  access.strides.assign(extents.size(), 0);
  SmallVector<int64_t> shape = boundsShape(type);
  int64_t stride = 1;
  for (size_t i = 0; i < shape.size() && i < extents.size(); ++i) {
    size_t dim = shape.size() - 1 - i, loop = extents.size() - 1 - i;
    if (shape[dim] != 1)
      access.strides[loop] = stride;
    if (cast<ShapedType>(type).isDynamicDim(dim))
      access.unknownSizes.push_back(loop);
    stride *= shape[dim];
  }
  return access;
}

/// Whether each size of `operand`, aligned at the last one, is 1 or the
/// result's, so that its entries can be read one by one. A size that only the
/// operand knows has none in the result.
static bool fitsInto(Type operand, ArrayRef<int64_t> extents) {
  SmallVector<int64_t> sizes = boundsShape(operand);
  if (sizes.size() > extents.size())
    return false;
  ArrayRef<int64_t> aligned = extents.take_back(sizes.size());
  return llvm::all_of(llvm::zip_equal(sizes, aligned), [](auto pair) {
    return std::get<0>(pair) == 1 || std::get<0>(pair) == std::get<1>(pair);
  });
}

/// The dimension along which an operand of an activation has one entry for each
/// index; none for operands that broadcast.
static std::optional<int64_t> channelAxis(Operation *op, Type operand) {
  auto result = dyn_cast<ShapedType>(op->getResult(0).getType());
  auto entries = dyn_cast<ShapedType>(operand);
  if (!isa<ActivationOpInterface>(op) || !result || !entries ||
      entries.getRank() != 1 || result.getRank() == 1)
    return std::nullopt;
  auto axis = op->getAttrOfType<IntegerAttr>("axis");
  return axis ? axis.getInt() : 1;
}

/// What a law's values become when they are rounded to `format`.
static Interval roundedSupport(Interval support, Format format) {
  return hull(support, Interval(roundTo(support.lo, format),
                                roundTo(support.hi, format)));
}

static LoopNest elementwise(ScalarFunctionOpInterface op,
                            ArrayRef<Bounds> operands) {
  Value result = op->getResult(0);
  LoopNest nest;
  nest.extents = boundsShape(result.getType());
  nest.reduced.assign(nest.extents.size(), false);
  nest.outputSize = boundsSize(result.getType());
  nest.output = broadcastAccess(nest.extents, result.getType(), Bounds::top());
  SmallVector<Value> leaves;
  for (auto [operand, bounds] : llvm::zip(op->getOperands(), operands)) {
    bool fits = bounds.isSplat() || fitsInto(operand.getType(), nest.extents);
    // Numbers are read as constants, as are the attributes behind them.
    if (constantOf(operand) || llvm::is_contained(leaves, operand))
      continue;
    leaves.push_back(operand);
    std::optional<int64_t> axis = channelAxis(op, operand.getType());
    if (axis)
      fits = boundsSize(operand.getType()) == nest.extents[*axis];
    LoopAccess access =
        broadcastAccess(nest.extents, operand.getType(),
                        fits ? bounds : Bounds::splat(bounds.hull()));
    if (axis) {
      access.strides.assign(nest.extents.size(), 0);
      access.strides[*axis] = 1;
    }
    nest.inputs.push_back(std::move(access));
  }
  nest.term = ElementFunction::read(result, leaves);
  return nest;
}

/// The scores of a row-wise op that takes all elements of its rows: top where
/// computing them rounds.
static Bounds scoresOf(RowwiseOpInterface op, ArrayRef<Bounds> operands,
                       Semantics semantics) {
  const RowRecord &record = op.getRowRecord();
  if (record.numVariables != 1 || record.selection != RowSelection::Whole)
    return Bounds::top();
  SmallVector<double> values = parametersOf(op, record.parameters);
  Expression x = Expression::variable(0);
  Expression score =
      record.score({x}, exactParameters(record.parameters, values));
  if (score == x)
    return operands[0];
  if (semantics == Semantics::Ieee && score != -x)
    return Bounds::top();
  std::vector<Element> scores;
  for (size_t i = 0, e = operands[0].size(); i < e; ++i) {
    Element element = operands[0][i];
    if (!element.poisoned)
      element.range = enclose(score, {element.range});
    scores.push_back(element);
  }
  return operands[0].isSplat() ? Bounds::splat(scores.front())
                               : Bounds::elements(std::move(scores));
}

static Transfer rowwise(RowwiseOpInterface op, ArrayRef<Bounds> operands,
                        Semantics semantics) {
  auto type = cast<ShapedType>(op->getResult(0).getType());
  RowForm form = op.getRowRecord().form;
  // All but the first maximum take differences of scores.
  bool mayBeNaN = llvm::any_of(operands, [&](const Bounds &operand) {
    return form == RowForm::FirstMaximum ? operand.mayBeNaN()
                                         : mayDifferByNaN(operand, semantics);
  });
  auto within = [&](double low, double high) {
    return Bounds::splat({Interval(low, high), false, mayBeNaN});
  };
  Transfer probabilities = within(0.0, 1.0);
  switch (form) {
  case RowForm::LogProbability:
    return within(-HUGE_VAL, 0.0);
  case RowForm::Projection:
    // As executed, the rounding of score - threshold has no bound of its own.
    if (semantics == Semantics::Ieee)
      return within(0.0, HUGE_VAL);
    [[fallthrough]];
  case RowForm::Probability:
    if (form == RowForm::Probability && !mayBeNaN)
      probabilities = softmaxBounds(
          type, op.getRowAxis(), scoresOf(op, operands, semantics), semantics);
    probabilities.set = softmaxRows(type, op.getRowAxis(), op.isEmptyRowZero());
    return probabilities;
  case RowForm::FirstMaximum:
    probabilities.set = oneHotRows(type, op.getRowAxis());
    return probabilities;
  }
  llvm_unreachable("unknown form");
}

bool mayDifferByNaN(const Bounds &bounds, Semantics semantics) {
  Element all = bounds.hull();
  return all.mayBeNaN ||
         (semantics == Semantics::Ieee && !all.range.isBounded());
}

std::vector<Transfer> transferOf(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics semantics) {
  Attribute constant;
  if (matchPattern(op, m_Constant(&constant)))
    return {Bounds::constant(constant)};
  if (auto bounded = dyn_cast<BoundsOpInterface>(op))
    return bounded.transfer(operands, semantics);
  if (auto scalar = dyn_cast<ScalarFunctionOpInterface>(op);
      scalar && op->getNumResults() == 1)
    return {elementwise(scalar, operands)};
  if (auto row = dyn_cast<RowwiseOpInterface>(op))
    return {rowwise(row, operands, semantics)};
  if (auto initializer = dyn_cast<InitializerOpInterface>(op))
    return {
        Bounds::splat({roundedSupport(initializer.getWeightLaw().support,
                                      *formatOf(op->getResult(0).getType()))})};
  return std::vector<Transfer>(op->getNumResults(), Bounds::top());
}

bool hasTransfer(Operation *op) {
  return op->hasTrait<OpTrait::ConstantLike>() ||
         isa<BoundsOpInterface, ScalarFunctionOpInterface, RowwiseOpInterface,
             InitializerOpInterface>(op);
}

/// What is known of a result in each box, its weights read once for all.
static std::vector<Bounds>
evaluateResult(ArrayRef<std::vector<Transfer>> transfers, size_t result,
               Semantics semantics) {
  std::vector<Bounds> known;
  SmallVector<const LoopNest *> nests;
  for (const std::vector<Transfer> &box : transfers) {
    known.push_back(box[result].bounds);
    if (box[result].loops)
      nests.push_back(&*box[result].loops);
  }
  std::vector<Bounds> evaluated = evaluate(nests, semantics);
  const Bounds *next = evaluated.data();
  for (auto [bounds, box] : llvm::zip_equal(known, transfers))
    if (box[result].loops)
      bounds = *next++;
  return known;
}

std::vector<SmallVector<Bounds>>
inferBounds(Operation *op, ArrayRef<SmallVector<Bounds>> operands,
            Semantics semantics,
            llvm::function_ref<Bounds(Value, size_t)> bounds) {
  std::vector<std::vector<Transfer>> transfers;
  for (ArrayRef<Bounds> box : operands)
    transfers.push_back(transferOf(op, box, semantics));
  std::vector<SmallVector<Bounds>> results(operands.size());
  for (size_t result = 0; result < transfers.front().size(); ++result)
    for (auto [box, known] :
         llvm::enumerate(evaluateResult(transfers, result, semantics)))
      results[box].push_back(std::move(known));
  if (transfers.front().size() != 1)
    return results;
  Value root;
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    root = structured.getBlock()->getTerminator()->getOperand(0);
  for (auto [box, known] : llvm::enumerate(results)) {
    if (transfers[box][0].loops)
      known[0] = refineByWeights(op, *transfers[box][0].loops, operands[box],
                                 known[0], semantics);
    known[0] = refineByRows(
        op, operands[box], known[0], root, semantics,
        [&, box = box](Value value) { return bounds(value, box); });
  }
  return results;
}

void registerBoundsModels(DialectRegistry &registry) {
  registerLinalgBounds(registry);
  registerQuantBounds(registry);
  registerTensorBounds(registry);
  registerTosaBounds(registry);
}

} // namespace act

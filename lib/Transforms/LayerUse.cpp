//===- LayerUse.cpp - What the next layer makes of a layer's output -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerUse.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Utils/ConversionUtils.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {
/// Where a reshape puts a dimension.
struct FlatDimension {
  unsigned dim;  ///< of the result
  int64_t inner; ///< elements of it that have one index of the dimension
};
} // namespace

/// How many elements there are for each index of dimension `dim`.
static int64_t sizeBehind(ArrayRef<int64_t> shape, unsigned dim) {
  return ShapedType::getNumElements(shape.drop_front(dim + 1));
}

static std::optional<FlatDimension> findFlat(tensor::CollapseShapeOp op,
                                             int64_t dim) {
  for (auto [at, group] : llvm::enumerate(op.getReassociationIndices())) {
    if (!llvm::is_contained(group, dim))
      continue;
    FlatDimension flat{unsigned(at), 1};
    for (int64_t each : group) {
      if (op.getSrcType().isDynamicDim(each))
        return std::nullopt;
      flat.inner *= each > dim ? op.getSrcType().getDimSize(each) : 1;
    }
    return flat;
  }
  return std::nullopt;
}

/// The dimension of the result that is made of this one and its neighbours.
static std::optional<FlatDimension> findFlat(tosa::ReshapeOp op, int64_t dim) {
  auto from = dyn_cast<RankedTensorType>(op.getInput1().getType());
  auto to = dyn_cast<RankedTensorType>(op.getType());
  if (!from || !to || !from.hasStaticShape() || !to.hasStaticShape() ||
      to.getNumElements() == 0)
    return std::nullopt;
  const int64_t behind = sizeBehind(from.getShape(), dim);
  const int64_t size = from.getDimSize(dim) * behind;
  for (int64_t at = 0; at < to.getRank(); ++at) {
    int64_t behindFlat = sizeBehind(to.getShape(), at);
    int64_t flatSize = to.getDimSize(at) * behindFlat;
    if (behind % behindFlat == 0 && flatSize % size == 0)
      return FlatDimension{unsigned(at), behind / behindFlat};
  }
  return std::nullopt;
}

static std::optional<FlatDimension> findFlat(Operation *op, int64_t dim) {
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op))
    return findFlat(collapse, dim);
  if (auto reshape = dyn_cast<tosa::ReshapeOp>(op))
    return findFlat(reshape, dim);
  return std::nullopt;
}

/// Goes past a reshape that makes one dimension of that of units and others.
OpOperand *LayerUse::passFlattening(OpOperand &use, unsigned &dim) {
  Operation *op = use.getOwner();
  if (use.getOperandNumber() != 0 || op->getNumResults() != 1 ||
      !op->hasOneUse())
    return nullptr;
  std::optional<FlatDimension> flat = findFlat(op, dim);
  if (!flat)
    return nullptr;
  flattening = op;
  inner = flat->inner;
  dim = flatDim = flat->dim;
  return &*op->getResult(0).use_begin();
}

std::optional<LayerUse> LayerUse::read(OpOperand &output, unsigned dim,
                                       StringRef &reason) {
  reason = "expected an output that only contractions with constant weights "
           "read";
  LayerUse result;
  auto type = cast<RankedTensorType>(output.get().getType());
  if (type.isDynamicDim(dim))
    return std::nullopt;
  result.units = type.getDimSize(dim);
  OpOperand *past = result.passFlattening(output, dim);
  OpOperand &use = past ? *past : output;
  std::optional<SumOfProducts> sum = contraction(use.getOwner());
  if (!sum || use.getOperandNumber() > 1)
    return std::nullopt;
  result.sum = std::move(*sum);
  result.data = &use;
  result.factor = result.sum.factorBeside(use);
  const OperandMaps &access = result.sum.access;
  std::optional<unsigned> loop =
      loopOf(access.operands[use.getOperandNumber()], dim);
  if (!loop)
    return std::nullopt;
  LoopUse inData = useOf(access.operands[use.getOperandNumber()], *loop);
  LoopUse inFactor =
      useOf(access.operands[result.factor->getOperandNumber()], *loop);
  LoopUse inResult = useOf(access.result, *loop);
  if (!inData.isPlain || !inFactor.isPlain || !inFactor.dimension ||
      inResult.dimension)
    return std::nullopt;
  // Last, for resources are copied.
  result.weights = weightsOf(result.factor->get());
  if (!result.weights)
    return std::nullopt;
  result.unitLoop = *loop;
  result.factorDim = *inFactor.dimension;
  return result;
}

std::optional<SmallVector<LayerUse>> readUses(Value output, unsigned dim,
                                              StringRef &reason) {
  SmallVector<LayerUse> uses;
  for (OpOperand &use : output.getUses()) {
    std::optional<LayerUse> read = LayerUse::read(use, dim, reason);
    if (!read)
      return std::nullopt;
    uses.push_back(std::move(*read));
  }
  return uses;
}

RankedTensorType LayerUse::resultType() const {
  return cast<RankedTensorType>(sum.op->getResult(0).getType());
}

double LayerUse::multiplications() const {
  AffineMap of = sum.access.operands[factor->getOperandNumber()];
  double count = 1.0;
  for (int64_t size : resultType().getShape())
    count *= ShapedType::isDynamic(size) ? 1.0 : double(size);
  for (unsigned dim = 0; dim < of.getNumResults(); ++dim)
    if (std::optional<unsigned> loop = loopOf(of, dim);
        !loop || !sum.access.result.isFunctionOfDim(*loop))
      count *= double(weights.getType().getDimSize(dim));
  return count;
}

llvm::SmallBitVector LayerUse::unitsThatPoison() const {
  llvm::SmallBitVector poisoning(units);
  IndexAlong indexOf = indexAlong(weights.getType(), factorDim);
  for (auto [position, weight] : llvm::enumerate(numbersOf(weights)))
    if (!std::isfinite(weight))
      poisoning.set(unitAt(indexOf(position)));
  return poisoning;
}

//===----------------------------------------------------------------------===//
// Constant outputs
//===----------------------------------------------------------------------===//

std::optional<std::vector<double>>
LayerUse::contribution(ArrayRef<double> outputs, StringRef &reason) const {
  RankedTensorType type = resultType();
  AffineMap of = sum.access.operands[factor->getOperandNumber()];
  AffineMap read = sum.access.operands[data->getOperandNumber()];
  reason = "expected a sum that reads every unit once for each element";
  // A window at the border reads padding, not the constant.
  if (!of.isProjectedPermutation() || !read.isProjectedPermutation() ||
      !sum.access.result.isProjectedPermutation())
    return std::nullopt;
  for (unsigned loop = 0; loop < of.getNumDims(); ++loop)
    if (!of.isFunctionOfDim(loop) && !sum.access.result.isFunctionOfDim(loop))
      return std::nullopt;
  reason = "expected a result of static shape";
  if (!type.hasStaticShape())
    return std::nullopt;

  // By the index of the result, 0 where the weights do not depend on it.
  SmallVector<int64_t> strides = computeStrides(type.getShape());
  std::vector<double> sums(type.getNumElements(), 0.0);
  IndexAlong indexOf = indexAlong(weights.getType(), factorDim);
  for (auto [position, weight] : llvm::enumerate(numbersOf(weights))) {
    int64_t unit = unitAt(indexOf(position));
    if (outputs[unit] == 0.0)
      continue;
    int64_t target = 0;
    for (unsigned dim = 0; dim < type.getRank(); ++dim)
      if (auto at = useOf(of, *loopOf(sum.access.result, dim)).dimension)
        target += strides[dim] * indexAlong(weights.getType(), *at)(position);
    sums[target] += weight * outputs[unit];
  }
  reason = "expected finite constants";
  std::vector<double> shift(sums.size());
  for (int64_t position = 0, e = sums.size(); position < e; ++position) {
    int64_t source = 0;
    for (unsigned dim = 0; dim < type.getRank(); ++dim)
      if (of.isFunctionOfDim(*loopOf(sum.access.result, dim)))
        source += strides[dim] * indexAlong(type, dim)(position);
    shift[position] = sums[source];
    if (!toAPFloat(sums[source], cast<FloatType>(type.getElementType()))
             .isFinite())
      return std::nullopt;
  }
  return shift;
}

bool LayerUse::addToStart(RewriterBase &rewriter,
                          ArrayRef<double> shift) const {
  DenseElementsAttr start =
      sum.start ? weightsOf(sum.start->get()) : DenseElementsAttr();
  if (!start ||
      sum.access.operands[sum.start->getOperandNumber()] != sum.access.result)
    return false;
  std::vector<double> numbers = numbersOf(start);
  for (auto [number, more] : llvm::zip_equal(numbers, shift))
    number += more;
  replaceWeights(rewriter, *sum.start, fromNumbers(start.getType(), numbers));
  return true;
}

bool LayerUse::addToBias(RewriterBase &rewriter, ArrayRef<double> shift) const {
  Value result = sum.op->getResult(0);
  if (!result.hasOneUse())
    return false;
  OpOperand &use = *result.use_begin();
  auto [first, second] = summands(use.getOwner());
  std::optional<OperandMaps> access = operandMaps(use.getOwner());
  if (!access || (&use != first && &use != second))
    return false;
  OpOperand *other = &use == first ? second : first;
  DenseElementsAttr bias = weightsOf(other->get());
  AffineMap at = access->operands[other->getOperandNumber()];
  if (!bias || !access->result.isIdentity() ||
      access->operands[use.getOperandNumber()] != access->result)
    return false;
  SmallVector<int64_t> strides = computeStrides(bias.getType().getShape());
  std::vector<std::optional<double>> wanted(bias.getNumElements());
  for (int64_t position = 0, e = shift.size(); position < e; ++position) {
    int64_t target = 0;
    for (unsigned dim = 0; dim < at.getNumResults(); ++dim) {
      if (std::optional<unsigned> loop = loopOf(at, dim))
        target += strides[dim] * indexAlong(resultType(), *loop)(position);
      else if (at.getResult(dim) != getAffineConstantExpr(0, at.getContext()))
        return false;
    }
    if (wanted[target] && *wanted[target] != shift[position])
      return false;
    wanted[target] = shift[position];
  }
  std::vector<double> numbers = numbersOf(bias);
  for (auto [number, more] : llvm::zip(numbers, wanted))
    number += more.value_or(0.0);
  replaceWeights(rewriter, *other, fromNumbers(bias.getType(), numbers));
  return true;
}

void LayerUse::addToResult(RewriterBase &rewriter,
                           ArrayRef<double> shift) const {
  bool isZero = llvm::all_of(shift, [](double value) { return value == 0.0; });
  if (isZero || addToStart(rewriter, shift) || addToBias(rewriter, shift))
    return;
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointAfter(sum.op);
  Location loc = sum.op->getLoc();
  Value result = sum.op->getResult(0);
  Value constant = arith::ConstantOp::create(rewriter, loc,
                                             fromNumbers(resultType(), shift));
  Value moved = arith::AddFOp::create(rewriter, loc, result, constant);
  rewriter.replaceAllUsesExcept(result, moved, moved.getDefiningOp());
}

//===----------------------------------------------------------------------===//
// Fewer units
//===----------------------------------------------------------------------===//

/// The flattening of `narrow`, with fewer units; the one before goes.
Value LayerUse::flatten(RewriterBase &rewriter, Value narrow) const {
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(flattening);
  Location loc = flattening->getLoc();
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(flattening))
    return tensor::CollapseShapeOp::create(rewriter, loc, narrow,
                                           collapse.getReassociationIndices());
  auto before = cast<RankedTensorType>(flattening->getOperand(0).getType());
  auto type = cast<RankedTensorType>(flattening->getResult(0).getType());
  SmallVector<int64_t> shape(type.getShape());
  int64_t &size = shape[flatDim];
  size = size * cast<RankedTensorType>(narrow.getType()).getNumElements() /
         before.getNumElements();
  ImplicitLocOpBuilder builder(loc, rewriter);
  Value to = tosa::getTosaConstShape(builder, shape);
  return tosa::ReshapeOp::create(rewriter, loc, type.clone(shape), narrow, to);
}

void LayerUse::eraseFlattening(RewriterBase &rewriter) const {
  if (!flattening)
    return;
  // The value that is flattened is its maker's to erase, its shape is not.
  SmallVector<Value> shape(llvm::drop_begin(flattening->getOperands()));
  rewriter.eraseOp(flattening);
  for (Value each : shape)
    if (Operation *op = each.getDefiningOp(); op && isOpTriviallyDead(op))
      rewriter.eraseOp(op);
}

void LayerUse::narrow(RewriterBase &rewriter, Value narrow,
                      const llvm::SmallBitVector &drop) const {
  llvm::SmallBitVector indices(weights.getType().getDimSize(factorDim));
  for (int64_t i = 0, e = indices.size(); i < e; ++i)
    if (drop.test(unitAt(i)))
      indices.set(i);
  replaceWeights(rewriter, *factor,
                 withoutIndices(weights, factorDim, indices));
  Value read = flattening ? flatten(rewriter, narrow) : narrow;
  rewriter.modifyOpInPlace(sum.op, [&] { data->set(read); });
  eraseFlattening(rewriter);
}

void LayerUse::replaceTerms(
    RewriterBase &rewriter, Value terms, int64_t count,
    llvm::function_ref<double(int64_t, int64_t)> weight) const {
  auto type = cast<RankedTensorType>(weights.getType());
  SmallVector<int64_t> shape(type.getShape());
  int64_t units = std::exchange(shape[factorDim], count);
  int64_t inner =
      ShapedType::getNumElements(type.getShape().drop_front(factorDim + 1));
  std::vector<double> old = numbersOf(weights);
  std::vector<double> sums(ShapedType::getNumElements(shape), 0.0);
  for (auto [position, sum] : llvm::enumerate(sums)) {
    int64_t low = position % inner, term = position / inner % count;
    int64_t high = position / inner / count;
    for (int64_t unit = 0; unit < units; ++unit)
      // 0 times an infinite weight is left out.
      if (double factor = weight(unit, term); factor != 0.0)
        sum += factor * old[(high * units + unit) * inner + low];
  }
  replaceWeights(rewriter, *factor, fromNumbers(type.clone(shape), sums));
  rewriter.modifyOpInPlace(sum.op, [&] { data->set(terms); });
}

void LayerUse::silence(RewriterBase &rewriter,
                       const llvm::SmallBitVector &units) const {
  auto silent = [&](double weight, unsigned index) {
    return units.test(unitAt(index)) ? 0.0 : weight;
  };
  replaceWeights(rewriter, *factor, mapWeights(weights, factorDim, silent));
}

bool LayerUse::hasEmptySum() const {
  return sum.start ? sum.start->get().getType() == resultType()
                   : resultType().hasStaticShape();
}

void LayerUse::replaceByEmptySum(RewriterBase &rewriter,
                                 ArrayRef<double> shift) const {
  addToResult(rewriter, shift);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPoint(sum.op);
  Value start =
      sum.start ? sum.start->get()
                : arith::ConstantOp::create(rewriter, sum.op->getLoc(),
                                            rewriter.getZeroAttr(resultType()))
                      .getResult();
  Operation *constant = factor->get().getDefiningOp();
  rewriter.replaceOp(sum.op, start);
  if (constant->use_empty())
    rewriter.eraseOp(constant);
  eraseFlattening(rewriter);
}

} // namespace act

//===- LayerUse.cpp - What the next layer makes of a layer's output -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerUse.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include <cmath>

using namespace mlir;

namespace act {

std::optional<LayerUse> LayerUse::read(OpOperand &use, unsigned dim,
                                       StringRef &reason) {
  reason = "expected an output that only contractions with constant weights "
           "read";
  std::optional<SumOfProducts> sum = contraction(use.getOwner());
  if (!sum || use.getOperandNumber() > 1)
    return std::nullopt;
  LayerUse result(std::move(*sum), &use);
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
  llvm::SmallBitVector units(weights.getType().getDimSize(factorDim));
  IndexAlong unitOf = indexAlong(weights.getType(), factorDim);
  for (auto [position, weight] : llvm::enumerate(numbersOf(weights)))
    if (!std::isfinite(weight))
      units.set(unitOf(position));
  return units;
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
  IndexAlong unitOf = indexAlong(weights.getType(), factorDim);
  for (auto [position, weight] : llvm::enumerate(numbersOf(weights))) {
    int64_t unit = unitOf(position);
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

void LayerUse::narrow(RewriterBase &rewriter, Value narrow,
                      const llvm::SmallBitVector &drop) const {
  replaceWeights(rewriter, *factor, withoutIndices(weights, factorDim, drop));
  rewriter.modifyOpInPlace(sum.op, [&] { data->set(narrow); });
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
  auto silent = [&](double weight, unsigned unit) {
    return units.test(unit) ? 0.0 : weight;
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
}

} // namespace act

//===- UnitSums.cpp - The sums of products that units are -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitSums.h"
#include "act/Analysis/Bounds.h"
#include "mlir/Analysis/FlatLinearValueConstraints.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;

namespace act {

/// By how much the row-major index that `map` yields grows with each loop, and
/// where it starts; nothing where it is not linear.
static std::optional<SmallVector<int64_t>> flatten(AffineMap map,
                                                   ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides = computeStrides(shape);
  SmallVector<int64_t> flat(map.getNumDims() + 1, 0);
  for (auto [expr, stride] : llvm::zip_equal(map.getResults(), strides)) {
    SmallVector<int64_t> coefficients;
    // What is divided has variables of its own.
    if (failed(getFlattenedAffineExpr(expr, map.getNumDims(), /*numSymbols=*/0,
                                      &coefficients)) ||
        coefficients.size() != flat.size())
      return std::nullopt;
    for (auto [sum, coefficient] : llvm::zip(flat, coefficients))
      sum += stride * coefficient;
  }
  return flat;
}

void UnitSums::nest(std::vector<Offset> &offsets, Loop loop) {
  std::vector<Offset> nested;
  nested.reserve(offsets.size() * loop.size);
  for (Offset outer : offsets)
    for (int64_t i = 0; i < loop.size; ++i)
      nested.push_back(outer + loop.step * i);
  offsets = std::move(nested);
}

std::optional<UnitSums> UnitSums::read(OpOperand &factor, unsigned dim) {
  std::optional<SumOfProducts> sum = sumOfProducts(factor.getOwner());
  if (!sum)
    return std::nullopt;
  OpOperand &data = *sum->factorBeside(factor);
  AffineMap ofFactor = sum->access.operands[factor.getOperandNumber()];
  AffineMap ofData = sum->access.operands[data.getOperandNumber()];
  std::optional<unsigned> unitLoop = loopOf(ofFactor, dim);
  SmallVector<int64_t> factorShape = boundsShape(factor.get().getType());
  auto inFactor = flatten(ofFactor, factorShape);
  auto inData = flatten(ofData, boundsShape(data.get().getType()));
  if (!unitLoop || !inFactor || !inData)
    return std::nullopt;
  AffineMap ofResult = sum->access.result;
  SmallVector<int64_t> resultShape =
      boundsShape(sum->op->getResult(0).getType());
  UnitSums sums;
  sums.other = data.get();
  sums.positions = {{inFactor->back(), inData->back()}};
  sums.terms = {{}};
  for (unsigned loop = 0; loop < ofResult.getNumDims(); ++loop) {
    Offset step{(*inFactor)[loop], (*inData)[loop]};
    if (loop == *unitLoop) {
      sums.unitStep = step;
      continue;
    }
    LoopUse result = useOf(ofResult, loop), weight = useOf(ofFactor, loop);
    if (result.dimension && result.isPlain)
      nest(sums.positions, {resultShape[*result.dimension], step});
    else if (!result.dimension && weight.dimension && weight.isPlain)
      nest(sums.terms, {factorShape[*weight.dimension], step});
    else
      return std::nullopt;
  }
  return sums;
}

void UnitSums::evaluate(unsigned unit, size_t position,
                        ArrayRef<double> weights, ArrayRef<double> data,
                        MutableArrayRef<double> sums) const {
  std::fill(sums.begin(), sums.end(), 0.0);
  Offset start = positions[position] + unitStep * unit;
  for (Offset term : terms) {
    double weight = weights[start.factor + term.factor];
    const double *numbers = &data[(start.data + term.data) * sums.size()];
    for (size_t k = 0; k < sums.size(); ++k)
      sums[k] += weight * numbers[k];
  }
}

} // namespace act

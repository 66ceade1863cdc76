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

/// By how much each index that `map` yields grows with each loop, and where it
/// starts; nothing where one is not linear.
static std::optional<SmallVector<SmallVector<int64_t>>>
coefficientsOf(AffineMap map) {
  SmallVector<SmallVector<int64_t>> all(map.getNumResults());
  for (auto [expr, coefficients] : llvm::zip_equal(map.getResults(), all))
    // What is divided has variables of its own.
    if (failed(getFlattenedAffineExpr(expr, map.getNumDims(), /*numSymbols=*/0,
                                      &coefficients)) ||
        coefficients.size() != map.getNumDims() + 1)
      return std::nullopt;
  return all;
}

/// The same of the row-major index.
static SmallVector<int64_t> flatten(ArrayRef<SmallVector<int64_t>> all,
                                    ArrayRef<int64_t> shape) {
  SmallVector<int64_t> flat(all.empty() ? 0 : all.front().size(), 0);
  for (auto [coefficients, stride] :
       llvm::zip_equal(all, computeStrides(shape)))
    for (auto [sum, coefficient] : llvm::zip_equal(flat, coefficients))
      sum += stride * coefficient;
  return flat;
}

/// The loops' steps along each dimension of what is padded.
static UnitSums::Index indexStep(ArrayRef<SmallVector<int64_t>> all,
                                 unsigned loop) {
  UnitSums::Index step = {};
  for (auto [dim, coefficients] : llvm::enumerate(all))
    step[dim] = coefficients[loop];
  return step;
}

void UnitSums::nest(std::vector<Offset> &offsets, Loop loop) {
  std::vector<Offset> nested;
  nested.reserve(offsets.size() * loop.size);
  for (const Offset &outer : offsets)
    for (int64_t i = 0; i < loop.size; ++i)
      nested.push_back(outer + loop.step * i);
  offsets = std::move(nested);
}

std::optional<UnitSums> UnitSums::read(OpOperand &factor, unsigned dim) {
  std::optional<SumOfProducts> sum = contraction(factor.getOwner());
  if (!sum)
    return std::nullopt;
  OpOperand &data = *sum->factorBeside(factor);
  AffineMap ofFactor = sum->access.operands[factor.getOperandNumber()];
  AffineMap ofData = sum->access.operands[data.getOperandNumber()];
  std::optional<unsigned> unitLoop = loopOf(ofFactor, dim);
  SmallVector<int64_t> factorShape = boundsShape(factor.get().getType());
  SmallVector<int64_t> dataShape = boundsShape(data.get().getType());
  auto factorIndex = coefficientsOf(ofFactor),
       dataIndex = coefficientsOf(ofData);
  if (!unitLoop || !factorIndex || !dataIndex || dataShape.size() > kMaxRank)
    return std::nullopt;
  SmallVector<int64_t> inFactor = flatten(*factorIndex, factorShape);
  SmallVector<int64_t> inData = flatten(*dataIndex, dataShape);
  const unsigned start = ofData.getNumDims();
  AffineMap ofResult = sum->access.result;
  SmallVector<int64_t> resultShape =
      boundsShape(sum->op->getResult(0).getType());
  UnitSums sums;
  sums.other = data.get();
  sums.shape.assign(dataShape.begin(), dataShape.end());
  sums.isPadded = sum->isPadded;
  sums.positions = {
      {inFactor[start], inData[start], indexStep(*dataIndex, start)}};
  sums.terms = {{}};
  for (unsigned loop = 0; loop < ofResult.getNumDims(); ++loop) {
    Offset step{inFactor[loop], inData[loop], indexStep(*dataIndex, loop)};
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

/// Whether the term of a padded sum is one of the data.
bool UnitSums::isInside(const Offset &start, const Offset &term) const {
  for (auto [dim, size] : llvm::enumerate(shape)) {
    int64_t index = start.index[dim] + term.index[dim];
    if (index < 0 || index >= size)
      return false;
  }
  return true;
}

void UnitSums::evaluate(unsigned unit, size_t position,
                        ArrayRef<double> weights, ArrayRef<double> data,
                        MutableArrayRef<double> sums) const {
  std::fill(sums.begin(), sums.end(), 0.0);
  Offset start = positions[position] + unitStep * unit;
  for (const Offset &term : terms) {
    if (isPadded && !isInside(start, term))
      continue;
    double weight = weights[start.factor + term.factor];
    const double *numbers = &data[(start.data + term.data) * sums.size()];
    for (size_t k = 0; k < sums.size(); ++k)
      sums[k] += weight * numbers[k];
  }
}

} // namespace act

//===- Weights.cpp - Constants of a network, read and rewritten -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Weights.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

DenseElementsAttr weightsOf(Value value) {
  ElementsAttr elements;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !formatOf(type) || !matchPattern(value, m_Constant(&elements)))
    return nullptr;
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return dense;
  auto resource = dyn_cast<DenseResourceElementsAttr>(elements);
  AsmResourceBlob *blob =
      resource ? resource.getRawHandle().getBlob() : nullptr;
  // findDeadUnits() refuses resources of another size than their type's.
  bool isSplat = false;
  if (!blob ||
      !DenseElementsAttr::isValidRawBuffer(type, blob->getData(), isSplat))
    return nullptr;
  return DenseElementsAttr::getFromRawBuffer(type, blob->getData());
}

Value createWeights(RewriterBase &rewriter, Value like,
                    DenseElementsAttr elements) {
  OpBuilder::InsertionGuard guard(rewriter);
  Operation *op = like.getDefiningOp();
  rewriter.setInsertionPointAfter(op);
  Operation *created = op->getDialect()->materializeConstant(
      rewriter, elements, elements.getType(), op->getLoc());
  if (!created)
    created = arith::ConstantOp::create(rewriter, op->getLoc(), elements);
  return created->getResult(0);
}

void replaceWeights(RewriterBase &rewriter, OpOperand &use,
                    DenseElementsAttr elements) {
  Operation *old = use.get().getDefiningOp();
  Value created = createWeights(rewriter, use.get(), elements);
  rewriter.modifyOpInPlace(use.getOwner(), [&] { use.set(created); });
  if (old->use_empty())
    rewriter.eraseOp(old);
}

DenseElementsAttr withoutIndices(DenseElementsAttr weights, unsigned dim,
                                 const llvm::SmallBitVector &drop) {
  auto type = cast<RankedTensorType>(weights.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] -= drop.count();
  RankedTensorType narrow = type.clone(shape);
  if (weights.isSplat())
    return weights.resizeSplat(narrow);
  // By bytes, so that every bit stays, NaN's too.
  ArrayRef<char> data = weights.getRawData();
  size_t bytes = type.getElementTypeBitWidth() / 8;
  std::vector<char> kept;
  kept.reserve(narrow.getNumElements() * bytes);
  IndexAlong indexOf = indexAlong(type, dim);
  for (int64_t i = 0, e = type.getNumElements(); i < e; ++i) {
    if (drop.test(indexOf(i)))
      continue;
    ArrayRef<char> element = data.slice(i * bytes, bytes);
    kept.insert(kept.end(), element.begin(), element.end());
  }
  return DenseElementsAttr::getFromRawBuffer(narrow, kept);
}

std::vector<double> numbersOf(DenseElementsAttr weights) {
  std::vector<double> numbers;
  numbers.reserve(weights.getNumElements());
  for (const APFloat &value : weights.getValues<APFloat>())
    numbers.push_back(toDouble(value));
  return numbers;
}

DenseElementsAttr fromNumbers(ShapedType type, ArrayRef<double> numbers) {
  auto format = cast<FloatType>(type.getElementType());
  SmallVector<APFloat> values;
  values.reserve(numbers.size());
  for (double number : numbers)
    values.push_back(toAPFloat(number, format));
  return DenseElementsAttr::get(type, values);
}

DenseElementsAttr
mapWeights(DenseElementsAttr weights, unsigned dim,
           llvm::function_ref<double(double, unsigned)> change) {
  std::vector<double> numbers = numbersOf(weights);
  IndexAlong indexOf = indexAlong(weights.getType(), dim);
  for (auto [position, number] : llvm::enumerate(numbers))
    number = change(number, indexOf(position));
  return fromNumbers(weights.getType(), numbers);
}

} // namespace act

//===- TensorLayout.cpp - Bounds moved by changes of shape ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorLayout.h"
#include "mlir/IR/TypeRange.h"

using namespace mlir;

namespace act {

std::vector<int64_t> StridedBox::positions() const {
  std::vector<int64_t> all = {offset};
  for (auto [size, stride] : llvm::zip(sizes, strides)) {
    std::vector<int64_t> next;
    next.reserve(all.size() * size);
    for (int64_t position : all)
      for (int64_t i = 0; i < size; ++i)
        next.push_back(position + i * stride);
    all = std::move(next);
  }
  return all;
}

static SmallVector<int64_t> rowMajorStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (int64_t dim = int64_t(shape.size()) - 2; dim >= 0; --dim)
    strides[dim] = strides[dim + 1] * shape[dim + 1];
  return strides;
}

StridedBox boxIn(ArrayRef<int64_t> shape, ArrayRef<int64_t> offsets,
                 ArrayRef<int64_t> sizes, ArrayRef<int64_t> steps) {
  StridedBox box;
  box.sizes.assign(sizes.begin(), sizes.end());
  box.strides = rowMajorStrides(shape);
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    box.offset += offsets[dim] * box.strides[dim];
    box.strides[dim] *= steps[dim];
  }
  return box;
}

Bounds gather(const Bounds &source, const StridedBox &box) {
  if (source.isSplat())
    return source;
  std::vector<Element> elements;
  for (int64_t position : box.positions())
    elements.push_back(source[position]);
  return Bounds::elements(std::move(elements));
}

void scatter(const Bounds &source, const StridedBox &box,
             std::vector<Element> &target) {
  for (auto [index, position] : llvm::enumerate(box.positions()))
    target[position] = source[index];
}

Bounds anyElement(const Bounds &source) {
  return source.isSplat() ? source : Bounds::splat(source.hull());
}

/// Of known sizes, and small enough to have an entry for each element.
static bool isStatic(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return shaped && shaped.hasStaticShape() &&
         boundsSize(type) <= kMaxBoundsSize;
}

Bounds reshaped(const Bounds &source, Type from, Type to) {
  if (source.isSplat() || (isStatic(from) && isStatic(to)))
    return source;
  // A batch of unknown size in front stays in front.
  auto isBatch = [](ShapedType type) {
    return type && type.hasRank() && type.getRank() > 0 &&
           type.isDynamicDim(0) &&
           llvm::none_of(type.getShape().drop_front(), ShapedType::isDynamic);
  };
  bool keepsBatch = isBatch(dyn_cast<ShapedType>(from)) &&
                    isBatch(dyn_cast<ShapedType>(to)) &&
                    boundsSize(from) == boundsSize(to);
  return keepsBatch ? source : anyElement(source);
}

Bounds recast(const Bounds &source, Type from, Type to) {
  auto ranked = dyn_cast<RankedTensorType>(to);
  bool keepsEntries = isa<RankedTensorType>(from) && ranked &&
                      boundsShape(from) == boundsShape(to);
  return keepsEntries ? source : anyElement(source);
}

Bounds transposed(const Bounds &source, Type from,
                  ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> shape = boundsShape(from);
  SmallVector<int64_t> strides = rowMajorStrides(shape);
  StridedBox box;
  for (int64_t dim : permutation) {
    box.sizes.push_back(shape[dim]);
    box.strides.push_back(strides[dim]);
  }
  return gather(source, box);
}

std::optional<Bounds> padded(const Bounds &source, Type from, Type to,
                             ArrayRef<int64_t> low, const Element &padding) {
  if (!isStatic(from) || !isStatic(to))
    return std::nullopt;
  SmallVector<int64_t> inner = boundsShape(from), shape = boundsShape(to);
  for (size_t dim = 0; dim < shape.size(); ++dim)
    if (low[dim] < 0 || low[dim] + inner[dim] > shape[dim])
      return std::nullopt;
  std::vector<Element> elements(boundsSize(to), padding);
  SmallVector<int64_t> ones(shape.size(), 1);
  scatter(source, boxIn(shape, low, inner, ones), elements);
  return Bounds::elements(std::move(elements));
}

Bounds concatenated(ArrayRef<Bounds> sources, TypeRange from, Type to,
                    int64_t axis) {
  bool known = isStatic(to) && llvm::all_of(from, isStatic);
  if (!known) {
    Bounds all;
    for (const Bounds &source : sources)
      all = Bounds::join(all, anyElement(source));
    return all;
  }
  SmallVector<int64_t> shape = boundsShape(to);
  SmallVector<int64_t> offsets(shape.size(), 0), ones(shape.size(), 1);
  std::vector<Element> elements(boundsSize(to));
  for (auto [source, type] : llvm::zip(sources, from)) {
    SmallVector<int64_t> sizes = boundsShape(type);
    scatter(source, boxIn(shape, offsets, sizes, ones), elements);
    offsets[axis] += sizes[axis];
  }
  return Bounds::elements(std::move(elements));
}

} // namespace act

//===- TensorLayout.cpp - Bounds moved by changes of shape ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorLayout.h"
#include "mlir/IR/TypeRange.h"
#include "llvm/Support/MathExtras.h"

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

std::optional<StridedBox> boxWithin(ArrayRef<int64_t> shape,
                                    ArrayRef<int64_t> offsets,
                                    ArrayRef<int64_t> sizes,
                                    ArrayRef<int64_t> steps) {
  if (offsets.size() != shape.size() || sizes.size() != shape.size())
    return std::nullopt;
  for (auto [whole, offset, size, step] :
       llvm::zip_equal(shape, offsets, sizes, steps)) {
    int64_t last;
    if (offset < 0 || offset >= whole ||
        llvm::MulOverflow(size - 1, step, last) ||
        llvm::AddOverflow(last, offset, last) || last < 0 || last >= whole)
      return std::nullopt;
  }
  return boxIn(shape, offsets, sizes, steps);
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

/// The number of elements before and behind a batch: the only dimension of
/// unknown size.
static std::optional<std::pair<int64_t, int64_t>> aroundBatch(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !shaped.hasRank() || shaped.getNumDynamicDims() != 1)
    return std::nullopt;
  ArrayRef<int64_t> shape = shaped.getShape();
  size_t batch = llvm::find_if(shape, ShapedType::isDynamic) - shape.begin();
  return std::pair(ShapedType::getNumElements(shape.take_front(batch)),
                   ShapedType::getNumElements(shape.drop_front(batch + 1)));
}

Transfer reshaped(const Bounds &source, Type from, Type to) {
  auto keepsBatch = [&] {
    auto batch = aroundBatch(from);
    return batch && boundsSize(from) == boundsSize(to) &&
           batch == aroundBatch(to);
  };
  bool keepsOrder =
      source.isSplat() || (isStatic(from) && isStatic(to)) || keepsBatch();
  if (!keepsOrder)
    return anyElement(source);
  return Transfer::movement(source);
}

Transfer recast(const Bounds &source, Type from, Type to) {
  auto ranked = dyn_cast<RankedTensorType>(to);
  bool keepsEntries = isa<RankedTensorType>(from) && ranked &&
                      boundsShape(from) == boundsShape(to);
  if (!keepsEntries)
    return anyElement(source);
  return Transfer::movement(source);
}

Transfer transposed(const Bounds &source, Type from, Type to,
                    ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> shape = boundsShape(from);
  SmallVector<int64_t> strides = rowMajorStrides(shape);
  StridedBox box;
  for (int64_t dim : permutation) {
    box.sizes.push_back(shape[dim]);
    box.strides.push_back(strides[dim]);
  }
  // A size may be known of one of the two only.
  if (box.sizes != boundsShape(to))
    return anyElement(source);
  return Transfer::movement(gather(source, box));
}

bool haveSameUnknownSizes(Type a, Type b) {
  auto from = dyn_cast<RankedTensorType>(a), to = dyn_cast<RankedTensorType>(b);
  if (!from || !to || from.getRank() != to.getRank() ||
      std::max(boundsSize(a), boundsSize(b)) > kMaxBoundsSize)
    return false;
  return llvm::all_of(llvm::seq(from.getRank()), [&](int64_t dim) {
    return from.isDynamicDim(dim) == to.isDynamicDim(dim);
  });
}

std::optional<Bounds> padded(const Bounds &source, Type from, Type to,
                             ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                             const Element &padding) {
  if (!haveSameUnknownSizes(from, to))
    return std::nullopt;
  SmallVector<int64_t> inner = boundsShape(from), shape = boundsShape(to);
  for (size_t dim = 0; dim < shape.size(); ++dim) {
    bool isUnknown = cast<ShapedType>(from).isDynamicDim(dim);
    if (low[dim] < 0 || low[dim] + inner[dim] > shape[dim] ||
        (isUnknown && high[dim] != 0))
      return std::nullopt;
  }
  std::vector<Element> elements(boundsSize(to), padding);
  SmallVector<int64_t> ones(shape.size(), 1);
  scatter(source, boxIn(shape, low, inner, ones), elements);
  return Bounds::elements(std::move(elements));
}

Transfer concatenated(ArrayRef<Bounds> sources, TypeRange from, Type to,
                      int64_t axis) {
  bool known = !cast<ShapedType>(to).isDynamicDim(axis) &&
               llvm::all_of(from, [&](Type type) {
                 return haveSameUnknownSizes(type, to);
               });
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
  return Transfer::movement(Bounds::elements(std::move(elements)));
}

} // namespace act

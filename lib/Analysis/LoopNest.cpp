//===- LoopNest.cpp - An op as loops over tensors -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/LoopNest.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace act {

/// Adds `scale` times `expr` to `access`; false if it is not linear.
static bool addLinear(AffineExpr expr, int64_t scale, LoopAccess &access) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    access.offset += scale * constant.getValue();
    return true;
  }
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    access.strides[dim.getPosition()] += scale;
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return addLinear(binary.getLHS(), scale, access) &&
           addLinear(binary.getRHS(), scale, access);
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  return binary.getKind() == AffineExprKind::Mul && factor &&
         addLinear(binary.getLHS(), scale * factor.getValue(), access);
}

std::optional<LoopAccess> accessThrough(AffineMap map, Type type,
                                        Bounds bounds) {
  LoopAccess access;
  access.bounds = std::move(bounds);
  access.strides.assign(map.getNumDims(), 0);
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped)
    return access;
  if (!shaped.hasRank() || shaped.getRank() != map.getNumResults())
    return std::nullopt;
  SmallVector<int64_t> shape = boundsShape(type);
  int64_t stride = 1;
  for (int64_t dim = shaped.getRank() - 1; dim >= 0; --dim) {
    if (shaped.isDynamicDim(dim)) {
      auto loop = dyn_cast<AffineDimExpr>(map.getResult(dim));
      access.unknownSizes.push_back(loop ? std::optional(loop.getPosition())
                                         : std::nullopt);
    } else if (!addLinear(map.getResult(dim), stride, access)) {
      return std::nullopt;
    }
    stride *= shape[dim];
  }
  return access;
}

bool isBatched(const LoopNest &nest) {
  ArrayRef<std::optional<unsigned>> unknown = nest.output.unknownSizes;
  if (unknown.empty())
    return llvm::all_of(nest.inputs, [](const LoopAccess &input) {
      return input.unknownSizes.empty();
    });
  std::optional<unsigned> batch = unknown.front();
  if (!batch || nest.reduced[*batch])
    return false;
  // A stride of the batch is the index of a dimension of known size.
  auto isSlice = [&](const LoopAccess &access) {
    return access.strides[*batch] == 0 &&
           (access.unknownSizes.empty() ||
            (access.unknownSizes.size() == 1 &&
             access.unknownSizes.front() == batch));
  };
  return isSlice(nest.output) && llvm::all_of(nest.inputs, isSlice);
}

std::vector<int64_t> offsetsOver(const LoopNest &nest, const LoopAccess &access,
                                 bool reduced) {
  std::vector<int64_t> offsets = {0};
  for (auto [loop, extent] : llvm::enumerate(nest.extents)) {
    if (nest.reduced[loop] != reduced)
      continue;
    std::vector<int64_t> next;
    next.reserve(offsets.size() * extent);
    for (int64_t offset : offsets)
      for (int64_t i = 0; i < extent; ++i)
        next.push_back(offset + i * access.strides[loop]);
    offsets = std::move(next);
  }
  return offsets;
}

bool isUniform(const LoopNest &nest) {
  return nest.output.bounds.isSplat() &&
         llvm::all_of(nest.inputs, [](const LoopAccess &input) {
           return input.bounds.isSplat();
         });
}

} // namespace act

//===- TensorLayout.h - Bounds moved by changes of shape -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_TENSORLAYOUT_H
#define ACT_LIB_ANALYSIS_TENSORLAYOUT_H

#include "act/Analysis/BoundsOpInterface.h"

namespace act {

/// A strided box of elements inside a row-major array.
struct StridedBox {
  llvm::SmallVector<int64_t> sizes;
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides; ///< in elements, one per dimension

  /// The positions of the elements, row-major within the box.
  std::vector<int64_t> positions() const;
};

/// The box of `sizes` elements per dimension of an array of `shape` that
/// starts at `offsets` and takes every `steps`-th index.
StridedBox boxIn(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> offsets,
                 llvm::ArrayRef<int64_t> sizes, llvm::ArrayRef<int64_t> steps);

/// The same; nothing where an index lies outside of the array.
std::optional<StridedBox> boxWithin(llvm::ArrayRef<int64_t> shape,
                                    llvm::ArrayRef<int64_t> offsets,
                                    llvm::ArrayRef<int64_t> sizes,
                                    llvm::ArrayRef<int64_t> steps);

/// The elements of `source` inside `box`.
Bounds gather(const Bounds &source, const StridedBox &box);
/// `target` with the elements of `source`, in order, at `box`.
void scatter(const Bounds &source, const StridedBox &box,
             std::vector<Element> &target);

// Movements keep a dimension of unknown size whole: index i of the result is
// index i of the source. Where it is not, all that is known is anyElement().

/// A value of which only the type changes, row-major order kept.
Transfer reshaped(const Bounds &source, mlir::Type from, mlir::Type to);
/// A value of which only the knowledge of its sizes changes.
Transfer recast(const Bounds &source, mlir::Type from, mlir::Type to);
/// The dimensions of `from` in the order `permutation`.
Transfer transposed(const Bounds &source, mlir::Type from, mlir::Type to,
                    llvm::ArrayRef<int64_t> permutation);
/// An array of type `to` around one of type `from`, with `low` and `high`
/// elements before and after it; nothing if it is padded along an unknown size.
std::optional<Bounds> padded(const Bounds &source, mlir::Type from,
                             mlir::Type to, llvm::ArrayRef<int64_t> low,
                             llvm::ArrayRef<int64_t> high,
                             const Element &padding);
/// Arrays put behind each other along `axis`.
Transfer concatenated(llvm::ArrayRef<Bounds> sources, mlir::TypeRange from,
                      mlir::Type to, int64_t axis);
/// What holds for every element, if no better is known.
Bounds anyElement(const Bounds &source);
/// Whether the types have the same dimensions of unknown size, and few enough
/// elements to have an entry for each.
bool haveSameUnknownSizes(mlir::Type a, mlir::Type b);

} // namespace act

#endif // ACT_LIB_ANALYSIS_TENSORLAYOUT_H

//===- LoopNest.h - An op as loops over tensors ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Matmul, convolution, pooling, transpose and elementwise ops are all a loop
// nest: operands read at affine functions of the loop indices, a body, and a
// result that is written once or accumulated. One evaluator serves them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_LOOPNEST_H
#define ACT_ANALYSIS_LOOPNEST_H

#include "act/Analysis/ElementFunction.h"
#include "mlir/IR/AffineMap.h"

namespace act {

/// A value read or written at a linear function of the loop indices.
struct LoopAccess {
  Bounds bounds; ///< of what is read
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides; ///< one per loop
  /// For each dimension of unknown size the loop whose index it has; none where
  /// its index is another function of them.
  llvm::SmallVector<std::optional<unsigned>, 1> unknownSizes;
};

/// The access of a value of `type` through `map`; nothing if the map is not
/// linear. A dimension of unknown size is one entry: its index is dropped.
std::optional<LoopAccess> accessThrough(mlir::AffineMap map, mlir::Type type,
                                        Bounds bounds);

/// How the values of one result element become it.
enum class Reduction { None, Sum, Maximum, Minimum };

struct LoopNest {
  llvm::SmallVector<int64_t> extents;
  llvm::SmallVector<bool> reduced; ///< per loop
  /// Whether a loop that is reduced has an unknown extent.
  bool endless = false;
  llvm::SmallVector<LoopAccess> inputs;
  LoopAccess output; ///< its bounds are those of the start value
  int64_t outputSize = 1;
  Reduction reduction = Reduction::None;
  /// Term over the inputs (and, without reduction, the old output value as the
  /// last leaf).
  std::optional<ElementFunction> term;
  /// The formats in which the terms round and a sum is accumulated.
  llvm::SmallVector<Format, 2> formats = {Format::F32};
  /// That to which a sum is rounded at last, if it is another.
  std::optional<Format> resultFormat;
};

/// Whether a dimension of unknown size is a batch: the result has at most one,
/// and each of its indices is computed from that index of the operands that
/// have one, and from operands without.
bool isBatched(const LoopNest &nest);

/// The offsets, relative to its own, that an access visits over the loops that
/// are, or are not, reduced; row-major.
std::vector<int64_t> offsetsOver(const LoopNest &nest, const LoopAccess &access,
                                 bool reduced);

/// Whether every result element is computed from the same bounds.
bool isUniform(const LoopNest &nest);
/// What is known of the elements of the result, as executed under `semantics`.
Bounds evaluate(const LoopNest &nest, Semantics semantics);
/// The same of several. Those that are one op at different bounds of its
/// operands read its weights once for all.
std::vector<Bounds> evaluate(llvm::ArrayRef<const LoopNest *> nests,
                             Semantics semantics);

} // namespace act

#endif // ACT_ANALYSIS_LOOPNEST_H

//===- NarrowDimension.h - Values without some of their indices -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Computes a tensor without some indices of one dimension, by ops that never
// compute them, back to the constants. Exact: what is left is computed by the
// same operations in the same order.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_NARROWDIMENSION_H
#define ACT_LIB_TRANSFORMS_NARROWDIMENSION_H

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallBitVector.h"

namespace act {

/// Erases `op` if nothing uses it, and then what it alone used.
void eraseUnused(mlir::RewriterBase &rewriter, mlir::Operation *op);

class NarrowDimension {
public:
  /// `drop` has a bit for each index of the dimension.
  NarrowDimension(mlir::RewriterBase &rewriter,
                  const llvm::SmallBitVector &drop)
      : rewriter(rewriter), drop(drop) {}

  /// Plans to compute `value` without the indices. Returns why it cannot be
  /// done, or nothing.
  llvm::StringRef plan(mlir::Value value, unsigned dim);
  /// The value that was planned.
  mlir::Value narrow(mlir::Value value);

private:
  llvm::StringRef visit(mlir::Value value, unsigned dim);
  llvm::StringRef visitOperands(mlir::Operation *op, unsigned dim);

  mlir::RewriterBase &rewriter;
  const llvm::SmallBitVector &drop;
  /// The dimension to narrow of each value.
  llvm::MapVector<mlir::Value, unsigned> dims;
  llvm::DenseMap<mlir::Value, mlir::Value> done;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_NARROWDIMENSION_H

//===- RowScores.h - Where rows read their scores --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ROWSCORES_H
#define ACT_LIB_TRANSFORMS_ROWSCORES_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace act {

/// Why the loops of rows do not compute `op` each time they read a score; null
/// where they do: it is a step or a few of arithmetic, and nothing else reads
/// it.
const char *reasonToStore(mlir::linalg::GenericOp op);

/// The scores of rows: a tensor, or what is computed of tensors element by
/// element, and has no reason to be stored.
class RowScores {
public:
  explicit RowScores(mlir::Value scores);

  /// Those of `lanes` elements from `position` on in the row at the indices
  /// `row`, where `mask`, if there is one, lets them through.
  mlir::Value read(mlir::ImplicitLocOpBuilder &b,
                   llvm::ArrayRef<mlir::Value> row, mlir::Value position,
                   int64_t lanes, mlir::Value mask) const;

private:
  mlir::Value scores;
  mlir::linalg::GenericOp source; ///< null where the scores are read
};

/// A vector of `lanes` elements of `tensor` from the last of `indices` on.
mlir::Value readLanes(mlir::ImplicitLocOpBuilder &b, mlir::Value tensor,
                      mlir::ValueRange indices, int64_t lanes,
                      mlir::Value mask);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ROWSCORES_H

//===- ElementwiseMarks.h - Activations that linalg vectorizes --*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ELEMENTWISEMARKS_H
#define ACT_LIB_TRANSFORMS_ELEMENTWISEMARKS_H

#include "mlir/IR/Operation.h"
#include <memory>

namespace act {

/// Upstream's vectorizer takes elementwise ops by their trait and makes them
/// anew without regions. Activations whose trait depends on where they stand (a
/// gate may be split along an axis), and maps, whose function is a region, are
/// replaced by act.apply meanwhile.
class ElementwiseMarks {
public:
  /// Replaces those on scalars of one type in the bodies of linalg ops.
  void mark(mlir::Operation *root);
  /// Puts the ops back, on whatever type the vectorizer gave them.
  void unmark(mlir::Operation *root);

private:
  /// Takes the region away from `op`; its place here.
  unsigned keepBody(mlir::Operation *op);

  llvm::SmallVector<std::unique_ptr<mlir::Region>> bodies;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ELEMENTWISEMARKS_H

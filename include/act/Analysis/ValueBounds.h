//===- ValueBounds.h - The bounds of every value of a program --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A forward data-flow analysis: from the domains of function arguments through
// straight-line code, branches, loops and calls.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_VALUEBOUNDS_H
#define ACT_ANALYSIS_VALUEBOUNDS_H

#include "act/Analysis/Bounds.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"

namespace mlir {
class DataFlowSolver;
} // namespace mlir

namespace act {

/// What is known of arguments of functions that anyone may call.
using ArgumentBounds = llvm::DenseMap<mlir::Value, Bounds>;

/// What is asked of a program.
enum class BoundsDetail {
  Elements, ///< the bounds of each element
  /// Which values are one number in all their elements: bounds that differ
  /// between elements are not computed, so that no weights are read.
  Numbers
};

class ValueBounds {
public:
  /// Analyses all code below `root`. An argument that is not in `arguments`
  /// is unknown.
  ValueBounds(mlir::Operation *root, const ArgumentBounds &arguments,
              Semantics semantics,
              BoundsDetail detail = BoundsDetail::Elements);
  /// The same for several boxes of arguments, at least one, in one go: weights
  /// are read once for all.
  static std::vector<ValueBounds> ofBoxes(mlir::Operation *root,
                                          llvm::ArrayRef<ArgumentBounds> boxes,
                                          Semantics semantics);

  /// The bounds of `value`; bottom where no execution arrives.
  Bounds lookup(mlir::Value value) const;

private:
  ValueBounds(std::shared_ptr<mlir::DataFlowSolver> solver, size_t box)
      : solver(std::move(solver)), box(box) {}

  std::shared_ptr<mlir::DataFlowSolver> solver; ///< of all boxes
  size_t box = 0;
};

/// Reports each weight below `root` that cannot be read: elided resources and
/// those whose size is not that of their type.
llvm::LogicalResult verifyWeights(mlir::Operation *root);

} // namespace act

#endif // ACT_ANALYSIS_VALUEBOUNDS_H

//===- BoundsOpInterface.h - How an op carries bounds ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_BOUNDSOPINTERFACE_H
#define ACT_ANALYSIS_BOUNDSOPINTERFACE_H

#include "act/Analysis/LoopNest.h"
#include "act/Relaxation/SourceSet.h"
#include "mlir/IR/OpDefinition.h"

namespace act {

/// How a result comes from the operands of its op.
struct Transfer {
  /// Within `bounds`; nothing more is known.
  Transfer(Bounds bounds) : bounds(std::move(bounds)) {}
  /// Computed by `loops` from the bounds that they read.
  Transfer(LoopNest loops) : loops(std::move(loops)) {}
  /// Each element is an element of an operand or a constant: `bounds` are
  /// theirs.
  static Transfer movement(Bounds bounds) {
    Transfer transfer(std::move(bounds));
    transfer.isMovement = true;
    return transfer;
  }

  /// What is known of the result.
  Bounds evaluate(Semantics semantics) const {
    return loops ? act::evaluate(*loops, semantics) : bounds;
  }

  Bounds bounds;
  /// What the elements of the result satisfy together; null: nothing.
  std::shared_ptr<const SourceSet> set;
  std::optional<LoopNest> loops;
  bool isMovement = false;
};

} // namespace act

#include "act/Analysis/BoundsOpInterface.h.inc"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// How the results of any op come from its operands: constants,
/// BoundsOpInterface, elementwise ops by their formula, row-wise ops and
/// initializers by their record; top for all others.
std::vector<Transfer> transferOf(mlir::Operation *op,
                                 llvm::ArrayRef<Bounds> operands,
                                 Semantics semantics);
/// Whether a difference of elements may be NaN, as in a softmax: infinite ones
/// may be among them.
bool mayDifferByNaN(const Bounds &bounds, Semantics semantics);
/// Whether `op` is one of these: nothing is known of the results of others.
bool hasTransfer(mlir::Operation *op);
/// What is known of the results of any op, for each of several boxes of its
/// operands; `bounds` are those of the values that the operands are computed
/// from, in a box.
std::vector<llvm::SmallVector<Bounds>>
inferBounds(mlir::Operation *op,
            llvm::ArrayRef<llvm::SmallVector<Bounds>> operands,
            Semantics semantics,
            llvm::function_ref<Bounds(mlir::Value, size_t box)> bounds);

/// Models of BoundsOpInterface for the ops of linalg, quant, tensor and
/// tosa.
void registerBoundsModels(mlir::DialectRegistry &registry);
void registerLinalgBounds(mlir::DialectRegistry &registry);
void registerQuantBounds(mlir::DialectRegistry &registry);
void registerTensorBounds(mlir::DialectRegistry &registry);
void registerTosaBounds(mlir::DialectRegistry &registry);

} // namespace act

#endif // ACT_ANALYSIS_BOUNDSOPINTERFACE_H

//===- BoundsOpInterface.h - How an op carries bounds ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_BOUNDSOPINTERFACE_H
#define ACT_ANALYSIS_BOUNDSOPINTERFACE_H

#include "act/Analysis/Bounds.h"
#include "mlir/IR/OpDefinition.h"

#include "act/Analysis/BoundsOpInterface.h.inc"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// The bounds of the results of any op: constants, BoundsOpInterface,
/// elementwise ops by their formula, row-wise ops and initializers by their
/// record; top for all others.
llvm::SmallVector<Bounds> inferBounds(mlir::Operation *op,
                                      llvm::ArrayRef<Bounds> operands,
                                      Semantics semantics);

/// Models of BoundsOpInterface for the ops of linalg, tensor and tosa.
void registerBoundsModels(mlir::DialectRegistry &registry);
void registerLinalgBounds(mlir::DialectRegistry &registry);
void registerTensorBounds(mlir::DialectRegistry &registry);
void registerTosaBounds(mlir::DialectRegistry &registry);

} // namespace act

#endif // ACT_ANALYSIS_BOUNDSOPINTERFACE_H

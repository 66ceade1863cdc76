//===- LinalgLoops.h - A structured op as a loop nest ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_LINALGLOOPS_H
#define ACT_LIB_ANALYSIS_LINALGLOOPS_H

#include "act/Analysis/LoopNest.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// The loops of `op` and what they read and write, given bounds of the
/// operands; without term and reduction. Nothing for buffers, for accesses that
/// are not linear, and where iterations meet at an element of the result.
std::optional<LoopNest> loopsOf(mlir::linalg::LinalgOp op,
                                llvm::ArrayRef<Bounds> operands,
                                unsigned result);

/// The arguments of the body that the nest's inputs and, last, the old output
/// element stand for.
llvm::SmallVector<mlir::Value> bodyLeaves(mlir::linalg::LinalgOp op,
                                          unsigned result);

/// How the body of an op with reduced loops accumulates a result, and what;
/// nothing if it is no known reduction.
std::optional<std::pair<Reduction, mlir::Value>>
reductionOf(mlir::linalg::LinalgOp op, unsigned result);

} // namespace act

#endif // ACT_LIB_ANALYSIS_LINALGLOOPS_H

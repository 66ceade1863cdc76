//===- RowNormalization.h - Rows divided by their norm ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product c_i g(q), where q is the sum of the squares of a row's c_i, has a
// norm of at most sup t g(t^2), however large its input is: sqrt(n) for the
// layer norm and the RMS norm of n elements. Told by what is computed, from the
// loops of the ops.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWNORMALIZATION_H
#define ACT_LIB_ANALYSIS_ROWNORMALIZATION_H

#include "act/Analysis/BoundsOpInterface.h"

namespace act {

/// In which set the rows of the result of `op` lie, as computed under
/// `semantics`; null if it is no such product. `bounds`, where given, are those
/// of the values before it: where the c_i are differences from the mean of a
/// row, the sum of a row is then known, too. (Of unbounded inputs it is not:
/// the mean of large numbers may be off by more than the numbers differ.)
std::shared_ptr<const SourceSet>
normalizedRows(mlir::Operation *op, Semantics semantics,
               llvm::function_ref<Bounds(mlir::Value)> bounds = nullptr);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWNORMALIZATION_H

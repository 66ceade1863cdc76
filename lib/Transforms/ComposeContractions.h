//===- ComposeContractions.h - One contraction for two ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_COMPOSECONTRACTIONS_H
#define ACT_LIB_TRANSFORMS_COMPOSECONTRACTIONS_H

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Makes one contraction of two with constant weights between which nothing but
/// constant biases are added, as an activation that was dropped leaves them:
/// W2 (W1 x + b1) + b2 = (W2 W1) x + (b2 + W2 b1), where that takes fewer
/// multiplications. Exact over the reals; the product of the weights and the
/// bias are rounded once. Remarks of `category` say where. Whether something
/// changed.
bool composeContractions(mlir::RewriterBase &rewriter, mlir::Operation *root,
                         llvm::StringRef category);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_COMPOSECONTRACTIONS_H

//===- RewriteInitializers.h - Laws of weights for relu layers -*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_REWRITEINITIALIZERS_H
#define ACT_LIB_TRANSFORMS_REWRITEINITIALIZERS_H

#include "act/Analysis/DeadUnits.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Changes the laws of weights of relu layers that are not drawn yet.
///
/// Wide networks: to He's scale, a variance of 2 / fan_in, of the same family:
/// the weights of one seed are multiplied by sqrt(2 / (fan_in variance)), which
/// is sqrt(6) from PyTorch's default and sqrt((fan_in + fan_out) / fan_in) from
/// Glorot's. Biases become 0.
///
/// Where the relu layers of a function are so narrow that some layer is silent
/// for every input with a probability above 0.01 by bornDeadUpperBound():
/// randomized asymmetric initialization of weights and biases (Lu et al., arXiv
/// 1903.06733); ops without a seed get one that follows from `seed`.
///
/// Remarks of `category` say what was done to each layer, or why not.
void rewriteInitializers(mlir::RewriterBase &rewriter,
                         llvm::ArrayRef<Layer> layers, uint64_t seed,
                         llvm::StringRef category);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_REWRITEINITIALIZERS_H

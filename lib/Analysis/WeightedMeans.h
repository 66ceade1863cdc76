//===- WeightedMeans.h - Sums weighted by probabilities --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What attention computes: sum_j p_j v_j, where the p_j are a row of a softmax.
// It lies between the least and the largest v_j, however many there are.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_WEIGHTEDMEANS_H
#define ACT_LIB_ANALYSIS_WEIGHTEDMEANS_H

#include "act/Analysis/BoundsOpInterface.h"

namespace act {

/// `known`, bounds of the result of `op`, which `loops` computes from
/// `operands`, with what follows where a factor of its products is such a row.
Bounds refineByWeights(mlir::Operation *op, const LoopNest &loops,
                       llvm::ArrayRef<Bounds> operands, const Bounds &known,
                       Semantics semantics);

} // namespace act

#endif // ACT_LIB_ANALYSIS_WEIGHTEDMEANS_H

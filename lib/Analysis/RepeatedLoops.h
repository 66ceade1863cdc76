//===- RepeatedLoops.h - Loops that compute the same again -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Weights of which only the law is known are the same for all units: to bound
// one unit of a layer costs its fan-in, and the others nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_REPEATEDLOOPS_H
#define ACT_LIB_ANALYSIS_REPEATEDLOOPS_H

#include "act/Analysis/LoopNest.h"

namespace act {

/// `nest` with one iteration of each loop that is not reduced and reads the
/// same bounds, those of the start value included, in all of them.
LoopNest withoutRepetitions(const LoopNest &nest);

/// The result of `nest`, given that of the nest without repetitions: exactly
/// what the repetitions would compute.
Bounds repeated(const LoopNest &nest, const LoopNest &once, Bounds result);

} // namespace act

#endif // ACT_LIB_ANALYSIS_REPEATEDLOOPS_H

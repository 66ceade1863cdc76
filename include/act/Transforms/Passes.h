//===- Passes.h - Passes of the compile road -------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES_H
#define ACT_TRANSFORMS_PASSES_H

#include "act/Analysis/DeadUnits.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class RewritePatternSet;
} // namespace mlir

namespace act {

/// Aggregated ops on tensors to what they say they are made of; with `keepRows`
/// but those that act-vectorize-rows has loops for.
void populateDecomposePatterns(mlir::RewritePatternSet &patterns,
                               bool keepRows = false);

/// Elementwise ops overwrite an operand that nothing else reads; exact.
void populateReuseOperandsPatterns(mlir::RewritePatternSet &patterns);

/// Contiguous dimensions of elementwise ops become one; exact.
void populateCollapseDimsPatterns(mlir::RewritePatternSet &patterns);

/// Conversions between f16 and wider formats to integer arithmetic; exact.
void populateExpandHalfConversionPatterns(mlir::RewritePatternSet &patterns);

/// How act-fix-dead-relu makes a unit fire.
enum class DeadReluFix {
  BiasLift,
  Recentre,
  SignFlip,
  CentreInputs,
  Reinitialize,
  Leaky,
  Replace,
  Initialize
};

#define GEN_PASS_DECL
#include "act/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "act/Transforms/Passes.h.inc"

} // namespace act

#endif // ACT_TRANSFORMS_PASSES_H

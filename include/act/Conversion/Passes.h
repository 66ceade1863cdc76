//===- Passes.h - Conversions from and to the dialect ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_PASSES_H
#define ACT_CONVERSION_PASSES_H

#include "act/IR/Emission.h"
#include "mlir/Pass/Pass.h"
#include <memory>

namespace mlir {
class RewritePatternSet;
} // namespace mlir

namespace act {

struct Isa;

#define GEN_PASS_DECL
#include "act/Conversion/Passes.h.inc"

/// Expands act ops on scalars, vectors and static tensors to arith and math.
/// Exact up to the rounding of the expansion; see act-to-math. So it does with
/// elementary functions of other dialects, unless `elementary` is Math.
/// `elementary` is that of emitFormula().
void populateActToMathPatterns(mlir::RewritePatternSet &patterns,
                               Elementary elementary = Elementary::Math);

/// Lowers act ops on ranked tensors to linalg with scalar act ops inside.
/// Exact but for row-wise ops, whose sums round.
void populateActToLinalgPatterns(mlir::RewritePatternSet &patterns,
                                 bool keepRows = false);

/// `isa` is a row of the table and outlives the patterns.
void populateSynthesizedToVectorPatterns(mlir::RewritePatternSet &patterns,
                                         const Isa &isa);

#define GEN_PASS_REGISTRATION
#include "act/Conversion/Passes.h.inc"

} // namespace act

#endif // ACT_CONVERSION_PASSES_H

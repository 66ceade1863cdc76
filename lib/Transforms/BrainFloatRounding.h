//===- BrainFloatRounding.h - f32 rounded to bf16 by integers -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_BRAINFLOATROUNDING_H
#define ACT_TRANSFORMS_BRAINFLOATROUNDING_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Whether integer arithmetic rounds as `narrow` asks: f32 to bf16, to nearest,
/// ties to even or away from 0.
bool roundsToBrainFloat(mlir::arith::TruncFOp narrow);

/// The patterns of f32, as i32 in the shape of the operand of `narrow`, whose
/// upper halves are its result; the lower halves are anything. With
/// `keepsPayload` the target gives the NaN of an operand where it has one, and
/// one with an empty lower half where it has none, as x86 does: then NaNs are
/// tested for only where one from elsewhere may come. Requires
/// roundsToBrainFloat(narrow).
mlir::Value roundToUpperHalf(mlir::PatternRewriter &rewriter,
                             mlir::arith::TruncFOp narrow, bool keepsPayload);

/// Roundings to bf16 of scalars and of vectors in any order. They give the bits
/// that those of paired vectors give.
void populateBrainFloatRoundingPatterns(mlir::RewritePatternSet &patterns,
                                        bool keepsPayload);

} // namespace act

#endif // ACT_TRANSFORMS_BRAINFLOATROUNDING_H

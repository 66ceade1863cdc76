//===- BrainFloatPairs.h - bf16 by even and odd lanes -----------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A bf16 is the upper half of an f32. Of a register of them, seen as integers
// of 32 bits, a shift makes the even lanes f32 and a mask the odd ones; to
// spread them in order takes a permutation besides, and to gather them again
// several. Where lanes do not meet, their order does not matter:
// `act-pair-brain-floats` brings what is loaded into this order and what is
// stored back from it, by shuffles, and the conversions take the shuffles in
// when they are expanded.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_BRAINFLOATPAIRS_H
#define ACT_TRANSFORMS_BRAINFLOATPAIRS_H

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Conversions between f32 and bf16 of paired vectors as integer arithmetic,
/// for targets that are little-endian and give the NaN of an operand where it
/// has one. They round to nearest, keep subnormals and the payload of a NaN
/// that comes from a bf16; another NaN becomes 0x7fc0.
void populateBrainFloatPairPatterns(mlir::RewritePatternSet &patterns);

} // namespace act

#endif // ACT_TRANSFORMS_BRAINFLOATPAIRS_H

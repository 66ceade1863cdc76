//===- RowLoops.h - Vector loops over rows of probabilities ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ROWLOOPS_H
#define ACT_LIB_TRANSFORMS_ROWLOOPS_H

#include "act/Approx/Synthesis.h"
#include "act/IR/Act.h"
#include <optional>

namespace act {

/// How rows become loops.
struct RowLoopShape {
  int64_t lanes;     ///< elements of a register of the type that is computed in
  unsigned unroll;   ///< registers a step of a main loop handles
  bool fuses;        ///< the target has fused multiply-add
  bool keepsDigits;  ///< what differences and sums round off is kept, else
                     ///< results in f32 are some ulps off
  bool lanesInOrder; ///< sums over the lanes of a register in their order
  /// Of exp() for the element type; none where the instruction set has no form.
  std::optional<SynthesizedForm> exponential;
};

/// Why there are no loops for `op`; null where there are: its form is one of
/// probabilities, its rows lie innermost, and its scores are its operand.
const char *reasonAgainstRowLoops(RowwiseOpInterface op);
/// The same but for the scores, which may be computed apart.
const char *reasonAgainstSeparateScores(RowwiseOpInterface op);

/// The result of `op`, which has no reason against it, by loops at the
/// builder's place: for each row its largest score m, the sum of all weights
/// exp(s - m), and the results.
mlir::Value buildRowLoops(mlir::OpBuilder &builder, RowwiseOpInterface op,
                          const RowLoopShape &shape);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ROWLOOPS_H

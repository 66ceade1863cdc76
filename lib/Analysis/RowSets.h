//===- RowSets.h - Sets in which rows of tensors lie -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is computed lies near the set that it lies in over the reals. The sets
// here hold for both.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWSETS_H
#define ACT_LIB_ANALYSIS_ROWSETS_H

#include "act/Analysis/Bounds.h"
#include "act/Relaxation/SourceSet.h"
#include "mlir/IR/BuiltinTypes.h"
#include <memory>

namespace act {

/// The results of a softmax along `axis`, as computed in the format of `type`
/// or a finer one; null for rows of unknown size and where rounding leaves no
/// bound of the sum. A row may be 0 where `isEmptyRowZero`. Here and below
/// other unknown sizes count as 1, as in boundsShape().
std::shared_ptr<const SourceSet>
softmaxRows(mlir::ShapedType type, unsigned axis, bool isEmptyRowZero);
/// What is known of each of these results where `scores` bound what the softmax
/// is taken of, which are numbers as executed under `semantics`.
Bounds softmaxBounds(mlir::ShapedType type, unsigned axis, const Bounds &scores,
                     Semantics semantics);
/// Rows of one 1 and otherwise 0.
std::shared_ptr<const SourceSet> oneHotRows(mlir::ShapedType type,
                                            unsigned axis);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWSETS_H

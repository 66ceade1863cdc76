//===- RowNormalization.h - Rows divided by their norm ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product c_i g(q), where q is the sum of the squares of a row's c_i, has a
// norm of at most sup t g(t^2), however large its input is: sqrt(n) for the
// layer norm and the RMS norm of n elements, and the batch norm of n samples.
// The variance may also be the mean of the squares less the square of the mean.
// Told by what is computed, one scalar at a time, in whichever ops and bodies,
// perhaps with weights in between (ScaledRows.h).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWNORMALIZATION_H
#define ACT_LIB_ANALYSIS_ROWNORMALIZATION_H

#include "act/Analysis/BoundsOpInterface.h"

namespace act {

/// What sums of rows tell of a scalar that an op computes.
struct RowFact {
  /// In the body of a structured op, or the result of another.
  mlir::Value scalar;
  /// Of each element.
  Interval range;
  /// In which set the rows lie; null where only `range` is known.
  std::shared_ptr<const SourceSet> set;
  /// Whether it is surely no NaN.
  bool isNumber = false;

  /// Where `range` and `set` are those of numbers that no op computes, of which
  /// each element of the scalar is this function, off by at most `error`: a
  /// factor and an offset. Empty where they are those of the scalar.
  struct Image {
    Interval factor, offset;
  };
  std::vector<Image> images;
  double error = 0.0;
  /// Of an element of the scalar.
  Interval rangeOf(size_t element) const;

  /// Whether it is what the op computes in the end.
  bool isResult() const;
};

/// A normalised row among what `op` computes, as executed under `semantics`, or
/// the variance of one; nothing if there is none. `bounds`, where given, are
/// those of the values before it: where the c_i are differences from the mean
/// of a row, the sum of a row is then known, too, and a variance that is a
/// difference. (Of unbounded inputs they are not: the mean of large numbers may
/// be off by more than the numbers differ.)
std::optional<RowFact>
findRowFact(mlir::Operation *op, Semantics semantics,
            llvm::function_ref<Bounds(mlir::Value)> bounds = nullptr);

/// The loops of `op`, one that is no reduction, with the scalar of a fact as
/// one more input, the last: `elements` are its bounds.
std::optional<LoopNest> loopsBehind(const RowFact &fact, mlir::Operation *op,
                                    llvm::ArrayRef<Bounds> operands,
                                    Bounds elements, mlir::Value root);

/// `known`, bounds of the result of `op` or of the scalar `root` in its body,
/// with what such a fact tells of it.
Bounds refineByRows(mlir::Operation *op, llvm::ArrayRef<Bounds> operands,
                    const Bounds &known, mlir::Value root, Semantics semantics,
                    llvm::function_ref<Bounds(mlir::Value)> bounds);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWNORMALIZATION_H

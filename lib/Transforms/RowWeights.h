//===- RowWeights.h - Weights of the scores of a row ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ROWWEIGHTS_H
#define ACT_LIB_TRANSFORMS_ROWWEIGHTS_H

#include "RowLoops.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace act {

/// The weights exp(s - m) of scores times a number that m alone decides, and
/// their sums.
class RowWeights {
public:
  /// In two parts if they keep what they round off: whole + whole * growth.
  struct Parts {
    mlir::Value whole, growth;
  };

  /// Of rows of `element`, in registers of `lanes`.
  RowWeights(mlir::ImplicitLocOpBuilder &b, const RowLoopShape &shape,
             mlir::FloatType element, mlir::VectorType lanes);

  /// Of registers of scores, none of which is above `top`; `isNear` says that
  /// those of the whole row are near.
  llvm::SmallVector<Parts> of(llvm::ArrayRef<mlir::Value> scores,
                              mlir::Value top, bool isNear);
  /// Both parts together, as they are stored.
  mlir::Value joined(Parts weights);
  mlir::FloatType storeType() const;

  /// Whether weights of near scores take fewer steps.
  bool knowNear() const { return form; }
  /// Whether a row's scores are near. Then no quotient is less than exp(-42) by
  /// the row's length, and so none is subnormal.
  mlir::Value isNear(mlir::Value largest, mlir::Value least);
  /// From here on down a weight's quotient by the row's sum is 0 in f32.
  float vanishing() const;

  /// Sums of weights by lanes, to be carried along: without any, with `terms`,
  /// and at last of all lanes in f64. `isSmall` where that of the largest score
  /// is not among them: all others may be small beside it.
  llvm::SmallVector<mlir::Value> emptySums();
  llvm::SmallVector<mlir::Value>
  accumulate(mlir::ValueRange sums, llvm::ArrayRef<Parts> terms, bool isSmall);
  mlir::Value totalOf(llvm::ArrayRef<mlir::Value> sums);
  mlir::Value sumOfLanes(mlir::Value totals);
  /// The first of a register of weights, in f64.
  mlir::Value firstOf(Parts weights);

private:
  Parts partsOf(mlir::Value scores, mlir::Value top, bool isNear);
  llvm::SmallVector<mlir::Value>
  exponentialsOf(llvm::ArrayRef<mlir::Value> distances);
  mlir::Value splat(mlir::VectorType type, double value);
  mlir::Value widened(mlir::Value value);
  mlir::Value multiplyAdd(mlir::Value x, mlir::Value y, mlir::Value z);
  double aboveWeights() const;

  mlir::ImplicitLocOpBuilder &b;
  const RowLoopShape &shape;
  mlir::VectorType lanes, wideLanes;
  /// By which weights come in two parts; null where they do not.
  const ExponentialForm *form = nullptr;
  bool isNarrow; ///< of 16 bits
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ROWWEIGHTS_H

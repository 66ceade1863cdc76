//===- RowQuotients.h - Weights of a row by their sum ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ROWQUOTIENTS_H
#define ACT_LIB_TRANSFORMS_ROWQUOTIENTS_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace act {

/// Divides registers of weights by one number, a multiplication or, where
/// digits are kept, two. Where that might give a subnormal number of f32, which
/// takes instructions of some processors a hundred cycles, it goes by f64.
class RowQuotients {
public:
  /// Of weights of `lanes`, none of which is negative, by `total`; `share` is
  /// its reciprocal, or 0 where a quotient is, both of f64. Weights below
  /// `vanishing` are known to give 0.
  RowQuotients(mlir::ImplicitLocOpBuilder &b, mlir::VectorType lanes,
               mlir::Value total, mlir::Value share, bool keepsDigits,
               float vanishing);

  /// Each number by itself.
  llvm::SmallVector<mlir::Value> divide(llvm::ArrayRef<mlir::Value> weights);
  /// The same of weights of which no quotient is subnormal.
  llvm::SmallVector<mlir::Value>
  divideNormal(llvm::ArrayRef<mlir::Value> weights);

private:
  mlir::Value spread(mlir::Value scalar, mlir::FloatType type);
  void findSubnormalRange(mlir::Value total, mlir::Value share,
                          float vanishing);
  mlir::Value patternOf(mlir::Value weights);
  mlir::Value divide(mlir::Value weights);
  mlir::Value divideGradually(mlir::Value weights);
  mlir::Value isAnySubnormal(llvm::ArrayRef<mlir::Value> weights);

  mlir::ImplicitLocOpBuilder &b;
  mlir::VectorType lanes;
  /// 1 / total is high + low, with no low part where that does not show.
  mlir::Value high, low;
  /// Weights may give subnormal numbers if they are less than `end`, and their
  /// patterns less than `span` above `least`. Null where no weight does.
  mlir::Value end, least, span;
  mlir::Value wide; ///< 1 / total in f64
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ROWQUOTIENTS_H

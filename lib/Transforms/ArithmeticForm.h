//===- ArithmeticForm.h - Arithmetic that keeps an accuracy in f32 -*- C++ -*-//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ARITHMETICFORM_H
#define ACT_LIB_TRANSFORMS_ARITHMETICFORM_H

#include "act/Approx/Accuracy.h"
#include "act/Approx/LineProduct.h"
#include "mlir/IR/Builders.h"

namespace act {

/// A formula over variables and, after them, products of lines.
struct ArithmeticForm {
  Expression formula;
  std::vector<LineProductForm> products; ///< of variable 0
};

/// As what `formula`, arithmetic alone, is computed in f32, or in f64 for a
/// result of f64, and rounded to `format` so that it keeps `accuracy`: as it is
/// written, line by line or with products of lines.
std::optional<ArithmeticForm> planArithmetic(Expression formula, Format format,
                                             Accuracy accuracy);

/// `form` over `variables` of the format that it is computed in, or vectors of
/// it. Products take fused multiply-adds.
mlir::Value emitArithmetic(mlir::OpBuilder &builder, mlir::Location loc,
                           const ArithmeticForm &form,
                           llvm::SmallVector<mlir::Value> variables);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ARITHMETICFORM_H

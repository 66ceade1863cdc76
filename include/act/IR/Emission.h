//===- Emission.h - A formula as arith and math ops ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_EMISSION_H
#define ACT_IR_EMISSION_H

#include "act/Formula/Expression.h"
#include "mlir/IR/Builders.h"

namespace act {

/// Emits `formula` over `variables`, all of one type: a float, a vector or a
/// tensor of static shape. This is the reference lowering: it is accurate
/// before it is fast.
///
/// A formula that rounds more than once is computed in f64 for f16, bf16 and
/// f32, so that the result is within 0.51 ulp where libm is within some ulps.
/// Composites that overflow or cancel are emitted in a safe form, a NaN operand
/// gives NaN, and infinities give the limits.
///
/// With `selfContained`, elementary functions of a computation in f64 for a
/// narrower result become arith ops as well, instead of math ops that end as
/// calls of a library.
mlir::Value emitFormula(mlir::OpBuilder &builder, mlir::Location loc,
                        Expression formula, mlir::ValueRange variables,
                        bool selfContained = false);

/// The same, computed in the variables' own format with every digit kept that
/// this allows: its error is that of roundingErrorInUlps().
mlir::Value emitFormulaInFormat(mlir::OpBuilder &builder, mlir::Location loc,
                                Expression formula, mlir::ValueRange variables);

/// `value` extended or truncated to the float type `element`, elementwise.
mlir::Value convertFloat(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value value, mlir::FloatType element);

} // namespace act

#endif // ACT_IR_EMISSION_H

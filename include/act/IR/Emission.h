//===- Emission.h - A formula as arith and math ops ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_EMISSION_H
#define ACT_IR_EMISSION_H

#include "act/Formula/Expression.h"
#include "act/IR/Act.h"
#include "mlir/IR/Builders.h"

namespace act {

/// What elementary functions are made of.
enum class Elementary {
  Math,       ///< math ops, which may end as calls of a library
  Arith,      ///< arith ops, without fused multiply-add
  FusedArith, ///< arith ops and, in f64, math.fma, which is one instruction
};

/// Emits `formula` over `variables`, all of one type: a float, a vector or a
/// tensor of static shape. This is the reference lowering: it is accurate
/// before it is fast.
///
/// A formula that rounds more than once is computed in f64 for f16, bf16 and
/// f32, so that the result is within 0.52 ulp where libm is within some ulps
/// and no terms cancel that were rounded themselves: c x + d and x - c keep all
/// digits near their zeros. A constant that is no number of the format counts
/// as a rounding, but the factor of a formula that rounds once, which is within
/// 1.5 ulp then. Comparisons are exact with any constant.
/// For f64, made of arith ops, it is computed in sums of two f64 and is within
/// 1 ulp but near zeros that are no zeros of an argument. Composites that
/// overflow or cancel are emitted in a safe form, a NaN operand gives NaN, even
/// if the formula does not depend on it, infinities give the limits, and zeros
/// have the signs that they have from the operand's side.
mlir::Value emitFormula(mlir::OpBuilder &builder, mlir::Location loc,
                        Expression formula, mlir::ValueRange variables,
                        Elementary elementary = Elementary::Math);

/// The same, computed in the variables' own format with every digit kept that
/// this allows: its error is that of roundingErrorInUlps().
mlir::Value emitFormulaInFormat(mlir::OpBuilder &builder, mlir::Location loc,
                                Expression formula, mlir::ValueRange variables);

/// `type` with other elements: of a vector or tensor one of the same shape.
mlir::Type withElementType(mlir::Type type, mlir::Type element);

/// The constant `number`, or a splat of it in the shape of a shaped `type`.
mlir::Value constantLike(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Type type, mlir::TypedAttr number);

/// `value` extended or truncated to the float type `element`, elementwise.
mlir::Value convertFloat(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value value, mlir::FloatType element);

/// What the functions that a row of results is made of are asked for, in ulps;
/// twice that error is seen. No fast form of f32 has less.
inline constexpr double kUlpsOfRowParts = 0.8;
AccuracyAttr accuracyOfParts(mlir::MLIRContext *context);

/// The type in which rows of `element` are computed: f32 for 16-bit ones.
mlir::FloatType rowComputeType(mlir::FloatType element);

/// exp(x - top) = value * (1 + lost), with what the difference rounds off.
struct ExpBelow {
  mlir::Value value, lost;
};

/// Of floats that are not above `top`, or vectors of them. Error: that of
/// math.exp, asked for accuracyOfParts(). The value is NaN where both are the
/// same infinity, and 0 where x alone is -inf; `lost` is a number then.
ExpBelow emitExpBelow(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value x, mlir::Value top);

/// Whether each element's score is itself.
bool hasPlainScores(RowwiseOpInterface op);

/// What `op`, whose form is one of probabilities, is by way of an op of plain
/// scores, which a linalg op before it computes.
mlir::Value separateScores(RowwiseOpInterface op, mlir::OpBuilder &builder);

} // namespace act

#endif // ACT_IR_EMISSION_H

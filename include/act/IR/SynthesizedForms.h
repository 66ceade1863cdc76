//===- SynthesizedForms.h - Between forms and their ops --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_SYNTHESIZEDFORMS_H
#define ACT_IR_SYNTHESIZEDFORMS_H

#include "act/Approx/Synthesis.h"
#include "mlir/IR/Builders.h"

namespace act {

class ExponentialBelowOp;
class ExponentialLinearOp;
class ExponentialOp;
class LogDomainOp;
class PiecewiseOp;

/// The op of `form` on `x`, which is f32, f64 for a LogDomainForm, or a vector
/// of it; with `factor`, which needs a compensated PiecewiseForm, of its
/// product with that.
mlir::Value buildForm(mlir::OpBuilder &builder, mlir::Location loc,
                      const SynthesizedForm &form, mlir::Value x,
                      mlir::Value factor = {});

/// Scores that act.exponential_below calls near: its top is less than so far
/// from 0, and all others are at most so far below it.
constexpr float kNearTop = 210.0f, kNearSpan = 42.0f;

/// `form`, which has a table and is that of exp() itself, of `x` below `top`;
/// `error` as in a SynthesizedForm, `isNear` as the op's `near`.
ExponentialBelowOp buildExponentialBelow(mlir::OpBuilder &builder,
                                         mlir::Location loc,
                                         const ExponentialForm &form,
                                         double error, mlir::Value x,
                                         mlir::Value top, bool isNear);

/// The form that `op`, which verifies, carries.
PiecewiseForm formOf(PiecewiseOp op);
ExponentialForm formOf(ExponentialOp op);
ExponentialForm formOf(ExponentialBelowOp op);
ExponentialLinearForm formOf(ExponentialLinearOp op);
LogDomainForm formOf(LogDomainOp op);

} // namespace act

#endif // ACT_IR_SYNTHESIZEDFORMS_H

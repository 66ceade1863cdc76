//===- ScalarModels.h - Foreign ops as scalar functions --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ScalarFunctionOpInterface for the ops of dialects that act does not depend
// on, attached when such a dialect is loaded. A tool or pass that does not
// register them reads nothing through these ops. The second half is what the
// models share.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_SCALARMODELS_H
#define ACT_IR_SCALARMODELS_H

#include "act/Formula/Expression.h"
#include <optional>

namespace mlir {
class DialectRegistry;
class Operation;
} // namespace mlir

namespace act {

/// All of the below.
void registerScalarFunctions(mlir::DialectRegistry &registry);

/// The elementwise ops of tosa on floats.
void registerTosaScalarFunctions(mlir::DialectRegistry &registry);
/// The structured ops of linalg on tensors, where all loops are parallel.
void registerLinalgScalarFunctions(mlir::DialectRegistry &registry);

/// base^exponent for whole exponents up to 8 and for 1/2 and -1/2; others have
/// no primitive.
std::optional<Expression> power(Expression base, double exponent);

/// `then` where `condition`, an expression that is 1 or 0, is 1.
Expression selectBy(Expression condition, Expression then,
                    Expression otherwise);

/// The error in ulps of `op`, which rounds: `ulps`, but infinite where its
/// fast-math flags (all but nnan, ninf and nsz) allow a compiler to compute
/// something else, such as a fused or reordered operation.
double errorUnderFastMath(mlir::Operation *op, double ulps);

/// For a call of libm: the manual of glibc ("Known Maximum Errors in Math
/// Functions") lists no error above 8 ulp for these functions on x86-64; this
/// is twice that.
inline constexpr double kLibraryErrorInUlps = 16.0;

} // namespace act

#endif // ACT_IR_SCALARMODELS_H

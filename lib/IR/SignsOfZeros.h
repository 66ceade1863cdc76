//===- SignsOfZeros.h - Which side a zero belongs to ------------*- C++ -*--
//===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_SIGNSOFZEROS_H
#define ACT_LIB_IR_SIGNSOFZEROS_H

#include "act/Formula/Expression.h"
#include "mlir/IR/Builders.h"

namespace act {

/// How x, or |x|, is compared with 0 in where(x < 0, f, g) and its like.
enum class ZeroSides {
  AsWritten, ///< both zeros take the side that the comparison says
  Swapped,   ///< both take the other one: < as <=, <= as <
  BySign     ///< -0 is negative and 0 is positive
};

/// The comparison that gives zeros the signs they have from their sides. For
/// where(x > 0, x, a x) with a < 0, which is never negative, 0 is no -0 then.
/// Two functions of x that differ at 0 by more than a sign are as written.
ZeroSides zeroSidesOf(Expression where);

/// Whether the sign of x is minus, or plus, that of a zero or NaN included.
mlir::Value hasSign(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value x,
                    bool isNegative);

} // namespace act

#endif // ACT_LIB_IR_SIGNSOFZEROS_H

//===- FloatFormat.h - Between MLIR's and Formula's floats -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_FLOATFORMAT_H
#define ACT_IR_FLOATFORMAT_H

#include "act/Formula/ExactValue.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/APFloat.h"

namespace act {

/// The format of `type` or of its elements; nothing for other types.
std::optional<Format> formatOf(mlir::Type type);
/// The type of numbers of `format`.
mlir::FloatType floatType(mlir::MLIRContext *context, Format format);
/// Is `type`, or that of its elements, a float of 8 bits on which activations
/// of one variable are defined?
bool isFloat8(mlir::Type type);
/// `value` in the semantics of `type`, rounded to nearest.
llvm::APFloat toAPFloat(double value, mlir::FloatType type);
/// `value` as a double; exact for f64 and for narrower formats.
double toDouble(llvm::APFloat value);

/// The value of `formula`, of one variable, at `x`, rounded once to `type`, of
/// which `x` is a number: an element type of elementwise activations. As
/// exactValue; a format without infinity has NaN beyond its largest number, one
/// without -0 has 0.
llvm::APFloat roundedValue(Expression formula, const llvm::APFloat &x,
                           mlir::FloatType type);

} // namespace act

#endif // ACT_IR_FLOATFORMAT_H

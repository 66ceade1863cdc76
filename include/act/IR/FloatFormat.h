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
/// `value` in the semantics of `type`, rounded to nearest.
llvm::APFloat toAPFloat(double value, mlir::FloatType type);
/// `value` as a double; exact for f16, bf16, f32 and f64.
double toDouble(llvm::APFloat value);

} // namespace act

#endif // ACT_IR_FLOATFORMAT_H

//===- ScalarReader.h - Reads IR as a formula ------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function reads mixed chains of act, arith, math and tosa ops, through
// ScalarFunctionOpInterface: what raising, fusing, bounds and act.map share.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_SCALARREADER_H
#define ACT_IR_SCALARREADER_H

#include "act/Formula/Format.h"
#include "act/IR/ActInterfaces.h"
#include "llvm/ADT/DenseMap.h"

namespace act {

/// The number that `value` is everywhere: a constant scalar or splat, float or
/// integer.
std::optional<double> constantOf(mlir::Value value);

/// Whether `op` computes in a format that has every number of `format`: a
/// narrower one, or one that is not known, rounds what it is given.
bool keepsFormat(mlir::Operation *op, Format format);

/// Reads values as expressions over chosen leaves.
class ScalarReader {
public:
  /// Leaf i becomes variable i.
  explicit ScalarReader(mlir::ValueRange leaves);

  /// The function that computes `value` from the leaves, or nothing if an op
  /// on the way has no expression, or there is another leaf.
  std::optional<Expression> read(mlir::Value value);

  /// The IEEE value of `value` when the leaves have the given values, some of
  /// which may be NaN; nothing if unknown. Numbers are computed in f64.
  std::optional<double> evaluate(mlir::Value value,
                                 llvm::ArrayRef<double> leaves);

private:
  std::optional<double>
  evaluate(mlir::Value value,
           llvm::DenseMap<mlir::Value, std::optional<double>> &known);

  llvm::DenseMap<mlir::Value, unsigned> leafIndex;
  llvm::DenseMap<mlir::Value, std::optional<Expression>> memo;
};

/// Attaches ScalarFunctionOpInterface to the ops of arith and math; the act
/// dialect does so when it is loaded.
void attachArithScalarFunctions(mlir::MLIRContext &context);
void attachMathScalarFunctions(mlir::MLIRContext &context);

} // namespace act

#endif // ACT_IR_SCALARREADER_H

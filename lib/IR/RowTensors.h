//===- RowTensors.h - linalg ops over tensors of rows ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ROWTENSORS_H
#define ACT_LIB_IR_ROWTENSORS_H

#include "act/IR/Act.h"

namespace act {

/// Builds linalg ops over tensors of one shape and their rows' summaries, which
/// have all dimensions but the rows' own.
class RowTensors {
public:
  using BodyBuilder = mlir::function_ref<Value(OpBuilder &, mlir::ValueRange)>;

  RowTensors(RowwiseOpInterface op, OpBuilder &builder);

protected:
  static Value maximum(OpBuilder &b, mlir::ValueRange args);
  Value number(OpBuilder &b, double value);
  Value oneLike(OpBuilder &b, Value value);
  mlir::AffineMap identity() { return builder.getMultiDimIdentityMap(rank); }
  /// From the dims of an element to those of its row's summary.
  mlir::AffineMap withoutAxis() { return identity().dropResult(axis); }
  Value empty(bool summary, mlir::Type element);
  /// An elementwise op over tensors and summaries of their rows, or over
  /// summaries alone, of which `summary` makes another one.
  Value elementwise(mlir::ValueRange inputs, mlir::Type element,
                    BodyBuilder body, bool summary = false);
  /// A reduction of each row; `body` takes the element and the accumulator.
  Value reduce(Value rows, mlir::Type element, mlir::Attribute start,
               BodyBuilder body);
  Value reduce(Value rows, mlir::Type element, double start, BodyBuilder body);
  Value convertRows(Value rows, mlir::Type element);

  RowwiseOpInterface op;
  OpBuilder &builder;
  mlir::Location loc;
  int64_t axis;
  mlir::RankedTensorType input;
  int64_t rank;
  SmallVector<mlir::OpFoldResult> sizes;
  mlir::FloatType computed; ///< f32 for 16-bit elements, else their type
};

} // namespace act

#endif // ACT_LIB_IR_ROWTENSORS_H

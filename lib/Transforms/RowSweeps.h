//===- RowSweeps.h - Sweeps of vectors over rows ---------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ROWSWEEPS_H
#define ACT_LIB_TRANSFORMS_ROWSWEEPS_H

#include "RowLoops.h"
#include "RowScores.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace act {

/// Loops over the rows of an op, and over the registers of a row: whole steps
/// of several, and then one at a time, masked.
class RowSweeps {
public:
  RowSweeps(OpBuilder &builder, RowwiseOpInterface op,
            const RowLoopShape &shape);
  virtual ~RowSweeps() = default;

  /// The result of the op.
  Value build();

protected:
  /// Some registers of a row, from `position` on.
  struct Step {
    Value position;
    unsigned registers;
    Value mask; ///< null where all lanes lie in the row
  };
  using StepBody =
      mlir::function_ref<SmallVector<Value>(Step, mlir::ValueRange)>;

  /// Between which the scores of a row lie, NaN set aside: the weight of a NaN
  /// is one, which makes all results of the row NaN.
  struct Range {
    Value largest;
    Value least; ///< null unless seeksLeast(), and of a short row
  };

  virtual bool seeksLeast() const = 0;
  /// `result` with the row at hand computed. `meanwhile` builds what does not
  /// depend on it: to be called once where the row waits for a sum.
  virtual Value buildRow(Value result, Range range,
                         mlir::function_ref<void()> meanwhile) = 0;

  Value number(mlir::FloatType type, double value);
  Value splat(mlir::VectorType type, double value);
  /// In all lanes.
  Value broadcast(Value value);

  /// Whether a row is so short that it stays in registers: it has no loops
  /// then, nor would the canonicalizer leave any of one step.
  bool isShort() const;
  /// What `body` makes of `carried` over the row.
  SmallVector<Value> sweep(mlir::ValueRange carried, StepBody body);

  /// Where register `index` of a step lies in the row.
  Value positionOf(Step step, unsigned index);
  /// A register of a tensor of all rows, or of one.
  Value read(Value tensor, Value position, Value mask);
  Value write(Value values, Value tensor, Value position, Value mask);
  /// The registers of scores of a step, anything after the row's end.
  SmallVector<Value> scoresOf(Step step);
  /// `values` where `mask`, if there is one, lets them through, else `beyond`.
  Value within(Value mask, Value values, Value beyond);
  /// `mask`, where there is one, and `other`.
  Value both(Value mask, Value other);

  mlir::ImplicitLocOpBuilder b;
  RowwiseOpInterface op;
  RowScores scores; ///< found before the op's operand has other users
  const RowLoopShape &shape;
  mlir::RankedTensorType type;
  mlir::FloatType element, computed;
  mlir::VectorType lanes; ///< of the type that is computed in
  SmallVector<mlir::OpFoldResult> sizes;

private:
  Value index(int64_t value);
  SmallVector<Value>
  loop(Value from, Value to, int64_t step, mlir::ValueRange init,
       mlir::function_ref<SmallVector<Value>(Value, mlir::ValueRange)> body);
  SmallVector<Value> sweepRegisters(mlir::ValueRange carried, StepBody body);
  SmallVector<Value> sweepMemory(mlir::ValueRange carried, StepBody body);
  SmallVector<Value> indicesOf(Value tensor, Value position) const;
  /// The lanes from `position` on that lie in the row.
  Value lanesInRow(Value position);

  /// Of the result, in front of a branch in which the op is: so it may be that
  /// of the other branch, too, and lie where the caller wants it.
  Value createMemory();
  /// One loop for each dimension but the innermost.
  Value buildOuterLoop(size_t dim, Value result);
  Value buildLoopOfRows(Value result);
  /// Of the row at hand.
  SmallVector<Value> findRange();
  /// Of row `position` of the innermost loop, if it has so many.
  SmallVector<Value> findRangeAt(Value position, Value rows);
  static Range rangeOf(mlir::ValueRange found);

  SmallVector<Value> row; ///< indices of all dimensions but the innermost
  Value length;           ///< of a row
};

Value foldInPairs(SmallVector<Value> values,
                  mlir::function_ref<Value(Value, Value)> combine);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ROWSWEEPS_H

//===- Record.h - What defines an op of the dialect ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A record is the whole definition of an activation: name, variables,
// parameters and formula. The ops' TableGen files build one for each op; all
// code that serves every activation reads records and never an op's name.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_RECORD_H
#define ACT_IR_RECORD_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace act {

/// A parameter: an f64 attribute of the op.
struct Parameter {
  const char *name;
  std::optional<double> defaultValue; ///< none: the attribute is required
  /// The default as an exact number, where no double equals it (1/6).
  Expression (*exactDefault)();
};

/// An elementwise or gated activation.
struct Record {
  llvm::StringRef opName; ///< with the dialect's prefix
  llvm::ArrayRef<const char *> variables;
  llvm::ArrayRef<Parameter> parameters;
  const char *kinkSides; ///< see derivative() in Formula/Derivative.h
  Expression (*formula)(llvm::ArrayRef<Expression> variables,
                        llvm::ArrayRef<Expression> parameters);
  /// Whether the parameters are in the function's domain.
  bool (*admits)(llvm::ArrayRef<double> parameters);
  const char *requirement; ///< the text of `admits`
  const char *source;
};

/// How a row of scores becomes a row of results; see RowwiseOps.td.
enum class RowForm { Probability, LogProbability, FirstMaximum, Projection };
/// Which elements of a row take part: all, those where a mask is true, or as
/// many from the start as `lengths` says.
enum class RowSelection { Whole, Mask, Prefix };

/// A row-wise activation. The score is a formula over x and noise, if any.
struct RowRecord {
  llvm::StringRef opName;
  unsigned numVariables;
  llvm::ArrayRef<Parameter> parameters;
  Expression (*score)(llvm::ArrayRef<Expression> variables,
                      llvm::ArrayRef<Expression> parameters);
  bool (*admits)(llvm::ArrayRef<double> parameters);
  const char *requirement;
  RowForm form;
  RowSelection selection;
  bool emptyRowZero; ///< the default: a row without weight is 0, not NaN
};

/// The law of one element of an initializer.
struct WeightLaw {
  double mean = 0.0;
  double variance = 0.0;
  Interval support;       ///< contains every value drawn
  bool symmetric = false; ///< about 0
  /// Whether elements are independent and of one law.
  bool independent = true;
};

/// The values of the parameters on `op`, defaults included, in record order.
llvm::SmallVector<double> parametersOf(mlir::Operation *op,
                                       llvm::ArrayRef<Parameter> parameters);
/// The same as exact numbers.
llvm::SmallVector<Expression>
exactParameters(llvm::ArrayRef<Parameter> parameters,
                llvm::ArrayRef<double> values);

/// The formula of `record` at the parameters of `op`.
Expression expressionOf(mlir::Operation *op, const Record &record);
llvm::SmallVector<double> parametersOf(mlir::Operation *op,
                                       const Record &record);
/// The formula of `record` at the given parameter values over its variables.
Expression instantiate(const Record &record, llvm::ArrayRef<double> parameters);

/// All records of the loaded act dialect, in order of name.
llvm::SmallVector<const Record *> allRecords(mlir::MLIRContext *context);
llvm::SmallVector<const RowRecord *> allRowRecords(mlir::MLIRContext *context);
/// The record of `form`, one of probabilities, whose scores are its operand and
/// whose rows without weight are NaN.
const RowRecord *plainRowRecord(mlir::MLIRContext *context, RowForm form);

/// Builds the op of `record` with parameters that differ from the defaults as
/// attributes. All operands have the result's type.
mlir::Operation *createActivation(mlir::OpBuilder &builder, mlir::Location loc,
                                  const Record &record,
                                  mlir::ValueRange operands,
                                  llvm::ArrayRef<double> parameters);

/// Builds the op of `record`, of whole rows without parameters, on the rows of
/// `x` along `axis`.
mlir::Operation *createRowwise(mlir::OpBuilder &builder, mlir::Location loc,
                               const RowRecord &record, mlir::Value x,
                               int64_t axis);

} // namespace act

#endif // ACT_IR_RECORD_H

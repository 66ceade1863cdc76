//===- ActivationSupport.h - Bodies of the ops' methods ---------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Private to lib/IR: what the code generated from the records calls.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ACTIVATIONSUPPORT_H
#define ACT_LIB_IR_ACTIVATIONSUPPORT_H

#include "act/IR/Act.h"

namespace act {

/// `function` of `operands`, or nothing if one of them is not known.
std::optional<Expression>
substituteKnown(Expression function,
                llvm::ArrayRef<std::optional<Expression>> operands);
std::optional<Expression>
composeRecord(mlir::Operation *op, const Record &record,
              llvm::ArrayRef<std::optional<Expression>> operands);

/// An upper bound of the error of the activation `op` as Actinium compiles it,
/// in ulps: 0 where it selects among numbers of its format, else what its
/// attribute `accuracy` allows, or what is promised without one; infinite where
/// that is an absolute error.
double executedErrorOf(mlir::Operation *op, const Record &record);
mlir::LogicalResult verifyActivation(mlir::Operation *op, const Record &record);
/// NaN, a broken requirement, or nothing to say.
mlir::LogicalResult verifyParameters(mlir::Operation *op,
                                     llvm::ArrayRef<Parameter> parameters,
                                     bool (*admits)(llvm::ArrayRef<double>),
                                     llvm::StringRef requirement);
mlir::LogicalResult
verifyParameterValues(mlir::Operation *op, llvm::ArrayRef<Parameter> parameters,
                      llvm::ArrayRef<double> values,
                      bool (*admits)(llvm::ArrayRef<double>),
                      llvm::StringRef requirement);
/// The correctly rounded constant, if all operands are constants.
mlir::OpFoldResult foldActivation(mlir::Operation *op, const Record &record,
                                  llvm::ArrayRef<mlir::Attribute> operands);

mlir::LogicalResult verifyRowwise(mlir::Operation *op, const RowRecord &record);
mlir::FailureOr<llvm::SmallVector<mlir::Value>>
decomposeRows(RowwiseOpInterface op, mlir::OpBuilder &builder);
/// The sizes of the result, which are those of the first operand.
llvm::SmallVector<mlir::OpFoldResult> rowShape(RowwiseOpInterface op,
                                               mlir::OpBuilder &builder);
llvm::SmallVector<mlir::utils::IteratorType> rowLoops(RowwiseOpInterface op);
llvm::SmallVector<mlir::Range> rowDomain(RowwiseOpInterface op,
                                         mlir::OpBuilder &builder);
mlir::FailureOr<mlir::TilingResult>
tileRows(RowwiseOpInterface op, mlir::OpBuilder &builder,
         llvm::ArrayRef<mlir::OpFoldResult> offsets,
         llvm::ArrayRef<mlir::OpFoldResult> sizes);
mlir::LogicalResult
rowTilePosition(RowwiseOpInterface op, mlir::OpBuilder &builder,
                llvm::ArrayRef<mlir::OpFoldResult> offsets,
                llvm::ArrayRef<mlir::OpFoldResult> sizes,
                llvm::SmallVectorImpl<mlir::OpFoldResult> &resultOffsets,
                llvm::SmallVectorImpl<mlir::OpFoldResult> &resultSizes);

/// Adds what act ops canonicalize to; see Canonicalization.cpp.
void populateActivationCanonicalization(mlir::RewritePatternSet &patterns);

} // namespace act

#endif // ACT_LIB_IR_ACTIVATIONSUPPORT_H

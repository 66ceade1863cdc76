//===- RareBranch.h - Code for the rare lane --------------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_RAREBRANCH_H
#define ACT_IR_RAREBRANCH_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// Whether some lane of `lanes`, a vector of i1, is true.
mlir::Value emitIsAny(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value lanes);

/// `condition`, an i1 that the layout of the code takes for false.
mlir::Value emitRarely(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value condition);

/// The values of one of two pieces of code, which put their ops at `builder`.
llvm::SmallVector<mlir::Value>
emitBranch(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value condition,
           llvm::function_ref<llvm::SmallVector<mlir::Value>()> emitThen,
           llvm::function_ref<llvm::SmallVector<mlir::Value>()> emitElse);

/// The same of one value each.
mlir::Value emitBranch(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value condition,
                       llvm::function_ref<mlir::Value()> emitThen,
                       llvm::function_ref<mlir::Value()> emitElse);

} // namespace act

#endif // ACT_IR_RAREBRANCH_H

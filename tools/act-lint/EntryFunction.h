//===- EntryFunction.h - Which function is judged --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTLINT_ENTRYFUNCTION_H
#define ACT_TOOLS_ACTLINT_ENTRYFUNCTION_H

#include "mlir/IR/BuiltinOps.h"

/// Whether the module holds anything to judge.
bool hasFunction(mlir::ModuleOp module);

/// Leaves of `module` the public function `name` and what it calls; reports
/// where there is none of that name.
llvm::LogicalResult keepEntry(mlir::ModuleOp module, llvm::StringRef name);

#endif // ACT_TOOLS_ACTLINT_ENTRYFUNCTION_H

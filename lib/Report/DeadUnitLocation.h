//===- DeadUnitLocation.h - Where a layer stands in its file ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_DEADUNITLOCATION_H
#define ACT_LIB_REPORT_DEADUNITLOCATION_H

#include "mlir/IR/Location.h"
#include "mlir/IR/Operation.h"
#include <string>

namespace act {

/// The first place in a file that `location` names; null without one.
mlir::FileLineColLoc placeOf(mlir::Location location);

/// "file:line:column", or "unknown".
std::string describe(mlir::Location location);

/// The names of the symbols around `op` and its own, outermost first.
llvm::SmallVector<llvm::StringRef> symbolPath(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_REPORT_DEADUNITLOCATION_H

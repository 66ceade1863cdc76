//===- DeadUnitLocation.h - Where a layer stands in its file ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_DEADUNITLOCATION_H
#define ACT_LIB_REPORT_DEADUNITLOCATION_H

#include "mlir/IR/Location.h"
#include <string>

namespace act {

/// "file:line:column", or "unknown".
std::string describe(mlir::Location location);

} // namespace act

#endif // ACT_LIB_REPORT_DEADUNITLOCATION_H

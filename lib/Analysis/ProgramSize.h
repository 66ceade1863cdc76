//===- ProgramSize.h - How much work a program is --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_PROGRAMSIZE_H
#define ACT_LIB_ANALYSIS_PROGRAMSIZE_H

#include "mlir/IR/Operation.h"

namespace act {

/// The number of weights below `root`: the work of a run, roughly.
double countWeights(mlir::Operation *root);

/// Programs of more weights, 64 MiB of f32, are bounded op by op and tried at
/// points only, and estimates of them take no copies. To relax or to sample
/// their first layers would take longer than all else and tell next to nothing
/// of the others.
inline constexpr double kMaxRelaxedWeights = 0x1p24;

} // namespace act

#endif // ACT_LIB_ANALYSIS_PROGRAMSIZE_H

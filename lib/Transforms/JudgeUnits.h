//===- JudgeUnits.h - Verdicts for passes that rewrite layers --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_JUDGEUNITS_H
#define ACT_LIB_TRANSFORMS_JUDGEUNITS_H

#include "act/Analysis/DeadUnits.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/ADT/SmallBitVector.h"

namespace act {

/// What judgeUnits() needs loaded.
void registerVerdictDialects(mlir::DialectRegistry &registry);

/// Verdicts on the units below `root`, with domains as on the command line.
/// Fails with a diagnostic.
llvm::FailureOr<DeadUnitTable> judgeUnits(mlir::Operation *root,
                                          llvm::ArrayRef<std::string> domains,
                                          uint64_t budget, Semantics semantics);

/// How many units are named.
inline constexpr unsigned kListedUnits = 12;
/// "unit 3" or "units 1, 4": those that are set.
std::string listUnits(const llvm::SmallBitVector &units);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_JUDGEUNITS_H

//===- Suppressions.h - Findings that the program marks --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SUPPRESSIONS_H
#define ACT_LIB_ANALYSIS_SUPPRESSIONS_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// The entries of all attributes act.suppress of a program. An entry holds for
/// findings at its op and inside it; the innermost one counts.
class Suppressions {
public:
  /// Reads them at `root` and below. Reports a code that does not exist.
  static llvm::FailureOr<Suppressions> collect(mlir::Operation *root);

  /// Marks what is suppressed, and adds a finding for each entry that
  /// suppresses nothing, in the order of the program.
  void apply(std::vector<Finding> &findings);

private:
  struct Entry {
    mlir::Operation *op;
    llvm::StringRef code, reason;
    bool isUsed = false;
  };

  void suppress(Finding &finding);
  /// Adds the findings for unused entries: for those that are (or are not)
  /// about such findings themselves.
  void reportUnused(bool aboutUnused, std::vector<Finding> &findings);

  std::vector<Entry> entries;
  /// Indices of the entries at an op.
  llvm::DenseMap<mlir::Operation *, llvm::SmallVector<unsigned, 2>> at;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SUPPRESSIONS_H

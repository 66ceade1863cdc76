//===- Chains.h - Chains of ops from one value ------------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_CHAINS_H
#define ACT_LIB_CONVERSION_RAISETOACT_CHAINS_H

#include "act/IR/ActInterfaces.h"

namespace act {

/// The ops of one block that compute `root` from `leaf` and constants.
struct Chain {
  mlir::Operation *root;
  mlir::Value leaf;
  llvm::SmallVector<mlir::Operation *> ops; ///< the root first
};

/// The chains that end in `root`, the longest first. Leaf and root have the
/// same float type, and no value between is of less precision.
llvm::SmallVector<Chain> chainsEndingAt(mlir::Operation *root);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_CHAINS_H

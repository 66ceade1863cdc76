//===- RaiseRemarks.h - What raising tells its user ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_RAISEREMARKS_H
#define ACT_LIB_CONVERSION_RAISETOACT_RAISEREMARKS_H

#include "Chains.h"
#include "RecordMatcher.h"
#include "Rows.h"

namespace act {

/// A chain becomes an activation: with what difference, on NaN and infinities.
void remarkRaised(const Chain &chain, const Resemblance &match, Format format);
void remarkRaised(mlir::Operation *root, const RowMatch &match);
/// A chain is an activation of the reals but may not become one.
void remarkRefused(const Chain &chain, const RecordMatch &match,
                   llvm::StringRef reason);
void remarkRefused(mlir::Operation *root, llvm::StringRef reason);
/// A chain is nearly an activation.
void remarkNear(mlir::Operation *root, const Resemblance &near, Format format);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_RAISEREMARKS_H

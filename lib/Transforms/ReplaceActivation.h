//===- ReplaceActivation.h - Another activation for relu --------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_REPLACEACTIVATION_H
#define ACT_LIB_TRANSFORMS_REPLACEACTIVATION_H

#include "act/Analysis/ActivationSites.h"
#include "act/IR/RecordTable.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Whether a site computes max(x, 0), however it is spelt.
bool isRelu(const ActivationSite &site);

/// The record of max(x, slope x), 0 < slope < 1.
std::optional<RecordMatch> findLeaky(mlir::MLIRContext *context, double slope);

/// The record of one variable with the name `name`, "act." or not, at its
/// defaults. Fails with a diagnostic where there is none, where a parameter has
/// no default, and where it has a zone without a gradient itself.
llvm::FailureOr<RecordMatch> findLively(mlir::Operation *root,
                                        llvm::StringRef name);

/// Applies `activation` to the leaf of `site`, in place of what is applied.
void replaceActivation(mlir::RewriterBase &rewriter, const ActivationSite &site,
                       const RecordMatch &activation);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_REPLACEACTIVATION_H

//===- UnitDimension.h - Which dimension counts units -----------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_UNITDIMENSION_H
#define ACT_LIB_ANALYSIS_UNITDIMENSION_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>

namespace act {

/// Whether a value is that of a leaf, or computed from leaves alone in a few
/// ops.
bool isComputedFrom(mlir::Value value,
                    llvm::function_ref<bool(mlir::Operation *)> isLeaf);

/// The dimension of `type` that counts units, for a layer whose pre-activation
/// is `origin` or computed from it elementwise: see findActivationSites().
std::optional<unsigned> unitDimension(mlir::Type type, mlir::Value origin);

} // namespace act

#endif // ACT_LIB_ANALYSIS_UNITDIMENSION_H

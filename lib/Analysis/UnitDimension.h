//===- UnitDimension.h - Which dimension counts the units of a layer --*- C++
//-*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_UNITDIMENSION_H
#define ACT_LIB_ANALYSIS_UNITDIMENSION_H

#include "mlir/IR/Value.h"
#include <optional>

namespace act {

/// The dimension of `type` that counts units, for a layer whose pre-activation
/// is `origin` or computed from it elementwise: see findActivationSites().
std::optional<unsigned> unitDimension(mlir::Type type, mlir::Value origin);

} // namespace act

#endif // ACT_LIB_ANALYSIS_UNITDIMENSION_H

//===- ZeroPaths.h - Where a layer's zeros go -------------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Between a layer and the contraction that reads it often lie ops that treat
// each unit by itself, as pooling does: a unit that is 0 everywhere stays so.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_ZEROPATHS_H
#define ACT_LIB_TRANSFORMS_ZEROPATHS_H

#include "mlir/IR/Value.h"

namespace act {

/// A value with a dimension that counts units.
struct UnitValue {
  mlir::Value value;
  unsigned dim;
};

/// The last value that `output` alone becomes by ops of which each unit depends
/// on itself and is 0 everywhere where it was: of pooling, padding with zeros,
/// and functions with f(0) = 0.
UnitValue followZeros(UnitValue output);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_ZEROPATHS_H

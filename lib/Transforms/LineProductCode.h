//===- LineProductCode.h - f32 code of products of lines -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_LINEPRODUCTCODE_H
#define ACT_LIB_TRANSFORMS_LINEPRODUCTCODE_H

#include "act/Approx/LineProduct.h"
#include "mlir/IR/Builders.h"

namespace act {

/// `form` at `x`, an f32 or a vector of it. Takes fused multiply-adds.
mlir::Value emitLineProduct(mlir::OpBuilder &builder, mlir::Location loc,
                            const LineProductForm &form, mlir::Value x);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LINEPRODUCTCODE_H

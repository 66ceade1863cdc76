//===- ContractedProducts.h - Products added unrounded ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A target may compute a * b + c of one body with one rounding or with two, and
// decide otherwise in the next body. What is stored in a tensor between them is
// rounded.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_CONTRACTEDPRODUCTS_H
#define ACT_LIB_ANALYSIS_CONTRACTEDPRODUCTS_H

#include "mlir/IR/Operation.h"

namespace act {

/// Whether `op` may add a product of the same body before it is rounded, as far
/// as is known: executed twice it may then give two numbers.
bool mayAddProducts(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_ANALYSIS_CONTRACTEDPRODUCTS_H

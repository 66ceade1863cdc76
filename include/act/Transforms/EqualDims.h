//===- EqualDims.h - Dynamic dimensions that are equal ----------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_EQUALDIMS_H
#define ACT_TRANSFORMS_EQUALDIMS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace act {

/// A dimension of an argument.
struct ArgumentDim {
  unsigned argument, dim;
};

/// Sets of argument dimensions of `function` that its elementwise, linalg and
/// act ops take to be equal. A caller that passes others has undefined
/// behaviour. Sets of one are left out; ops of other kinds tie nothing.
llvm::SmallVector<llvm::SmallVector<ArgumentDim>>
equalArgumentDims(mlir::func::FuncOp function);

} // namespace act

#endif // ACT_TRANSFORMS_EQUALDIMS_H

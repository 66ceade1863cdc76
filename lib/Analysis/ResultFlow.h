//===- ResultFlow.h - Which results depend on inputs, and how --*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a value may depend on: on the operands of the op that computes it, on
// the conditions of the branches that decide whether and how often it is
// computed, and on memory that was written before. All memory counts as one
// place, and a value counts as dependent where it may be.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_RESULTFLOW_H
#define ACT_LIB_ANALYSIS_RESULTFLOW_H

#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

namespace act {

class ResultFlow {
public:
  /// The results of the function around `op` that depend on its arguments, but
  /// only through `op`: never too many.
  llvm::SmallVector<unsigned> resultsThrough(mlir::Operation *op);

private:
  /// The results of a function that may depend on its arguments.
  llvm::DenseMap<mlir::Operation *, llvm::BitVector> dependent;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_RESULTFLOW_H

//===- OperandOrder.h - Values in an order of their operands ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_OPERANDORDER_H
#define ACT_LIB_ANALYSIS_OPERANDORDER_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseSet.h"

namespace act {

/// Computes what `known` is to hold of `root`, after what it holds of the
/// values that `partsOf` names, in their order and without recursion: a chain
/// of ops may be longer than the stack is deep. Of values that lead back to
/// themselves one is computed before its parts.
template <typename Known, typename PartsOf, typename Compute>
void computeInOrder(mlir::Value root, const Known &known, PartsOf partsOf,
                    Compute compute) {
  llvm::SmallVector<mlir::Value> open = {root};
  llvm::DenseSet<mlir::Value> entered;
  while (!open.empty()) {
    mlir::Value value = open.back();
    if (!known.contains(value) && entered.insert(value).second) {
      llvm::append_range(open, llvm::reverse(partsOf(value)));
      continue;
    }
    open.pop_back();
    if (!known.contains(value))
      compute(value);
  }
}

} // namespace act

#endif // ACT_LIB_ANALYSIS_OPERANDORDER_H

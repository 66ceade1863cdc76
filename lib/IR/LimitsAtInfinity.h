//===- LimitsAtInfinity.h - Limits that IEEE code misses --------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// x sigmoid(x) tends to -0 at -inf, but IEEE arithmetic gives -inf * 0 = NaN.
// This finds the innermost nodes of a formula whose value at an infinity of
// their only variable is NaN though the limit exists.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_LIMITSATINFINITY_H
#define ACT_LIB_IR_LIMITSATINFINITY_H

#include "act/Formula/Expression.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"

namespace act {

class LimitsAtInfinity {
public:
  /// The node's value has to be `limit` where the variable equals `end`.
  struct Fix {
    unsigned variable;
    double end;
    double limit;
  };

  explicit LimitsAtInfinity(Expression formula);

  llvm::ArrayRef<Fix> fixesOf(Expression node) const {
    auto found = fixes.find(node.id());
    return found == fixes.end() ? llvm::ArrayRef<Fix>() : found->second;
  }

private:
  void examine(Expression e);
  double evaluate(Expression e, unsigned variable, double end);

  llvm::DenseMap<const void *, llvm::SmallVector<Fix, 1>> fixes;
  llvm::DenseSet<const void *> examined;
  llvm::DenseMap<const void *, double> memo; ///< at the end being examined
};

} // namespace act

#endif // ACT_LIB_IR_LIMITSATINFINITY_H

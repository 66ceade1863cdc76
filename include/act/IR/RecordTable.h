//===- RecordTable.h - Which record computes a given formula ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_RECORDTABLE_H
#define ACT_IR_RECORDTABLE_H

#include "act/IR/Record.h"
#include <unordered_map>

namespace act {

/// A record with the parameters at which it is the function sought.
struct RecordMatch {
  const Record *record;
  llvm::SmallVector<double> parameters;
};

/// The records of one variable of a context, by canonical formula.
class RecordTable {
public:
  explicit RecordTable(mlir::MLIRContext *context);

  /// The record without parameters whose formula is `canonical`, a result of
  /// canonicalize(); equality is proved.
  const Record *findPlain(Expression canonical) const;

  /// As findPlain, or a record whose parameters, tried among the constants of
  /// `canonical` and their negatives, give exactly this formula; fewest
  /// parameters first.
  std::optional<RecordMatch> find(Expression canonical) const;

  llvm::ArrayRef<const Record *> records() const { return all; }

private:
  llvm::SmallVector<const Record *> all; ///< fewest parameters first
  std::unordered_map<Expression, const Record *, ExpressionHash> plain;
};

/// Calls `visit` with each way to fill `count` parameters from `candidates`
/// until it returns true; returns whether it did.
bool anyAssignment(llvm::ArrayRef<double> candidates, unsigned count,
                   llvm::function_ref<bool(llvm::ArrayRef<double>)> visit);

} // namespace act

#endif // ACT_IR_RECORDTABLE_H

//===- ElementFunction.h - What an op does to each element -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A formula over the elements of some leaves, and how its execution rounds.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ELEMENTFUNCTION_H
#define ACT_LIB_ANALYSIS_ELEMENTFUNCTION_H

#include "act/Analysis/Bounds.h"
#include "act/IR/ScalarReader.h"

namespace act {

class ElementFunction {
public:
  /// The function that computes `root` from `leaves`; nothing if it cannot be
  /// read.
  static std::optional<ElementFunction> read(mlir::Value root,
                                             mlir::ValueRange leaves);
  /// A formula over `leaves` variables whose execution does not round.
  static ElementFunction unrounded(Expression formula, unsigned leaves);

  /// The formula in the reals; variable i is leaf i.
  Expression formula() const { return exact; }
  /// Whether the formula depends on leaf i.
  bool uses(unsigned leaf) const;
  /// The function with leaf i fixed to `numbers[i]`, where that is a number.
  ElementFunction bind(llvm::ArrayRef<std::optional<double>> numbers) const;
  /// The range for leaves in `box`, one interval per leaf.
  Interval evaluate(llvm::ArrayRef<Interval> box, Semantics semantics) const;
  /// The coarsest format in which an op rounds.
  std::optional<Format> roundingFormat() const { return coarsest; }

private:
  friend class ElementFunctionReader;
  explicit ElementFunction(unsigned leaves) : leaves(leaves) {}
  void simplify();
  Interval exactRange(const std::vector<Interval> &box) const;

  unsigned leaves;
  Expression exact = 0.0;
  /// Each result that is rounded appears as e * (1 + d) + h, where d and h are
  /// variables of their own, after the leaves.
  Expression rounded = 0.0;
  std::vector<Interval> roundings;
  /// Set where nothing but the last op rounds.
  bool onlyRootRounds = true;
  double rootUlps = 0.0;
  Format rootFormat = Format::F64;
  std::optional<Format> coarsest;
  /// Whether plain interval arithmetic is tight: every leaf occurs once.
  bool occursOnce = false;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_ELEMENTFUNCTION_H

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

#ifndef ACT_ANALYSIS_ELEMENTFUNCTION_H
#define ACT_ANALYSIS_ELEMENTFUNCTION_H

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
  /// Whether an op reads leaf i, even if the formula does not depend on it.
  bool uses(unsigned leaf) const { return leaf < leaves && isRead[leaf]; }
  /// The function with leaf i fixed to `numbers[i]`, where that is a number.
  /// Here and in evaluate(), entries beyond the leaves are ignored: the
  /// accumulator of a loop is one that an elementwise op does not have.
  ElementFunction bind(llvm::ArrayRef<std::optional<double>> numbers) const;
  /// The function where leaf i is the same as leaf `sameAs[i]`, in whose place
  /// it is read.
  ElementFunction identify(llvm::ArrayRef<unsigned> sameAs) const;
  /// What is known of the result for leaves in `box`, one interval per leaf.
  Element evaluate(llvm::ArrayRef<Interval> box, Semantics semantics) const;
  /// By how much executing the function can be off its formula for leaves in
  /// `box`; infinite where there is no bound or the result may be NaN.
  double executionError(llvm::ArrayRef<Interval> box) const;
  /// Whether that error shrinks with the leaves for which `isVariable`, the
  /// others being numbers, until products underflow: each op rounds a number
  /// that is a positively homogeneous function of them.
  bool errorScales(const std::vector<bool> &isVariable) const;
  /// Whether executing the function is one correctly rounded op, or none.
  bool roundsOnce() const { return onlyRootRounds && rootUlps <= 0.5; }
  /// The formats in which ops round, each once.
  llvm::ArrayRef<Format> roundingFormats() const { return formats; }

private:
  friend class ElementFunctionReader;
  explicit ElementFunction(unsigned leaves)
      : leaves(leaves), isRead(leaves, false) {}
  void simplify();
  ElementFunction substitute(std::vector<Expression> values) const;
  bool findSensitivities() const;
  void markRead(Expression e);
  void
  addPartialStep(Expression e,
                 llvm::function_ref<Expression(Expression)> beforeRounding);
  /// Whether an op on the way to the result may make NaN of numbers, or give an
  /// infinity from which the next ops may. `box` includes the roundings.
  bool mayBeNaN(const std::vector<Interval> &box) const;
  /// Whether one of the steps has no value; see act::mayBeUndefined().
  bool mayBeUndefined(const std::vector<Interval> &box,
                      bool infiniteEnds) const;
  Interval exactRange(const std::vector<Interval> &box) const;

  unsigned leaves;
  Expression exact = 0.0;
  /// Each result that is rounded appears as e * (1 + d) + h, where d and h are
  /// variables of their own, after the leaves.
  Expression rounded = 0.0;
  std::vector<Interval> roundings;
  /// What each op computes that rounds, in the reals.
  std::vector<Expression> roundedValues;
  /// The derivatives of `rounded` by each d and h; none where it may jump.
  mutable std::vector<Expression> sensitivities;
  /// The largest magnitude among the rounded values on the way to the result,
  /// in units of the largest number of their formats. The formula may no longer
  /// contain them (0 * e is 0), but where one is infinite the result may be
  /// NaN.
  Expression innerPeak = 0.0;
  /// What ops compute that is not defined for all operands.
  struct Step {
    Primitive primitive;
    Expression first, second;
  };
  std::vector<Step> partialSteps;
  /// Leaves that the ops read, and those of them that the formula has lost.
  llvm::SmallVector<bool> isRead, isLost;
  /// Set where nothing but the last op rounds.
  bool onlyRootRounds = true;
  /// What the last op computes of rounded operands, before it rounds.
  std::optional<Expression> beforeRoot;
  /// What no result of the last op leaves: compiled activations keep the bounds
  /// of their functions that are numbers of the format.
  Interval rootBounds;
  double rootUlps = 0.0;
  Format rootFormat = Format::F64;
  llvm::SmallVector<Format, 2> formats;
  /// Whether plain interval arithmetic is tight: every leaf occurs once.
  bool occursOnce = false;
};

} // namespace act

#endif // ACT_ANALYSIS_ELEMENTFUNCTION_H

//===- RowSums.h - Values computed from sums of rows -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which elements does an op read, and what does it do to them? Answered from
// its Transfer with numbers in the place of the operands that say which one
// they are: no op has a case of its own. Shapes are static.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWSUMS_H
#define ACT_LIB_ANALYSIS_ROWSUMS_H

#include "act/Analysis/BoundsOpInterface.h"

namespace act {

/// A value, and which element of it each element of another value reads.
struct ElementRead {
  mlir::Value value;
  std::vector<unsigned> element;

  bool isIdentity() const {
    for (auto [index, each] : llvm::enumerate(element))
      if (each != index)
        return false;
    return true;
  }
};

/// An op as loops, with the value behind each input; null for numbers, which
/// are part of the term.
struct NamedLoops {
  LoopNest nest;
  llvm::SmallVector<mlir::Value> inputs;
  std::optional<double> start; ///< of a reduction
};

/// A function of one input, the `variable` of its formula, among `inputs`.
struct ElementStep {
  std::optional<ElementFunction> function; ///< none: the element itself
  unsigned variable = 0, inputs = 1;

  Expression apply(Expression operand) const {
    if (!function)
      return operand;
    std::vector<Expression> values(variable + 1, operand);
    return function->formula().substitute(values);
  }
};

/// A value computed from sums, one for each of its elements.
struct FromSums {
  std::vector<ElementStep> steps; ///< applied to the sum, first to last
  std::vector<unsigned> sumOf;    ///< of each element
  mlir::Value value;
  /// The elements of `value` that each sum adds up.
  std::vector<llvm::SmallVector<unsigned>> terms;
  Format format = Format::F64; ///< in which squares and sum round

  /// The elements as a function of their sums, variable 0.
  Expression formula() const {
    Expression result = Expression::variable(0);
    for (const ElementStep &step : steps)
      result = step.apply(result);
    return result;
  }
  /// By how much executing `formula` may be off for sums in `range`.
  double executionError(Interval range) const;
};

/// The op that computes `value` as loops over one operand per input; nothing if
/// it is none.
std::optional<NamedLoops> readLoops(mlir::Value value, Semantics semantics);
/// The inputs that a term reads.
llvm::SmallVector<unsigned> usedInputs(const NamedLoops &loops);
/// What of input `input` each element of an elementwise op reads.
std::optional<ElementRead> readOf(const NamedLoops &loops, unsigned input);
/// A value that is computed, step by step, from sums of elements of a value or,
/// where `ofSquares`, of their squares.
std::optional<FromSums> readFromSums(ElementRead read, bool ofSquares,
                                     Semantics semantics);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWSUMS_H

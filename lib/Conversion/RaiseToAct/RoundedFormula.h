//===- RoundedFormula.h - A formula in a format of its own -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How far may a formula that was written in some float format be from the
// function that its author meant? Its constants were rounded to the format,
// and its result is read in the format.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_ROUNDEDFORMULA_H
#define ACT_LIB_CONVERSION_RAISETOACT_ROUNDEDFORMULA_H

#include "act/Formula/ExactValue.h"
#include "act/Formula/Expression.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace act {

/// How to compute: fast and unsure, or slow and right.
enum class Evaluation { Approximate, Exact };

/// The value of `expression` at `point` in double precision.
double valueOf(Expression expression, const std::vector<double> &point,
               Evaluation evaluation);

/// A constant that looks rounded: it fills more than half of the significand of
/// its format.
struct RoundedConstant {
  double value;
  Format format;
};

/// A function of variable 0 as written in `format`.
class RoundedFormula {
public:
  RoundedFormula(Expression formula, Format format);

  double at(double x, Evaluation evaluation) const;

  /// By how much the value at `x`, which is `value`, may change when the
  /// constants that look rounded move by half an ulp: a first-order bound.
  double slack(double x, double value, Evaluation evaluation) const;

  Expression formula() const { return original; }
  Format format() const { return resultFormat; }
  /// All constants of the formula.
  llvm::ArrayRef<double> constants() const { return allConstants; }
  llvm::ArrayRef<RoundedConstant> rounded() const { return roundedConstants; }
  /// The formula with others in place of the rounded constants.
  Expression withConstants(llvm::ArrayRef<Expression> constants) const;

private:
  /// Made when it is asked for, as few formulas come that far.
  Expression abstractedFormula() const;

  Expression original;
  /// Variable i > 0 stands for roundedConstants[i - 1].
  mutable std::optional<Expression> abstracted;
  Format resultFormat;
  llvm::SmallVector<double> allConstants;
  llvm::SmallVector<RoundedConstant> roundedConstants;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_ROUNDEDFORMULA_H

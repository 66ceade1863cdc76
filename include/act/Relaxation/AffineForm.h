//===- AffineForm.h - A formula as an affine function ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_AFFINEFORM_H
#define ACT_RELAXATION_AFFINEFORM_H

#include "act/Formula/Expression.h"
#include <optional>
#include <vector>

namespace act {

/// constant + sum of factors[i] * variable i over the variables that count as
/// such; constant and factors are formulas over the others.
struct AffineForm {
  std::vector<std::optional<Expression>> factors; ///< none: 0
  Expression constant = 0.0;
};

/// `formula` as an affine function of the variables i with `isVariable[i]`;
/// nothing if it is not written as one.
std::optional<AffineForm> affineForm(Expression formula,
                                     const std::vector<bool> &isVariable);

/// `formula` as outer(inner): outer a function of variable 0 alone, inner
/// affine in the variables, of which it contains them all. Nothing if the
/// formula is no function of one such inner formula.
struct Composition {
  Expression outer, inner;
};
std::optional<Composition> splitAffine(Expression formula,
                                       const std::vector<bool> &isVariable);

} // namespace act

#endif // ACT_RELAXATION_AFFINEFORM_H

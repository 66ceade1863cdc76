//===- LinearPieces.h - Functions by their linear pieces -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_LINEARPIECES_H
#define ACT_FORMULA_LINEARPIECES_H

#include "act/Formula/Expression.h"
#include <optional>

namespace act {

/// A function of variable 0 that consists of a few lines, as the choice of one
/// of them: the derivative of hard_swish is (2x + 3) / 6 between -3 and 3,
/// which its formula computes as the sum of a product and what may cancel it.
/// Equal to `formula` in the reals, at the ends of lines too; NaN gives NaN.
/// None where `formula` is something else.
std::optional<Expression> byLinearPieces(Expression formula);

} // namespace act

#endif // ACT_FORMULA_LINEARPIECES_H

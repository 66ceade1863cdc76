//===- Canonical.h - One spelling for equal formulas ------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_CANONICAL_H
#define ACT_FORMULA_CANONICAL_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"

namespace act {

/// An expression that is equal in the reals, in a form that many spellings
/// share: sorted sums and products, where -> min, max, abs, clips merged,
/// 1/(1+exp(-u)) -> sigmoid, log(1+exp(u)) -> softplus, exp(u)-1 -> expm1.
/// Idempotent. Equal results prove equality; unequal ones prove nothing.
Expression canonicalize(Expression expression);

/// The expression with each where, min, max and abs that is decided for
/// variable 0 in the open `domain` replaced by the side taken.
Expression specialize(Expression expression, Interval domain);

} // namespace act

#endif // ACT_FORMULA_CANONICAL_H

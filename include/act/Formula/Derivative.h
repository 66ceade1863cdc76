//===- Derivative.h - Symbolic differentiation ------------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_DERIVATIVE_H
#define ACT_FORMULA_DERIVATIVE_H

#include "act/Formula/Expression.h"
#include <string_view>

namespace act {

/// The partial derivative by variable `index`; exact away from kinks, one of
/// the one-sided derivatives at a kink.
Expression differentiate(Expression expression, unsigned index = 0);

/// The derivative of a function of one variable with the convention of its
/// record at each kink, ascending: 'l' the left, 'r' the right one-sided
/// derivative, 'm' their mean. With fewer letters than kinks the last letter
/// repeats; with none it is 'l'. Kinks that no double hits need no convention.
Expression derivative(Expression expression, std::string_view kinkSides);

} // namespace act

#endif // ACT_FORMULA_DERIVATIVE_H

//===- DoubleValue.h - A quick value of a formula --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_DOUBLEVALUE_H
#define ACT_LIB_FORMULA_DOUBLEVALUE_H

#include "act/Formula/Expression.h"

namespace act {

/// The value of a function of variable 0 at `x` in double arithmetic: some
/// roundings off, more where the formula cancels. For sums over many points,
/// never for a bound.
double doubleValue(Expression function, double x);

} // namespace act

#endif // ACT_LIB_FORMULA_DOUBLEVALUE_H

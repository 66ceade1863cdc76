//===- ApproximateValue.h - Value of a formula in doubles ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_APPROXIMATEVALUE_H
#define ACT_FORMULA_APPROXIMATEVALUE_H

#include "act/Formula/Expression.h"
#include <vector>

namespace act {

/// The value of `expression` at `point`, step by step in double arithmetic:
/// some hundred times faster than exactValue() and without any bound on the
/// error. Overflow in a step gives infinity or NaN though the value be finite.
/// For sieving many points; what it decides is confirmed by exactValue().
double approximateValue(Expression expression,
                        const std::vector<double> &point);

} // namespace act

#endif // ACT_FORMULA_APPROXIMATEVALUE_H

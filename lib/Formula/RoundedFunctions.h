//===- RoundedFunctions.h - Elementary functions of intervals ---*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H
#define ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H

#include "act/Formula/Interval.h"

namespace act {

/// The square of a number in `x`: never negative, unlike x * x.
Interval square(Interval x);
Interval absolute(Interval x);

/// Where a primitive of one operand begins to be defined.
double domainStart(Primitive primitive);

/// The values of a primitive of one operand over `x`, each end within about
/// an ulp: by MPFR with directed rounding, at the extrema of the function. At
/// an infinite end the limit; the whole line outside of the domain.
Interval applyUnary(Primitive primitive, Interval x);

} // namespace act

#endif // ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H

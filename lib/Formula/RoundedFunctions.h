//===- RoundedFunctions.h - Elementary functions rounded both ways --*- C++
//-*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H
#define ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H

#include "act/Formula/Interval.h"

namespace act {

/// The two neighbouring doubles (one, if it is exact) between which the
/// elementary function `primitive` of one operand lies at `x`, by MPFR with
/// directed rounding. At an infinite x the limit; the whole line outside of
/// the function's domain.
Interval roundedValue(Primitive primitive, double x);

} // namespace act

#endif // ACT_LIB_FORMULA_ROUNDEDFUNCTIONS_H

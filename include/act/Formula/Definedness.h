//===- Definedness.h - Where a primitive has no value ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_DEFINEDNESS_H
#define ACT_FORMULA_DEFINEDNESS_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"

namespace act {

/// Whether `primitive` may have no value for operands in `a` and, if it has
/// two, `b`: outside of its domain, 0/0, and where infinite ends are values,
/// inf - inf and its kin.
bool mayBeUndefined(Primitive primitive, Interval a, Interval b,
                    bool infiniteEnds);

} // namespace act

#endif // ACT_FORMULA_DEFINEDNESS_H

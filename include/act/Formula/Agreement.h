//===- Agreement.h - Whether two functions agree everywhere ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_AGREEMENT_H
#define ACT_FORMULA_AGREEMENT_H

#include "act/Formula/Expression.h"
#include "act/Formula/Format.h"

namespace act {

/// Whether it is proved that |a(x) - b(x)| is at most half an ulp of b(x) in
/// `format`, for every finite number x of the format. The line is split where
/// the decisions of either function fall; on each part the two are equal as
/// fractions of polynomials in x and exponentials, or their difference is
/// enclosed. False proves nothing.
bool provablyAgree(Expression a, Expression b, Format format);

} // namespace act

#endif // ACT_FORMULA_AGREEMENT_H

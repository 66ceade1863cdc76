//===- Identities.h - Identities between the primitives --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which sums, products and elementary functions are a simpler primitive? All
// identities here hold in the reals wherever both sides are defined. Operands
// are canonical already.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_IDENTITIES_H
#define ACT_LIB_FORMULA_IDENTITIES_H

#include "act/Formula/Expression.h"

namespace act {

/// A sum or difference.
Expression canonicalSum(Expression expression);
/// A product, quotient or negation.
Expression canonicalProduct(Expression expression);
/// |u|.
Expression canonicalAbs(Expression u);
/// Any other primitive of one operand.
Expression canonicalElementary(Expression expression);

} // namespace act

#endif // ACT_LIB_FORMULA_IDENTITIES_H

//===- Terms.h - Sums and products in normal form --------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A sum is read as rational coefficients times distinct terms, a product as a
// rational coefficient times factors above and below the line, both sorted by
// structural hash. Equal lists are equal functions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_TERMS_H
#define ACT_LIB_FORMULA_TERMS_H

#include "Rational.h"
#include "act/Formula/Expression.h"
#include <vector>

namespace act {

struct Product {
  Rational coefficient = 1.0;
  std::vector<Expression> above, below; ///< sorted, with repetitions
};

struct Term {
  Rational coefficient; ///< not 0
  Expression rest;      ///< 1 for a constant term
};

/// Sorted by `rest`, constants last. A `rest` stands twice only where the sum
/// of its coefficients has too many digits for a constant.
using Sum = std::vector<Term>;

/// `expression` as a product, split at its outer products, quotients and
/// negations; a part with very many factors is one factor.
Product readProduct(Expression expression);
/// `expression` as a sum, split at its outer sums, differences and negations.
Sum readSum(Expression expression);

Expression build(const Product &product);
Expression build(const Sum &sum);

/// Adds `coefficient` * `rest` where the sum allows it to be merged.
void addTerm(Sum &sum, const Rational &coefficient, Expression rest);
/// The constant of the sum, 0 if it has none or more than one.
Rational constantOf(const Sum &sum);

/// -expression in normal form.
Expression negated(Expression expression);
/// True for exactly one of e and -e, unless both are 0: the leading
/// coefficient is negative.
bool isNegative(Expression expression);

} // namespace act

#endif // ACT_LIB_FORMULA_TERMS_H

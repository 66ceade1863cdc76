//===- Fraction.h - Formulas as quotients of polynomials -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most spellings of an activation are quotients of polynomials in x, some
// exponentials and a few other functions. Written so, with exact coefficients,
// equality is decided by a cross product: tanh(log(1 + exp(x))) is
// (E^2 + 2 E) / (E^2 + 2 E + 2) with E = exp(x), however it is computed.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_FRACTION_H
#define ACT_LIB_FORMULA_FRACTION_H

#include "Rational.h"
#include "act/Formula/Expression.h"
#include <map>
#include <optional>
#include <vector>

namespace act {

/// Powers of atoms, by the index of the atom; no exponent is 0. Only those of
/// exponentials need not be whole.
using Monomial = std::vector<std::pair<unsigned, Rational>>;

/// Sums of monomials with coefficients that are not 0.
using Terms = std::map<Monomial, Rational>;

/// over / under, where `under` is not 0.
struct Fraction {
  Terms over, under;
};

/// Reads formulas as fractions over atoms that all of them share.
class FractionReader {
public:
  /// Nothing if the fraction has too many terms.
  std::optional<Fraction> read(Expression expression);

  /// With the argument in place of the square of a root.
  Terms withoutSquares(const Terms &terms) const;

private:
  /// What is not taken apart: a variable, pi, a function of a sum of monomials,
  /// or of anything else, which then stands whole.
  struct Atom {
    Primitive primitive;
    Terms argument;                  ///< if `whole` is none
    std::optional<Expression> whole; ///< in canonical form
  };

  std::optional<Fraction> readNode(Expression e,
                                   const std::vector<Fraction> &operands);
  Fraction readUnary(Expression e, const Fraction &u);
  Fraction exponential(const Terms &u);
  bool isPositive(const Terms &terms) const;

  unsigned indexOf(Atom atom);
  Fraction wholeAtom(Expression e);

  std::vector<Atom> atoms;
};

/// Whether two formulas are equal as fractions: then they are equal in the
/// reals, but for points where one of them is 0/0.
bool areEqualFractions(Expression a, Expression b);

} // namespace act

#endif // ACT_LIB_FORMULA_FRACTION_H

//===- Polynomial.cpp - Formulas that are polynomials, exactly ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Polynomial.h"
#include <algorithm>
#include <unordered_map>

namespace act {

Rational Polynomial::operator()(const Rational &x) const {
  Rational value;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c)
    value = value * x + *c;
  return value;
}

using MaybePolynomial = std::optional<Polynomial>;

static Polynomial trimmed(Polynomial p) {
  while (!p.coefficients.empty() && p.coefficients.back().sign() == 0)
    p.coefficients.pop_back();
  return p;
}

/// a + scale * b.
static Polynomial combine(const Polynomial &a, const Rational &scale,
                          const Polynomial &b) {
  Polynomial sum = a;
  sum.coefficients.resize(
      std::max(a.coefficients.size(), b.coefficients.size()));
  for (size_t i = 0; i < b.coefficients.size(); ++i)
    sum.coefficients[i] = sum.coefficients[i] + scale * b.coefficients[i];
  return trimmed(sum);
}

static MaybePolynomial multiply(const Polynomial &a, const Polynomial &b) {
  if (a.isZero() || b.isZero())
    return Polynomial();
  size_t size = a.coefficients.size() + b.coefficients.size() - 1;
  if (size > Polynomial::maxDegree + 1)
    return std::nullopt;
  Polynomial product;
  product.coefficients.resize(size);
  for (size_t i = 0; i < a.coefficients.size(); ++i)
    for (size_t j = 0; j < b.coefficients.size(); ++j)
      product.coefficients[i + j] =
          product.coefficients[i + j] + a.coefficients[i] * b.coefficients[j];
  return product;
}

static MaybePolynomial divide(const Polynomial &a, const Polynomial &b) {
  if (b.coefficients.size() != 1)
    return std::nullopt;
  return combine(Polynomial(), Rational(1.0) / b.coefficients[0], a);
}

static MaybePolynomial readLeaf(Expression e) {
  if (e.isVariable() && e.variableIndex() == 0)
    return Polynomial{{0.0, 1.0}};
  if (e.isConstant() && std::isfinite(e.constant()))
    return trimmed(Polynomial{{e.constant()}});
  return std::nullopt;
}

static MaybePolynomial readNode(Primitive primitive, const Polynomial &a,
                                const Polynomial &b) {
  switch (primitive) {
  case Primitive::Neg:
    return combine(Polynomial(), -1.0, a);
  case Primitive::Add:
    return combine(a, 1.0, b);
  case Primitive::Sub:
    return combine(a, -1.0, b);
  case Primitive::Mul:
    return multiply(a, b);
  case Primitive::Div:
    return divide(a, b);
  default:
    return std::nullopt;
  }
}

static bool isTooLong(const Polynomial &polynomial) {
  return std::any_of(
      polynomial.coefficients.begin(), polynomial.coefficients.end(),
      [](const Rational &c) { return c.bits() > Polynomial::maxBits; });
}

std::optional<Polynomial> readPolynomial(Expression expression) {
  std::unordered_map<Expression, Polynomial, ExpressionHash> read;
  for (Expression e : expression.postorder()) {
    unsigned arity = e.numOperands();
    MaybePolynomial p = arity == 0
                            ? readLeaf(e)
                            : readNode(e.primitive(), read.at(e.operand(0)),
                                       read.at(e.operand(arity > 1 ? 1 : 0)));
    // Every node is an operand of the whole.
    if (!p || isTooLong(*p))
      return std::nullopt;
    read.emplace(e, *p);
  }
  return read.at(expression);
}

} // namespace act

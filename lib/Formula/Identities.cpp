//===- Identities.cpp - Identities between the primitives -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Identities.h"
#include "Terms.h"
#include <algorithm>
#include <cmath>

namespace act {

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// What k * (1 + ratio * rest) is, as k * coefficient * rest.
struct Rewritten {
  double coefficient;
  Expression rest;
};

/// sigmoid(v) sigmoid(-v), in either order.
static std::optional<Expression> bellArgument(Expression e) {
  if (e.primitive() != Primitive::Mul)
    return std::nullopt;
  Expression a = e.operand(0), b = e.operand(1);
  if (a.primitive() != Primitive::Sigmoid ||
      b.primitive() != Primitive::Sigmoid ||
      negated(a.operand(0)) != b.operand(0))
    return std::nullopt;
  return isNegative(a.operand(0)) ? b.operand(0) : a.operand(0);
}

/// The primitive that 1 + ratio * rest is.
static std::optional<Rewritten> onePlus(const Rational &ratio,
                                        Expression rest) {
  bool plus = ratio == 1.0, minus = ratio == -1.0;
  if (auto v = bellArgument(rest); v && ratio == -4.0)
    return Rewritten{1.0, tanh(*v / 2.0) * tanh(*v / 2.0)};
  if (rest.numOperands() != 1)
    return std::nullopt;
  Expression u = rest.operand(0);
  switch (rest.primitive()) {
  case Primitive::Exp:
    if (minus)
      return Rewritten{-1.0, expm1(u)};
    return std::nullopt;
  case Primitive::Expm1:
    if (plus)
      return Rewritten{1.0, exp(u)};
    return std::nullopt;
  case Primitive::Erf:
    if (plus || minus)
      return Rewritten{1.0, erfc(plus ? -u : u)};
    return std::nullopt;
  case Primitive::Erfc:
    if (minus)
      return Rewritten{1.0, erf(u)};
    return std::nullopt;
  case Primitive::Tanh:
    if (plus || minus)
      return Rewritten{2.0, sigmoid((plus ? 2.0 : -2.0) * u)};
    return std::nullopt;
  case Primitive::Sigmoid:
    if (minus)
      return Rewritten{1.0, sigmoid(-u)};
    if (ratio == -2.0)
      return Rewritten{-1.0, tanh(u / 2.0)};
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

/// Replaces a constant and one term by a primitive; false if none fits.
static bool mergeConstant(Sum &sum) {
  Rational constant = constantOf(sum);
  if (constant.sign() == 0)
    return false;
  for (size_t i = 0; i + 1 < sum.size(); ++i) {
    auto found = onePlus(sum[i].coefficient / constant, sum[i].rest);
    if (!found)
      continue;
    sum.pop_back(); // the constant stands last
    sum.erase(sum.begin() + i);
    addTerm(sum, constant * Rational(found->coefficient), found->rest);
    return true;
  }
  return false;
}

/// max(u, 0) + softplus(-|u|) = softplus(u), the form that does not overflow.
static bool mergeSoftplus(Sum &sum) {
  for (const Term &ramp : sum) {
    Expression u = ramp.rest;
    if (u.primitive() != Primitive::Max || !u.operand(1).isConstant(0.0))
      continue;
    u = u.operand(0);
    Expression tail = softplus(-abs(isNegative(u) ? negated(u) : u));
    auto rest = std::find_if(sum.begin(), sum.end(), [&](const Term &term) {
      return term.rest == tail && term.coefficient == ramp.coefficient;
    });
    if (rest == sum.end())
      continue;
    Rational coefficient = ramp.coefficient;
    Expression rampForm = ramp.rest;
    sum.erase(std::remove_if(sum.begin(), sum.end(),
                             [&](const Term &term) {
                               return term.rest == tail ||
                                      term.rest == rampForm;
                             }),
              sum.end());
    addTerm(sum, coefficient, softplus(u));
    return true;
  }
  return false;
}

/// softplus(u) - u = softplus(-u), which does not cancel; for u of one term.
static bool reflectSoftplus(Sum &sum) {
  for (size_t i = 0; i < sum.size(); ++i) {
    if (sum[i].rest.primitive() != Primitive::Softplus)
      continue;
    Expression u = sum[i].rest.operand(0);
    Sum argument = readSum(u);
    if (argument.size() != 1)
      continue;
    Rational opposite = -(sum[i].coefficient * argument[0].coefficient);
    for (size_t j = 0; j < sum.size(); ++j) {
      if (sum[j].rest != argument[0].rest || sum[j].coefficient != opposite)
        continue;
      Rational coefficient = sum[i].coefficient;
      sum.erase(sum.begin() + std::max(i, j));
      sum.erase(sum.begin() + std::min(i, j));
      addTerm(sum, coefficient, softplus(negated(u)));
      return true;
    }
  }
  return false;
}

/// a sqrt(s) + b t / sqrt(s) = (a s + b t) / sqrt(s) where the numerator is a
/// constant, as in the derivative of x / sqrt(x^2 + c).
static bool mergeRoots(Sum &sum) {
  for (size_t i = 0; i < sum.size(); ++i) {
    Expression root = sum[i].rest;
    if (root.primitive() != Primitive::Sqrt)
      continue;
    for (size_t j = 0; j < sum.size(); ++j) {
      Product other = readProduct(sum[j].rest);
      if (other.below != std::vector<Expression>{root})
        continue;
      other.below.clear();
      Sum numerator;
      for (const Term &term : readSum(root.operand(0)))
        addTerm(numerator, sum[i].coefficient * term.coefficient, term.rest);
      addTerm(numerator, sum[j].coefficient * other.coefficient,
              build({1.0, other.above, {}}));
      if (numerator.size() > 1 ||
          (numerator.size() == 1 && !numerator[0].rest.isConstant(1.0)))
        continue;
      Rational constant = constantOf(numerator);
      sum.erase(sum.begin() + std::max(i, j));
      sum.erase(sum.begin() + std::min(i, j));
      addTerm(sum, constant, 1.0 / root);
      return true;
    }
  }
  return false;
}

Expression canonicalSum(Expression expression) {
  Sum sum = readSum(expression);
  while (mergeConstant(sum) || mergeSoftplus(sum) || reflectSoftplus(sum) ||
         mergeRoots(sum)) {
  }
  return build(sum);
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

/// 1 / (c + c exp(w)) = sigmoid(-w) / c, 1 / exp(w) = exp(-w) and
/// 1 / sqrt(c) = sqrt(c) / c. True if `factor` left the line's lower side.
static bool raiseFactor(Expression factor, Product &product) {
  if (factor.primitive() == Primitive::Exp) {
    product.above.push_back(exp(negated(factor.operand(0))));
    return true;
  }
  if (factor.primitive() == Primitive::Sqrt && factor.operand(0).isConstant()) {
    Rational scaled =
        product.coefficient / Rational(factor.operand(0).constant());
    if (!scaled.expression())
      return false;
    product.coefficient = scaled;
    product.above.push_back(factor);
    return true;
  }
  Sum sum = readSum(factor);
  if (sum.size() != 2 || sum[0].rest.primitive() != Primitive::Exp ||
      !sum[1].rest.isConstant(1.0) || sum[0].coefficient != sum[1].coefficient)
    return false;
  Rational scaled = product.coefficient / sum[1].coefficient;
  if (!scaled.expression())
    return false;
  product.coefficient = scaled;
  product.above.push_back(sigmoid(negated(sum[0].rest.operand(0))));
  return true;
}

/// sqrt(c) sqrt(c) = c and exp(u) sigmoid(-u) = sigmoid(u), once.
static bool mergePair(Product &product) {
  std::vector<Expression> &factors = product.above;
  for (size_t i = 0; i < factors.size(); ++i)
    for (size_t j = 0; j < factors.size(); ++j) {
      Expression a = factors[i], b = factors[j];
      bool square = i < j && a == b && a.primitive() == Primitive::Sqrt &&
                    a.operand(0).isConstant();
      bool logistic = a.primitive() == Primitive::Exp &&
                      b.primitive() == Primitive::Sigmoid &&
                      negated(a.operand(0)) == b.operand(0);
      if (!square && !logistic)
        continue;
      Expression merged = square ? a.operand(0) : sigmoid(a.operand(0));
      factors.erase(factors.begin() + std::max(i, j));
      factors[std::min(i, j)] = merged;
      return true;
    }
  return false;
}

Expression canonicalProduct(Expression expression) {
  Product product = readProduct(expression);
  std::vector<Expression> below = std::move(product.below);
  product.below.clear();
  for (Expression factor : below)
    if (!raiseFactor(factor, product))
      product.below.push_back(factor);
  while (mergePair(product)) {
  }
  // Sorts what was moved.
  return build(readProduct(build(product)));
}

//===----------------------------------------------------------------------===//
// Elementary functions
//===----------------------------------------------------------------------===//

Expression canonicalAbs(Expression u) {
  Product product = readProduct(u);
  if (product.above.empty() && product.below.empty())
    return abs(u);
  if (product.coefficient.sign() < 0)
    product.coefficient = -product.coefficient;
  if (product.coefficient != 1.0) {
    Expression scale = *product.coefficient.expression();
    product.coefficient = 1.0;
    return scale * canonicalAbs(build(product));
  }
  u = build(product);
  if (u.primitive() == Primitive::Abs)
    return u;
  return abs(isNegative(u) ? negated(u) : u);
}

static Expression canonicalSqrt(Expression e) {
  Expression u = e.operand(0);
  if (u.primitive() == Primitive::Mul && u.operand(0) == u.operand(1))
    return canonicalAbs(u.operand(0));
  // sqrt(1/2) = sqrt(2) / 2.
  if (u.isConstant() && 0.0 < u.constant() && u.constant() < 1.0) {
    Expression inverse = 1.0 / u;
    if (inverse.isConstant())
      return sqrt(inverse) * u;
  }
  return e;
}

/// log(1 + u) where `arms` is u: softplus if u is an exponential.
static Expression logOnePlus(Expression u) {
  if (u.primitive() == Primitive::Exp)
    return softplus(u.operand(0));
  return log1p(u);
}

static Expression canonicalLog(Expression e) {
  Expression u = e.operand(0);
  if (u.primitive() == Primitive::Exp)
    return u.operand(0);
  if (u.primitive() == Primitive::Sigmoid)
    return negated(softplus(negated(u.operand(0))));
  Sum sum = readSum(u);
  if (sum.size() < 2 || constantOf(sum) != 1.0)
    return e;
  sum.pop_back();
  return logOnePlus(build(sum));
}

/// f(-u) = -f(u): the argument is made positive.
static Expression canonicalOdd(Expression e) {
  Expression u = e.operand(0);
  if (!isNegative(u))
    return e;
  return -Expression::apply(e.primitive(), {negated(u)});
}

Expression canonicalElementary(Expression e) {
  switch (e.primitive()) {
  case Primitive::Sqrt:
    return canonicalSqrt(e);
  case Primitive::Log:
    return canonicalLog(e);
  case Primitive::Log1p:
    return logOnePlus(e.operand(0));
  case Primitive::Tanh:
  case Primitive::Erf:
  case Primitive::Sin:
  case Primitive::Atan:
    return canonicalOdd(e);
  case Primitive::Cos:
    return isNegative(e.operand(0)) ? cos(negated(e.operand(0))) : e;
  default:
    return e;
  }
}

} // namespace act

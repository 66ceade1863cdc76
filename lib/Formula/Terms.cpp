//===- Terms.cpp - Sums and products in normal form -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Terms.h"
#include <algorithm>
#include <unordered_map>

namespace act {

static bool isFiniteConstant(Expression e) {
  return e.isConstant() && std::isfinite(e.constant());
}

static bool byHash(Expression a, Expression b) { return a.hash() < b.hash(); }

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

namespace {
/// Splits a product into its factors, in time linear in its distinct nodes.
class FactorReader {
public:
  void collect(Expression e, bool inverse, Product &product);

private:
  /// The number of factors of `e`; 1 if it stays whole.
  size_t count(Expression e);

  std::unordered_map<Expression, size_t, ExpressionHash> counts;
};
} // namespace

size_t FactorReader::count(Expression e) {
  // Squared n times, a formula of n nodes has 2^n factors: what has more than
  // this stays whole.
  constexpr size_t kMaxFactors = 64;
  if (e.primitive() == Primitive::Neg)
    return count(e.operand(0));
  if (e.primitive() != Primitive::Mul && e.primitive() != Primitive::Div)
    return 1;
  if (auto known = counts.find(e); known != counts.end())
    return known->second;
  size_t factors = count(e.operand(0)) + count(e.operand(1));
  return counts[e] = factors > kMaxFactors ? 1 : factors;
}

void FactorReader::collect(Expression e, bool inverse, Product &product) {
  if (e.primitive() == Primitive::Neg) {
    product.coefficient = -product.coefficient;
    return collect(e.operand(0), inverse, product);
  }
  if (count(e) == 1) {
    (inverse ? product.below : product.above).push_back(e);
    return;
  }
  collect(e.operand(0), inverse, product);
  collect(e.operand(1), inverse != (e.primitive() == Primitive::Div), product);
}

/// Moves the constants of `side` into the coefficient as long as that stays a
/// constant that can be written down.
static void mergeConstants(std::vector<Expression> &side, bool inverse,
                           Rational &coefficient) {
  auto merges = [&](Expression e) {
    if (!isFiniteConstant(e) || (inverse && e.isConstant(0.0)))
      return false;
    Rational merged = inverse ? coefficient / Rational(e.constant())
                              : coefficient * Rational(e.constant());
    if (!merged.expression())
      return false;
    coefficient = merged;
    return true;
  };
  side.erase(std::remove_if(side.begin(), side.end(), merges), side.end());
}

Product readProduct(Expression expression) {
  Product product;
  FactorReader().collect(expression, false, product);
  std::sort(product.above.begin(), product.above.end(), byHash);
  std::sort(product.below.begin(), product.below.end(), byHash);
  mergeConstants(product.above, false, product.coefficient);
  mergeConstants(product.below, true, product.coefficient);
  return product;
}

static bool isSum(Expression e) {
  return e.primitive() == Primitive::Add || e.primitive() == Primitive::Sub;
}

Expression build(const Product &product) {
  int sign = product.coefficient.sign();
  Rational magnitude = sign < 0 ? -product.coefficient : product.coefficient;
  if (sign < 0 && magnitude == 1.0 && product.below.empty() &&
      product.above.size() == 1 && isSum(product.above[0]))
    return negated(product.above[0]);
  // The reader checked that the coefficient can be written down; a fraction
  // has its denominator below the line.
  Expression scale = *magnitude.expression(), above = 1.0, below = 1.0;
  if (scale.primitive() == Primitive::Div) {
    above = scale.operand(0);
    below = scale.operand(1);
  } else {
    above = scale;
  }
  for (Expression factor : product.above)
    above = above * factor;
  for (Expression factor : product.below)
    below = below * factor;
  Expression result = above / below;
  return sign < 0 ? -result : result;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

void addTerm(Sum &sum, const Rational &coefficient, Expression rest) {
  for (auto term = sum.begin(); term != sum.end(); ++term) {
    Rational merged = term->coefficient + coefficient;
    if (term->rest != rest || !merged.expression())
      continue;
    term->coefficient = merged;
    if (merged.sign() == 0)
      sum.erase(term);
    return;
  }
  if (coefficient.sign() != 0)
    sum.push_back({coefficient, rest});
}

static void collectTerms(Expression e, bool negative, Sum &sum) {
  switch (e.primitive()) {
  case Primitive::Neg:
    return collectTerms(e.operand(0), !negative, sum);
  case Primitive::Add:
    collectTerms(e.operand(0), negative, sum);
    return collectTerms(e.operand(1), negative, sum);
  case Primitive::Sub:
    collectTerms(e.operand(0), negative, sum);
    return collectTerms(e.operand(1), !negative, sum);
  default:
    break;
  }
  Product product = readProduct(e);
  if (negative)
    product.coefficient = -product.coefficient;
  Rational coefficient = product.coefficient;
  product.coefficient = 1.0;
  addTerm(sum, coefficient, build(product));
}

Sum readSum(Expression expression) {
  Sum sum;
  collectTerms(expression, false, sum);
  std::sort(sum.begin(), sum.end(), [](const Term &a, const Term &b) {
    bool aLast = a.rest.isConstant(1.0), bLast = b.rest.isConstant(1.0);
    if (aLast != bLast)
      return bLast;
    if (a.rest != b.rest)
      return a.rest.hash() < b.rest.hash();
    return a.coefficient < b.coefficient;
  });
  return sum;
}

static Expression build(const Rational &coefficient, Expression rest) {
  Product product = readProduct(rest);
  Rational merged = product.coefficient * coefficient;
  if (!merged.expression())
    return *coefficient.expression() * rest;
  product.coefficient = merged;
  return build(product);
}

Expression build(const Sum &sum) {
  // A positive head spares the negation.
  auto head = std::find_if(sum.begin(), sum.end(), [](const Term &term) {
    return term.coefficient.sign() > 0;
  });
  if (head == sum.end())
    head = sum.begin();
  if (head == sum.end())
    return 0.0;
  Expression result = build(head->coefficient, head->rest);
  for (auto term = sum.begin(); term != sum.end(); ++term) {
    if (term == head)
      continue;
    if (term->coefficient.sign() > 0)
      result = result + build(term->coefficient, term->rest);
    else
      result = result - build(-term->coefficient, term->rest);
  }
  return result;
}

Rational constantOf(const Sum &sum) {
  size_t count = 0;
  Rational constant;
  for (const Term &term : sum)
    if (term.rest.isConstant(1.0)) {
      constant = term.coefficient;
      ++count;
    }
  return count == 1 ? constant : Rational(0.0);
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

Expression negated(Expression expression) {
  Sum sum = readSum(expression);
  for (Term &term : sum)
    term.coefficient = -term.coefficient;
  return build(sum);
}

bool isNegative(Expression expression) {
  Sum sum = readSum(expression);
  return !sum.empty() && sum.front().coefficient.sign() < 0;
}

} // namespace act

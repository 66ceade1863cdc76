//===- Fraction.cpp - Formulas as quotients of polynomials ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fraction.h"
#include "act/Formula/Canonical.h"
#include <algorithm>
#include <unordered_map>

namespace act {

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// An activation has some ten terms; more than this is not read.
static constexpr size_t kMaxTerms = 96;

static Terms number(const Rational &value) {
  Terms terms;
  if (value.sign() != 0)
    terms.emplace(Monomial(), value);
  return terms;
}

static Fraction whole(Terms terms) { return {std::move(terms), number(1.0)}; }

static void add(Terms &sum, const Monomial &monomial,
                const Rational &coefficient) {
  auto [term, isNew] = sum.emplace(monomial, coefficient);
  if (isNew)
    return;
  term->second = term->second + coefficient;
  if (term->second.sign() == 0)
    sum.erase(term);
}

static Monomial multiply(const Monomial &a, const Monomial &b) {
  Monomial product;
  auto left = a.begin(), right = b.begin();
  while (left != a.end() || right != b.end()) {
    if (right == b.end() || (left != a.end() && left->first < right->first)) {
      product.push_back(*left++);
    } else if (left == a.end() || right->first < left->first) {
      product.push_back(*right++);
    } else {
      Rational exponent = left->second + right->second;
      if (exponent.sign() != 0)
        product.emplace_back(left->first, exponent);
      ++left, ++right;
    }
  }
  return product;
}

static Terms multiply(const Terms &a, const Terms &b) {
  Terms product;
  for (const auto &[left, x] : a)
    for (const auto &[right, y] : b)
      add(product, multiply(left, right), x * y);
  return product;
}

static Terms plus(Terms a, const Terms &b) {
  for (const auto &[monomial, coefficient] : b)
    add(a, monomial, coefficient);
  return a;
}

static Terms negative(Terms terms) {
  for (auto &term : terms)
    term.second = -term.second;
  return terms;
}

/// A denominator of one term is divided into the numerator.
static Fraction simplified(Fraction f) {
  if (f.under.size() != 1)
    return f;
  Monomial inverse = f.under.begin()->first;
  for (auto &power : inverse)
    power.second = -power.second;
  Terms factor{{inverse, Rational(1.0) / f.under.begin()->second}};
  return whole(multiply(f.over, factor));
}

static Fraction plus(const Fraction &a, const Fraction &b) {
  if (a.under == b.under)
    return {plus(a.over, b.over), a.under};
  return {plus(multiply(a.over, b.under), multiply(b.over, a.under)),
          multiply(a.under, b.under)};
}

static Fraction negative(const Fraction &a) {
  return {negative(a.over), a.under};
}

static Fraction multiply(const Fraction &a, const Fraction &b) {
  return {multiply(a.over, b.over), multiply(a.under, b.under)};
}

static Fraction divide(const Fraction &a, const Fraction &b) {
  return {multiply(a.over, b.under), multiply(a.under, b.over)};
}

static bool isWhole(const Fraction &f) { return f.under == number(1.0); }

/// True for one of u and -u, unless both are 0.
static bool isNegative(const Terms &terms) {
  return !terms.empty() && terms.begin()->second.sign() < 0;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

unsigned FractionReader::indexOf(Atom atom) {
  auto known = std::find_if(atoms.begin(), atoms.end(), [&](const Atom &other) {
    return other.primitive == atom.primitive && other.whole == atom.whole &&
           other.argument == atom.argument;
  });
  if (known != atoms.end())
    return known - atoms.begin();
  atoms.push_back(std::move(atom));
  return atoms.size() - 1;
}

static Fraction power(unsigned atom, const Rational &exponent = 1.0) {
  return whole({{Monomial{{atom, exponent}}, 1.0}});
}

Fraction FractionReader::wholeAtom(Expression e) {
  return power(indexOf({e.primitive(), {}, canonicalize(e)}));
}

Terms FractionReader::withoutSquares(const Terms &terms) const {
  Terms reduced;
  for (const auto &[powers, coefficient] : terms) {
    Monomial monomial = powers;
    auto square =
        std::find_if(monomial.begin(), monomial.end(), [&](const auto &power) {
          const Atom &atom = atoms[power.first];
          return atom.primitive == Primitive::Sqrt && !atom.whole &&
                 power.second == 2.0;
        });
    if (square == monomial.end()) {
      add(reduced, monomial, coefficient);
      continue;
    }
    const Terms &argument = atoms[square->first].argument;
    monomial.erase(square);
    reduced = plus(reduced, multiply({{monomial, coefficient}}, argument));
  }
  return reduced;
}

/// Whether every term is a positive number times exponentials.
bool FractionReader::isPositive(const Terms &terms) const {
  return std::all_of(terms.begin(), terms.end(), [&](const auto &term) {
    return term.second.sign() > 0 &&
           std::all_of(term.first.begin(), term.first.end(), [&](auto &power) {
             return atoms[power.first].primitive == Primitive::Exp;
           });
  });
}

/// exp of a sum is a product of powers; exp(n log(u)) = u^n for whole n and
/// u > 0.
Fraction FractionReader::exponential(const Terms &u) {
  constexpr int kMaxPower = 4;
  Fraction product = whole(number(1.0));
  for (const auto &[monomial, coefficient] : u) {
    bool isAtom = monomial.size() == 1 && monomial[0].second == 1.0;
    const Atom *atom = isAtom ? &atoms[monomial[0].first] : nullptr;
    int exponent = 0;
    for (int n = -kMaxPower; n <= kMaxPower; ++n)
      if (coefficient == double(n))
        exponent = n;
    if (exponent != 0 && atom && atom->primitive == Primitive::Log &&
        !atom->whole && isPositive(atom->argument)) {
      Fraction base = whole(atom->argument);
      for (int i = 0; i < std::abs(exponent); ++i)
        product =
            exponent > 0 ? multiply(product, base) : divide(product, base);
    } else {
      Atom base{Primitive::Exp, Terms{{monomial, 1.0}}, {}};
      product = multiply(product, power(indexOf(base), coefficient));
    }
  }
  return product;
}

Fraction FractionReader::readUnary(Expression e, const Fraction &u) {
  if (e.primitive() == Primitive::Neg)
    return negative(u);
  if (!isWhole(u))
    return wholeAtom(e);
  const Fraction one = whole(number(1.0));
  auto atomOf = [&](Primitive primitive, const Terms &argument) {
    return power(indexOf({primitive, argument, {}}));
  };
  bool negated = isNegative(u.over);
  Terms positive = negated ? negative(u.over) : u.over;
  switch (e.primitive()) {
  case Primitive::Exp:
    return exponential(u.over);
  case Primitive::Expm1:
    return plus(exponential(u.over), negative(one));
  case Primitive::Sigmoid: // E / (1 + E)
    return divide(exponential(u.over), plus(one, exponential(u.over)));
  case Primitive::Tanh: { // (E^2 - 1) / (E^2 + 1)
    Fraction square = exponential(plus(u.over, u.over));
    return divide(plus(square, negative(one)), plus(square, one));
  }
  case Primitive::Erf:
  case Primitive::Erfc: { // erf(u) = 1 - erfc(u), erfc(-u) = 2 - erfc(u)
    Fraction erfc = atomOf(Primitive::Erfc, positive);
    if (negated)
      erfc = plus(whole(number(2.0)), negative(erfc));
    return e.primitive() == Primitive::Erfc ? erfc : plus(one, negative(erfc));
  }
  case Primitive::Softplus: { // log(1 + exp(u)) = u + log(1 + exp(-u))
    Fraction sum = plus(one, exponential(positive));
    Fraction log = isWhole(sum) ? atomOf(Primitive::Log, sum.over)
                                : wholeAtom(softplus(e.operand(0)));
    return negated ? plus(log, u) : log;
  }
  case Primitive::Log:
    return atomOf(Primitive::Log, u.over);
  case Primitive::Log1p:
    return atomOf(Primitive::Log, plus(one, u).over);
  case Primitive::Sin:
  case Primitive::Atan: {
    Fraction value = atomOf(e.primitive(), positive);
    return negated ? negative(value) : value;
  }
  case Primitive::Cos:
  case Primitive::Abs:
    return atomOf(e.primitive(), positive);
  default:
    return atomOf(e.primitive(), u.over);
  }
}

std::optional<Fraction>
FractionReader::readNode(Expression e, const std::vector<Fraction> &operands) {
  switch (e.primitive()) {
  case Primitive::Constant:
    if (!std::isfinite(e.constant()))
      return std::nullopt;
    return whole(number(e.constant()));
  case Primitive::Pi:
  case Primitive::Variable:
  case Primitive::Min:
  case Primitive::Max:
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return wholeAtom(e);
  case Primitive::Add:
    return plus(operands[0], operands[1]);
  case Primitive::Sub:
    return plus(operands[0], negative(operands[1]));
  case Primitive::Mul:
    return multiply(operands[0], operands[1]);
  case Primitive::Div:
    if (operands[1].over.empty())
      return std::nullopt;
    return divide(operands[0], operands[1]);
  default:
    return readUnary(e, operands[0]);
  }
}

std::optional<Fraction> FractionReader::read(Expression expression) {
  std::unordered_map<Expression, Fraction, ExpressionHash> known;
  // What stands below a decision is read with it.
  std::vector<Expression> stack{expression};
  while (!stack.empty()) {
    Expression e = stack.back();
    bool isWholeAtom = isDecision(e.primitive()) && e.numOperands() > 1;
    std::vector<Fraction> operands;
    size_t height = stack.size();
    for (unsigned i = 0; i < e.numOperands() && !isWholeAtom; ++i) {
      if (auto operand = known.find(e.operand(i)); operand != known.end())
        operands.push_back(operand->second);
      else
        stack.push_back(e.operand(i));
    }
    if (stack.size() > height)
      continue;
    stack.pop_back();
    std::optional<Fraction> fraction = readNode(e, operands);
    if (!fraction)
      return std::nullopt;
    Fraction simple = simplified(*fraction);
    if (simple.over.size() > kMaxTerms || simple.under.size() > kMaxTerms)
      return std::nullopt;
    known.emplace(e, std::move(simple));
  }
  return known.at(expression);
}

bool areEqualFractions(Expression a, Expression b) {
  FractionReader reader;
  std::optional<Fraction> left = reader.read(canonicalize(a));
  std::optional<Fraction> right = left ? reader.read(canonicalize(b)) : left;
  return right && reader.withoutSquares(multiply(left->over, right->under)) ==
                      reader.withoutSquares(multiply(right->over, left->under));
}

} // namespace act

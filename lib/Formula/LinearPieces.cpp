//===- LinearPieces.cpp - Functions by their linear pieces ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/LinearPieces.h"
#include "Polynomial.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"

namespace act {

namespace {

/// c (x - z) where z is a float, as that is exact beside the zero, else c x +
/// d.
std::optional<Expression> asLine(Expression formula) {
  std::optional<Polynomial> line = readPolynomial(formula);
  if (!line || line->coefficients.size() > 2)
    return std::nullopt;
  if (line->isZero())
    return Expression(0.0);
  std::optional<Expression> constant = line->coefficients[0].expression();
  if (!line->isLinear())
    return constant;
  const Expression x = Expression::variable(0);
  std::optional<Expression> slope = line->coefficients[1].expression();
  std::optional<Expression> zero = line->zero().expression();
  if (!constant || !slope)
    return std::nullopt;
  if (zero && zero->isConstant() &&
      static_cast<float>(zero->constant()) == zero->constant())
    return *slope * (x - *zero);
  return *slope * x + *constant;
}

/// Whether the end of two lines at `at` belongs to the left one, or to the
/// right one; to neither where the function has a value of its own there. Of
/// both it is the constant one's, which has no sign of zero of its own.
std::optional<bool> belongsToLeft(Expression formula, Expression left,
                                  Expression right, double at) {
  auto valueOf = [at](Expression e) {
    return exactValue(e, {at}, Format::F64);
  };
  bool isLeft = valueOf(formula) == valueOf(left);
  bool isRight = valueOf(formula) == valueOf(right);
  if (isLeft && isRight)
    return left.numVariables() == 0;
  return isLeft || isRight ? std::optional(isLeft) : std::nullopt;
}

} // namespace

std::optional<Expression> byLinearPieces(Expression formula) {
  constexpr size_t kMost = 6;
  if (formula.numVariables() != 1)
    return std::nullopt;
  const Profile &shape = profile(formula);
  const size_t count = shape.pieces.size();
  if (!shape.complete || count < 2 || count > kMost)
    return std::nullopt;
  std::vector<Expression> lines;
  for (const Piece &piece : shape.pieces) {
    std::optional<Expression> line = asLine(piece.formula);
    if (!line)
      return std::nullopt;
    lines.push_back(*line);
  }
  const Expression x = Expression::variable(0);
  std::vector<bool> endsLeft;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    const Interval &at = shape.pieces[i].to;
    std::optional<bool> isLeft;
    if (at.isPoint())
      isLeft = belongsToLeft(formula, lines[i], lines[i + 1], at.lo);
    if (!isLeft)
      return std::nullopt;
    endsLeft.push_back(*isLeft);
  }
  // What no comparison takes, NaN among it, falls to a line that is no
  // constant, or to x.
  size_t inner = 0;
  while (inner < lines.size() && lines[inner].numVariables() == 0)
    ++inner;
  const bool hasInner = inner < lines.size();
  Expression choice = hasInner ? lines[inner] : x;
  for (size_t i = hasInner ? inner + 1 : lines.size() - 1; i < lines.size();
       ++i) {
    Expression end = shape.pieces[i].from.lo;
    choice = where(endsLeft[i - 1] ? x > end : x >= end, lines[i], choice);
  }
  for (size_t i = hasInner ? inner : lines.size() - 1; i-- > 0;) {
    Expression end = shape.pieces[i].to.lo;
    choice = where(endsLeft[i] ? x <= end : x < end, lines[i], choice);
  }
  return choice;
}

} // namespace act

//===- Decision.cpp - The comparisons inside a formula --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decision.h"
#include "Polynomial.h"
#include "act/Formula/Canonical.h"
#include <unordered_map>

namespace act {

bool Decision::tieMatters() const {
  return node.primitive() == Primitive::WhereLess ||
         node.primitive() == Primitive::WhereLessEqual ||
         node.primitive() == Primitive::WhereEqual;
}

std::optional<Expression> Decision::take(Sign sign) const {
  if (sign == Sign::Zero)
    return tie;
  if (sign == Sign::Negative ||
      (sign == Sign::NonPositive && (!tieMatters() || tie == negative)))
    return negative;
  if (sign == Sign::Positive ||
      (sign == Sign::NonNegative && (!tieMatters() || tie == positive)))
    return positive;
  return std::nullopt;
}

std::optional<Decision> readDecision(Expression node) {
  auto operand = [&](unsigned i) { return node.operand(i); };
  switch (node.primitive()) {
  case Primitive::Abs:
    return Decision{node, operand(0), -operand(0), operand(0), 0.0};
  case Primitive::Min:
    return Decision{node, operand(0) - operand(1), operand(0), operand(1),
                    operand(0)};
  case Primitive::Max:
    return Decision{node, operand(0) - operand(1), operand(1), operand(0),
                    operand(0)};
  case Primitive::WhereLess:
    return Decision{node, operand(0) - operand(1), operand(2), operand(3),
                    operand(3)};
  case Primitive::WhereLessEqual:
    return Decision{node, operand(0) - operand(1), operand(2), operand(3),
                    operand(2)};
  case Primitive::WhereEqual:
    return Decision{node, operand(0) - operand(1), operand(3), operand(3),
                    operand(2)};
  default:
    return std::nullopt;
  }
}

std::optional<Decision> innermostDecision(Expression expression) {
  for (Expression e : expression.postorder())
    if (auto decision = readDecision(e)) {
      decision->difference = canonicalize(decision->difference);
      return decision;
    }
  return std::nullopt;
}

/// Rebuilds `expression` from the operands up; `change` gives the new form of
/// a node with new operands.
template <typename Change>
static Expression rebuild(Expression expression, Change change) {
  std::unordered_map<Expression, Expression, ExpressionHash> rebuilt;
  for (Expression e : expression.postorder()) {
    std::vector<Expression> operands;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      operands.push_back(rebuilt.at(e.operand(i)));
    Expression next =
        operands.empty() ? e : Expression::apply(e.primitive(), operands);
    rebuilt.emplace(e, change(e, next));
  }
  return rebuilt.at(expression);
}

Expression replace(Expression expression, Expression node,
                   Expression replacement) {
  return rebuild(expression, [&](Expression old, Expression next) {
    return old == node ? replacement : next;
  });
}

//===----------------------------------------------------------------------===//
// specialize
//===----------------------------------------------------------------------===//

/// The sign of `difference` for variable 0 in the open `domain`.
static Sign signInside(Expression difference, Interval domain) {
  auto polynomial = readPolynomial(difference);
  if (!polynomial || !polynomial->isLinear())
    return SignReader(difference).on(domain);
  // A zero at an end is not inside.
  Interval zero = polynomial->zero().enclosure();
  bool rises = polynomial->coefficients[1].sign() > 0;
  if (zero.hi <= domain.lo)
    return rises ? Sign::Positive : Sign::Negative;
  if (zero.lo >= domain.hi)
    return rises ? Sign::Negative : Sign::Positive;
  return Sign::Unknown;
}

Expression specialize(Expression expression, Interval domain) {
  return rebuild(expression, [&](Expression, Expression next) {
    auto decision = readDecision(next);
    if (!decision)
      return next;
    Sign sign = signInside(canonicalize(decision->difference), domain);
    return decision->take(sign).value_or(next);
  });
}

} // namespace act

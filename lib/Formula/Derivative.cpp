//===- Derivative.cpp - Chain rule over the DAG and kink conventions ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Derivative.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace act {

/// The derivative of a unary primitive applied to `u`, by `u`; `y` is the
/// result. Forms are chosen that neither cancel nor vanish in the tails:
/// s(u) s(-u) instead of y (1 - y), 4 s(2u) s(-2u) instead of 1 - y^2.
static Expression slope(Primitive primitive, Expression u, Expression y) {
  switch (primitive) {
  case Primitive::Neg:
    return -1.0;
  case Primitive::Abs:
    return where(Expression(0.0) < u, 1.0, -1.0);
  case Primitive::Sqrt:
    return 1.0 / (2.0 * y);
  case Primitive::Exp:
    return y;
  case Primitive::Expm1:
    return exp(u);
  case Primitive::Log:
    return 1.0 / u;
  case Primitive::Log1p:
    return 1.0 / (1.0 + u);
  case Primitive::Tanh:
    return 4.0 * (sigmoid(2.0 * u) * sigmoid(-(2.0 * u)));
  case Primitive::Erf:
    return 2.0 / sqrt(Expression::pi()) * exp(-(u * u));
  case Primitive::Erfc:
    return -(2.0 / sqrt(Expression::pi())) * exp(-(u * u));
  case Primitive::Sin:
    return cos(u);
  case Primitive::Cos:
    return -sin(u);
  case Primitive::Atan:
    return 1.0 / (1.0 + u * u);
  case Primitive::Sigmoid:
    return y * sigmoid(-u);
  case Primitive::Softplus:
    return sigmoid(u);
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
  case Primitive::Add:
  case Primitive::Sub:
  case Primitive::Mul:
  case Primitive::Div:
  case Primitive::Min:
  case Primitive::Max:
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    break;
  }
  return 0.0; // not unary: its rule stands in chainRule
}

/// u dv. Identity: u sign(u) = |u|, exact.
static Expression timesSlope(Expression u, Expression dv) {
  return dv == slope(Primitive::Abs, u, abs(u)) ? abs(u) : u * dv;
}

/// a - b. Identity: (c + b) - b = c, exact in the reals: where c is small
/// beside b its digits would cancel.
static Expression difference(Expression a, Expression b) {
  if (a.primitive() == Primitive::Add)
    for (unsigned i : {0u, 1u})
      if (a.operand(i) == b)
        return a.operand(1 - i);
  return a - b;
}

static Expression quotientRule(Expression u, Expression v, Expression du,
                               Expression dv) {
  if (dv.isConstant(0.0))
    return du / v;
  return difference(du * v, timesSlope(u, dv)) / (v * v);
}

/// Where an equality with a constant holds is a point without length: the
/// derivative there is a one-sided one of the other branch.
static Expression branchRule(Expression e, Expression dThen,
                             Expression dOtherwise) {
  Expression lhs = e.operand(0), rhs = e.operand(1);
  bool atPoint = (lhs.isVariable() && rhs.isConstant()) ||
                 (lhs.isConstant() && rhs.isVariable());
  if (e.primitive() == Primitive::WhereEqual && atPoint)
    return dOtherwise;
  return Expression::apply(e.primitive(), {lhs, rhs, dThen, dOtherwise});
}

/// The derivative of `e` given that of each operand. At a tie, min and max
/// take the second operand: relu and clip then own their kinks as in PyTorch.
static Expression chainRule(Expression e, const std::vector<Expression> &d) {
  switch (e.primitive()) {
  case Primitive::Add:
    return d[0] + d[1];
  case Primitive::Sub:
    // Identity: 1 - tanh'(u) = tanh(u)^2, exact in the reals, where the
    // difference cancels around the double root of u - tanh(u).
    if (Expression b = e.operand(1);
        b.primitive() == Primitive::Tanh && b.operand(0) == e.operand(0))
      return b * b * d[0];
    return d[0] - d[1];
  case Primitive::Mul:
    if (e.operand(0) == e.operand(1))
      return 2.0 * (e.operand(0) * d[0]);
    return d[0] * e.operand(1) + e.operand(0) * d[1];
  case Primitive::Div:
    return quotientRule(e.operand(0), e.operand(1), d[0], d[1]);
  case Primitive::Min:
    return where(e.operand(0) < e.operand(1), d[0], d[1]);
  case Primitive::Max:
    return where(e.operand(1) < e.operand(0), d[0], d[1]);
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return branchRule(e, d[2], d[3]);
  default:
    return slope(e.primitive(), e.operand(0), e) * d[0];
  }
}

/// outer * inner; a selection of 0 or 1 selects the factor instead.
static Expression chained(Expression outer, Expression inner) {
  switch (outer.primitive()) {
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual: {
    Expression then = outer.operand(2), otherwise = outer.operand(3);
    auto isSelector = [](Expression arm) {
      return arm.isConstant(0.0) || arm.isConstant(1.0);
    };
    if (!isSelector(then) || !isSelector(otherwise))
      return outer * inner;
    return Expression::apply(
        outer.primitive(),
        {outer.operand(0), outer.operand(1), then * inner, otherwise * inner});
  }
  default:
    return outer * inner;
  }
}

/// The derivative of `expression` by its node `inner`.
static Expression differentiateBy(Expression expression, Expression inner) {
  std::unordered_map<Expression, Expression, ExpressionHash> derivatives;
  for (Expression e : expression.postorder()) {
    std::vector<Expression> d;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      d.push_back(derivatives.at(e.operand(i)));
    if (e == inner)
      derivatives.emplace(e, Expression(1.0));
    else if (e.numOperands() == 0)
      derivatives.emplace(e, Expression(0.0));
    else
      derivatives.emplace(e, chainRule(e, d));
  }
  return derivatives.at(expression);
}

/// The nodes through which every path from `expression` to `variable` leads,
/// outermost first: these two and where functions were composed.
static std::vector<Expression> separators(Expression expression,
                                          Expression variable) {
  std::vector<Expression> order = expression.postorder();
  std::unordered_set<Expression, ExpressionHash> depends, reached;
  for (Expression e : order)
    for (unsigned i = 0; i < e.numOperands(); ++i)
      if (e.operand(i) == variable || depends.count(e.operand(i)))
        depends.insert(e);
  std::vector<Expression> found;
  reached.insert(expression);
  // Users come first in the reverse order: a node that is the only one
  // reached and not left separates.
  for (auto e = order.rbegin(); e != order.rend(); ++e) {
    if (!reached.count(*e))
      continue;
    if (reached.size() == 1)
      found.push_back(*e);
    reached.erase(*e);
    for (unsigned i = 0; i < e->numOperands(); ++i)
      if (e->operand(i) == variable || depends.count(e->operand(i)))
        reached.insert(e->operand(i));
  }
  return found;
}

Expression differentiate(Expression expression, unsigned index) {
  Expression variable = Expression::variable(index);
  if (expression == variable)
    return 1.0;
  std::vector<Expression> chain = separators(expression, variable);
  if (chain.back() != variable)
    return 0.0; // the variable is not used
  // Between separators by the chain rule: a product of short factors whose
  // signs can be read one by one, where a sum of long terms would cancel.
  Expression result = 1.0;
  for (size_t i = chain.size() - 1; i > 0; --i)
    result = chained(differentiateBy(chain[i - 1], chain[i]), result);
  return result;
}

/// The letter of kink number `index`.
static char sideOf(std::string_view kinkSides, size_t index) {
  if (kinkSides.empty())
    return 'l';
  return kinkSides[std::min(index, kinkSides.size() - 1)];
}

/// The derivative that `side` names at `point`, between two formulas.
static Expression valueAt(double point, char side, Expression left,
                          Expression right) {
  Expression fromLeft = differentiate(left).substitute({point});
  Expression fromRight = differentiate(right).substitute({point});
  if (side == 'm')
    return (fromLeft + fromRight) / 2.0;
  return side == 'l' ? fromLeft : fromRight;
}

Expression derivative(Expression expression, std::string_view kinkSides) {
  const Profile &shape = profile(expression);
  Expression generic = differentiate(expression), result = generic;
  Expression x = Expression::variable(0);
  size_t kink = 0;
  for (size_t i = 0; i + 1 < shape.pieces.size(); ++i) {
    const Piece &left = shape.pieces[i], &right = shape.pieces[i + 1];
    Interval at = left.to;
    while (kink < shape.kinks.size() && shape.kinks[kink].at.hi < at.lo)
      ++kink;
    if (!at.isPoint())
      continue;
    // Beside a kink all sides agree, but the generic rule may not: of
    // max(x,0) - max(-x,0) it takes 0 at 0.
    bool isKink = kink < shape.kinks.size() && shape.kinks[kink].at == at;
    char side = isKink ? sideOf(kinkSides, kink) : 'l';
    Expression value =
        canonicalize(valueAt(at.lo, side, left.formula, right.formula));
    if (canonicalize(generic.substitute({at.lo})) != value)
      result = where(equal(x, at.lo), value, result);
  }
  return result;
}

} // namespace act

//===- Canonical.cpp - One spelling for equal formulas --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Canonical.h"
#include "Identities.h"
#include "Terms.h"
#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace act {

//===----------------------------------------------------------------------===//
// Minimum, maximum and clip
//===----------------------------------------------------------------------===//

static Primitive opposite(Primitive extremum) {
  return extremum == Primitive::Max ? Primitive::Min : Primitive::Max;
}

static void collectOperands(Expression e, Primitive extremum,
                            std::vector<Expression> &operands) {
  if (e.primitive() != extremum) {
    operands.push_back(e);
    return;
  }
  collectOperands(e.operand(0), extremum, operands);
  collectOperands(e.operand(1), extremum, operands);
}

/// max(u, -u) = |u|, min(u, -u) = -|u|.
static std::optional<Expression> asAbs(Primitive extremum, Expression a,
                                       Expression b) {
  if (a.isConstant() || negated(a) != b)
    return std::nullopt;
  Expression magnitude = abs(isNegative(a) ? b : a);
  return extremum == Primitive::Max ? magnitude : -magnitude;
}

/// Applies `bound` to u, which may itself be bounded on the other side:
/// max(min(u, b), a) = min(max(u, a), b) if a <= b, else a.
static Expression applyBound(Primitive extremum, Expression u,
                             Expression bound) {
  Expression plain = Expression::apply(extremum, {u, bound});
  if (u.primitive() != opposite(extremum) || !u.operand(1).isConstant())
    return plain;
  double inner = u.operand(1).constant(), outer = bound.constant();
  bool crossed = extremum == Primitive::Max ? outer >= inner : outer <= inner;
  if (crossed)
    return bound;
  if (extremum == Primitive::Min)
    return plain; // already max inside, min outside
  return min(applyBound(Primitive::Max, u.operand(0), bound), inner);
}

/// One constant, last; the other operands once, sorted.
static Expression canonicalExtremum(Primitive extremum, Expression a,
                                    Expression b) {
  std::vector<Expression> operands;
  collectOperands(a, extremum, operands);
  collectOperands(b, extremum, operands);
  auto constants = std::partition(operands.begin(), operands.end(),
                                  [](Expression e) { return !e.isConstant(); });
  std::vector<Expression> bounds(constants, operands.end());
  operands.erase(constants, operands.end());
  std::sort(operands.begin(), operands.end(),
            [](Expression l, Expression r) { return l.hash() < r.hash(); });
  operands.erase(std::unique(operands.begin(), operands.end()), operands.end());
  if (operands.size() == 2)
    if (auto folded = asAbs(extremum, operands[0], operands[1]))
      operands = {*folded};
  auto combine = [&](Expression l, Expression r) {
    return Expression::apply(extremum, {l, r});
  };
  // Folds to a constant as all are.
  Expression bound = (extremum == Primitive::Max ? -1.0 : 1.0) *
                     std::numeric_limits<double>::infinity();
  for (Expression constant : bounds)
    bound = combine(bound, constant);
  if (operands.empty() ||
      (std::isinf(bound.constant()) && !bounds.empty() &&
       (bound.constant() > 0) == (extremum == Primitive::Max)))
    return bound;
  Expression result = operands[0];
  for (size_t i = 1; i < operands.size(); ++i)
    result = combine(result, operands[i]);
  return std::isinf(bound.constant()) ? result
                                      : applyBound(extremum, result, bound);
}

//===----------------------------------------------------------------------===//
// where
//===----------------------------------------------------------------------===//

/// `a < b ? then : otherwise` that continues one of the compared values with a
/// bound of its own: where(u < c, c, min(u, b)) = max(min(u, b), c) if c <= b,
/// and the mirror image.
static std::optional<Expression> asClip(Expression a, Expression b,
                                        Expression then, Expression otherwise) {
  bool lower = b.isConstant() && then == b; // u < c ? c : min(u, .)
  bool upper = a.isConstant() && then == a; // c < u ? c : max(u, .)
  if (!lower && !upper)
    return std::nullopt;
  Primitive inner = lower ? Primitive::Min : Primitive::Max;
  Expression u = lower ? a : b;
  if (otherwise.primitive() != inner || otherwise.operand(0) != u ||
      !otherwise.operand(1).isConstant())
    return std::nullopt;
  double bound = then.constant(), other = otherwise.operand(1).constant();
  if (lower ? bound > other : bound < other)
    return std::nullopt;
  return canonicalExtremum(opposite(inner), otherwise, then);
}

/// where(a < b, then, otherwise).
static Expression canonicalWhere(Expression a, Expression b, Expression then,
                                 Expression otherwise) {
  if (then == a && otherwise == b)
    return canonicalExtremum(Primitive::Min, a, b);
  if (then == b && otherwise == a)
    return canonicalExtremum(Primitive::Max, a, b);
  // 0 < u ? u : -u and u < 0 ? -u : u.
  if (a.isConstant(0.0) && then == b && negated(b) == otherwise)
    return canonicalAbs(b);
  if (b.isConstant(0.0) && otherwise == a && negated(a) == then)
    return canonicalAbs(a);
  if (auto clipped = asClip(a, b, then, otherwise))
    return *clipped;
  // The complement takes the other side; at a tie both sides are the bound.
  if (auto clipped = asClip(b, a, otherwise, then))
    return *clipped;
  return where(a < b, then, otherwise);
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

static Expression canonicalNode(Expression e) {
  switch (e.primitive()) {
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
    return e;
  case Primitive::Add:
  case Primitive::Sub:
    return canonicalSum(e);
  case Primitive::Neg:
  case Primitive::Mul:
  case Primitive::Div:
    return canonicalProduct(e);
  case Primitive::Min:
  case Primitive::Max:
    return canonicalExtremum(e.primitive(), e.operand(0), e.operand(1));
  case Primitive::WhereLess:
    return canonicalWhere(e.operand(0), e.operand(1), e.operand(2),
                          e.operand(3));
  case Primitive::WhereLessEqual: // a <= b is not b < a
    return canonicalWhere(e.operand(1), e.operand(0), e.operand(3),
                          e.operand(2));
  case Primitive::WhereEqual:
    if (e.operand(1).hash() < e.operand(0).hash())
      return where(equal(e.operand(1), e.operand(0)), e.operand(2),
                   e.operand(3));
    return e;
  case Primitive::Abs:
    return canonicalAbs(e.operand(0));
  case Primitive::Sqrt:
  case Primitive::Exp:
  case Primitive::Expm1:
  case Primitive::Log:
  case Primitive::Log1p:
  case Primitive::Tanh:
  case Primitive::Erf:
  case Primitive::Erfc:
  case Primitive::Sin:
  case Primitive::Cos:
  case Primitive::Atan:
  case Primitive::Sigmoid:
  case Primitive::Softplus:
    return canonicalElementary(e);
  }
  return e;
}

static Expression canonicalizeOnce(Expression expression) {
  std::unordered_map<Expression, Expression, ExpressionHash> forms;
  for (Expression e : expression.postorder()) {
    std::vector<Expression> operands;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      operands.push_back(forms.at(e.operand(i)));
    if (!operands.empty())
      forms.emplace(e,
                    canonicalNode(Expression::apply(e.primitive(), operands)));
    else
      forms.emplace(e, e);
  }
  return forms.at(expression);
}

Expression canonicalize(Expression expression) {
  // An identity may make room for another above it. Each shortens the formula
  // or moves to a preferred primitive, so this ends; the bound is for safety.
  for (int round = 0; round < 32; ++round) {
    Expression next = canonicalizeOnce(expression);
    if (next == expression)
      break;
    expression = next;
  }
  return expression;
}

} // namespace act

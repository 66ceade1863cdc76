//===- AffineForm.cpp - A formula as an affine function -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/AffineForm.h"
#include <algorithm>
#include <unordered_map>

namespace act {

namespace {

/// Reads each node of a formula once.
class AffineReader {
public:
  AffineReader(Expression formula, const std::vector<bool> &isVariable)
      : isVariable(isVariable) {
    for (Expression e : formula.postorder()) {
      contains[e] = containsVariable(e);
      forms.emplace(e, read(e));
    }
  }

  const std::optional<AffineForm> &form(Expression e) const {
    return forms.find(e)->second;
  }
  bool containsAny(Expression e) const { return contains.find(e)->second; }

private:
  bool containsVariable(Expression e) const {
    if (e.isVariable())
      return e.variableIndex() < isVariable.size() &&
             isVariable[e.variableIndex()];
    for (unsigned i = 0; i < e.numOperands(); ++i)
      if (containsAny(e.operand(i)))
        return true;
    return false;
  }

  AffineForm constantForm(Expression e) const {
    AffineForm form;
    form.factors.resize(isVariable.size());
    form.constant = e;
    return form;
  }

  /// a + sign * b.
  static AffineForm sum(const AffineForm &a, const AffineForm &b, int sign) {
    AffineForm result = a;
    result.constant =
        sign > 0 ? a.constant + b.constant : a.constant - b.constant;
    for (size_t i = 0; i < a.factors.size(); ++i) {
      if (!b.factors[i])
        continue;
      Expression x = a.factors[i].value_or(0.0), y = *b.factors[i];
      result.factors[i] = sign > 0 ? x + y : x - y;
    }
    return result;
  }

  template <typename Function>
  static AffineForm mapped(const AffineForm &a, Function function) {
    AffineForm result = a;
    result.constant = function(a.constant);
    for (std::optional<Expression> &factor : result.factors)
      if (factor)
        factor = function(*factor);
    return result;
  }

  /// One or the other as the condition of `where` says.
  static AffineForm chosen(Expression where, const AffineForm &then,
                           const AffineForm &otherwise) {
    auto choose = [&](Expression a, Expression b) {
      return a == b ? a
                    : Expression::apply(
                          where.primitive(),
                          {where.operand(0), where.operand(1), a, b});
    };
    AffineForm result = then;
    result.constant = choose(then.constant, otherwise.constant);
    for (size_t i = 0; i < then.factors.size(); ++i)
      if (then.factors[i] || otherwise.factors[i])
        result.factors[i] = choose(then.factors[i].value_or(0.0),
                                   otherwise.factors[i].value_or(0.0));
    return result;
  }

  std::optional<AffineForm> read(Expression e) const {
    if (!containsAny(e))
      return constantForm(e);
    if (e.isVariable()) {
      AffineForm form = constantForm(0.0);
      form.factors[e.variableIndex()] = 1.0;
      return form;
    }
    for (unsigned i = 0; i < e.numOperands(); ++i)
      if (!form(e.operand(i)))
        return std::nullopt;
    const AffineForm &a = *form(e.operand(0));
    switch (e.primitive()) {
    case Primitive::Neg:
      return mapped(a, [](Expression x) { return -x; });
    case Primitive::Add:
    case Primitive::Sub:
      return sum(a, *form(e.operand(1)),
                 e.primitive() == Primitive::Add ? 1 : -1);
    case Primitive::Mul: {
      Expression left = e.operand(0), right = e.operand(1);
      if (!containsAny(left))
        return mapped(*form(right), [&](Expression x) { return left * x; });
      if (!containsAny(right))
        return mapped(a, [&](Expression x) { return x * right; });
      return std::nullopt;
    }
    case Primitive::Div: {
      Expression divisor = e.operand(1);
      if (containsAny(divisor))
        return std::nullopt;
      return mapped(a, [&](Expression x) { return x / divisor; });
    }
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      if (containsAny(e.operand(0)) || containsAny(e.operand(1)))
        return std::nullopt;
      return chosen(e, *form(e.operand(2)), *form(e.operand(3)));
    default:
      return std::nullopt;
    }
  }

  const std::vector<bool> &isVariable;
  std::unordered_map<Expression, bool, ExpressionHash> contains;
  std::unordered_map<Expression, std::optional<AffineForm>, ExpressionHash>
      forms;
};

} // namespace

std::optional<AffineForm> affineForm(Expression formula,
                                     const std::vector<bool> &isVariable) {
  return AffineReader(formula, isVariable).form(formula);
}

std::optional<Composition> splitAffine(Expression formula,
                                       const std::vector<bool> &isVariable) {
  AffineReader reader(formula, isVariable);
  if (reader.form(formula))
    return std::nullopt;
  // Operands of what is not affine that are: all must be the same.
  std::optional<Expression> inner;
  std::unordered_map<Expression, Expression, ExpressionHash> outer;
  for (Expression e : formula.postorder()) {
    if (reader.form(e))
      continue;
    std::vector<Expression> operands;
    for (unsigned i = 0; i < e.numOperands(); ++i) {
      Expression operand = e.operand(i);
      if (!reader.form(operand)) {
        operands.push_back(outer.find(operand)->second);
        continue;
      }
      if (!reader.containsAny(operand)) {
        // A formula over the other variables is no number.
        if (operand.numVariables() != 0)
          return std::nullopt;
        operands.push_back(operand);
        continue;
      }
      if (inner && *inner != operand)
        return std::nullopt;
      inner = operand;
      operands.push_back(Expression::variable(0));
    }
    outer.emplace(e, Expression::apply(e.primitive(), operands));
  }
  return Composition{outer.find(formula)->second, *inner};
}

} // namespace act

//===- ExpressionPrinter.cpp - Infix text of a formula --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Expression.h"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

namespace act {
namespace {

/// How tightly an operator binds; operands that bind less need parentheses.
enum Precedence { Sum = 1, Product = 2, Prefix = 3, Atom = 4 };

class Printer {
public:
  Printer(Expression root, const std::vector<std::string> &names)
      : names(names) {
    for (Expression e : root.postorder())
      for (unsigned i = 0; i < e.numOperands(); ++i)
        ++uses[e.operand(i).id()];
    for (Expression e : root.postorder())
      if (height(e) > mostNested || (uses[e.id()] > 1 && isLarge(e)))
        bind(e);
    body = print(root, Sum);
  }

  std::string text() const { return bindings + body; }

private:
  /// Larger than a call on a variable or constant.
  static bool isLarge(Expression e) {
    for (unsigned i = 0; i < e.numOperands(); ++i)
      if (e.operand(i).numOperands() > 0)
        return true;
    return e.numOperands() > 2;
  }

  /// Levels of text between `e` and the names below it; its operands' are
  /// known. What nests deeper than a person or the stack can follow is bound.
  static constexpr unsigned mostNested = 200;
  unsigned height(Expression e) {
    unsigned &result = heights[e.id()];
    for (unsigned i = 0; i < e.numOperands(); ++i)
      if (!sharedNames.count(e.operand(i).id()))
        result = std::max(result, heights.at(e.operand(i).id()) + 1);
    return result;
  }

  void bind(Expression e) {
    std::string text = print(e, Sum);
    std::string name = "t" + std::to_string(sharedNames.size());
    bindings += "let " + name + " = " + text + " in ";
    sharedNames.emplace(e.id(), name);
  }

  static std::string number(double value) {
    if (std::isinf(value))
      return value < 0 ? "-inf" : "inf";
    // The shortest text that reads back as the same double.
    char text[32];
    for (int digits = 1; digits <= 17; ++digits) {
      std::snprintf(text, sizeof text, "%.*g", digits, value);
      if (std::strtod(text, nullptr) == value)
        break;
    }
    return text;
  }

  std::string name(unsigned variable) const {
    if (variable < names.size())
      return names[variable];
    static const char *const defaults[] = {"x", "y", "z"};
    return variable < 3 ? defaults[variable] : "v" + std::to_string(variable);
  }

  static std::string parenthesized(std::string text, Precedence own,
                                   Precedence needed) {
    return own < needed ? "(" + std::move(text) + ")" : text;
  }

  std::string call(Expression e) {
    std::string text = std::string(spelling(e.primitive())) + "(";
    for (unsigned i = 0; i < e.numOperands(); ++i)
      text += (i ? ", " : "") + print(e.operand(i), Sum);
    return text + ")";
  }

  std::string infix(Expression e, const char *symbol, Precedence own,
                    Precedence right, Precedence needed) {
    return parenthesized(print(e.operand(0), own) + symbol +
                             print(e.operand(1), right),
                         own, needed);
  }

  std::string conditional(Expression e, const char *symbol) {
    return "where(" + print(e.operand(0), Sum) + symbol +
           print(e.operand(1), Sum) + ", " + print(e.operand(2), Sum) + ", " +
           print(e.operand(3), Sum) + ")";
  }

  std::string print(Expression e, Precedence needed) {
    if (auto shared = sharedNames.find(e.id()); shared != sharedNames.end())
      return shared->second;
    switch (e.primitive()) {
    case Primitive::Constant:
      return parenthesized(number(e.constant()),
                           e.constant() < 0 ? Prefix : Atom, needed);
    case Primitive::Pi:
      return "pi";
    case Primitive::Variable:
      return name(e.variableIndex());
    case Primitive::Neg:
      return parenthesized("-" + print(e.operand(0), Prefix), Prefix, needed);
    case Primitive::Add:
      return infix(e, " + ", Sum, Sum, needed);
    case Primitive::Sub:
      return infix(e, " - ", Sum, Product, needed);
    case Primitive::Mul:
      return infix(e, " * ", Product, Product, needed);
    case Primitive::Div:
      return infix(e, " / ", Product, Prefix, needed);
    case Primitive::WhereLess:
      return conditional(e, " < ");
    case Primitive::WhereLessEqual:
      return conditional(e, " <= ");
    case Primitive::WhereEqual:
      return conditional(e, " = ");
    default:
      return call(e);
    }
  }

  const std::vector<std::string> &names;
  std::unordered_map<const void *, unsigned> uses, heights;
  std::unordered_map<const void *, std::string> sharedNames;
  std::string bindings, body;
};

} // namespace

std::string Expression::str(const std::vector<std::string> &names) const {
  return Printer(*this, names).text();
}

} // namespace act

//===- Expression.h - An activation's formula as an immutable DAG -*- C++ -*-=//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What does an activation compute? An Expression over real variables. Every
// other question (exact value, range, derivative, IR, ...) is a reader of this
// DAG in a file of its own.
//
// Expressions are hash-consed: equal DAGs are one node, so equality is a
// pointer comparison and readers memoise by node. Nodes live as long as the
// process; creating them is thread-safe.
//
// Meaning is that of the real function, extended by limits. NaN has no place
// here: how IR treats it is a reading of the IR.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_EXPRESSION_H
#define ACT_FORMULA_EXPRESSION_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace act {

class Expression;

/// A comparison of two real values; only `where` consumes it.
struct Condition;

/// The vocabulary, one line each in Primitives.def.
enum class Primitive : uint8_t {
#define ACT_PRIMITIVE(NAME, ARITY, SPELLING) NAME,
#include "act/Formula/Primitives.def"
};

/// Number of operands of `primitive`; 0 for constants and variables.
unsigned arity(Primitive primitive);

/// Whether `primitive` takes one value or another by a comparison: abs, min,
/// max and the where primitives. All others are smooth inside their domain.
bool isDecision(Primitive primitive);

/// Whether `primitive` is a transcendental function of its operand: exp, log,
/// tanh, erf and their kin.
bool isElementary(Primitive primitive);

/// The name in lower case under which `primitive` is printed.
const char *spelling(Primitive primitive);

namespace detail {
struct Node {
  Primitive primitive;
  uint32_t variable = 0;  // of a Variable
  double constant = 0.0;  // of a Constant
  uint32_t variables = 0; // one more than the largest variable index below
  uint64_t hash = 0;      // structural: the same in every process
  const Node *operands[4] = {nullptr, nullptr, nullptr, nullptr};
};
} // namespace detail

class Expression {
public:
  /// The constant `value`, exact. Implicit, so that formulas read as such.
  Expression(double value);
  Expression(int value) : Expression(static_cast<double>(value)) {}

  static Expression variable(unsigned index);
  /// The number pi, exact.
  static Expression pi();
  /// Applies a primitive. Folds what is exact in the reals (1*x, 0+x, exact
  /// sums and products of constants, 0*x); it never rounds a constant.
  static Expression apply(Primitive primitive,
                          const std::vector<Expression> &operands);

  Primitive primitive() const { return node->primitive; }
  unsigned numOperands() const { return arity(node->primitive); }
  Expression operand(unsigned i) const { return Expression(node->operands[i]); }
  bool isConstant() const { return node->primitive == Primitive::Constant; }
  bool isConstant(double value) const {
    return isConstant() && node->constant == value;
  }
  bool isVariable() const { return node->primitive == Primitive::Variable; }
  double constant() const { return node->constant; }
  unsigned variableIndex() const { return node->variable; }
  /// One more than the largest variable index used; 0 for a closed expression.
  unsigned numVariables() const { return node->variables; }
  /// The only variable used; none if there are several or none at all.
  std::optional<unsigned> onlyVariable() const;
  /// Whether it is a constant by which products are exact while they are
  /// normal.
  bool isPowerOfTwo() const;
  /// Structural hash, stable between runs: orders operands canonically.
  uint64_t hash() const { return node->hash; }

  bool operator==(Expression other) const { return node == other.node; }
  bool operator!=(Expression other) const { return node != other.node; }

  /// The expression with variable i replaced by `values[i]`.
  Expression substitute(const std::vector<Expression> &values) const;
  /// Distinct nodes of the DAG.
  size_t size() const;
  /// All distinct nodes, operands before users, this one last.
  std::vector<Expression> postorder() const;
  /// Infix text. `names[i]` names variable i (default x, y, z, v3, ...).
  /// Nodes used more than once and larger than a call are bound by `let`, and
  /// so is what nests too deeply.
  std::string str(const std::vector<std::string> &names = {}) const;

  const void *id() const { return node; }

private:
  explicit Expression(const detail::Node *node) : node(node) {}
  const detail::Node *node;
};

struct Condition {
  enum class Predicate : uint8_t { Less, LessEqual, Equal } predicate;
  Expression lhs, rhs;
};

Expression operator+(Expression, Expression);
Expression operator-(Expression, Expression);
Expression operator*(Expression, Expression);
Expression operator/(Expression, Expression);
Expression operator-(Expression);
Condition operator<(Expression, Expression);
Condition operator<=(Expression, Expression);
Condition operator>(Expression, Expression);
Condition operator>=(Expression, Expression);
/// Equality of the two real values (`==` compares the DAGs).
Condition equal(Expression, Expression);
/// `then` where the condition holds, else `otherwise`.
Expression where(Condition, Expression then, Expression otherwise);

Expression abs(Expression);
Expression min(Expression, Expression);
Expression max(Expression, Expression);
Expression sqrt(Expression);
Expression exp(Expression);
Expression expm1(Expression);
Expression log(Expression);
Expression log1p(Expression);
Expression tanh(Expression);
Expression erf(Expression);
Expression erfc(Expression);
Expression sin(Expression);
Expression cos(Expression);
Expression atan(Expression);
/// 1/(1+exp(-x)).
Expression sigmoid(Expression);
/// ln(1+exp(x)).
Expression softplus(Expression);
/// min(max(x, lo), hi).
Expression clip(Expression x, Expression lo, Expression hi);
/// The standard normal distribution function, erfc(-x/sqrt(2))/2.
Expression normalCdf(Expression x);

/// Spreads hash() over a std::unordered_map.
struct ExpressionHash {
  size_t operator()(Expression e) const {
    return std::hash<const void *>()(e.id());
  }
};

} // namespace act

#endif // ACT_FORMULA_EXPRESSION_H

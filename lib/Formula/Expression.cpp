//===- Expression.cpp - The table of nodes and exact folding --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Expression.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace act {

unsigned arity(Primitive primitive) {
  static constexpr uint8_t arities[] = {
#define ACT_PRIMITIVE(NAME, ARITY, SPELLING) ARITY,
#include "act/Formula/Primitives.def"
  };
  return arities[static_cast<unsigned>(primitive)];
}

bool isElementary(Primitive primitive) {
  switch (primitive) {
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
    return true;
  default:
    return false;
  }
}

bool isDecision(Primitive primitive) {
  switch (primitive) {
  case Primitive::Abs:
  case Primitive::Min:
  case Primitive::Max:
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return true;
  default:
    return false;
  }
}

const char *spelling(Primitive primitive) {
  static constexpr const char *spellings[] = {
#define ACT_PRIMITIVE(NAME, ARITY, SPELLING) SPELLING,
#include "act/Formula/Primitives.def"
  };
  return spellings[static_cast<unsigned>(primitive)];
}

//===----------------------------------------------------------------------===//
// The table of nodes
//===----------------------------------------------------------------------===//

using detail::Node;

static uint64_t bitsOf(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// The finalizer of splitmix64: every input bit reaches every output bit.
static uint64_t mix(uint64_t h) {
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
  return h ^ (h >> 31);
}

static uint64_t structuralHash(const Node &node) {
  uint64_t h = mix(static_cast<uint64_t>(node.primitive) + 1);
  h = mix(h ^ bitsOf(node.constant));
  h = mix(h + node.variable);
  for (const Node *operand : node.operands)
    h = mix(h * 3 + (operand ? operand->hash : 0));
  return h;
}

namespace {
struct NodeHash {
  size_t operator()(const Node *node) const { return node->hash; }
};
struct NodeEqual {
  bool operator()(const Node *a, const Node *b) const {
    return a->primitive == b->primitive && a->variable == b->variable &&
           bitsOf(a->constant) == bitsOf(b->constant) &&
           std::equal(std::begin(a->operands), std::end(a->operands),
                      std::begin(b->operands));
  }
};

/// A part of the table with a lock of its own.
struct Shard {
  std::mutex mutex;
  std::unordered_set<const Node *, NodeHash, NodeEqual> nodes;
};
} // namespace

/// The node equal to `prototype`, made if there is none. Nodes are never
/// freed: expressions are as few as the functions of the programs seen.
static const Node *intern(Node prototype) {
  static Shard *const shards = new Shard[16];
  prototype.hash = structuralHash(prototype);
  for (const Node *operand : prototype.operands)
    if (operand)
      prototype.variables = std::max(prototype.variables, operand->variables);
  Shard &shard = shards[prototype.hash >> 60];
  std::lock_guard<std::mutex> lock(shard.mutex);
  auto found = shard.nodes.find(&prototype);
  if (found != shard.nodes.end())
    return *found;
  return *shard.nodes.insert(new Node(prototype)).first;
}

Expression::Expression(double value) {
  Node prototype;
  prototype.primitive = Primitive::Constant;
  // -0 and 0 are one real number.
  prototype.constant = value == 0.0 ? 0.0 : value;
  node = intern(prototype);
}

Expression Expression::variable(unsigned index) {
  Node prototype;
  prototype.primitive = Primitive::Variable;
  prototype.variable = index;
  prototype.variables = index + 1;
  return Expression(intern(prototype));
}

Expression Expression::pi() {
  Node prototype;
  prototype.primitive = Primitive::Pi;
  return Expression(intern(prototype));
}

//===----------------------------------------------------------------------===//
// Folding that is exact in the reals
//===----------------------------------------------------------------------===//

using Folded = std::unique_ptr<Expression>;
static Folded folded(Expression e) { return std::make_unique<Expression>(e); }

/// `sum` if it is a + b without rounding (Knuth's two-sum has no error term).
static Folded exactSum(double a, double b) {
  double sum = a + b, part = sum - a;
  double error = (a - (sum - part)) + (b - part);
  bool exact = std::isfinite(sum) && error == 0.0;
  return exact ? folded(sum) : nullptr;
}

static Folded exactProduct(double a, double b) {
  double product = a * b;
  // Below this the error of the product itself may underflow.
  bool representable = std::abs(product) > 0x1p-900 || a == 0.0 || b == 0.0;
  bool exact = std::isfinite(product) && representable &&
               std::fma(a, b, -product) == 0.0;
  return exact ? folded(product) : nullptr;
}

static Folded exactQuotient(double a, double b) {
  double quotient = a / b;
  bool representable = std::abs(quotient) > 0x1p-900 || a == 0.0;
  bool exact = b != 0.0 && std::isfinite(quotient) && std::isfinite(b) &&
               representable && std::fma(quotient, b, -a) == 0.0;
  return exact ? folded(quotient) : nullptr;
}

static Folded foldAdd(Expression a, Expression b) {
  if (a.isConstant(0.0))
    return folded(b);
  if (b.isConstant(0.0))
    return folded(a);
  if (a.isConstant() && b.isConstant())
    return exactSum(a.constant(), b.constant());
  return nullptr;
}

static Folded foldSub(Expression a, Expression b) {
  if (b.isConstant(0.0))
    return folded(a);
  if (a.isConstant(0.0))
    return folded(-b);
  if (a == b)
    return folded(0.0);
  if (a.isConstant() && b.isConstant())
    return exactSum(a.constant(), -b.constant());
  return nullptr;
}

static Folded foldMul(Expression a, Expression b) {
  for (auto [factor, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (factor.isConstant(0.0))
      return folded(0.0);
    if (factor.isConstant(1.0))
      return folded(other);
    if (factor.isConstant(-1.0))
      return folded(-other);
  }
  if (a.isConstant() && b.isConstant())
    return exactProduct(a.constant(), b.constant());
  return nullptr;
}

static Folded foldDiv(Expression a, Expression b) {
  if (b.isConstant(1.0))
    return folded(a);
  if (a.isConstant(0.0) && !b.isConstant(0.0))
    return folded(0.0);
  if (a.isConstant() && b.isConstant())
    return exactQuotient(a.constant(), b.constant());
  return nullptr;
}

static Folded foldExtremum(bool isMax, Expression a, Expression b) {
  if (a == b)
    return folded(a);
  double neutral = std::numeric_limits<double>::infinity() * (isMax ? -1 : 1);
  if (a.isConstant(neutral))
    return folded(b);
  if (b.isConstant(neutral))
    return folded(a);
  if (a.isConstant() && b.isConstant())
    return folded(isMax ? std::max(a.constant(), b.constant())
                        : std::min(a.constant(), b.constant()));
  return nullptr;
}

static Folded foldWhere(Primitive primitive,
                        const std::vector<Expression> &operands) {
  Expression a = operands[0], b = operands[1];
  if (operands[2] == operands[3])
    return folded(operands[2]);
  bool decided = a == b || (a.isConstant() && b.isConstant());
  if (!decided)
    return nullptr;
  bool holds;
  if (a == b)
    holds = primitive != Primitive::WhereLess;
  else if (primitive == Primitive::WhereEqual)
    holds = a.constant() == b.constant();
  else
    holds = a.constant() < b.constant();
  return folded(operands[holds ? 2 : 3]);
}

/// f(0) and f(1) where they are whole numbers.
static Folded foldElementary(Primitive primitive, Expression a) {
  switch (primitive) {
  case Primitive::Sqrt:
    return a.isConstant(0.0) || a.isConstant(1.0) ? folded(a) : nullptr;
  case Primitive::Expm1:
  case Primitive::Log1p:
  case Primitive::Tanh:
  case Primitive::Erf:
  case Primitive::Sin:
  case Primitive::Atan:
    return a.isConstant(0.0) ? folded(0.0) : nullptr;
  case Primitive::Exp:
  case Primitive::Erfc:
  case Primitive::Cos:
    return a.isConstant(0.0) ? folded(1.0) : nullptr;
  case Primitive::Log:
    return a.isConstant(1.0) ? folded(0.0) : nullptr;
  case Primitive::Sigmoid:
    return a.isConstant(0.0) ? folded(0.5) : nullptr;
  default:
    return nullptr;
  }
}

static Folded fold(Primitive primitive,
                   const std::vector<Expression> &operands) {
  switch (primitive) {
  case Primitive::Neg:
    if (operands[0].isConstant())
      return folded(-operands[0].constant());
    if (operands[0].primitive() == Primitive::Neg)
      return folded(operands[0].operand(0));
    return nullptr;
  case Primitive::Abs:
    if (operands[0].isConstant())
      return folded(std::abs(operands[0].constant()));
    if (operands[0].primitive() == Primitive::Neg)
      return folded(abs(operands[0].operand(0)));
    return nullptr;
  case Primitive::Add:
    return foldAdd(operands[0], operands[1]);
  case Primitive::Sub:
    return foldSub(operands[0], operands[1]);
  case Primitive::Mul:
    return foldMul(operands[0], operands[1]);
  case Primitive::Div:
    return foldDiv(operands[0], operands[1]);
  case Primitive::Min:
  case Primitive::Max:
    return foldExtremum(primitive == Primitive::Max, operands[0], operands[1]);
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return foldWhere(primitive, operands);
  default:
    return operands.size() == 1 ? foldElementary(primitive, operands[0])
                                : nullptr;
  }
}

Expression Expression::apply(Primitive primitive,
                             const std::vector<Expression> &operands) {
  if (Folded result = fold(primitive, operands))
    return *result;
  Node prototype;
  prototype.primitive = primitive;
  for (size_t i = 0; i < operands.size(); ++i)
    prototype.operands[i] = operands[i].node;
  return Expression(intern(prototype));
}

//===----------------------------------------------------------------------===//
// Walks
//===----------------------------------------------------------------------===//

std::optional<unsigned> Expression::onlyVariable() const {
  std::optional<unsigned> only;
  for (Expression e : postorder()) {
    if (!e.isVariable() || only == e.variableIndex())
      continue;
    if (only)
      return std::nullopt;
    only = e.variableIndex();
  }
  return only;
}

bool Expression::isPowerOfTwo() const {
  int exponent;
  return isConstant() && std::isfinite(constant()) &&
         std::fabs(std::frexp(constant(), &exponent)) == 0.5;
}

std::vector<Expression> Expression::postorder() const {
  std::vector<Expression> order;
  std::unordered_set<const Node *> seen;
  // Explicit stack: a chain may be deeper than the machine's.
  std::vector<std::pair<const Node *, unsigned>> stack{{node, 0}};
  seen.insert(node);
  while (!stack.empty()) {
    auto &[top, next] = stack.back();
    if (next == arity(top->primitive)) {
      order.push_back(Expression(top));
      stack.pop_back();
      continue;
    }
    const Node *operand = top->operands[next++];
    if (seen.insert(operand).second)
      stack.push_back({operand, 0});
  }
  return order;
}

size_t Expression::size() const { return postorder().size(); }

Expression Expression::substitute(const std::vector<Expression> &values) const {
  std::unordered_map<const void *, Expression> replaced;
  for (Expression e : postorder()) {
    if (e.isVariable() && e.variableIndex() < values.size()) {
      replaced.emplace(e.id(), values[e.variableIndex()]);
      continue;
    }
    if (e.numOperands() == 0) {
      replaced.emplace(e.id(), e);
      continue;
    }
    std::vector<Expression> operands;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      operands.push_back(replaced.at(e.operand(i).id()));
    replaced.emplace(e.id(), apply(e.primitive(), operands));
  }
  return replaced.at(node);
}

//===----------------------------------------------------------------------===//
// The notation of formulas
//===----------------------------------------------------------------------===//

static Expression unary(Primitive primitive, Expression a) {
  return Expression::apply(primitive, {a});
}
static Expression binary(Primitive primitive, Expression a, Expression b) {
  return Expression::apply(primitive, {a, b});
}

Expression operator+(Expression a, Expression b) {
  return binary(Primitive::Add, a, b);
}
Expression operator-(Expression a, Expression b) {
  return binary(Primitive::Sub, a, b);
}
Expression operator*(Expression a, Expression b) {
  return binary(Primitive::Mul, a, b);
}
Expression operator/(Expression a, Expression b) {
  return binary(Primitive::Div, a, b);
}
Expression operator-(Expression a) { return unary(Primitive::Neg, a); }

Condition operator<(Expression a, Expression b) {
  return {Condition::Predicate::Less, a, b};
}
Condition operator<=(Expression a, Expression b) {
  return {Condition::Predicate::LessEqual, a, b};
}
Condition operator>(Expression a, Expression b) { return b < a; }
Condition operator>=(Expression a, Expression b) { return b <= a; }
Condition equal(Expression a, Expression b) {
  return {Condition::Predicate::Equal, a, b};
}

Expression where(Condition condition, Expression then, Expression otherwise) {
  Primitive primitive = Primitive::WhereEqual;
  if (condition.predicate == Condition::Predicate::Less)
    primitive = Primitive::WhereLess;
  else if (condition.predicate == Condition::Predicate::LessEqual)
    primitive = Primitive::WhereLessEqual;
  return Expression::apply(primitive,
                           {condition.lhs, condition.rhs, then, otherwise});
}

Expression abs(Expression x) { return unary(Primitive::Abs, x); }
Expression min(Expression a, Expression b) {
  return binary(Primitive::Min, a, b);
}
Expression max(Expression a, Expression b) {
  return binary(Primitive::Max, a, b);
}
Expression sqrt(Expression x) { return unary(Primitive::Sqrt, x); }
Expression exp(Expression x) { return unary(Primitive::Exp, x); }
Expression expm1(Expression x) { return unary(Primitive::Expm1, x); }
Expression log(Expression x) { return unary(Primitive::Log, x); }
Expression log1p(Expression x) { return unary(Primitive::Log1p, x); }
Expression tanh(Expression x) { return unary(Primitive::Tanh, x); }
Expression erf(Expression x) { return unary(Primitive::Erf, x); }
Expression erfc(Expression x) { return unary(Primitive::Erfc, x); }
Expression sin(Expression x) { return unary(Primitive::Sin, x); }
Expression cos(Expression x) { return unary(Primitive::Cos, x); }
Expression atan(Expression x) { return unary(Primitive::Atan, x); }
Expression sigmoid(Expression x) { return unary(Primitive::Sigmoid, x); }
Expression softplus(Expression x) { return unary(Primitive::Softplus, x); }
Expression clip(Expression x, Expression lo, Expression hi) {
  return min(max(x, lo), hi);
}
Expression normalCdf(Expression x) { return erfc(-x / sqrt(2.0)) / 2.0; }

} // namespace act

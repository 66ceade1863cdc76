//===- RowNodes.cpp - A program around sums of rows -----------------------===//
//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowNodes.h"
#include "ExecutedError.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Definedness.h"
#include "act/Formula/Derivative.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <functional>
#include <map>

using namespace mlir;

namespace act {

using Kind = RowNode::Kind;

static Expression square(unsigned variable) {
  Expression x = Expression::variable(variable);
  return canonicalize(x * x);
}

bool RowNode::isSquareOf(const RowNode *other) const {
  return kind == Kind::Step && operands.size() == 1 && operands[0] == other &&
         step == square(0);
}

std::vector<const RowNode *> nodesBehind(const RowNode *node,
                                         ArrayRef<const RowNode *> ends) {
  std::vector<const RowNode *> order;
  llvm::DenseSet<const RowNode *> seen;
  std::function<void(const RowNode *)> visit = [&](const RowNode *each) {
    if (!seen.insert(each).second)
      return;
    if (!llvm::is_contained(ends, each))
      for (const RowNode *operand : each->operands)
        visit(operand);
    order.push_back(each);
  };
  visit(node);
  return order;
}

std::optional<std::vector<const RowNode *>> sumsBehind(const RowNode *node) {
  std::vector<const RowNode *> sums;
  for (const RowNode *each : nodesBehind(node)) {
    if (each->kind == Kind::Leaf)
      return std::nullopt;
    if (each->kind == Kind::Sum)
      sums.push_back(each);
  }
  return sums;
}

Expression formulaOf(const RowNode *node, ArrayRef<const RowNode *> variables) {
  std::map<const RowNode *, Expression> formulas;
  for (const RowNode *each : nodesBehind(node, variables)) {
    const auto *found = llvm::find(variables, each);
    if (found != variables.end()) {
      formulas.emplace(each, Expression::variable(found - variables.begin()));
      continue;
    }
    std::vector<Expression> operands;
    for (const RowNode *operand : each->operands)
      operands.push_back(formulas.at(operand));
    formulas.emplace(each, each->step.substitute(operands));
  }
  return formulas.at(node);
}

/// One step of operands that are off by some error.
static ExecutedNode executeStep(const RowNode *node,
                                ArrayRef<ExecutedNode> operands,
                                Semantics semantics) {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  std::vector<Interval> exact, box, both;
  for (const ExecutedNode &operand : operands) {
    exact.push_back(operand.range);
    box.push_back(operand.executed);
    both.push_back(hull(operand.range, operand.executed));
    if (std::isinf(operand.error) || !both.back().isBounded())
      return {Interval(), kUnbounded, Interval()};
  }
  for (Expression part : node->step.postorder()) {
    Interval first, second;
    if (part.numOperands() > 0)
      first = enclose(part.operand(0), both);
    if (part.numOperands() > 1)
      second = enclose(part.operand(1), both);
    if (part.numOperands() > 0 &&
        mayBeUndefined(part.primitive(), first, second, false))
      return {Interval(), kUnbounded, Interval()};
  }
  ExecutedNode result{enclose(node->step, exact), 0.0,
                      enclose(node->step, box)};
  // By the mean value theorem, between the exact and the executed operands.
  for (auto [i, operand] : llvm::enumerate(operands)) {
    if (operand.error == 0.0)
      continue;
    double slope = enclose(differentiate(node->step, i), both).magnitude();
    result.error = roundedUp(result.error + roundedUp(slope * operand.error));
  }
  if (semantics == Semantics::Real || node->ulps == 0.0)
    return result;
  double most = result.executed.magnitude();
  // The result may have the next larger ulp than the exact value.
  double own = roundedUp(2 * node->ulps * ulp(most, node->format));
  bool mayOverflow =
      node->ulps <= 0.5
          ? std::isinf(roundTo(most, node->format))
          : !(roundedUp(most + own) < largestFinite(node->format));
  if (mayOverflow)
    return {Interval(), kUnbounded, Interval()};
  result.error = roundedUp(result.error + own);
  // Rounding keeps signs. Products of numbers are folded, others may be added
  // before they are rounded.
  Interval rounded = executed(result.executed, node->ulps, node->format);
  result.executed = node->isNumber() ? rounded : hull(result.executed, rounded);
  return result;
}

ExecutedNode execute(const RowNode *node, ArrayRef<const RowNode *> variables,
                     ArrayRef<Interval> ranges, Semantics semantics) {
  DenseMap<const RowNode *, ExecutedNode> known;
  for (const RowNode *each : nodesBehind(node, variables)) {
    const auto *found = llvm::find(variables, each);
    if (found != variables.end()) {
      Interval range = ranges[found - variables.begin()];
      known[each] = {range, 0.0, range};
    } else if (each->kind != Kind::Step) {
      known[each] = {Interval(), std::numeric_limits<double>::infinity(),
                     Interval()};
    } else {
      SmallVector<ExecutedNode> operands;
      for (const RowNode *operand : each->operands)
        operands.push_back(known.lookup(operand));
      known[each] = executeStep(each, operands, semantics);
    }
  }
  return known.lookup(node);
}

bool isOnePerRow(const RowNode *node, const RowNode *sum) {
  for (const RowNode *each : nodesBehind(node)) {
    if (!each->value)
      continue;
    DenseMap<unsigned, unsigned> executions;
    for (auto [row, execution] : llvm::zip_equal(*sum->place, *each->place))
      if (executions.try_emplace(row, execution).first->second != execution)
        return false;
  }
  return true;
}

bool haveSameRows(const RowNode *sum, const RowNode *other) {
  DenseMap<unsigned, unsigned> there, back;
  return llvm::all_of(llvm::zip_equal(*sum->place, *other->place),
                      [&](auto pair) {
                        auto [a, b] = pair;
                        return there.try_emplace(a, b).first->second == b &&
                               back.try_emplace(b, a).first->second == a;
                      });
}

} // namespace act

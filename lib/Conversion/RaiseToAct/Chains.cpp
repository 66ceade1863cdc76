//===- Chains.cpp - Chains of ops that compute one value from one ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Chains.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace act {

/// Longer chains are not read: the time stays linear in the length of a block.
/// Every expansion of act-to-math is shorter, or RaisingTest would fail.
static constexpr unsigned kMaxChainLength = 64;

/// The operands that the function of `op` is not constant in.
static SmallVector<Value> neededOperands(ScalarFunctionOpInterface op) {
  SmallVector<std::optional<Expression>> expressions;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    std::optional<double> constant = constantOf(operand);
    expressions.push_back(constant && !std::isnan(*constant)
                              ? Expression(*constant)
                              : Expression::variable(index));
  }
  SmallVector<Value> needed;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    if (expressions[index]->isConstant())
      continue;
    std::optional<Expression> kept = expressions[index];
    expressions[index].reset();
    if (!op.composeExpression(expressions))
      needed.push_back(operand);
    expressions[index] = kept;
  }
  return needed;
}

/// Whether a constant operand of `op` may have the size of a dimension that its
/// result's type leaves open, as the larger operand of a broadcast.
static bool constantsMaySetSizes(Operation *op) {
  auto result = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!result || result.hasStaticShape())
    return false;
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    return type && constantOf(operand) && type.getRank() == result.getRank() &&
           llvm::any_of(llvm::zip(type.getShape(), result.getShape()),
                        [](auto sizes) {
                          auto [own, common] = sizes;
                          return ShapedType::isDynamic(common) && own != 1;
                        });
  });
}

/// The op that computes `value` in `block`, if a chain may contain it.
static ScalarFunctionOpInterface expandable(Value value, Block *block) {
  auto op = value.getDefiningOp<ScalarFunctionOpInterface>();
  if (!op || op->getBlock() != block || !isPure(op))
    return nullptr;
  return op;
}

/// The last op of the block that computes one of `values`, or null.
static ScalarFunctionOpInterface lastOf(ArrayRef<Value> values, Block *block) {
  ScalarFunctionOpInterface last;
  for (Value value : values)
    if (auto op = expandable(value, block))
      if (!last || last->isBeforeInBlock(op))
        last = op;
  return last;
}

SmallVector<Chain> chainsEndingAt(Operation *root) {
  SmallVector<Chain> chains;
  Type type = root->getResult(0).getType();
  Format format = *formatOf(type);
  // The frontier always splits the leaves from the root. It is expanded at its
  // last op; wherever it is one value, all paths run through that value.
  SmallVector<Value> frontier{root->getResult(0)};
  SmallVector<Operation *> ops;
  while (auto op = lastOf(frontier, root->getBlock())) {
    if (ops.size() == kMaxChainLength || !keepsFormat(op, format) ||
        constantsMaySetSizes(op))
      break;
    llvm::erase(frontier, op->getResult(0));
    for (Value operand : neededOperands(op))
      if (!llvm::is_contained(frontier, operand))
        frontier.push_back(operand);
    ops.push_back(op);
    if (frontier.size() == 1 && frontier.front().getType() == type)
      chains.push_back({root, frontier.front(), ops});
  }
  std::reverse(chains.begin(), chains.end());
  return chains;
}

} // namespace act

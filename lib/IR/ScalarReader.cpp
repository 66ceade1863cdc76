//===- ScalarReader.cpp - Reads IR as a formula ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/ScalarReader.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;

namespace act {

static std::optional<double> numberOf(Attribute attribute) {
  if (auto value = dyn_cast<FloatAttr>(attribute))
    return toDouble(value.getValue());
  if (auto value = dyn_cast<IntegerAttr>(attribute))
    return static_cast<double>(value.getType().isInteger(1)
                                   ? value.getValue().getZExtValue()
                                   : value.getValue().getSExtValue());
  if (auto splat = dyn_cast<SplatElementsAttr>(attribute))
    return numberOf(splat.getSplatValue<Attribute>());
  return std::nullopt;
}

std::optional<double> constantOf(Value value) {
  Attribute attribute;
  if (!matchPattern(value, m_Constant(&attribute)))
    return std::nullopt;
  return numberOf(attribute);
}

ScalarReader::ScalarReader(ValueRange leaves) {
  for (auto [index, leaf] : llvm::enumerate(leaves))
    leafIndex.try_emplace(leaf, index);
}

std::optional<Expression> ScalarReader::read(Value value) {
  if (auto leaf = leafIndex.find(value); leaf != leafIndex.end())
    return Expression::variable(leaf->second);
  if (auto known = memo.find(value); known != memo.end())
    return known->second;
  // A cycle, as in a graph region, reads as unknown.
  memo[value] = std::nullopt;
  std::optional<Expression> result;
  if (std::optional<double> constant = constantOf(value)) {
    // NaN is no real number.
    if (!std::isnan(*constant))
      result = Expression(*constant);
  } else if (auto op = value.getDefiningOp<ScalarFunctionOpInterface>()) {
    SmallVector<std::optional<Expression>> operands;
    for (Value operand : op->getOperands())
      operands.push_back(read(operand));
    result = op.composeExpression(operands);
  }
  memo[value] = result;
  return result;
}

std::optional<double> ScalarReader::evaluate(Value value,
                                             ArrayRef<double> leaves) {
  if (auto leaf = leafIndex.find(value); leaf != leafIndex.end())
    return leaves[leaf->second];
  if (std::optional<double> constant = constantOf(value))
    return constant;
  auto op = value.getDefiningOp<ScalarFunctionOpInterface>();
  if (!op)
    return std::nullopt;
  SmallVector<double> operands;
  SmallVector<std::optional<Expression>> variables;
  bool anyNaN = false;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    std::optional<double> number = evaluate(operand, leaves);
    if (!number)
      return std::nullopt;
    anyNaN |= std::isnan(*number);
    operands.push_back(*number);
    variables.push_back(Expression::variable(index));
  }
  if (anyNaN)
    return op.evaluateWithNaN(operands);
  std::optional<Expression> function = op.composeExpression(variables);
  if (!function)
    return std::nullopt;
  return exactValue(*function, {operands.begin(), operands.end()}, Format::F64);
}

} // namespace act

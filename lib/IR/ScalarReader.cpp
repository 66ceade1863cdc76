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
    return value.getType().isInteger(1)
               ? value.getValue().roundToDouble()
               : value.getValue().signedRoundToDouble();
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

bool keepsFormat(Operation *op, Format format) {
  auto isKept = [&](Type type) {
    if (!isa<FloatType>(getElementTypeOrSelf(type)))
      return true;
    // One without a Format may be narrower: an 8-bit float, tf32.
    std::optional<Format> computed = formatOf(type);
    return computed && (*computed == format || *computed == Format::F64 ||
                        (*computed == Format::F32 && format != Format::F64));
  };
  WalkResult walked = op->walk([&](Operation *each) {
    return llvm::all_of(each->getResultTypes(), isKept)
               ? WalkResult::advance()
               : WalkResult::interrupt();
  });
  return !walked.wasInterrupted();
}

ScalarReader::ScalarReader(ValueRange leaves) {
  for (auto [index, leaf] : llvm::enumerate(leaves))
    leafIndex.try_emplace(leaf, index);
}

/// A body of more steps is not read: each may take some of the stack.
static constexpr unsigned kMaxSteps = 4096;

std::optional<Expression> ScalarReader::read(Value value) {
  if (auto leaf = leafIndex.find(value); leaf != leafIndex.end())
    return Expression::variable(leaf->second);
  if (auto known = memo.find(value); known != memo.end())
    return known->second;
  if (memo.size() >= kMaxSteps)
    return std::nullopt;
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

/// The IEEE value of `op`. An operand of unknown value is passed over if the
/// function can be composed without it; constants stay constants, which are
/// the same under a broadcast.
static std::optional<double>
evaluateOp(ScalarFunctionOpInterface op,
           ArrayRef<std::optional<double>> operands) {
  SmallVector<std::optional<Expression>> variables;
  std::vector<double> numbers;
  bool anyNaN = false;
  for (auto [index, operand] : llvm::enumerate(operands)) {
    bool isConstant =
        constantOf(op->getOperand(index)) && !std::isnan(*operand);
    variables.push_back(!operand     ? std::nullopt
                        : isConstant ? std::optional(Expression(*operand))
                                     : Expression::variable(index));
    numbers.push_back(operand.value_or(0.0));
    anyNaN |= std::isnan(numbers.back());
  }
  std::optional<Expression> function = op.composeExpression(variables);
  if (!function)
    return std::nullopt;
  if (anyNaN)
    return op.evaluateWithNaN(numbers);
  return exactValue(*function, numbers, Format::F64);
}

std::optional<double> ScalarReader::evaluate(Value value,
                                             ArrayRef<double> leaves) {
  llvm::DenseMap<Value, std::optional<double>> known;
  for (auto [leaf, index] : leafIndex)
    known.try_emplace(leaf, leaves[index]);
  return evaluate(value, known);
}

std::optional<double>
ScalarReader::evaluate(Value value,
                       llvm::DenseMap<Value, std::optional<double>> &known) {
  if (auto found = known.find(value); found != known.end())
    return found->second;
  if (known.size() >= kMaxSteps)
    return std::nullopt;
  known[value] = std::nullopt;
  std::optional<double> result = constantOf(value);
  if (auto op = value.getDefiningOp<ScalarFunctionOpInterface>();
      op && !result) {
    SmallVector<std::optional<double>> operands;
    for (Value operand : op->getOperands())
      operands.push_back(evaluate(operand, known));
    result = evaluateOp(op, operands);
  }
  known[value] = result;
  return result;
}

} // namespace act

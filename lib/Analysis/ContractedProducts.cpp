//===- ContractedProducts.cpp - Products added unrounded ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractedProducts.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/Act.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

/// The function of a scalar op, numbers among its operands filled in.
static std::optional<Expression> functionOf(Operation *op) {
  auto scalar = dyn_cast<ScalarFunctionOpInterface>(op);
  if (!scalar)
    return std::nullopt;
  SmallVector<std::optional<Expression>> operands;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    std::optional<double> number = constantOf(operand);
    operands.push_back(number ? Expression(*number)
                              : Expression::variable(index));
  }
  return scalar.composeExpression(operands);
}

/// Whether the last thing that an op does may be a product. Sums and quotients
/// are none; what else there is, a compiler may expand into one or see through.
static bool mayBeProduct(Operation *op) {
  std::optional<Expression> function = functionOf(op);
  if (!function)
    return true;
  switch (function->primitive()) {
  case Primitive::Add:
  case Primitive::Sub:
    return false;
  case Primitive::Div:
    // By a number whose inverse is exact it is one.
    return function->operand(1).isPowerOfTwo();
  default:
    return true;
  }
}

bool mayAddProducts(Operation *op) {
  std::optional<Expression> function = functionOf(op);
  bool adds =
      !function || llvm::any_of(function->postorder(), [](Expression e) {
        return e.primitive() == Primitive::Add ||
               e.primitive() == Primitive::Sub;
      });
  return adds && llvm::any_of(op->getOperands(), [&](Value operand) {
           Operation *from = operand.getDefiningOp();
           return from && from->getBlock() == op->getBlock() &&
                  !isa<ShapedType>(operand.getType()) && !constantOf(operand) &&
                  mayBeProduct(from);
         });
}

} // namespace act

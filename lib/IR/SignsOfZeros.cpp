//===- SignsOfZeros.cpp - Which side a zero belongs to --------------------
//===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignsOfZeros.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

static bool hasOtherVariables(Expression e, Expression variable) {
  return llvm::any_of(e.postorder(), [&](Expression node) {
    return node.isVariable() && node != variable;
  });
}

ZeroSides zeroSidesOf(Expression where) {
  if (where.primitive() != Primitive::WhereLess &&
      where.primitive() != Primitive::WhereLessEqual)
    return ZeroSides::AsWritten;
  unsigned constantSide = where.operand(0).isConstant(0.0) ? 0 : 1;
  Expression compared = where.operand(1 - constantSide);
  Expression x =
      compared.primitive() == Primitive::Abs ? compared.operand(0) : compared;
  if (!x.isVariable() || !where.operand(constantSide).isConstant(0.0) ||
      hasOtherVariables(where, x))
    return ZeroSides::AsWritten;
  bool areZeros = true;
  auto isMinus = [&](Expression e, double zero) {
    std::vector<double> point(where.numVariables(), zero);
    double value = exactValue(e, point, Format::F64);
    areZeros &= value == 0.0;
    return std::signbit(value);
  };
  bool below = isMinus(where, -0.0), above = isMinus(where, 0.0);
  auto serves = [&](Expression side) {
    return isMinus(side, -0.0) == below && isMinus(side, 0.0) == above;
  };
  bool holds = where.primitive() == Primitive::WhereLessEqual;
  bool isRight = serves(where.operand(holds ? 2 : 3));
  bool isOtherRight = serves(where.operand(holds ? 3 : 2));
  if (isRight || !areZeros)
    return ZeroSides::AsWritten;
  if (isOtherRight)
    return ZeroSides::Swapped;
  // NaN has a sign, too, and must not end as a constant.
  bool keepsNaN = compared == x && where.operand(2).numVariables() > 0 &&
                  where.operand(3).numVariables() > 0;
  return keepsNaN ? ZeroSides::BySign : ZeroSides::AsWritten;
}

Value hasSign(OpBuilder &builder, Location loc, Value x, bool isNegative) {
  unsigned bits = getElementTypeOrSelf(x.getType()).getIntOrFloatBitWidth();
  Type type = withElementType(x.getType(), builder.getIntegerType(bits));
  Value zero =
      constantLike(builder, loc, type,
                   builder.getIntegerAttr(builder.getIntegerType(bits), 0));
  Value pattern = arith::BitcastOp::create(builder, loc, type, x);
  return arith::CmpIOp::create(builder, loc,
                               isNegative ? arith::CmpIPredicate::slt
                                          : arith::CmpIPredicate::sge,
                               pattern, zero);
}

} // namespace act

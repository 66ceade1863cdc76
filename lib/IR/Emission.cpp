//===- Emission.cpp - A formula as arith and math ops ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Emission.h"
#include "FormulaEmitter.h"
#include "PairEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;

namespace act {

/// How often a value is rounded on the longest way through `e`; an elementary
/// function counts as several.
static unsigned roundings(Expression e,
                          llvm::DenseMap<const void *, unsigned> &memo) {
  if (e.numVariables() == 0 || e.isVariable())
    return 0;
  if (auto known = memo.find(e.id()); known != memo.end())
    return known->second;
  auto of = [&](unsigned i) { return roundings(e.operand(i), memo); };
  unsigned count = 0;
  switch (e.primitive()) {
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
    break;
  case Primitive::Neg:
  case Primitive::Abs:
    count = of(0);
    break;
  case Primitive::Min:
  case Primitive::Max:
    count = std::max(of(0), of(1));
    break;
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    count = of(0) + of(1) + std::max(of(2), of(3));
    break;
  case Primitive::Add:
  case Primitive::Sub:
  case Primitive::Mul:
  case Primitive::Div:
    count = of(0) + of(1) + 1;
    break;
  case Primitive::Sqrt:
    count = of(0) + 1;
    break;
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
    count = of(0) + 4;
    break;
  }
  return memo[e.id()] = std::min(count, 64u);
}

/// `value` with NaN where one of the variables that `formula` does not depend
/// on is NaN.
static Value propagateNaN(OpBuilder &builder, Location loc, Expression formula,
                          ValueRange variables, Value value) {
  llvm::SmallBitVector used(variables.size());
  for (Expression e : formula.postorder())
    if (e.isVariable())
      used.set(e.variableIndex());
  for (auto [i, variable] : llvm::enumerate(variables)) {
    if (used[i])
      continue;
    Value isNaN = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO,
                                        variable, variable);
    value = arith::SelectOp::create(builder, loc, isNaN, variable, value);
  }
  return value;
}

Type withElementType(Type type, Type element) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(element);
  return element;
}

Value constantLike(OpBuilder &builder, Location loc, Type type,
                   TypedAttr number) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    number = DenseElementsAttr::get(shaped.clone(number.getType()),
                                    Attribute(number));
  return arith::ConstantOp::create(builder, loc, number);
}

Value convertFloat(OpBuilder &builder, Location loc, Value value,
                   FloatType element) {
  auto from = cast<FloatType>(getElementTypeOrSelf(value.getType()));
  if (from == element)
    return value;
  Type target = withElementType(value.getType(), element);
  if (from.getWidth() < element.getWidth())
    return arith::ExtFOp::create(builder, loc, target, value);
  // From f64 to a 16-bit format by way of f32: run-time libraries lack the
  // direct conversion, and the second rounding adds at most 2^-14 ulp.
  if (from.isF64() && element.getWidth() == 16) {
    value = convertFloat(builder, loc, value, builder.getF32Type());
    return convertFloat(builder, loc, value, element);
  }
  return arith::TruncFOp::create(builder, loc, target, value);
}

Value emitFormula(OpBuilder &builder, Location loc, Expression formula,
                  ValueRange variables, Elementary elementary) {
  auto element =
      cast<FloatType>(getElementTypeOrSelf(variables.front().getType()));
  llvm::DenseMap<const void *, unsigned> memo;
  bool roundsOften = roundings(formula, memo) > 1;
  FloatType computed = element;
  if (roundsOften)
    computed = builder.getF64Type();
  else if (element.getWidth() == 16)
    computed = builder.getF32Type();
  SmallVector<Value> operands;
  for (Value variable : variables)
    operands.push_back(convertFloat(builder, loc, variable, computed));
  LimitsAtInfinity limits(formula);
  bool needsEveryDigit = element.isF64();
  bool selfContained = elementary != Elementary::Math;
  Value value;
  if (needsEveryDigit && roundsOften && selfContained)
    value = PairEmitter(builder, loc, operands, limits,
                        elementary == Elementary::FusedArith)
                .emit(formula);
  else
    value = FormulaEmitter(builder, loc, operands, limits, needsEveryDigit,
                           selfContained)
                .emit(formula);
  return propagateNaN(builder, loc, formula, variables,
                      convertFloat(builder, loc, value, element));
}

Value emitFormulaInFormat(OpBuilder &builder, Location loc, Expression formula,
                          ValueRange variables) {
  LimitsAtInfinity limits(formula);
  return FormulaEmitter(builder, loc, variables, limits,
                        /*needsEveryDigit=*/true,
                        /*selfContained=*/false)
      .emit(formula);
}

} // namespace act

//===- Emission.cpp - A formula as arith and math ops ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Emission.h"
#include "FormulaEmitter.h"
#include "PairEmitter.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/SmallBitVector.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

/// Counts the roundings of a formula that is computed in `format`.
class Roundings {
public:
  explicit Roundings(Format format) : format(format) {}

  /// How often a value is rounded on the longest way through `e`; an elementary
  /// function counts as several. The constant of a product or a quotient does
  /// not count as long as it keeps its digits.
  unsigned of(Expression e) {
    if (e.numVariables() == 0)
      return isNumber(e) ? 0 : 1;
    if (e.isVariable())
      return 0;
    if (auto known = memo.find(e.id()); known != memo.end())
      return known->second;
    return memo[e.id()] = std::min(compute(e), 64u);
  }

private:
  bool isNumber(Expression closed) const {
    double rest =
        exactValue(closed - exactValue(closed, {}, format), {}, Format::F64);
    return rest == 0.0 || std::isnan(rest); // an infinity is one
  }

  /// Of an operand of a product.
  unsigned ofFactor(Expression e) {
    if (e.numVariables() > 0)
      return of(e);
    double value = std::abs(exactValue(e, {}, format));
    bool isNormal = value >= smallestNormal(format) && std::isfinite(value);
    return isNormal ? 0 : of(e);
  }

  /// Of an operand of a comparison: a neighbour stands for a closed one.
  unsigned ofComparand(Expression e) {
    return e.numVariables() > 0 ? of(e) : 0;
  }

  unsigned compute(Expression e) {
    switch (e.primitive()) {
    case Primitive::Constant:
    case Primitive::Pi:
    case Primitive::Variable:
      break;
    case Primitive::Neg:
    case Primitive::Abs:
      return of(e.operand(0));
    case Primitive::Min:
    case Primitive::Max:
      return std::max(of(e.operand(0)), of(e.operand(1)));
    case Primitive::WhereLess:
    case Primitive::WhereLessEqual:
    case Primitive::WhereEqual:
      return ofComparand(e.operand(0)) + ofComparand(e.operand(1)) +
             std::max(of(e.operand(2)), of(e.operand(3)));
    case Primitive::Add:
    case Primitive::Sub:
      return of(e.operand(0)) + of(e.operand(1)) + 1;
    case Primitive::Mul:
    case Primitive::Div:
      return ofFactor(e.operand(0)) + ofFactor(e.operand(1)) + 1;
    case Primitive::Sqrt:
      return of(e.operand(0)) + 1;
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
      return of(e.operand(0)) + 4;
    }
    llvm_unreachable("closed or a variable");
  }

  Format format;
  llvm::DenseMap<const void *, unsigned> memo;
};

} // namespace

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
  FloatType computed =
      element.getWidth() == 16 ? builder.getF32Type() : element;
  bool roundsOften =
      Roundings(formatOf(computed).value_or(Format::F64)).of(formula) > 1;
  if (roundsOften)
    computed = builder.getF64Type();
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

FloatType rowComputeType(FloatType element) {
  return element.getWidth() == 16 ? Float32Type::get(element.getContext())
                                  : element;
}

AccuracyAttr accuracyOfParts(MLIRContext *context) {
  return AccuracyAttr::get(context, AccuracyKind::Ulp,
                           Builder(context).getF64FloatAttr(kUlpsOfRowParts));
}

/// Identity: exp(d + e) = exp(d) * (1 + e) but for e^2 / 2, with d + e = x -
/// top exactly (Knuth's TwoSum, The Art of Computer Programming 2, 4.2.2).
ExpBelow emitExpBelow(OpBuilder &builder, Location loc, Value x, Value top) {
  ImplicitLocOpBuilder b(loc, builder);
  Value d = arith::SubFOp::create(b, x, top);
  Value virtualTop = arith::SubFOp::create(b, d, x);
  Value lost = arith::SubFOp::create(
      b, arith::SubFOp::create(b, x, arith::SubFOp::create(b, d, virtualTop)),
      arith::AddFOp::create(b, top, virtualTop));
  // Farther down exp(d) is 0, and what is lost may be no number.
  auto element = cast<FloatType>(getElementTypeOrSelf(x.getType()));
  Value farthest =
      constantLike(b, loc, x.getType(), b.getFloatAttr(element, -1.0e3));
  Value isNear =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, d, farthest);
  Value zero = constantLike(b, loc, x.getType(), b.getFloatAttr(element, 0.0));
  lost = arith::SelectOp::create(b, isNear, lost, zero);
  auto y = math::ExpOp::create(b, d);
  y->setAttr("accuracy", accuracyOfParts(b.getContext()));
  return {y, lost};
}

} // namespace act

//===- FormulaEmitter.cpp - A formula in the format of its variables ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormulaEmitter.h"
#include "SignsOfZeros.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;

namespace act {

FormulaEmitter::FormulaEmitter(OpBuilder &builder, Location loc,
                               ValueRange variables,
                               const LimitsAtInfinity &limits,
                               bool needsEveryDigit, bool selfContained)
    : builder(builder), loc(loc), variables(variables),
      type(variables.front().getType()),
      format(formatOf(type).value_or(Format::F64)), limits(limits),
      needsEveryDigit(needsEveryDigit), selfContained(selfContained),
      wide(builder, loc, type) {}

Value FormulaEmitter::emit(Expression e) {
  if (auto known = memo.find(e.id()); known != memo.end())
    return known->second;
  if (Value product = emitVanishingProduct(e))
    return memo[e.id()] = product;
  Value value = e.numVariables() == 0 ? emitClosed(e) : emitNode(e);
  for (const LimitsAtInfinity::Fix &fix : limits.fixesOf(e))
    value = emitLimit(fix, value);
  memo[e.id()] = value;
  return value;
}

Value FormulaEmitter::constant(double value) {
  auto element = cast<FloatType>(getElementTypeOrSelf(type));
  return constantLike(builder, loc, type,
                      builder.getFloatAttr(element, toAPFloat(value, element)));
}

double FormulaEmitter::rounded(Expression e) const {
  return exactValue(e, {}, format);
}

Value FormulaEmitter::emitClosed(Expression e) { return constant(rounded(e)); }

Value FormulaEmitter::emitLimit(const LimitsAtInfinity::Fix &fix, Value value) {
  Value isEnd = compare(arith::CmpFPredicate::OEQ, variables[fix.variable],
                        constant(fix.end));
  return select(isEnd, constant(fix.limit), value);
}

/// x f(x) where f is 0 at one infinite end, as x clamped to the largest finite
/// number there: one instruction, where a choice of the limit takes two. Null
/// for anything else. Exact.
Value FormulaEmitter::emitVanishingProduct(Expression e) {
  ArrayRef<LimitsAtInfinity::Fix> fixes = limits.fixesOf(e);
  if (!needsEveryDigit || e.primitive() != Primitive::Mul || fixes.size() != 1)
    return nullptr;
  const LimitsAtInfinity::Fix &fix = fixes.front();
  const bool isLower = fix.end < 0.0;
  if (fix.limit != 0.0 || std::signbit(fix.limit) != isLower)
    return nullptr;
  for (unsigned i : {0u, 1u}) {
    if (e.operand(i) != Expression::variable(fix.variable))
      continue;
    Value x = emit(e.operand(i)), factor = emit(e.operand(1 - i));
    Value end =
        constant(isLower ? -largestFinite(format) : largestFinite(format));
    x = isLower ? make<arith::MaximumFOp>(x, end)
                : make<arith::MinimumFOp>(x, end);
    return make<arith::MulFOp>(x, factor);
  }
  return nullptr;
}

/// An operand of a comparison. In place of a closed one that is no number of
/// the format stands its neighbour above or below.
Value FormulaEmitter::emitComparand(Expression e, bool roundsUp) {
  if (e.numVariables() > 0)
    return emit(e);
  double value = rounded(e);
  double excess = exactValue(e - value, {}, Format::F64);
  if (roundsUp ? excess > 0.0 : excess < 0.0) {
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    llvm::APFloat neighbour = toAPFloat(value, element);
    neighbour.next(/*nextDown=*/!roundsUp);
    value = toDouble(neighbour);
  }
  return constant(value);
}

/// The condition of a where primitive; `orUnordered`: it holds for NaN.
Value FormulaEmitter::emitCondition(Expression e, bool orUnordered) {
  using Predicate = arith::CmpFPredicate;
  Expression a = e.operand(0), b = e.operand(1);
  if (e.primitive() == Primitive::WhereEqual) {
    for (unsigned i : {0u, 1u}) {
      Expression c = e.operand(i);
      if (c.numVariables() == 0 &&
          exactValue(c - rounded(c), {}, Format::F64) != 0.0)
        return compare(orUnordered ? Predicate::UNO : Predicate::AlwaysFalse,
                       emit(a), emit(b));
    }
    return compare(orUnordered ? Predicate::UEQ : Predicate::OEQ, emit(a),
                   emit(b));
  }
  ZeroSides sides = zeroSidesOf(e);
  if (sides == ZeroSides::BySign)
    return hasSign(builder, loc, emit(a.isVariable() ? a : b),
                   /*isNegative=*/a.isVariable());
  // For numbers a of the format and any c: a < c where a < the neighbour of c
  // above, a <= c where a <= that below; c < a and c <= a the other way.
  bool isLess =
      (e.primitive() == Primitive::WhereLess) != (sides == ZeroSides::Swapped);
  Predicate predicate = isLess
                            ? (orUnordered ? Predicate::ULT : Predicate::OLT)
                            : (orUnordered ? Predicate::ULE : Predicate::OLE);
  return compare(predicate, emitComparand(a, !isLess),
                 emitComparand(b, isLess));
}

/// NaN takes the side that depends on a variable, and so stays NaN.
Value FormulaEmitter::emitWhere(Expression e) {
  if (e.operand(2).numVariables() + e.operand(3).numVariables() == 0)
    return emitStep(e);
  Value condition = emitCondition(e, e.operand(2).numVariables() > 0);
  return select(condition, emit(e.operand(2)), emit(e.operand(3)));
}

/// Two constants: NaN is a third case.
Value FormulaEmitter::emitStep(Expression e) {
  Value condition = emitCondition(e, /*orUnordered=*/false);
  Value step = select(condition, emit(e.operand(2)), emit(e.operand(3)));
  Value isNaN = compare(arith::CmpFPredicate::UNO, emit(e.operand(0)),
                        emit(e.operand(1)));
  return select(isNaN, constant(std::numeric_limits<double>::quiet_NaN()),
                step);
}

Value FormulaEmitter::emitExp(Value u) {
  return elementary<math::ExpOp>(u, &WideFunctions::exp);
}

Value FormulaEmitter::emitLog1p(Value u) {
  return elementary<math::Log1pOp>(u, &WideFunctions::log1p);
}

/// e^-|u| never overflows, and each of its two uses keeps small values:
/// 1/(1+e^-u) for u >= 0 and e^u/(1+e^u) for u < 0.
Value FormulaEmitter::emitSigmoid(Value u) {
  Value decay = emitExp(make<arith::NegFOp>(make<math::AbsFOp>(u)));
  Value isNegative = compare(arith::CmpFPredicate::ULT, u, constant(0.0));
  Value numerator = select(isNegative, decay, constant(1.0));
  return make<arith::DivFOp>(numerator,
                             make<arith::AddFOp>(constant(1.0), decay));
}

/// max(u, 0) + log(1 + e^-|u|).
Value FormulaEmitter::emitSoftplus(Value u) {
  Value decay = emitExp(make<arith::NegFOp>(make<math::AbsFOp>(u)));
  return make<arith::AddFOp>(make<arith::MaximumFOp>(u, constant(0.0)),
                             emitLog1p(decay));
}

/// A sum with a constant is never -0: rounded to nearest, a sum of opposite
/// numbers is +0.
static bool isNeverMinusZero(Expression e) {
  return e.primitive() == Primitive::Add &&
         llvm::any_of(llvm::seq(2), [&](int i) {
           return e.operand(i).isConstant() && e.operand(i).constant() != 0.0;
         });
}

/// max(u, 0) as u < 0 ? 0 : u where u is not -0: one instruction on
/// processors whose maximum is that, NaN included. Else u <= 0 decides, where
/// the result is as wide as the computation: two instead of three.
Value FormulaEmitter::emitMax(Expression e) {
  for (unsigned i : {0u, 1u}) {
    Expression u = e.operand(i);
    const bool mayBeMinusZero = !isNeverMinusZero(u);
    if (!e.operand(1 - i).isConstant(0.0) ||
        (mayBeMinusZero && !needsEveryDigit))
      continue;
    std::optional<Linear> linear = readLinear(u);
    Value value = linear && limits.fixesOf(u).empty()
                      ? emitLinear(*linear, /*isClipped=*/true)
                      : emit(u);
    Value zero = constant(0.0);
    Value isClipped = compare(mayBeMinusZero ? arith::CmpFPredicate::OLE
                                             : arith::CmpFPredicate::OLT,
                              value, zero);
    return select(isClipped, zero, value);
  }
  return make<arith::MaximumFOp>(emit(e.operand(0)), emit(e.operand(1)));
}

Value FormulaEmitter::emitNode(Expression e) {
  auto operand = [&](unsigned i) { return emit(e.operand(i)); };
  switch (e.primitive()) {
  case Primitive::Constant:
  case Primitive::Pi:
    return emitClosed(e);
  case Primitive::Variable:
    return variables[e.variableIndex()];
  case Primitive::Neg:
    return make<arith::NegFOp>(operand(0));
  case Primitive::Abs:
    return make<math::AbsFOp>(operand(0));
  case Primitive::Sqrt:
    return emitSqrt(e);
  case Primitive::Exp:
    return emitExp(operand(0));
  case Primitive::Expm1:
    return elementary<math::ExpM1Op>(operand(0), &WideFunctions::expm1);
  case Primitive::Log:
    return elementary<math::LogOp>(operand(0), &WideFunctions::log);
  case Primitive::Log1p:
    return emitLog1p(operand(0));
  case Primitive::Tanh:
    return elementary<math::TanhOp>(operand(0), &WideFunctions::tanh);
  case Primitive::Erf:
    return elementary<math::ErfOp>(operand(0), &WideFunctions::erf);
  case Primitive::Erfc:
    return elementary<math::ErfcOp>(operand(0), &WideFunctions::erfc);
  case Primitive::Sin:
    return make<math::SinOp>(operand(0));
  case Primitive::Cos:
    return make<math::CosOp>(operand(0));
  case Primitive::Atan:
    return make<math::AtanOp>(operand(0));
  case Primitive::Sigmoid:
    return emitSigmoid(operand(0));
  case Primitive::Softplus:
    return emitSoftplus(operand(0));
  case Primitive::Add:
    return emitAdd(e);
  case Primitive::Sub:
    return emitSub(e);
  case Primitive::Mul:
    return make<arith::MulFOp>(operand(0), operand(1));
  case Primitive::Div:
    return make<arith::DivFOp>(operand(0), operand(1));
  case Primitive::Min:
    return make<arith::MinimumFOp>(operand(0), operand(1));
  case Primitive::Max:
    return emitMax(e);
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return emitWhere(e);
  }
  llvm_unreachable("unknown primitive");
}

} // namespace act

//===- Emission.cpp - A formula as arith and math ops ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Emission.h"
#include "LimitsAtInfinity.h"
#include "PairEmitter.h"
#include "WideFunctions.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseMap.h"
#include <cmath>

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

namespace {

class Emitter {
public:
  Emitter(OpBuilder &builder, Location loc, ValueRange variables,
          const LimitsAtInfinity &limits, bool needsEveryDigit,
          bool selfContained)
      : builder(builder), loc(loc), variables(variables),
        type(variables.front().getType()), limits(limits),
        needsEveryDigit(needsEveryDigit), selfContained(selfContained),
        wide(builder, loc, type) {}

  Value emit(Expression e) {
    if (auto known = memo.find(e.id()); known != memo.end())
      return known->second;
    Value value = e.numVariables() == 0 ? emitClosed(e) : emitNode(e);
    for (const LimitsAtInfinity::Fix &fix : limits.fixesOf(e))
      value = emitLimit(fix, value);
    memo[e.id()] = value;
    return value;
  }

private:
  Value constant(double value) {
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    TypedAttr attribute =
        builder.getFloatAttr(element, toAPFloat(value, element));
    if (auto shaped = dyn_cast<ShapedType>(type))
      attribute = DenseElementsAttr::get(shaped, attribute);
    return arith::ConstantOp::create(builder, loc, attribute);
  }

  Value emitClosed(Expression e) {
    return constant(exactValue(e, {}, Format::F64));
  }

  template <typename OpT, typename... Values>
  Value make(Values... operands) {
    return OpT::create(builder, loc, operands...).getResult();
  }

  Value compare(arith::CmpFPredicate predicate, Value a, Value b) {
    return arith::CmpFOp::create(builder, loc, predicate, a, b);
  }

  Value select(Value condition, Value then, Value otherwise) {
    return arith::SelectOp::create(builder, loc, condition, then, otherwise);
  }

  Value emitLimit(const LimitsAtInfinity::Fix &fix, Value value) {
    Value isEnd = compare(arith::CmpFPredicate::OEQ, variables[fix.variable],
                          constant(fix.end));
    return select(isEnd, constant(fix.limit), value);
  }

  /// NaN takes the side that depends on a variable, and so stays NaN.
  Value emitWhere(Expression e) {
    if (e.operand(2).numVariables() + e.operand(3).numVariables() == 0)
      return emitStep(e);

    bool thenKeepsNaN = e.operand(2).numVariables() > 0;
    arith::CmpFPredicate predicate;
    switch (e.primitive()) {
    case Primitive::WhereLess:
      predicate =
          thenKeepsNaN ? arith::CmpFPredicate::ULT : arith::CmpFPredicate::OLT;
      break;
    case Primitive::WhereLessEqual:
      predicate =
          thenKeepsNaN ? arith::CmpFPredicate::ULE : arith::CmpFPredicate::OLE;
      break;
    default:
      predicate =
          thenKeepsNaN ? arith::CmpFPredicate::UEQ : arith::CmpFPredicate::OEQ;
      break;
    }
    Value condition =
        compare(predicate, emit(e.operand(0)), emit(e.operand(1)));
    return select(condition, emit(e.operand(2)), emit(e.operand(3)));
  }

  /// Two constants: NaN is a third case.
  Value emitStep(Expression e) {
    arith::CmpFPredicate predicate =
        e.primitive() == Primitive::WhereLess ? arith::CmpFPredicate::OLT
        : e.primitive() == Primitive::WhereLessEqual
            ? arith::CmpFPredicate::OLE
            : arith::CmpFPredicate::OEQ;
    Value a = emit(e.operand(0)), b = emit(e.operand(1));
    Value step = select(compare(predicate, a, b), emit(e.operand(2)),
                        emit(e.operand(3)));
    Value isNaN = compare(arith::CmpFPredicate::UNO, a, b);
    return select(isNaN, constant(std::numeric_limits<double>::quiet_NaN()),
                  step);
  }

  /// An elementary function of `u`. In a wider format than the result's it
  /// needs no library; in the result's own its last digits do.
  template <typename OpT>
  Value elementary(Value u, Value (WideFunctions::*function)(Value)) {
    if (selfContained && !needsEveryDigit && getElementTypeOrSelf(type).isF64())
      return (wide.*function)(u);
    return make<OpT>(u);
  }
  Value emitExp(Value u) {
    return elementary<math::ExpOp>(u, &WideFunctions::exp);
  }
  Value emitLog1p(Value u) {
    return elementary<math::Log1pOp>(u, &WideFunctions::log1p);
  }

  /// e^-|u| never overflows, and each of its two uses keeps small values:
  /// 1/(1+e^-u) for u >= 0 and e^u/(1+e^u) for u < 0.
  Value emitSigmoid(Value u) {
    Value decay = emitExp(make<arith::NegFOp>(make<math::AbsFOp>(u)));
    Value isNegative = compare(arith::CmpFPredicate::ULT, u, constant(0.0));
    Value numerator = select(isNegative, decay, constant(1.0));
    return make<arith::DivFOp>(numerator,
                               make<arith::AddFOp>(constant(1.0), decay));
  }

  /// max(u, 0) + log(1 + e^-|u|).
  Value emitSoftplus(Value u) {
    Value decay = emitExp(make<arith::NegFOp>(make<math::AbsFOp>(u)));
    return make<arith::AddFOp>(make<arith::MaximumFOp>(u, constant(0.0)),
                               emitLog1p(decay));
  }

  Value horner(Value u, ArrayRef<double> coefficients) {
    Value sum = constant(coefficients.back());
    for (double coefficient : llvm::reverse(coefficients.drop_back()))
      sum = make<arith::AddFOp>(make<arith::MulFOp>(sum, u),
                                constant(coefficient));
    return sum;
  }

  Value nearZero(Value u, double bound, Value near, Value far) {
    Value isNear = compare(arith::CmpFPredicate::OLT, make<math::AbsFOp>(u),
                           constant(bound));
    return select(isNear, near, far);
  }

  /// u - tanh(u) = u^3 (1/3 - 2u^2/15 + ...) near 0, where the subtraction
  /// cancels. With tanh u = sum a_n u^(2n+1), tanh' = 1 - tanh^2 gives
  /// (2n+1) a_n = -sum a_i a_(n-1-i). The series converges for |u| < pi/2; at
  /// 0.6, where the subtraction is fine, 22 terms leave 2^-55.
  Value emitTanhShrink(Value u, Value tanh) {
    constexpr unsigned kTerms = 22;
    double a[kTerms] = {1.0};
    SmallVector<double> coefficients;
    for (unsigned n = 1; n < kTerms; ++n) {
      for (unsigned i = 0; i < n; ++i)
        a[n] -= a[i] * a[n - 1 - i];
      a[n] /= 2 * n + 1;
      coefficients.push_back(-a[n]);
    }
    Value square = make<arith::MulFOp>(u, u);
    Value cube = make<arith::MulFOp>(square, u);
    Value near = make<arith::MulFOp>(cube, horner(square, coefficients));
    return nearZero(u, 0.6, near, make<arith::SubFOp>(u, tanh));
  }

  /// expm1(u) - u = u^2 (1/2 + u/6 + ...) near 0; 18 terms at 1 leave 2^-61.
  Value emitExpm1Excess(Value u, Value expm1) {
    SmallVector<double> coefficients;
    double factorial = 1.0;
    for (unsigned k = 2; k < 20; ++k) {
      factorial *= k;
      coefficients.push_back(1.0 / factorial);
    }
    Value near =
        make<arith::MulFOp>(make<arith::MulFOp>(u, u), horner(u, coefficients));
    return nearZero(u, 1.0, near, make<arith::SubFOp>(expm1, u));
  }

  /// sqrt(u^2 + c) = s sqrt((u/s)^2 + (c/s)/s) with s = |u|, at least 1 and at
  /// most the largest number: the square does not overflow, and an infinite u
  /// gives infinity.
  Value emitHypotenuse(Value u, Value c) {
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    double largest =
        toDouble(llvm::APFloat::getLargest(element.getFloatSemantics()));
    Value scale = make<arith::MinimumFOp>(
        make<arith::MaximumFOp>(make<math::AbsFOp>(u), constant(1.0)),
        constant(largest));
    Value ratio = make<arith::DivFOp>(u, scale);
    Value rest = make<arith::DivFOp>(make<arith::DivFOp>(c, scale), scale);
    Value sum = make<arith::AddFOp>(make<arith::MulFOp>(ratio, ratio), rest);
    return make<arith::MulFOp>(scale, make<math::SqrtOp>(sum));
  }

  /// `sum` + `rest`, where `rest` is what rounding took from an infinite or a
  /// finite `part` of the sum; an infinite part has no rest.
  Value addRest(Value sum, Value rest, Value part) {
    Value isFinite =
        compare(arith::CmpFPredicate::OLT, make<math::AbsFOp>(part),
                constant(std::numeric_limits<double>::infinity()));
    return make<arith::AddFOp>(sum, select(isFinite, rest, constant(0.0)));
  }

  /// c x + d as (hi x + d) + lo x, c = hi + lo: the first step is within half
  /// an ulp of its value even where that cancels, and so is the second. hi and
  /// lo have one sign, so that infinities do not meet.
  Value emitLinearInTwoSteps(Expression c, Value x, Value d) {
    float hi = exactValue(c, {}, Format::F32);
    if (exactValue(abs(hi) - abs(c), {}, Format::F64) > 0.0)
      hi = std::nextafterf(hi, 0.0f);
    double lo = exactValue(c - hi, {}, Format::F32);
    Value sum = make<math::FmaOp>(x, constant(hi), d);
    return make<math::FmaOp>(x, constant(lo), sum);
  }

  /// c u + d for closed c and d, without the rounding of c and of the product,
  /// so that no digit is lost near the zero of the sum.
  Value emitLinear(Expression c, Expression u, Value d) {
    Value x = emit(u);
    if (c.isConstant())
      return make<math::FmaOp>(x, emit(c), d);
    if (isa<Float32Type>(getElementTypeOrSelf(type)))
      return emitLinearInTwoSteps(c, x, d);
    // Else the sum of the rounded product, which is exact near its zero
    // (Sterbenz), and of what rounding took.
    if (c.primitive() == Primitive::Div && c.operand(0).isConstant(1.0) &&
        c.operand(1).isConstant()) {
      // u/b = q + (u - q b)/b, and the remainder is exact.
      Value b = constant(c.operand(1).constant());
      Value quotient = make<arith::DivFOp>(x, b);
      Value remainder = make<math::FmaOp>(make<arith::NegFOp>(quotient), b, x);
      return addRest(make<arith::AddFOp>(quotient, d),
                     make<arith::DivFOp>(remainder, b), quotient);
    }
    // c = hi + lo: c u = p + (hi u - p) + lo u, and hi u - p is exact.
    double hi = exactValue(c, {}, Format::F64);
    double lo = exactValue(c - hi, {}, Format::F64);
    Value product = make<arith::MulFOp>(x, constant(hi));
    Value rest =
        make<math::FmaOp>(x, constant(hi), make<arith::NegFOp>(product));
    rest = make<math::FmaOp>(x, constant(lo), rest);
    return addRest(make<arith::AddFOp>(product, d), rest, product);
  }

  /// Whether `e` is c u with a closed c; in a wider format than the result's
  /// such a product is good enough as it is.
  bool isDelicateProduct(Expression e) const {
    return needsEveryDigit && e.primitive() == Primitive::Mul &&
           e.operand(0).numVariables() == 0;
  }

  Value emitAdd(Expression e) {
    for (unsigned i : {0u, 1u}) {
      Expression product = e.operand(i), other = e.operand(1 - i);
      if (!isDelicateProduct(product))
        continue;
      Expression c = product.operand(0), u = product.operand(1);
      if (other.numVariables() == 0)
        return emitLinear(c, u, emit(other));
      // One rounding less, and a product that underflows keeps its sign.
      if (u.isVariable() && c.isConstant())
        return make<math::FmaOp>(emit(u), emit(c), emit(other));
    }
    return make<arith::AddFOp>(emit(e.operand(0)), emit(e.operand(1)));
  }

  Value emitSub(Expression e) {
    Expression a = e.operand(0), b = e.operand(1);
    if (b.primitive() == Primitive::Tanh && b.operand(0) == a)
      return emitTanhShrink(emit(a), emit(b));
    if (a.primitive() == Primitive::Expm1 && a.operand(0) == b)
      return emitExpm1Excess(emit(b), emit(a));
    return make<arith::SubFOp>(emit(a), emit(b));
  }

  Value emitSqrt(Expression e) {
    Expression sum = e.operand(0);
    if (sum.primitive() == Primitive::Add) {
      for (unsigned i : {0u, 1u}) {
        Expression square = sum.operand(i), rest = sum.operand(1 - i);
        if (square.primitive() == Primitive::Mul &&
            square.operand(0) == square.operand(1) && rest.numVariables() == 0)
          return emitHypotenuse(emit(square.operand(0)), emit(rest));
      }
    }
    return make<math::SqrtOp>(emit(sum));
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
  /// processors whose maximum is that, NaN included.
  Value emitMax(Expression e) {
    for (unsigned i : {0u, 1u}) {
      Expression u = e.operand(i);
      if (!e.operand(1 - i).isConstant(0.0) || !isNeverMinusZero(u))
        continue;
      Value value = emit(u), zero = constant(0.0);
      return select(compare(arith::CmpFPredicate::OLT, value, zero), zero,
                    value);
    }
    return make<arith::MaximumFOp>(emit(e.operand(0)), emit(e.operand(1)));
  }

  Value emitNode(Expression e);

  OpBuilder &builder;
  Location loc;
  ValueRange variables;
  Type type;
  const LimitsAtInfinity &limits;
  bool needsEveryDigit; ///< the result is as wide as the computation
  bool selfContained;   ///< elementary functions are arith ops
  WideFunctions wide;
  llvm::DenseMap<const void *, Value> memo;
};

Value Emitter::emitNode(Expression e) {
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

} // namespace

static Type withElement(Type type, Type element) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(element);
  return element;
}

Value convertFloat(OpBuilder &builder, Location loc, Value value,
                   FloatType element) {
  auto from = cast<FloatType>(getElementTypeOrSelf(value.getType()));
  if (from == element)
    return value;
  Type target = withElement(value.getType(), element);
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
  if (needsEveryDigit && roundsOften && selfContained)
    return PairEmitter(builder, loc, operands, limits,
                       elementary == Elementary::FusedArith)
        .emit(formula);
  Value value =
      Emitter(builder, loc, operands, limits, needsEveryDigit, selfContained)
          .emit(formula);
  return convertFloat(builder, loc, value, element);
}

Value emitFormulaInFormat(OpBuilder &builder, Location loc, Expression formula,
                          ValueRange variables) {
  LimitsAtInfinity limits(formula);
  return Emitter(builder, loc, variables, limits, /*needsEveryDigit=*/true,
                 /*selfContained=*/false)
      .emit(formula);
}

} // namespace act

//===- CancellingSums.cpp - Sums of a formula whose terms cancel ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormulaEmitter.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;

namespace act {

Value FormulaEmitter::horner(Value u, ArrayRef<double> coefficients) {
  Value sum = constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum =
        make<arith::AddFOp>(make<arith::MulFOp>(sum, u), constant(coefficient));
  return sum;
}

Value FormulaEmitter::nearZero(Value u, double bound, Value near, Value far) {
  Value isNear = compare(arith::CmpFPredicate::OLT, make<math::AbsFOp>(u),
                         constant(bound));
  return select(isNear, near, far);
}

/// u - tanh(u) = u^3 (1/3 - 2u^2/15 + ...) near 0, where the subtraction
/// cancels. With tanh u = sum a_n u^(2n+1), tanh' = 1 - tanh^2 gives
/// (2n+1) a_n = -sum a_i a_(n-1-i). The series converges for |u| < pi/2; at
/// 0.6, where the subtraction is fine, 22 terms leave 2^-55.
Value FormulaEmitter::emitTanhShrink(Value u, Value tanh) {
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
Value FormulaEmitter::emitExpm1Excess(Value u, Value expm1) {
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
Value FormulaEmitter::emitHypotenuse(Value u, Value c) {
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
Value FormulaEmitter::addRest(Value sum, Value rest, Value part) {
  Value isFinite = compare(arith::CmpFPredicate::OLT, make<math::AbsFOp>(part),
                           constant(std::numeric_limits<double>::infinity()));
  return make<arith::AddFOp>(sum, select(isFinite, rest, constant(0.0)));
}

/// c x + d as (hi x + d) + lo x, c = hi + lo: the first step is within half
/// an ulp of its value even where that cancels, and so is the second. hi and
/// lo have one sign, so that infinities do not meet.
Value FormulaEmitter::emitLinearInTwoSteps(Expression c, Value x, Value d) {
  float hi = exactValue(c, {}, Format::F32);
  if (exactValue(abs(hi) - abs(c), {}, Format::F64) > 0.0)
    hi = std::nextafterf(hi, 0.0f);
  double lo = exactValue(c - hi, {}, Format::F32);
  Value sum = make<math::FmaOp>(x, constant(hi), d);
  return make<math::FmaOp>(x, constant(lo), sum);
}

/// c u + d for closed c and d, without the rounding of c and of the product,
/// so that no digit is lost near the zero of the sum.
Value FormulaEmitter::emitLinear(Expression c, Expression u, Value d) {
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
  Value rest = make<math::FmaOp>(x, constant(hi), make<arith::NegFOp>(product));
  rest = make<math::FmaOp>(x, constant(lo), rest);
  return addRest(make<arith::AddFOp>(product, d), rest, product);
}

/// Whether `e` is c u with a closed c; in a wider format than the result's
/// such a product is good enough as it is.
bool FormulaEmitter::isDelicateProduct(Expression e) const {
  return needsEveryDigit && e.primitive() == Primitive::Mul &&
         e.operand(0).numVariables() == 0;
}

Value FormulaEmitter::emitAdd(Expression e) {
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

Value FormulaEmitter::emitSub(Expression e) {
  Expression a = e.operand(0), b = e.operand(1);
  if (b.primitive() == Primitive::Tanh && b.operand(0) == a)
    return emitTanhShrink(emit(a), emit(b));
  if (a.primitive() == Primitive::Expm1 && a.operand(0) == b)
    return emitExpm1Excess(emit(b), emit(a));
  return make<arith::SubFOp>(emit(a), emit(b));
}

Value FormulaEmitter::emitSqrt(Expression e) {
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

} // namespace act

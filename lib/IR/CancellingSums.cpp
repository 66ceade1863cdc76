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
#include "llvm/ADT/bit.h"
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

/// Whether `e` is closed, is no number of f32, and matters to the last digit.
bool FormulaEmitter::needsDigitsOfClosed(Expression e) const {
  return needsEveryDigit && format == Format::F32 && e.numVariables() == 0 &&
         exactValue(e - rounded(e), {}, Format::F64) != 0.0;
}

/// `sum`, to which the rounded `c` was added, and what rounding took from c:
/// it counts where the rest cancels.
Value FormulaEmitter::addClosedRest(Value sum, Expression c) {
  float rest = exactValue(c - rounded(c), {}, Format::F32);
  return std::isfinite(rest) ? make<arith::AddFOp>(sum, constant(rest)) : sum;
}

/// The floats at and beside the zero of c x + d: there most digits cancel.
static SmallVector<double, 3> floatsAtZero(Expression c, Expression d) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  float zero = exactValue(-(d / c), {}, Format::F32);
  if (std::isinf(zero))
    return {};
  return {std::nextafterf(zero, -kInfinity), zero,
          std::nextafterf(zero, kInfinity)};
}

namespace {
/// Floats whose sum stands for c in c x + d, largest first. They have one sign,
/// so that infinite multiples of them do not meet.
struct SplitFactor {
  SmallVector<double, 3> parts;
  /// Where the sum is 0 but not that with the parts: no floats add up to 1/3.
  std::optional<double> missedZero;
  bool isAboveZero = false; ///< there
};
} // namespace

static SplitFactor splitIntoFloats(Expression c, unsigned count) {
  SplitFactor split;
  for (unsigned i = 0; i < count && !c.isConstant(0.0); ++i) {
    float part = exactValue(c, {}, Format::F32);
    if (i + 1 < count && exactValue(abs(part) - abs(c), {}, Format::F64) > 0.0)
      part = std::nextafterf(part, 0.0f);
    split.parts.push_back(part);
    c = c - part;
  }
  return split;
}

/// As many floats as the digits of c x + d need beside its zero.
static SplitFactor splitFactor(Expression c, Expression d) {
  // What is left of c may be half as much as a rounding.
  constexpr double kShare = 0x1p-25;
  SplitFactor split;
  for (unsigned count = 1; count <= 3; ++count) {
    split = splitIntoFloats(c, count);
    Expression rest = c;
    for (double part : split.parts)
      rest = rest - part;
    bool isEnough = true;
    for (double x : floatsAtZero(c, d)) {
      double left = exactValue(rest * x, {}, Format::F64);
      double sum = exactValue(c * x + d, {}, Format::F64);
      if (sum == 0.0 && left != 0.0 && count > 1) {
        split.missedZero = x;
        split.isAboveZero = left < 0.0;
      } else if (std::abs(left) > kShare * std::abs(sum)) {
        isEnough = false;
      }
    }
    if (isEnough)
      break;
  }
  return split;
}

/// c x + d in f32 as ((hi x + d) + mid x) + lo x with as many floats
/// c = hi + mid + lo as its digits need. Beside the zero of the sum all steps
/// but the last are exact, since they leave a multiple of the product of two
/// ulps. Farther off the first two round, and what `lo` adds is less than half
/// an ulp. `isClipped`: nothing below 0 counts.
Value FormulaEmitter::emitLinearInFloats(const Linear &linear, bool isClipped) {
  auto [c, u, d] = linear;
  SplitFactor split = splitFactor(c, d);
  Value x = emit(u), sum = emitClosed(d);
  for (double part : split.parts)
    sum = make<math::FmaOp>(x, constant(part), sum);
  if (needsDigitsOfClosed(d))
    sum = addClosedRest(sum, d);
  if (!split.missedZero || (isClipped && !split.isAboveZero))
    return sum;
  Value isZero =
      compare(arith::CmpFPredicate::OEQ, x, constant(*split.missedZero));
  return select(isZero, constant(0.0), sum);
}

/// Whether c x + d in f64 is within 1/64 ulp of f32 at the floats beside its
/// zero.
static bool isHarmlessInF64(Expression c, Expression d) {
  double factor = exactValue(c, {}, Format::F64);
  double addend = exactValue(d, {}, Format::F64);
  return llvm::all_of(floatsAtZero(c, d), [&](double x) {
    double product = factor * x, sum = product + addend;
    double error = exactValue(c * x + d - sum, {}, Format::F64);
    double exact = exactValue(c * x + d, {}, Format::F64);
    return std::abs(error) <=
           (exact == 0.0 ? 0.0 : ulp(exact, Format::F32) / 64);
  });
}

/// c x + d in f64 for a result in f32 or less, where x is such a number, too.
/// If need be, c = hi + lo with 29 bits of c in hi, so that hi x and its sum
/// with d near the zero are exact (Sterbenz).
Value FormulaEmitter::emitLinearWide(const Linear &linear) {
  auto [c, u, d] = linear;
  Value x = emit(u), factor = emitClosed(c), addend = emitClosed(d);
  if (isHarmlessInF64(c, d))
    return make<arith::AddFOp>(make<arith::MulFOp>(x, factor), addend);
  uint64_t bits =
      llvm::bit_cast<uint64_t>(exactValue(c, {}, Format::F64)) >> 24 << 24;
  double hi = llvm::bit_cast<double>(bits);
  double lo = exactValue(c - hi, {}, Format::F64);
  Value sum = make<arith::AddFOp>(make<arith::MulFOp>(x, constant(hi)), addend);
  return make<arith::AddFOp>(sum, make<arith::MulFOp>(x, constant(lo)));
}

/// c u + d without the rounding of c and of the product, so that no digit is
/// lost near the zero of the sum.
Value FormulaEmitter::emitLinear(const Linear &linear, bool isClipped) {
  auto [c, u, d] = linear;
  if (needsEveryDigit && format == Format::F32)
    return emitLinearInFloats(linear, isClipped);
  if (!needsEveryDigit && getElementTypeOrSelf(type).isF64())
    return emitLinearWide(linear);
  Value x = emit(u), addend = emitClosed(d);
  if (!needsEveryDigit)
    return make<arith::AddFOp>(make<arith::MulFOp>(x, emitClosed(c)), addend);
  if (c.isConstant())
    return make<math::FmaOp>(x, emitClosed(c), addend);
  // Else the sum of the rounded product, which is exact near its zero
  // (Sterbenz), and of what rounding took.
  if (c.primitive() == Primitive::Div && c.operand(0).isConstant(1.0) &&
      c.operand(1).isConstant()) {
    // u/b = q + (u - q b)/b, and the remainder is exact.
    Value b = constant(c.operand(1).constant());
    Value quotient = make<arith::DivFOp>(x, b);
    Value remainder = make<math::FmaOp>(make<arith::NegFOp>(quotient), b, x);
    return addRest(make<arith::AddFOp>(quotient, addend),
                   make<arith::DivFOp>(remainder, b), quotient);
  }
  // c = hi + lo: c u = p + (hi u - p) + lo u, and hi u - p is exact.
  double hi = exactValue(c, {}, Format::F64);
  double lo = exactValue(c - hi, {}, Format::F64);
  Value product = make<arith::MulFOp>(x, constant(hi));
  Value rest = make<math::FmaOp>(x, constant(hi), make<arith::NegFOp>(product));
  rest = make<math::FmaOp>(x, constant(lo), rest);
  return addRest(make<arith::AddFOp>(product, addend), rest, product);
}

/// `e` as c u + d with closed c and d, if it is a sum or difference of such.
std::optional<FormulaEmitter::Linear> FormulaEmitter::readLinear(Expression e) {
  bool isDifference = e.primitive() == Primitive::Sub;
  if (!isDifference && e.primitive() != Primitive::Add)
    return std::nullopt;
  for (unsigned i : {0u, 1u}) {
    Expression product = e.operand(i), d = e.operand(1 - i);
    if (product.primitive() != Primitive::Mul || d.numVariables() > 0)
      continue;
    bool isFirst = product.operand(0).numVariables() == 0;
    Expression c = product.operand(isFirst ? 0 : 1);
    if (c.numVariables() > 0)
      continue;
    return Linear{isDifference && i == 1 ? -c : c,
                  product.operand(isFirst ? 1 : 0),
                  isDifference && i == 0 ? -d : d};
  }
  return std::nullopt;
}

Value FormulaEmitter::emitAdd(Expression e) {
  if (std::optional<Linear> linear = readLinear(e))
    return emitLinear(*linear, /*isClipped=*/false);
  for (unsigned i : {0u, 1u}) {
    Expression term = e.operand(i), other = e.operand(1 - i);
    if (needsDigitsOfClosed(term))
      return addClosedRest(make<arith::AddFOp>(emit(other), emitClosed(term)),
                           term);
    // One rounding less, and a product that underflows keeps its sign.
    if (needsEveryDigit && term.primitive() == Primitive::Mul &&
        term.operand(0).isConstant() && term.operand(1).isVariable())
      return make<math::FmaOp>(emit(term.operand(1)), emit(term.operand(0)),
                               emit(other));
  }
  return make<arith::AddFOp>(emit(e.operand(0)), emit(e.operand(1)));
}

Value FormulaEmitter::emitSub(Expression e) {
  Expression a = e.operand(0), b = e.operand(1);
  if (b.primitive() == Primitive::Tanh && b.operand(0) == a)
    return emitTanhShrink(emit(a), emit(b));
  if (a.primitive() == Primitive::Expm1 && a.operand(0) == b)
    return emitExpm1Excess(emit(b), emit(a));
  if (std::optional<Linear> linear = readLinear(e))
    return emitLinear(*linear, /*isClipped=*/false);
  if (needsDigitsOfClosed(b))
    return addClosedRest(make<arith::SubFOp>(emit(a), emitClosed(b)), -b);
  if (needsDigitsOfClosed(a))
    return addClosedRest(make<arith::SubFOp>(emitClosed(a), emit(b)), a);
  return make<arith::SubFOp>(emit(a), emit(b));
}

Value FormulaEmitter::emitSqrt(Expression e) {
  Expression sum = e.operand(0);
  // sqrt(u^2) = |u|, also where the square overflows or underflows.
  if (sum.primitive() == Primitive::Mul && sum.operand(0) == sum.operand(1))
    return make<math::AbsFOp>(emit(sum.operand(0)));
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

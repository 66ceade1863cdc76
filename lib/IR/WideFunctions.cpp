//===- WideFunctions.cpp - Elementary functions in f64 --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WideFunctions.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/MathConstants.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

static constexpr double kInfinite = std::numeric_limits<double>::infinity();

//===----------------------------------------------------------------------===//
// Coefficients
//===----------------------------------------------------------------------===//

/// Coefficients of the interpolant of `f` (of variable 0 = t) at the Chebyshev
/// points of [-1, 1], within a small factor of minimax (Trefethen,
/// Approximation Theory and Approximation Practice, 2013, chapter 16).
static std::vector<double> interpolate(Expression f, unsigned count) {
  std::vector<double> values(count), coefficients(count);
  for (unsigned i = 0; i < count; ++i)
    values[i] = exactValue(f, {std::cos(kPi * (i + 0.5) / count)}, Format::F64);
  for (unsigned j = 0; j < count; ++j) {
    long double sum = 0.0L;
    for (unsigned i = 0; i < count; ++i)
      sum += values[i] *
             std::cos(static_cast<long double>(kPi) * j * (i + 0.5L) / count);
    coefficients[j] = sum * (j == 0 ? 1 : 2) / count;
  }
  return coefficients;
}

static std::vector<double> inverseFactorials(unsigned count) {
  std::vector<double> coefficients;
  double factorial = 1.0;
  for (unsigned k = 1; k <= count; ++k) {
    factorial *= k;
    coefficients.push_back(1.0 / factorial);
  }
  return coefficients;
}

/// Where exp(z^2) erfc(z) is folded: z = fold (1 + t)/(1 - t).
static constexpr double kFold = 3.75;

/// (1 + 2z) exp(z^2) erfc(z) as a function of t: smooth up to t = 1, z = inf
/// (Shepherd and Laframboise, Chebyshev approximation of (1 + 2x) exp(x^2)
/// erfc(x), Mathematics of Computation 36, 1981).
static const std::vector<double> &scaledErfc() {
  static const std::vector<double> coefficients = [] {
    Expression t = Expression::variable(0);
    Expression z = Expression(kFold) * (1.0 + t) / (1.0 - t);
    return interpolate((1.0 + 2.0 * z) * exp(z * z) * act::erfc(z), 26);
  }();
  return coefficients;
}

/// erf(z)/z as a function of t = 2 z^2 - 1, for |z| <= 1.
static const std::vector<double> &erfQuotient() {
  static const std::vector<double> coefficients = [] {
    Expression t = Expression::variable(0);
    Expression z = act::sqrt((1.0 + t) / 2.0);
    return interpolate(act::erf(z) / z, 17);
  }();
  return coefficients;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value WideFunctions::constant(double value) {
  return constantLike(builder, loc, type, builder.getF64FloatAttr(value));
}

Value WideFunctions::integer(int64_t value) {
  return constantLike(builder, loc, type, builder.getI64IntegerAttr(value));
}

Value WideFunctions::add(Value a, Value b) {
  return arith::AddFOp::create(builder, loc, a, b);
}

Value WideFunctions::sub(Value a, Value b) {
  return arith::SubFOp::create(builder, loc, a, b);
}

Value WideFunctions::mul(Value a, Value b) {
  return arith::MulFOp::create(builder, loc, a, b);
}

Value WideFunctions::div(Value a, Value b) {
  return arith::DivFOp::create(builder, loc, a, b);
}

Value WideFunctions::select(Value condition, Value a, Value b) {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}

Value WideFunctions::bits(Value a) {
  return arith::BitcastOp::create(
      builder, loc, withElementType(type, builder.getI64Type()), a);
}

Value WideFunctions::fromBits(Value a) {
  return arith::BitcastOp::create(builder, loc, type, a);
}

Value WideFunctions::abs(Value a) {
  return fromBits(arith::AndIOp::create(
      builder, loc, bits(a), integer(std::numeric_limits<int64_t>::max())));
}

Value WideFunctions::withSignOf(Value magnitude, Value sign) {
  Value signBit = arith::AndIOp::create(
      builder, loc, bits(sign), integer(std::numeric_limits<int64_t>::min()));
  return fromBits(
      arith::OrIOp::create(builder, loc, bits(abs(magnitude)), signBit));
}

Value WideFunctions::less(Value a, double bound) {
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OLT, a,
                               constant(bound));
}

Value WideFunctions::equals(Value a, double value) {
  return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, a,
                               constant(value));
}

/// A NaN fails both comparisons and stays.
Value WideFunctions::clamp(Value x, double lo, double hi) {
  x = select(less(x, lo), constant(lo), x);
  Value above = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                      x, constant(hi));
  return select(above, constant(hi), x);
}

Value WideFunctions::polynomial(Value x, ArrayRef<double> coefficients) {
  Value sum = constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum = add(mul(sum, x), constant(coefficient));
  return sum;
}

/// Clenshaw's recurrence.
Value WideFunctions::chebyshev(Value t, ArrayRef<double> coefficients) {
  Value twice = add(t, t);
  Value next = constant(coefficients.back()), afterNext = constant(0.0);
  for (double coefficient :
       llvm::reverse(coefficients.drop_front().drop_back())) {
    Value current =
        add(sub(mul(twice, next), afterNext), constant(coefficient));
    afterNext = next;
    next = current;
  }
  return add(sub(mul(t, next), afterNext), constant(coefficients.front()));
}

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

WideFunctions::Reduced WideFunctions::reduce(Value x) {
  // Adding 1.5 * 2^52 rounds to a whole number; the upper part of ln 2 has 21
  // zeros at its end, so that its product with n is exact.
  constexpr double kShift = 0x1.8p52, kLn2Hi = 0x1.62e42fefp-1;
  static const double ln2Lo =
      exactValue(act::log(Expression(2.0)) - kLn2Hi, {}, Format::F64);
  Value scaled =
      add(mul(x, constant(1.0 / 0.69314718055994530942)), constant(kShift));
  Value n = sub(scaled, constant(kShift));
  Value r = sub(x, mul(n, constant(kLn2Hi)));
  return {n, sub(r, mul(n, constant(ln2Lo))), scaled};
}

/// 2^exponent for an i64 exponent of a normal number.
Value WideFunctions::powerOfTwo(Value exponent) {
  Value biased = arith::AddIOp::create(builder, loc, exponent, integer(1023));
  return fromBits(arith::ShLIOp::create(builder, loc, biased, integer(52)));
}

/// a * 2^n in two steps, of which only the second may overflow or underflow.
Value WideFunctions::scale(Value a, Value scaled) {
  constexpr int64_t kShiftPattern = 0x4338000000000000; // of 1.5 * 2^52
  Value n =
      arith::SubIOp::create(builder, loc, bits(scaled), integer(kShiftPattern));
  Value half = arith::ShRSIOp::create(builder, loc, n, integer(1));
  Value rest = arith::SubIOp::create(builder, loc, n, half);
  return mul(mul(a, powerOfTwo(half)), powerOfTwo(rest));
}

/// exp(r) - 1 by Taylor's series: 14 terms leave 2^-60 at ln(2)/2.
Value WideFunctions::expm1OfReduced(Value r) {
  return mul(r, polynomial(r, inverseFactorials(14)));
}

Value WideFunctions::exp(Value x) {
  // Past the ends the result is infinite, or 0 in f32 even times the square of
  // its largest number; but infinity times what is not 0 is infinite.
  Reduced reduced = reduce(clamp(x, -700.0, 800.0));
  Value y = add(constant(1.0), expm1OfReduced(reduced.r));
  return select(equals(x, -kInfinite), constant(0.0), scale(y, reduced.scaled));
}

Value WideFunctions::expm1(Value x) {
  // 2^n (1 + m) - 1 = 2^n m + (2^n - 1), where nothing cancels; far out the 1
  // is of no account.
  constexpr double kFar = 60.0;
  Reduced reduced = reduce(clamp(x, -kFar, kFar));
  Value power = scale(constant(1.0), reduced.scaled);
  Value near =
      add(mul(power, expm1OfReduced(reduced.r)), sub(power, constant(1.0)));
  // Below the spacing around 1 the sum above would lose the sign of zero.
  near = select(equals(x, 0.0), x, near);
  Value isFar = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                      x, constant(kFar));
  return select(isFar, exp(x), near);
}

Value WideFunctions::tanh(Value x) {
  // m = exp(-2|x|) - 1: tanh |x| = -m/(m + 2).
  Value m = expm1(mul(abs(x), constant(-2.0)));
  Value magnitude = div(m, add(m, constant(2.0)));
  Value result = withSignOf(magnitude, x);
  Value isNaN =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, x, x);
  return select(isNaN, x, result);
}

//===----------------------------------------------------------------------===//
// Logarithms
//===----------------------------------------------------------------------===//

Value WideFunctions::log(Value x) {
  // Subnormal numbers are scaled up.
  constexpr double kScale = 0x1p60;
  Value isSmall = less(x, std::numeric_limits<double>::min());
  Value y = select(isSmall, mul(x, constant(kScale)), x);
  // y = 2^k m with m in [sqrt(1/2), sqrt(2)).
  constexpr int64_t kRootOfHalf = 0x3FE6A09E667F3BCD;
  Value fromRoot =
      arith::SubIOp::create(builder, loc, bits(y), integer(kRootOfHalf));
  Value k = arith::ShRSIOp::create(builder, loc, fromRoot, integer(52));
  Value m = fromBits(arith::SubIOp::create(
      builder, loc, bits(y),
      arith::ShLIOp::create(builder, loc, k, integer(52)).getResult()));
  // log m = 2 atanh(s), s = (m - 1)/(m + 1), |s| < 0.172: 11 terms leave 2^-61.
  Value s = div(sub(m, constant(1.0)), add(m, constant(1.0)));
  SmallVector<double> series;
  for (unsigned i = 0; i < 11; ++i)
    series.push_back(2.0 / (2 * i + 1));
  Value logM = mul(s, polynomial(mul(s, s), series));
  Value exponent = arith::SIToFPOp::create(builder, loc, type, k);
  exponent = sub(exponent, select(isSmall, constant(60.0), constant(0.0)));
  static const double ln2 =
      exactValue(act::log(Expression(2.0)), {}, Format::F64);
  Value result = add(mul(exponent, constant(ln2)), logM);
  // 0, infinity, and what has no logarithm.
  result = select(equals(x, kInfinite), x, result);
  result = select(equals(x, 0.0), constant(-kInfinite), result);
  Value hasNone = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::ULT,
                                        x, constant(0.0));
  return select(hasNone, constant(std::nan("")), result);
}

Value WideFunctions::log1p(Value x) {
  // log(u) for u = 1 + x, and what the sum lost: (x - (u - 1))/u.
  Value u = add(constant(1.0), x);
  Value lost = div(sub(x, sub(u, constant(1.0))), u);
  Value logU = log(u);
  Value isRegular = arith::CmpFOp::create(
      builder, loc, arith::CmpFPredicate::OLT, abs(logU), constant(kInfinite));
  Value sum = add(logU, select(isRegular, lost, constant(0.0)));
  return select(equals(x, 0.0), x, sum);
}

//===----------------------------------------------------------------------===//
// Error functions
//===----------------------------------------------------------------------===//

/// erfc(z) for z >= 0 as exp(-z^2) times a slow function. The rounding of z^2
/// costs a relative z^2 2^-53: below 2^-43 down to the smallest normal value.
Value WideFunctions::erfcOfMagnitude(Value z) {
  Value t = div(sub(z, constant(kFold)), add(z, constant(kFold)));
  Value slow = div(chebyshev(t, scaledErfc()), add(constant(1.0), add(z, z)));
  return mul(exp(mul(mul(z, z), constant(-1.0))), slow);
}

Value WideFunctions::erfc(Value x) {
  // Past 30 all is 0 in f32; infinity would meet itself.
  Value size = abs(x);
  Value right = erfcOfMagnitude(clamp(size, 0.0, 30.0));
  right = select(equals(size, kInfinite), constant(0.0), right);
  Value left = sub(constant(2.0), right);
  return select(less(x, 0.0), left, right);
}

Value WideFunctions::erf(Value x) {
  Value z = abs(x);
  Value t = sub(mul(constant(2.0), mul(z, z)), constant(1.0));
  Value isNear = less(z, 1.0);
  Value near =
      mul(x, chebyshev(select(isNear, t, constant(0.0)), erfQuotient()));
  Value far = sub(constant(1.0), erfcOfMagnitude(clamp(z, 0.0, 30.0)));
  Value isNaN =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::UNO, x, x);
  Value result = select(isNear, near, withSignOf(far, x));
  return select(isNaN, x, result);
}

} // namespace act

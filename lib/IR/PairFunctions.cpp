//===- PairFunctions.cpp - Elementary functions of pairs ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of each function the leading terms are pairs, and the rest, which is some
// binades smaller, is a polynomial in plain f64.
//
//===----------------------------------------------------------------------===//

#include "PairFunctions.h"
#include "PairSeries.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace mlir;

namespace act {

using arith::CmpFPredicate;

//===----------------------------------------------------------------------===//
// Coefficients
//===----------------------------------------------------------------------===//

/// 1/k! for k from `first` to `last`.
static std::vector<double> inverseFactorials(unsigned first, unsigned last) {
  std::vector<double> coefficients;
  long double factorial = 1.0L;
  for (unsigned k = 1; k <= last; ++k) {
    factorial *= k;
    if (k >= first)
      coefficients.push_back(1.0L / factorial);
  }
  return coefficients;
}

/// Where exp(z^2) erfc(z) is folded: z = fold (1 + t)/(1 - t).
static constexpr double kFold = 3.75;

/// (1 + 2z) exp(z^2) erfc(z) as a function of t: smooth up to t = 1, z = inf
/// (Shepherd and Laframboise, Chebyshev approximation of (1 + 2x) exp(x^2)
/// erfc(x), Mathematics of Computation 36, 1981).
static Expression scaledErfcFormula() {
  Expression t = Expression::variable(0);
  Expression z = Expression(kFold) * (1.0 + t) / (1.0 - t);
  return (1.0 + 2.0 * z) * act::exp(z * z) * act::erfc(z);
}

/// 28 terms leave 2^-63.
static const PairSeries &scaledErfc() {
  static const PairSeries series(interpolate(scaledErfcFormula(), 28));
  return series;
}

/// Its slope to some binades.
static const std::vector<double> &scaledErfcSlope() {
  static const std::vector<double> coefficients = [] {
    std::vector<long double> exact =
        interpolate(differentiate(scaledErfcFormula()), 8);
    return std::vector<double>(exact.begin(), exact.end());
  }();
  return coefficients;
}

/// erf(z)/z as a function of w = z^2 = (1 + t)/2, for |z| <= 1: 20 terms of
/// 2/sqrt(pi) sum (-w)^n/(n! (2n + 1)) leave 2^-66.
static std::vector<double> erfQuotient() {
  std::vector<double> coefficients;
  long double term = 2.0L / std::sqrt(3.14159265358979323846264338327950288L);
  for (unsigned n = 0; n < 20; ++n) {
    coefficients.push_back(term / (2 * n + 1));
    term /= -static_cast<long double>(n + 1);
  }
  return coefficients;
}

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

/// Beyond, exp is 0 or infinite even after products with two f64 of any size.
static constexpr double kFar = 2200.0;

/// (expm1(r) - r)/r^2 by powers of r for |r| <= 0.35, which is a little more
/// than ln(2)/2: 11 terms leave 2^-63 of exp(r).
static const std::vector<double> &expm1Remainder() {
  static const std::vector<double> coefficients = [] {
    constexpr double kWidth = 0.3515625;
    Expression r = Expression(kWidth) * Expression::variable(0);
    std::vector<double> result;
    long double power = 1.0L;
    for (long double c : interpolate((act::expm1(r) - r) / (r * r), 12)) {
      result.push_back(c / power);
      power *= kWidth;
    }
    return result;
  }();
  return coefficients;
}

/// r + r^2 (1/2 + r/6 + ...), where the second term is less than a fifth of the
/// first and is rounded by less than 2^-54 of it.
Pair PairFunctions::expm1OfReduced(Pair r) {
  Value rest = mul(mul(r.hi, r.hi), polynomial(r.hi, expm1Remainder()));
  // The lower part counts with the slope of the exponential.
  return addSmaller({r.hi, multiplyAdd(r.lo, r.hi, r.lo)}, {rest});
}

PairFunctions::Exponential PairFunctions::exponential(Pair u, double lo,
                                                      double hi) {
  // The upper part has 12 zeros at its end: its product with n is exact. What
  // the second part lacks and loses is less than 2^-82.
  constexpr double kLn2Hi = 0x1.62e42fefa3p-1;
  static const double ln2Lo =
      exactValue(act::log(Expression(2.0)) - kLn2Hi, {}, Format::F64);
  u = unscaled(u);
  Value x = clamp(u.hi, lo, hi);
  Value n = roundToWhole(x, 1.0 / 0.69314718055994530942);
  Value upper = multiplyAdd(n, constant(-kLn2Hi), x);
  Value lower = mul(n, constant(ln2Lo));
  Pair r = {sub(upper, lower)};
  r.lo = sub(sub(upper, r.hi), lower);
  if (u.lo) {
    Value isInside = compare(CmpFPredicate::OEQ, x, u.hi);
    r.lo = add(r.lo, select(isInside, u.lo, constant(0.0)));
    r = addSmaller({r.hi}, {r.lo});
  }
  return {n, expm1OfReduced(r)};
}

Pair PairFunctions::exp(Pair u) {
  Exponential parts = exponential(u, -kFar, kFar);
  Pair result = addSmaller({constant(1.0)}, parts.m);
  // 0 and infinity only of infinities: what is out of reach of all products of
  // numbers still has a sign, and makes infinity times it infinite.
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kOutOfReach = 1024.0;
  Value size = abs(u.hi);
  Value isFar = compare(CmpFPredicate::OGT, size, constant(kFar));
  Value isInfinite = compare(CmpFPredicate::OEQ, size, constant(kInfinity));
  // At most 1, so that no product of it overflows.
  Value limit = arith::MaximumFOp::create(builder, loc, u.hi, constant(0.0));
  limit = select(isInfinite, limit, constant(0.5));
  result = select(isFar, Pair{limit}, result);
  result.exponent =
      mul(parts.n, select(isFar, constant(kOutOfReach), constant(1.0)));
  return result;
}

Pair PairFunctions::expm1(Pair u) {
  if (u.exponent)
    return identityNearZero(u, &PairFunctions::expm1);
  // 2^n (1 + m) - 1 = 2^n ((1 - 2^-n) + m), where nothing cancels.
  constexpr double kOfNoAccount = 60.0;
  Exponential parts = exponential(u, -kOfNoAccount, kFar);
  Value power = powerOfTwo(neg(clamp(parts.n, -1000.0, 1000.0)));
  Pair result = add(exactSum(constant(1.0), neg(power)), parts.m);
  result.exponent = parts.n;
  // The sum above would lose the sign of zero.
  Value isZero = compare(CmpFPredicate::OEQ, u.hi, constant(0.0));
  return select(isZero, Pair{u.hi}, result);
}

Pair PairFunctions::identityNearZero(Pair u,
                                     Pair (PairFunctions::*function)(Pair)) {
  if (!u.exponent)
    return (this->*function)(u);
  // u + O(u^2).
  constexpr double kNear = 0x1p-120;
  Pair argument = unscaled(u);
  Value isNear = compare(CmpFPredicate::OLT, abs(argument.hi), constant(kNear));
  return select(isNear, u, (this->*function)(argument));
}

Pair PairFunctions::tanh(Pair u) {
  if (u.exponent)
    return identityNearZero(u, &PairFunctions::tanh);
  // m = exp(-2|u|) - 1: tanh |u| = -m/(m + 2).
  Pair m = besideOne(expm1(scale(magnitude(u), constant(-2.0))));
  Pair size = divideByModerate(negate(m), addSmaller({constant(2.0)}, m));
  Value isNegative = compare(CmpFPredicate::OLT, u.hi, constant(0.0));
  Pair result = select(isNegative, negate(size), size);
  Value isZero = compare(CmpFPredicate::OEQ, u.hi, constant(0.0));
  return select(isZero, Pair{u.hi}, result);
}

/// e^-|u| never overflows, and each of its two uses keeps small values:
/// 1/(1+e^-u) for u >= 0 and e^u/(1+e^u) for u < 0.
Pair PairFunctions::sigmoid(Pair u) {
  u = unscaled(u);
  Pair decay = exp(negate(magnitude(u)));
  Value isNegative = compare(CmpFPredicate::ULT, u.hi, constant(0.0));
  Pair numerator = select(isNegative, decay, {constant(1.0)});
  return divideByModerate(numerator,
                          addSmaller({constant(1.0)}, besideOne(decay)));
}

/// max(u, 0) + log(1 + e^-|u|), where the logarithm of what is nearly 1 is the
/// decay itself.
Pair PairFunctions::softplus(Pair u) {
  u = unscaled(u);
  constexpr double kFarLeft = -100.0;
  Pair decay = exp(negate(magnitude(u)));
  Pair logarithm = log1pOfDecay(besideOne(decay));
  Value isRight = compare(CmpFPredicate::OGT, u.hi, constant(0.0));
  Value isFarLeft = compare(CmpFPredicate::OLT, u.hi, constant(kFarLeft));
  Pair result = select(isRight, add(u, logarithm), logarithm);
  return select(isFarLeft, decay, result);
}

//===----------------------------------------------------------------------===//
// Logarithms
//===----------------------------------------------------------------------===//

/// k ln 2 + log(1 + excess) for a whole k and 1 + excess in about
/// [2/3, 3/2]. With s = excess/(2 + excess), |s| <= 0.2, the logarithm is 2
/// atanh s: up to s^25, its series leaves 2^-63.
Pair PairFunctions::logOf(Value k, Pair excess) {
  static const Expression ln2 = act::log(Expression(2.0));
  Pair s = divideByModerate(excess, addSmaller(Pair{constant(2.0)}, excess));
  SmallVector<double> series;
  for (unsigned i = 1; i <= 12; ++i)
    series.push_back(2.0 / (2 * i + 1));
  Value square = mul(s.hi, s.hi);
  Value rest = mul(mul(s.hi, square), polynomial(square, series));
  Pair logarithm = addSmaller(scale(s, constant(2.0)), {rest});
  return addSmaller(multiply(closed(ln2), {k}), logarithm);
}

/// log(1 + decay) for a decay in [0, 1]; from 1/2 on, decay - 1 is exact.
Pair PairFunctions::log1pOfDecay(Pair decay) {
  Value isLarge = compare(CmpFPredicate::OGE, decay.hi, constant(0.5));
  Pair halved = scale({sub(decay.hi, constant(1.0)), decay.lo}, constant(0.5));
  return logOf(select(isLarge, constant(1.0), constant(0.0)),
               select(isLarge, halved, decay));
}

Pair PairFunctions::log(Pair u) {
  u = unscaled(u);
  // Subnormal numbers are scaled up.
  Value isSmall = compare(CmpFPredicate::OLT, u.hi, constant(0x1p-900));
  u = scale(u, select(isSmall, constant(0x1p120), constant(1.0)));
  Value k = exponentOf(u.hi);
  Pair excess = add(scale(u, powerOfTwo(neg(clamp(k, -1022.0, 1022.0)))),
                    {constant(-1.0)});
  k = sub(k, select(isSmall, constant(120.0), constant(0.0)));
  Pair result = logOf(k, excess);
  // Infinity, 0, and what has no logarithm.
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Value isInfinite = compare(CmpFPredicate::OEQ, u.hi, constant(kInfinity));
  Value isZero = compare(CmpFPredicate::OEQ, u.hi, constant(0.0));
  Value hasNone = compare(CmpFPredicate::ULT, u.hi, constant(0.0));
  result = select(isInfinite, Pair{u.hi}, result);
  result = select(isZero, Pair{constant(-kInfinity)}, result);
  return select(hasNone, Pair{constant(std::nan(""))}, result);
}

Pair PairFunctions::log1p(Pair u) {
  if (u.exponent)
    return identityNearZero(u, &PairFunctions::log1p);
  // log(1 + u) = k ln 2 + log(1 + ((2^-k - 1) + 2^-k u)).
  Value k = clamp(exponentOf(add(constant(1.0), u.hi)), -1022.0, 1022.0);
  Value power = powerOfTwo(neg(k));
  Pair near = logOf(k, add(exactSum(power, constant(-1.0)), scale(u, power)));
  Value isZero = compare(CmpFPredicate::OEQ, u.hi, constant(0.0));
  near = select(isZero, Pair{u.hi}, near);
  Value isNear = compare(CmpFPredicate::OLT, abs(u.hi), constant(0.5));
  return select(isNear, near, log(add({constant(1.0)}, u)));
}

//===----------------------------------------------------------------------===//
// Error functions
//===----------------------------------------------------------------------===//

/// erfc(z) for z >= 0 as exp(-z^2) times a slow function of
/// t = (z - fold)/(z + fold).
Pair PairFunctions::erfcOfMagnitude(Pair z) {
  // Past 50, exp(-z^2) is out of reach.
  Value x = clamp(z.hi, 0.0, 50.0);
  Pair t = divideByModerate(exactSum(x, constant(-kFold)),
                            exactSum(x, constant(kFold)));
  if (z.lo) {
    Value isInside = compare(CmpFPredicate::OEQ, x, z.hi);
    z = {x, select(isInside, z.lo, constant(0.0))};
  } else {
    z = {x};
  }
  const PairSeries &series = scaledErfc();
  Value rest = multiplyAdd(t.lo, polynomial(t.hi, scaledErfcSlope()),
                           mul(t.hi, polynomial(t.hi, series.rest)));
  Pair slow =
      addSmaller({constant(series.firstHi), constant(series.firstLo)}, {rest});
  Pair linear = add({constant(1.0)}, scale(z, constant(2.0)));
  return divideByModerate(multiply(exp(negate(multiply(z, z))), slow), linear);
}

Pair PairFunctions::erfc(Pair u) {
  u = unscaled(u);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Pair size = magnitude(u);
  Value isInfinite = compare(CmpFPredicate::OEQ, size.hi, constant(kInfinity));
  Pair right = erfcOfMagnitude(size);
  right.hi = select(isInfinite, constant(0.0), right.hi);
  Pair left = add({constant(2.0)}, negate(besideOne(right)));
  Value isNegative = compare(CmpFPredicate::OLT, u.hi, constant(0.0));
  return select(isNegative, left, right);
}

Pair PairFunctions::erf(Pair u) {
  std::vector<double> series = erfQuotient();
  Pair z = magnitude(unscaled(u));
  Value isNear = compare(CmpFPredicate::OLT, z.hi, constant(1.0));
  Value square = select(isNear, mul(z.hi, z.hi), constant(0.0));
  static const Expression first = 2.0 / act::sqrt(Expression::pi());
  Value rest = mul(square, polynomial(square, ArrayRef(series).drop_front()));
  Pair near = multiply(u, addSmaller(closed(first), {rest}));
  Pair far = add({constant(1.0)}, negate(besideOne(erfcOfMagnitude(z))));
  Value isNegative = compare(CmpFPredicate::OLT, u.hi, constant(0.0));
  far = select(isNegative, negate(far), far);
  return select(isNear, near, far);
}

//===----------------------------------------------------------------------===//
// Differences that cancel
//===----------------------------------------------------------------------===//

/// u^3 (1/3 - 2u^2/15 + ...) near 0. With tanh u = sum a_n u^(2n+1), tanh' = 1
/// - tanh^2 gives (2n+1) a_n = -sum a_i a_(n-1-i). The series converges for |u|
/// < pi/2; at 0.6, where the subtraction is fine, 24 terms leave 2^-65.
Pair PairFunctions::tanhShrink(Pair u) {
  u = unscaled(u);
  constexpr unsigned kTerms = 24;
  long double a[kTerms] = {1.0L};
  SmallVector<double> coefficients;
  for (unsigned n = 1; n < kTerms; ++n) {
    for (unsigned i = 0; i < n; ++i)
      a[n] -= a[i] * a[n - 1 - i];
    a[n] /= 2 * n + 1;
    coefficients.push_back(-a[n]);
  }
  Pair square = multiply(u, u);
  Value rest = mul(square.hi,
                   polynomial(square.hi, ArrayRef(coefficients).drop_front()));
  Pair series = addSmaller(closed(Expression(1.0) / Expression(3.0)), {rest});
  Pair near = multiply(multiply(square, u), series);
  Value isNear = compare(CmpFPredicate::OLT, abs(u.hi), constant(0.6));
  return select(isNear, near, add(u, negate(tanh(u))));
}

/// u^2 (1/2 + u/6 + ...) near 0; up to u^21/21! at 1 it leaves 2^-66.
Pair PairFunctions::expm1Excess(Pair u) {
  u = unscaled(u);
  Value rest = mul(u.hi, polynomial(u.hi, inverseFactorials(3, 21)));
  Pair series = addSmaller({constant(0.5)}, {rest});
  Pair near = multiply(multiply(u, u), series);
  Value isNear = compare(CmpFPredicate::OLT, abs(u.hi), constant(1.0));
  return select(isNear, near, add(expm1(u), negate(u)));
}

} // namespace act

//===- PairArithmetic.cpp - Sums of two f64 as one number -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PairArithmetic.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;

namespace act {

using arith::CmpFPredicate;

//===----------------------------------------------------------------------===//
// Plain f64
//===----------------------------------------------------------------------===//

Value PairArithmetic::constant(double value) {
  return constantLike(builder, loc, type, builder.getF64FloatAttr(value));
}

Value PairArithmetic::integer(int64_t value) {
  return constantLike(builder, loc, type, builder.getI64IntegerAttr(value));
}

Value PairArithmetic::add(Value a, Value b) {
  return arith::AddFOp::create(builder, loc, a, b);
}

Value PairArithmetic::sub(Value a, Value b) {
  return arith::SubFOp::create(builder, loc, a, b);
}

Value PairArithmetic::mul(Value a, Value b) {
  return arith::MulFOp::create(builder, loc, a, b);
}

Value PairArithmetic::div(Value a, Value b) {
  return arith::DivFOp::create(builder, loc, a, b);
}

Value PairArithmetic::neg(Value a) {
  return arith::NegFOp::create(builder, loc, a);
}

Value PairArithmetic::abs(Value a) {
  return math::AbsFOp::create(builder, loc, a);
}

Value PairArithmetic::compare(CmpFPredicate predicate, Value a, Value b) {
  return arith::CmpFOp::create(builder, loc, predicate, a, b);
}

Value PairArithmetic::select(Value condition, Value a, Value b) {
  return arith::SelectOp::create(builder, loc, condition, a, b);
}

Value PairArithmetic::clamp(Value x, double lo, double hi) {
  x = select(compare(CmpFPredicate::OLT, x, constant(lo)), constant(lo), x);
  return select(compare(CmpFPredicate::OGT, x, constant(hi)), constant(hi), x);
}

Value PairArithmetic::multiplyAdd(Value a, Value b, Value c) {
  if (fused)
    return math::FmaOp::create(builder, loc, a, b, c);
  return add(mul(a, b), c);
}

Value PairArithmetic::polynomial(Value x, ArrayRef<double> coefficients) {
  Value sum = constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    sum = multiplyAdd(sum, x, constant(coefficient));
  return sum;
}

Value PairArithmetic::bits(Value a) {
  Type integers = withElementType(type, builder.getI64Type());
  return arith::BitcastOp::create(builder, loc, integers, a);
}

Value PairArithmetic::fromBits(Value a) {
  return arith::BitcastOp::create(builder, loc, type, a);
}

/// Added to a whole number, it leaves that number in the low bits.
static constexpr double kShift = 0x1.8p52;

Value PairArithmetic::powerOfTwo(Value n) {
  Value biased = bits(add(n, constant(kShift + 1023.0)));
  return fromBits(
      arith::ShLIOp::create(builder, loc, biased, integer(52)).getResult());
}

Value PairArithmetic::roundToWhole(Value x, double factor) {
  Value shifted = multiplyAdd(x, constant(factor), constant(kShift));
  return sub(shifted, constant(kShift));
}

Value PairArithmetic::exponentOf(Value x) {
  // sqrt(2) x in the exponent field alone, then as the digits of 2^52 + field.
  int64_t fromRoot =
      llvm::bit_cast<int64_t>(1.0) - llvm::bit_cast<int64_t>(std::sqrt(0.5));
  Value field = arith::AddIOp::create(builder, loc, bits(x), integer(fromRoot));
  field = arith::ShRUIOp::create(builder, loc, field, integer(52));
  field = arith::OrIOp::create(builder, loc, field,
                               integer(llvm::bit_cast<int64_t>(0x1p52)));
  return sub(fromBits(field), constant(0x1p52 + 1023.0));
}

//===----------------------------------------------------------------------===//
// Exact sums and products
//===----------------------------------------------------------------------===//

Pair PairArithmetic::closed(Expression e) {
  double hi = exactValue(e, {}, Format::F64);
  double lo = std::isfinite(hi) ? exactValue(e - hi, {}, Format::F64) : 0.0;
  return {constant(hi), lo == 0.0 ? Value() : constant(lo)};
}

/// Knuth's TwoSum.
Pair PairArithmetic::exactSum(Value a, Value b) {
  Value sum = add(a, b);
  Value fromB = sub(sum, a);
  Value fromA = sub(sum, fromB);
  return {sum, add(sub(a, fromA), sub(b, fromB))};
}

/// Without fused multiply-add, factors are cut into 26 and 27 bits, where the
/// product of the two lower parts alone is rounded, by 2^-105 of the product.
Pair PairArithmetic::exactProduct(Value a, Value b) {
  Value product = mul(a, b);
  if (fused)
    return {product, multiplyAdd(a, b, neg(product))};
  auto upper = [&](Value x) {
    return fromBits(arith::AndIOp::create(builder, loc, bits(x),
                                          integer(~((int64_t(1) << 27) - 1)))
                        .getResult());
  };
  Value aHi = upper(a), bHi = upper(b);
  Value aLo = sub(a, aHi), bLo = sub(b, bHi);
  Value rest = sub(mul(aHi, bHi), product);
  rest = add(add(rest, mul(aHi, bLo)), mul(aLo, bHi));
  return {product, add(rest, mul(aLo, bLo))};
}

/// Where hi is infinite or the sum is zero, hi stays as it is, with its sign.
Pair PairArithmetic::renormalize(Value hi, Value lo) {
  Value sum = add(hi, lo);
  sum = select(compare(CmpFPredicate::ONE, sum, hi), sum, hi);
  return {sum, sub(lo, sub(sum, hi))};
}

Value PairArithmetic::sumOfLows(Value lo, Pair a, Pair b) {
  if (a.lo && b.lo)
    return add(lo, add(a.lo, b.lo));
  if (Value only = a.lo ? a.lo : b.lo)
    return add(lo, only);
  return lo;
}

//===----------------------------------------------------------------------===//
// Pairs
//===----------------------------------------------------------------------===//

Pair PairArithmetic::negate(Pair a) {
  return {neg(a.hi), a.lo ? neg(a.lo) : Value(), a.exponent};
}

Pair PairArithmetic::magnitude(Pair a) {
  if (!a.lo)
    return {abs(a.hi), {}, a.exponent};
  Value isNegative = compare(CmpFPredicate::OLT, a.hi, constant(0.0));
  return {abs(a.hi), select(isNegative, neg(a.lo), a.lo), a.exponent};
}

Pair PairArithmetic::add(Pair a, Pair b) {
  a = unscaled(a);
  b = unscaled(b);
  Pair sum = exactSum(a.hi, b.hi);
  if (!a.lo && !b.lo)
    return sum;
  return renormalize(sum.hi, sumOfLows(sum.lo, a, b));
}

Pair PairArithmetic::addSmaller(Pair a, Pair b) {
  Value sum = add(a.hi, b.hi);
  Value rest = sub(b.hi, sub(sum, a.hi));
  return {sum, sumOfLows(rest, a, b)};
}

Pair PairArithmetic::multiply(Pair a, Pair b) {
  Pair product = exactProduct(a.hi, b.hi);
  if (b.lo)
    product.lo = multiplyAdd(a.hi, b.lo, product.lo);
  if (a.lo)
    product.lo = multiplyAdd(a.lo, b.hi, product.lo);
  product.exponent = a.exponent ? a.exponent : b.exponent;
  if (a.exponent && b.exponent)
    product.exponent = add(a.exponent, b.exponent);
  return product;
}

Pair PairArithmetic::scale(Pair a, Value power) {
  return {mul(a.hi, power), a.lo ? mul(a.lo, power) : Value(), a.exponent};
}

/// a - quotient b without their exponents; exact but for the lower parts.
Value PairArithmetic::remainder(Pair a, Value quotient, Pair b) {
  Value rest;
  if (fused) {
    rest = multiplyAdd(neg(quotient), b.hi, a.hi);
  } else {
    Pair product = exactProduct(quotient, b.hi);
    rest = sub(sub(a.hi, product.hi), product.lo);
  }
  if (a.lo)
    rest = add(rest, a.lo);
  return b.lo ? multiplyAdd(neg(quotient), b.lo, rest) : rest;
}

Pair PairArithmetic::divide(Pair a, Pair b) {
  Value quotient = div(a.hi, b.hi);
  Value rest = remainder(a, quotient, b);
  Value exponent = a.exponent;
  if (b.exponent)
    exponent = exponent ? sub(exponent, b.exponent) : neg(b.exponent);
  return {quotient, div(rest, b.hi), exponent};
}

Pair PairArithmetic::divideByConstant(Pair a, double b) {
  Value quotient = div(a.hi, constant(b));
  Value rest = remainder(a, quotient, {constant(b)});
  return {quotient, mul(rest, constant(1.0 / b)), a.exponent};
}

Pair PairArithmetic::divideByModerate(Pair a, Pair b) {
  Value inverse = div(constant(1.0), b.hi);
  Value quotient = mul(a.hi, inverse);
  return {quotient, mul(remainder(a, quotient, b), inverse), a.exponent};
}

Pair PairArithmetic::squareRoot(Pair a) {
  a = unscaled(a);
  Value root = math::SqrtOp::create(builder, loc, a.hi);
  Value rest = remainder(a, root, {root});
  return {root, div(rest, add(root, root))};
}

Pair PairArithmetic::select(Value condition, Pair a, Pair b) {
  auto part = [&](Value ofA, Value ofB) -> Value {
    if (!ofA && !ofB)
      return {};
    return select(condition, ofA ? ofA : constant(0.0),
                  ofB ? ofB : constant(0.0));
  };
  return {part(a.hi, b.hi), part(a.lo, b.lo), part(a.exponent, b.exponent)};
}

Value PairArithmetic::less(Pair a, Pair b, bool orUnordered) {
  Value below = compare(orUnordered ? CmpFPredicate::ULT : CmpFPredicate::OLT,
                        a.hi, b.hi);
  if (!a.lo && !b.lo)
    return below;
  Value tie = compare(CmpFPredicate::OEQ, a.hi, b.hi);
  Value lowBelow = compare(CmpFPredicate::OLT, a.lo ? a.lo : constant(0.0),
                           b.lo ? b.lo : constant(0.0));
  return arith::OrIOp::create(
      builder, loc, below,
      arith::AndIOp::create(builder, loc, tie, lowBelow).getResult());
}

Value PairArithmetic::equal(Pair a, Pair b, bool orUnordered) {
  Value same = compare(orUnordered ? CmpFPredicate::UEQ : CmpFPredicate::OEQ,
                       a.hi, b.hi);
  if (!a.lo && !b.lo)
    return same;
  Value lowSame = compare(CmpFPredicate::UEQ, a.lo ? a.lo : constant(0.0),
                          b.lo ? b.lo : constant(0.0));
  return arith::AndIOp::create(builder, loc, same, lowSame);
}

//===----------------------------------------------------------------------===//
// Powers of two
//===----------------------------------------------------------------------===//

Pair PairArithmetic::raised(Pair a) {
  constexpr double kStep = 500.0;
  Value isSmall = compare(CmpFPredicate::OLT, abs(a.hi), constant(0x1p-500));
  a = scale(a, select(isSmall, constant(0x1p500), constant(1.0)));
  a.exponent = select(isSmall, constant(-kStep), constant(0.0));
  return a;
}

Pair PairArithmetic::normalized(Pair a) {
  // Subnormal numbers are scaled up.
  Value isSmall = compare(CmpFPredicate::OLT, abs(a.hi), constant(0x1p-900));
  a = scale(a, select(isSmall, constant(0x1p120), constant(1.0)));
  Value k = clamp(exponentOf(abs(a.hi)), -1000.0, 1000.0);
  a = scale(a, powerOfTwo(neg(k)));
  a.exponent = sub(k, select(isSmall, constant(120.0), constant(0.0)));
  return a;
}

/// 2^exponent as two factors, of which only the second may lead out of the
/// range of normal numbers.
std::pair<Value, Value> PairArithmetic::scalingSteps(Value exponent) {
  // Beyond, all numbers become 0 or infinite, and infinity stays.
  constexpr double kFarthest = 2040.0;
  Value isFar = compare(CmpFPredicate::OLT, exponent, constant(-kFarthest));
  Value isLarge = compare(CmpFPredicate::OGT, exponent, constant(kFarthest));
  exponent = select(isLarge, constant(kFarthest), exponent);
  Value half = roundToWhole(exponent, 0.5);
  auto power = [&](Value n) {
    return select(isFar, constant(0x1p-1074), powerOfTwo(n));
  };
  return {power(half), power(sub(exponent, half))};
}

Pair PairArithmetic::unscaled(Pair a) {
  if (!a.exponent)
    return a;
  auto [first, second] = scalingSteps(a.exponent);
  a.exponent = {};
  return scale(scale(a, first), second);
}

Pair PairArithmetic::besideOne(Pair a) {
  Value power = powerOfTwo(clamp(a.exponent, -1000.0, 1000.0));
  a.exponent = {};
  return scale(a, power);
}

Value PairArithmetic::round(Pair a) {
  Value result = a.lo ? renormalize(a.hi, a.lo).hi : a.hi;
  if (!a.exponent)
    return result;
  auto [first, second] = scalingSteps(a.exponent);
  return mul(mul(result, first), second);
}

} // namespace act

//===- PairArithmetic.h - Sums of two f64 as one number --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How is a formula in f64 computed so that only its result is rounded? Each
// value on the way is an unevaluated sum hi + lo, about 2^-100 exact, times a
// power of two, so that what underflows is still exact when a large factor
// follows (Dekker, A floating-point technique for extending the available
// precision, Numerische Mathematik 18, 1971; Joldes, Muller and Popescu, Tight
// and rigorous error bounds for basic building blocks of double-word
// arithmetic, ACM TOMS 44, 2017).
//
// hi alone is what plain f64 gives: where it is infinite, lo means nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_PAIRARITHMETIC_H
#define ACT_LIB_IR_PAIRARITHMETIC_H

#include "act/Formula/Expression.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace act {

/// (hi + lo) 2^exponent; |lo| is at most some ulps of hi.
struct Pair {
  mlir::Value hi;
  mlir::Value lo = {};       ///< null: 0
  mlir::Value exponent = {}; ///< whole, as f64, of any size; null: 0
};

/// Builds arith ops on f64, or a vector or tensor of it.
class PairArithmetic {
public:
  /// With `fused`, multiply-adds are instructions; else no op needs them.
  PairArithmetic(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type,
                 bool fused)
      : builder(builder), loc(loc), type(type), fused(fused) {}

  // Plain f64.
  mlir::Value constant(double value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value div(mlir::Value a, mlir::Value b);
  mlir::Value neg(mlir::Value a);
  mlir::Value abs(mlir::Value a);
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value a,
                      mlir::Value b);
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  /// NaN stays.
  mlir::Value clamp(mlir::Value x, double lo, double hi);
  /// a b + c, rounded once or twice.
  mlir::Value multiplyAdd(mlir::Value a, mlir::Value b, mlir::Value c);
  /// Horner's scheme.
  mlir::Value polynomial(mlir::Value x, llvm::ArrayRef<double> coefficients);
  /// 2^n for a whole n in [-1022, 1023].
  mlir::Value powerOfTwo(mlir::Value n);
  /// The whole number nearest to x times `factor`.
  mlir::Value roundToWhole(mlir::Value x, double factor);
  /// The whole number k with 2^k <= x sqrt(2) < 2^(k+1), for normal x > 0.
  mlir::Value exponentOf(mlir::Value x);

  // Pairs.
  /// The value of a closed expression to twice the digits.
  Pair closed(Expression e);
  Pair exactSum(mlir::Value a, mlir::Value b);
  Pair exactProduct(mlir::Value a, mlir::Value b);
  Pair negate(Pair a);
  Pair magnitude(Pair a);
  Pair add(Pair a, Pair b);
  /// a + b where a is closed or |a| >= |b|, and neither is infinite.
  Pair addSmaller(Pair a, Pair b);
  Pair multiply(Pair a, Pair b);
  /// a times a power of two.
  Pair scale(Pair a, mlir::Value power);
  Pair divide(Pair a, Pair b);
  /// a / b, without error where the quotient is an f64.
  Pair divideByConstant(Pair a, double b);
  /// a / b for b in [2^-500, 2^500], by one division.
  Pair divideByModerate(Pair a, Pair b);
  Pair squareRoot(Pair a);
  Pair select(mlir::Value condition, Pair a, Pair b);
  /// a < b, or the unordered predicate: true for NaN.
  mlir::Value less(Pair a, Pair b, bool orUnordered);
  mlir::Value equal(Pair a, Pair b, bool orUnordered);
  /// The same with hi near 1, but 0, infinity and NaN as they are.
  Pair normalized(Pair a);
  /// The same where numbers below 2^-500 have an exponent, so that a factor of
  /// 2^-300 and more costs no digits.
  Pair raised(Pair a);
  /// The same without an exponent. What underflows is rounded.
  Pair unscaled(Pair a);
  /// The same for numbers that count beside 1: below 2^-1000 it is not exact.
  Pair besideOne(Pair a);
  /// The f64 nearest to `a`; two roundings where that is subnormal.
  mlir::Value round(Pair a);

private:
  mlir::Value integer(int64_t value);
  mlir::Value bits(mlir::Value a);
  mlir::Value fromBits(mlir::Value a);
  Pair renormalize(mlir::Value hi, mlir::Value lo);
  mlir::Value remainder(Pair a, mlir::Value quotient, Pair b);
  mlir::Value sumOfLows(mlir::Value lo, Pair a, Pair b);
  std::pair<mlir::Value, mlir::Value> scalingSteps(mlir::Value exponent);

protected:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
  bool fused;
};

} // namespace act

#endif // ACT_LIB_IR_PAIRARITHMETIC_H

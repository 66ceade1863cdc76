//===- RegisterCode.h - f32 vector code for an instruction set -*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_REGISTERCODE_H
#define ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_REGISTERCODE_H

#include "act/Approx/Isa.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// Builds code on vectors of `count` f32, a multiple of the lanes of a register
/// of `isa`. NaN operands of the second argument of minimum and maximum stay.
class RegisterCode {
public:
  RegisterCode(mlir::OpBuilder &builder, mlir::Location loc, const Isa &isa,
               int64_t count);

  /// A scalar or vector as a vector of `count`, and back to `type`.
  mlir::Value widen(mlir::Value value);
  mlir::Value narrow(mlir::Value value, mlir::Type type);

  mlir::Value constant(float value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value fma(mlir::Value a, mlir::Value b, mlir::Value c);
  mlir::Value neg(mlir::Value a);
  mlir::Value abs(mlir::Value a);
  mlir::Value floor(mlir::Value a);
  mlir::Value minimum(float bound, mlir::Value a);
  mlir::Value maximum(float bound, mlir::Value a);
  mlir::Value maximum(mlir::Value bound, mlir::Value a);
  /// Held to [lo, hi], where these are finite. NaN stays.
  mlir::Value clamp(mlir::Value a, float lo, float hi);
  /// `a` held to [-bound, bound], where scalesByPowerOfTwo(). NaN becomes
  /// either end.
  mlir::Value limit(mlir::Value a, float bound);
  /// `a`, or the bound where `a` is beyond it or NaN.
  mlir::Value atLeast(mlir::Value a, float bound);
  mlir::Value atMost(mlir::Value a, float bound);
  /// a < 0; false for -0 and NaN.
  mlir::Value isNegative(mlir::Value a);
  /// Not a < 0; true for -0 and NaN.
  mlir::Value isNotNegative(mlir::Value a);
  /// -0 and NaN of that sign too: the bit that a blend looks at.
  mlir::Value hasSign(mlir::Value a);
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  /// `a` with its sign flipped where `sign` is negative, -0 included.
  mlir::Value flipSign(mlir::Value a, mlir::Value sign);
  /// `value`, with the sign that a * b has where it is 0.
  mlir::Value withSignWhereZero(mlir::Value value, mlir::Value a,
                                mlir::Value b);
  /// The pattern of each number, as i32.
  mlir::Value bits(mlir::Value a);
  mlir::Value fromBits(mlir::Value a);
  mlir::Value shiftRight(mlir::Value a, unsigned amount);
  mlir::Value shiftLeft(mlir::Value a, unsigned amount);
  /// The number whose pattern is that of `a` plus `b`.
  mlir::Value addToBits(mlir::Value a, mlir::Value b);
  /// table[index mod size], the index being i32; the size a power of two.
  mlir::Value lookup(llvm::ArrayRef<float> table, mlir::Value index);
  /// t - floor(t), exact; for an infinite t 0 where scalesByPowerOfTwo().
  mlir::Value fraction(mlir::Value t);
  /// Whether these take an instruction each and any argument.
  bool scalesByPowerOfTwo() const { return isa.scalesByPowerOfTwo; }
  /// a * 2^floor(n), where that is a normal number or NaN. `shifted` is
  /// floor(n) + 1.5 * 2^23, needed unless scalesByPowerOfTwo().
  mlir::Value scaleByPowerOfTwo(mlir::Value a, mlir::Value n,
                                mlir::Value shifted);
  /// The same rounded once, whatever it is; but floor(n) is in [-250, 250] if
  /// not scalesByPowerOfTwo(). |a| is that of `level`, up to a factor of 2.
  mlir::Value scaleGradually(mlir::Value a, mlir::Value n, mlir::Value shifted,
                             float level);
  /// a * 2^-bits, rounded once; -0 becomes 0.
  mlir::Value scaleDown(mlir::Value a, unsigned bits);
  /// a * 2^(n + bits), where that factor is a normal number. `shifted` is
  /// n + 1.5 * 2^23.
  mlir::Value scaleUp(mlir::Value a, mlir::Value shifted, unsigned bits);
  /// far() if |x| of some lane exceeds `bound`, else near(). NaN may be near
  /// where scalesByPowerOfTwo(), and is far elsewhere.
  mlir::Value whereFar(mlir::Value x, float bound,
                       llvm::function_ref<mlir::Value()> far,
                       llvm::function_ref<mlir::Value()> near);

private:
  mlir::VectorType vectorOf(mlir::Type element, int64_t length) const;
  mlir::Value integers(uint32_t value);
  mlir::Value share(mlir::Value value, int64_t offset);
  mlir::Value scaleAtOnce(mlir::Value a, mlir::Value n);
  mlir::Value scaleInSteps(mlir::Value a, mlir::Value shifted);
  mlir::Value isAnyBeyond(mlir::Value x, float bound);
  mlir::Value takeWhere(mlir::arith::CmpFPredicate predicate, mlir::Value a,
                        mlir::Value b);
  /// `body` for each register's share of `operands`, put together again.
  mlir::Value
  forEachRegister(mlir::ValueRange operands,
                  llvm::function_ref<mlir::Value(mlir::ValueRange)> body);
  mlir::Value call(llvm::StringRef intrinsic, mlir::Type result,
                   mlir::ValueRange operands);
  mlir::Value callMasked(llvm::StringRef intrinsic, mlir::ValueRange operands);
  mlir::Value immediate(int32_t value);
  mlir::Value lookupInRegister(llvm::ArrayRef<float> table, mlir::Value index);
  mlir::Value lookupByHalves(llvm::ArrayRef<float> table, mlir::Value index);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Isa &isa;
  int64_t count;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_REGISTERCODE_H

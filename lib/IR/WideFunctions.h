//===- WideFunctions.h - Elementary functions in f64 -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_WIDEFUNCTIONS_H
#define ACT_LIB_IR_WIDEFUNCTIONS_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/ArrayRef.h"

namespace act {

/// Builds elementary functions of f64 values as arith ops, for results that are
/// rounded to f32 or less: relative errors stay below 2^-43 as long as the
/// value is a normal number. No op becomes a call, none needs fused
/// multiply-add, and vectors stay vectors. NaN gives NaN, infinities give the
/// limits.
class WideFunctions {
public:
  /// `type` is f64 or a vector or tensor of it.
  WideFunctions(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type)
      : builder(builder), loc(loc), type(type) {}

  mlir::Value exp(mlir::Value x);
  mlir::Value expm1(mlir::Value x);
  mlir::Value log(mlir::Value x);
  mlir::Value log1p(mlir::Value x);
  mlir::Value tanh(mlir::Value x);
  mlir::Value erf(mlir::Value x);
  mlir::Value erfc(mlir::Value x);

private:
  /// x = n ln 2 + r with |r| <= ln(2)/2; `scaled` holds n in its low bits.
  struct Reduced {
    mlir::Value n, r, scaled;
  };

  mlir::Value constant(double value);
  mlir::Value integer(int64_t value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value sub(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  mlir::Value div(mlir::Value a, mlir::Value b);
  mlir::Value abs(mlir::Value a);
  mlir::Value withSignOf(mlir::Value magnitude, mlir::Value sign);
  mlir::Value less(mlir::Value a, double bound);
  mlir::Value equals(mlir::Value a, double value);
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  mlir::Value clamp(mlir::Value x, double lo, double hi);
  mlir::Value bits(mlir::Value a);
  mlir::Value fromBits(mlir::Value a);
  mlir::Value polynomial(mlir::Value x, llvm::ArrayRef<double> coefficients);
  mlir::Value chebyshev(mlir::Value t, llvm::ArrayRef<double> coefficients);

  Reduced reduce(mlir::Value x);
  mlir::Value powerOfTwo(mlir::Value exponent);
  mlir::Value scale(mlir::Value a, mlir::Value scaled);
  mlir::Value expm1OfReduced(mlir::Value r);
  mlir::Value erfcOfMagnitude(mlir::Value z);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
};

} // namespace act

#endif // ACT_LIB_IR_WIDEFUNCTIONS_H

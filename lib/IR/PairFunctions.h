//===- PairFunctions.h - Elementary functions of pairs ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_PAIRFUNCTIONS_H
#define ACT_LIB_IR_PAIRFUNCTIONS_H

#include "PairArithmetic.h"

namespace act {

/// Builds elementary functions as arith ops: none becomes a call. Seen errors
/// are below a quarter of an ulp, those of erf and erfc below one, however
/// small the value is; the argument counts with all its digits. NaN gives NaN,
/// infinities give the limits.
class PairFunctions : public PairArithmetic {
public:
  using PairArithmetic::PairArithmetic;

  Pair exp(Pair u);
  Pair expm1(Pair u);
  Pair log(Pair u);
  Pair log1p(Pair u);
  Pair tanh(Pair u);
  Pair erf(Pair u);
  Pair erfc(Pair u);
  Pair sigmoid(Pair u);
  Pair softplus(Pair u);
  /// u - tanh u.
  Pair tanhShrink(Pair u);
  /// expm1(u) - u.
  Pair expm1Excess(Pair u);

private:
  /// exp u = 2^n (1 + m), |m| < 0.42.
  struct Exponential {
    mlir::Value n;
    Pair m;
  };

  Exponential exponential(Pair u, double lo, double hi);
  Pair expm1OfReduced(Pair r);
  Pair logOf(mlir::Value k, Pair excess);
  Pair log1pOfDecay(Pair decay);
  Pair erfcOfMagnitude(Pair z);
  Pair identityNearZero(Pair u, Pair (PairFunctions::*function)(Pair));
};

} // namespace act

#endif // ACT_LIB_IR_PAIRFUNCTIONS_H

//===- MpfrFunctions.cpp - The vocabulary in MPFR's arithmetic ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MpfrFunctions.h"
#include "Erfc.h"
#include <cstdlib>

namespace act {

void freeMpfrCachesAtThreadExit() {
  struct Guard {
    ~Guard() { mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); }
  };
  static thread_local Guard guard;
}

static mpfr_rnd_t opposite(mpfr_rnd_t rounding) {
  return rounding == MPFR_RNDD ? MPFR_RNDU : MPFR_RNDD;
}

/// 1/(1+e^-x) for x >= 0 and e^x/(1+e^x) for x < 0, each step rounded so that
/// the result errs to the given side. MPFR's exponents reach far beyond every
/// format, so nothing is lost by underflow.
static void sigmoid(mpfr_ptr result, mpfr_srcptr x, mpfr_ptr scratch,
                    mpfr_rnd_t rounding) {
  mpfr_rnd_t other = opposite(rounding);
  // e^-x large makes the result small.
  mpfr_neg(scratch, x, other);
  mpfr_exp(scratch, scratch, other);
  mpfr_add_ui(scratch, scratch, 1, other);
  mpfr_ui_div(result, 1, scratch, rounding);
}

/// ln(1+e^x) = log1p(e^x), and x + log1p(e^-x) for x > 0.
static void softplus(mpfr_ptr result, mpfr_srcptr x, mpfr_ptr scratch,
                     mpfr_rnd_t rounding) {
  if (mpfr_sgn(x) <= 0) {
    mpfr_exp(scratch, x, rounding);
    mpfr_log1p(result, scratch, rounding);
    return;
  }
  mpfr_neg(scratch, x, rounding);
  mpfr_exp(scratch, scratch, rounding);
  mpfr_log1p(scratch, scratch, rounding);
  mpfr_add(result, x, scratch, rounding);
}

int applyMpfr(Primitive primitive, mpfr_ptr result, mpfr_srcptr x,
              mpfr_ptr scratch, mpfr_rnd_t rounding) {
  switch (primitive) {
  case Primitive::Neg:
    return mpfr_neg(result, x, rounding);
  case Primitive::Abs:
    return mpfr_abs(result, x, rounding);
  case Primitive::Sqrt:
    return mpfr_sqrt(result, x, rounding);
  case Primitive::Exp:
    return mpfr_exp(result, x, rounding);
  case Primitive::Expm1:
    return mpfr_expm1(result, x, rounding);
  case Primitive::Log:
    return mpfr_log(result, x, rounding);
  case Primitive::Log1p:
    return mpfr_log1p(result, x, rounding);
  case Primitive::Tanh:
    return mpfr_tanh(result, x, rounding);
  case Primitive::Erf:
    return mpfr_erf(result, x, rounding);
  case Primitive::Erfc:
    return fastErfc(result, x, rounding);
  case Primitive::Sin:
    return mpfr_sin(result, x, rounding);
  case Primitive::Cos:
    return mpfr_cos(result, x, rounding);
  case Primitive::Atan:
    return mpfr_atan(result, x, rounding);
  case Primitive::Sigmoid:
    sigmoid(result, x, scratch, rounding);
    return 1;
  case Primitive::Softplus:
    softplus(result, x, scratch, rounding);
    return 1;
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
  case Primitive::Add:
  case Primitive::Sub:
  case Primitive::Mul:
  case Primitive::Div:
  case Primitive::Min:
  case Primitive::Max:
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    break;
  }
  std::abort(); // not a function of one operand
}

} // namespace act

//===- MpfrFunctions.h - The vocabulary in MPFR's arithmetic ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_MPFRFUNCTIONS_H
#define ACT_LIB_FORMULA_MPFRFUNCTIONS_H

#include "act/Formula/Expression.h"
#include <mpfr.h>

namespace act {

/// MPFR keeps constants and scratch memory for each thread; the first call in
/// a thread has them freed at its end.
void freeMpfrCachesAtThreadExit();

/// An mpfr_t with an owner.
class MpfrNumber {
public:
  explicit MpfrNumber(mpfr_prec_t precision) {
    freeMpfrCachesAtThreadExit();
    mpfr_init2(number, precision);
  }
  ~MpfrNumber() { mpfr_clear(number); }
  MpfrNumber(const MpfrNumber &) = delete;
  MpfrNumber &operator=(const MpfrNumber &) = delete;
  mpfr_ptr get() { return number; }
  mpfr_srcptr get() const { return number; }

private:
  mpfr_t number;
};

/// result = primitive(x) for a primitive of one operand, a bound on the side
/// that `rounding` (MPFR_RNDD or MPFR_RNDU) names; the nearest such number
/// where MPFR has the function. `scratch` has the precision of `result`.
/// Returns 0 where the result is known to be exact.
int applyMpfr(Primitive primitive, mpfr_ptr result, mpfr_srcptr x,
              mpfr_ptr scratch, mpfr_rnd_t rounding);

} // namespace act

#endif // ACT_LIB_FORMULA_MPFRFUNCTIONS_H

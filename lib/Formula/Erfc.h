//===- Erfc.h - erfc, correctly rounded and fast ---------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_ERFC_H
#define ACT_LIB_FORMULA_ERFC_H

#include <mpfr.h>

namespace act {

/// What mpfr_erfc does, and returns, for MPFR_RNDD and MPFR_RNDU; up to 128
/// bits many times faster.
int fastErfc(mpfr_ptr result, mpfr_srcptr x, mpfr_rnd_t rounding);

} // namespace act

#endif // ACT_LIB_FORMULA_ERFC_H

//===- RoundedFunctions.cpp - Elementary functions rounded both ways ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RoundedFunctions.h"
#include "MpfrFunctions.h"
#include <cmath>

namespace act {

Interval roundedValue(Primitive primitive, double x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  thread_local MpfrNumber argument(53), value(53), scratch(53);
  mpfr_set_d(argument.get(), x, MPFR_RNDN);
  applyMpfr(primitive, value.get(), argument.get(), scratch.get(), MPFR_RNDD);
  double lo = mpfr_get_d(value.get(), MPFR_RNDD);
  applyMpfr(primitive, value.get(), argument.get(), scratch.get(), MPFR_RNDU);
  double hi = mpfr_get_d(value.get(), MPFR_RNDU);
  if (std::isnan(lo) || std::isnan(hi))
    return Interval();
  // The reals below an infinite end are finite, and so are their images.
  if (lo == infinity && !std::isinf(x))
    lo = std::numeric_limits<double>::max();
  return {lo, hi};
}

} // namespace act

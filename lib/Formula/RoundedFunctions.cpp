//===- RoundedFunctions.cpp - Elementary functions of intervals -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RoundedFunctions.h"
#include "MpfrFunctions.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A bound of the function at `x` on the side of `rounding`; NaN outside of
/// its domain.
static double bound(Primitive primitive, double x, mpfr_rnd_t rounding) {
  thread_local MpfrNumber argument(53), value(53), scratch(53);
  mpfr_set_d(argument.get(), x, MPFR_RNDN);
  applyMpfr(primitive, value.get(), argument.get(), scratch.get(), rounding);
  return mpfr_get_d(value.get(), rounding);
}

static double below(Primitive primitive, double x) {
  double value = bound(primitive, x, MPFR_RNDD);
  return std::isnan(value) ? -kInfinity : value;
}
static double above(Primitive primitive, double x) {
  double value = bound(primitive, x, MPFR_RNDU);
  return std::isnan(value) ? kInfinity : value;
}

Interval square(Interval x) {
  Interval magnitudes = absolute(x);
  return magnitudes * magnitudes;
}

Interval absolute(Interval x) {
  if (x.lo >= 0.0)
    return x;
  if (x.hi <= 0.0)
    return -x;
  return {0.0, std::max(-x.lo, x.hi)};
}

/// sin or cos, which is 1 at phase + 2k pi and -1 halfway between.
static Interval wave(Primitive primitive, Interval x, double phase) {
  // In doubles the extrema are counted right only where k is small; one too
  // many makes the result larger, never wrong.
  constexpr double doubt = 1e-9;
  bool countable = x.magnitude() <= 0x1p20 && x.width() < 2 * M_PI;
  if (!countable && !(x.isPoint() && x.isBounded()))
    return {-1.0, 1.0};
  Interval result = hull({below(primitive, x.lo), above(primitive, x.lo)},
                         {below(primitive, x.hi), above(primitive, x.hi)});
  if (x.isPoint())
    return result;
  double first = std::ceil((x.lo - phase) / M_PI - doubt);
  double last = std::floor((x.hi - phase) / M_PI + doubt);
  for (double k = first; k <= last; ++k)
    result = hull(result, std::fmod(k, 2.0) == 0.0 ? 1.0 : -1.0);
  return result;
}

double domainStart(Primitive primitive) {
  if (primitive == Primitive::Sqrt || primitive == Primitive::Log)
    return 0.0;
  return primitive == Primitive::Log1p ? -1.0 : -kInfinity;
}

Interval applyUnary(Primitive primitive, Interval x) {
  switch (primitive) {
  case Primitive::Neg:
    return -x;
  case Primitive::Abs:
    return absolute(x);
  case Primitive::Sin:
    return wave(primitive, x, M_PI_2);
  case Primitive::Cos:
    return wave(primitive, x, 0.0);
  case Primitive::Erfc: // falls
    return {below(primitive, x.hi), above(primitive, x.lo)};
  default: // the others rise
    break;
  }
  double start = domainStart(primitive);
  if (x.hi < start)
    return Interval();
  return {below(primitive, std::max(x.lo, start)), above(primitive, x.hi)};
}

} // namespace act

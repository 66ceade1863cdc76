//===- ExecutedError.cpp - What rounding adds to a bound ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "act/Approx/Accuracy.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kUnbounded = std::numeric_limits<double>::infinity();

Interval converted(Interval range, Format format) {
  return {roundTo(range.lo, format), roundTo(range.hi, format)};
}

Interval executed(Interval range, double ulps, Format format) {
  if (ulps == 0.0)
    return range;
  if (std::isinf(ulps))
    return Interval();
  const double largest = largestFinite(format);
  // A result is the rounding, which is monotone, of what is wrong by half an
  // ulp less; a value nearby may have the next larger ulp.
  const bool keepsSign = ulps <= Accuracy::defaultFor(format).bound;
  auto widened = [&](double end, double towards) {
    if (std::isinf(end) || (end == 0.0 && keepsSign))
      return end;
    const double wrong = std::max(ulps - 0.5, 0.0);
    double moved = end;
    if (wrong > 0.0) {
      moved += towards * roundedUp(2 * wrong * ulp(end, format));
      moved = towards > 0 ? roundedUp(moved) : roundedDown(moved);
    }
    // What is compiled into one function with the next op does not round.
    moved =
        towards * std::max(towards * moved, towards * roundTo(moved, format));
    return towards * moved > largest ? towards * kUnbounded : moved;
  };
  return {widened(range.lo, -1.0), widened(range.hi, 1.0)};
}

SumError summationError(double terms, llvm::ArrayRef<Format> formats) {
  double roundoff = 0.0, subnormal = 0.0;
  for (Format format : formats) {
    roundoff = std::max(roundoff, unitRoundoff(format));
    subnormal = std::max(subnormal, smallestSubnormal(format));
  }
  double steps = terms + 1, growth = steps * roundoff;
  if (growth >= 1)
    return {kUnbounded, 0.0, kUnbounded};
  return {roundedUp(growth / roundedDown(1 - growth)), 0.0,
          steps * (subnormal / 2)};
}

double summationError(double terms, double magnitude,
                      llvm::ArrayRef<Format> formats) {
  SumError each = summationError(terms, formats);
  if (std::isinf(each.relative) || std::isinf(magnitude))
    return kUnbounded;
  double error =
      roundedUp(roundedUp(each.relative * magnitude) + each.underflow);
  // Beyond the largest number partial sums may be infinite, then NaN.
  bool mayOverflow =
      std::any_of(formats.begin(), formats.end(), [&](Format format) {
        return magnitude + error >= largestFinite(format);
      });
  return mayOverflow ? kUnbounded : error;
}

} // namespace act

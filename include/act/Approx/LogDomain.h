//===- LogDomain.h - A function by its logarithm, in f64 -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where a function decays over hundreds of binades its logarithm is a slow one.
// On each side of 0, with t = |x| up to the point where the function has become
// a line,
//
//     f(x) = sign * t^power * 2^P(t),
//
// P being a polynomial on segments that double in width in groups. All is
// computed in f64, so that what is rounded to f32 or less is nearly correctly
// rounded, tails and subnormal numbers included. Any function will do that has
// one sign on each side, elementary functions of them most of all.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_LOGDOMAIN_H
#define ACT_APPROX_LOGDOMAIN_H

#include <array>
#include <vector>

namespace act {

struct LogDomainForm {
  /// Segments of a side; the table holds those of x >= 0 before the others.
  static constexpr unsigned kSegments = 8;

  /// One side of 0; -0 counts as negative.
  struct Side {
    double sign = 0.0;  ///< 1, -1, or 0 for a function that is a line
    unsigned power = 0; ///< at most 3
    double end = 0.0;   ///< past it the value is offset + slope * x
    double offset = 0.0, slope = 0.0;
    double scale = 1.0; ///< of the segments
  };

  std::array<Side, 2> sides; ///< above and below 0
  /// The segment is held in the bits of z = t * scale + 1 from this one on; P
  /// is a polynomial of the mantissa of z less 1.5.
  unsigned shift = 0;
  /// coefficients[power][segment], 2 * kSegments of each power.
  std::vector<std::vector<double>> coefficients;
  /// 2^r for |r| <= 1/2, lowest power first.
  std::vector<double> exponential;

  unsigned degree() const { return coefficients.size() - 1; }
  /// The value at `x` before it is rounded to a narrower format.
  double evaluate(double x) const;
};

/// 1.5 * 2^52, whose addition rounds to a whole number.
constexpr double kWideRoundingShift = 6755399441055744.0;

} // namespace act

#endif // ACT_APPROX_LOGDOMAIN_H

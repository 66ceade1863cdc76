//===- FunctionSamples.h - Where lines around functions hold ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_RELAXATION_FUNCTIONSAMPLES_H
#define ACT_TEST_UNIT_RELAXATION_FUNCTIONSAMPLES_H

#include "Networks.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <random>
#include <string>

namespace act::test {

inline const double infinity = std::numeric_limits<double>::infinity();

struct Sample {
  Expression formula;
  double curvature;            ///< at least sup |f''|; 0: linear between kinks
  std::vector<double> special; ///< kinks, and where curvature changes its sign
};

inline std::shared_ptr<const FunctionRelaxation>
relaxationOf(Expression formula) {
  auto result = FunctionRelaxation::of(formula);
  EXPECT_TRUE(result) << formula.str();
  return result;
}

inline std::string str(Interval range) {
  char text[80];
  snprintf(text, sizeof text, "[%a, %a]", range.lo, range.hi);
  return text;
}

/// Ranges from a point to far more than any activation sees, at random and
/// with ends on and right beside the special points.
inline std::vector<Interval> rangesFor(const Sample &sample,
                                       std::mt19937_64 &random) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<Interval> ranges = {
      {-1e3, 1e3}, {-1e30, 1e20}, {-1e300, 1e300},  {-1e-300, 1},
      {5e-324, 1}, {-1, -5e-324}, {-1e-310, 1e-310}};
  for (int i = 0; i < 12; ++i) {
    double middle = 16 * unit(random) - 8;
    double width = std::ldexp(unit(random), int(60 * unit(random)) - 55);
    ranges.push_back({middle - width, middle + width});
  }
  for (double kink : sample.special) {
    double width = std::exp(6 * unit(random) - 4);
    for (double end :
         {kink, std::nextafter(kink, -infinity), std::nextafter(kink, 9.0)}) {
      ranges.push_back({end, kink + width});
      ranges.push_back({kink - width, end});
    }
    ranges.push_back({kink - width, kink + unit(random)});
    ranges.push_back({kink, kink});
    ranges.push_back({kink, std::nextafter(kink, infinity)});
    ranges.push_back({std::nextafter(kink, -infinity), kink});
  }
  ranges.push_back({2.5, 2.5});
  return ranges;
}

/// At least `count` points of a range: its ends, the special points and all
/// their neighbours among them.
inline std::vector<double> pointsOf(Interval range, const Sample &sample,
                                    int count) {
  std::vector<double> points, candidates = {range.lo, range.hi};
  candidates.insert(candidates.end(), sample.special.begin(),
                    sample.special.end());
  for (double each : candidates)
    for (double at : {std::nextafter(each, -infinity), each,
                      std::nextafter(each, infinity)})
      if (range.contains(at))
        points.push_back(at);
  for (int i = 1; i < count; ++i) {
    double share = double(i) / count;
    double even = range.lo * (1 - share) + range.hi * share;
    points.push_back(std::clamp(even, range.lo, range.hi));
    // Where a range is huge, what matters is near zero.
    double near = 9.0 * (2.0 * share - 1.0);
    if (range.width() > 1e2 && range.contains(near))
      points.push_back(near);
  }
  return points;
}

/// Whether sign * (f - line) >= 0 at each of `points`, over the reals. The
/// difference is one formula, so that its sign is told without a tolerance, and
/// enlarged, so that it is told below the smallest double too.
inline testing::AssertionResult holds(Expression formula, Line line,
                                      double sign,
                                      const std::vector<double> &points) {
  Expression gap =
      0x1p200 *
      (formula - (Expression::variable(1) * x + Expression::variable(2)));
  if (!std::isfinite(line.slope) || !std::isfinite(line.offset))
    return testing::AssertionFailure() << "not a line";
  for (double at : points) {
    Interval value = enclosePoint(gap, {at, line.slope, line.offset});
    if (sign > 0 ? value.hi < 0.0 : value.lo > 0.0)
      return testing::AssertionFailure()
             << formula.str() << " at " << at << " is off the line "
             << line.slope << " x + " << line.offset << " by 2^-200 * "
             << value.middle();
  }
  return testing::AssertionSuccess();
}

} // namespace act::test

#endif // ACT_TEST_UNIT_RELAXATION_FUNCTIONSAMPLES_H

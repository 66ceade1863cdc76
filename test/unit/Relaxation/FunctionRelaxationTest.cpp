//===- FunctionRelaxationTest.cpp - Lines against exact values ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/FunctionRelaxation.h"
#include "Networks.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>
#include <random>

using namespace act;
using namespace act::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

struct Sample {
  Expression formula;
  double curvature;            ///< at least sup |f''|; 0: linear between kinks
  std::vector<double> special; ///< kinks, and where curvature changes its sign
};

const Expression hat =
    where(x < -1.0, 0.0, where(x < 0.0, x + 1.0, max(1.0 - x, 0.0)));

const std::vector<Sample> samples = {
    {relu, 0, {0}},
    {where(x > 0.0, x, 0.1 * x), 0, {0}},
    {min(x, 0.25), 0, {0.25}},
    {clip(x, 0.0, 6.0), 0, {0, 6}},
    {abs(x), 0, {0}},
    {clip(x, -1.0, 1.0), 0, {-1, 1}},
    {hat, 0, {-1, 0, 1}},
    {where(x < 1.0, 0.1 * (x - 1.0), 0.3 * (x - 1.0)), 0, {1}},
    {sigmoid(x), 0.0963, {0}},
    {tanh(x), 0.77, {0}},
    {softplus(x), 0.25, {0}},
    {x * sigmoid(x), 0.5, {-2.4, 2.4}},
    {x * normalCdf(x), 0.798, {-M_SQRT2, M_SQRT2}},
    {where(x < 0.0, expm1(x), x), 1, {0}},
    {where(x < 0.0, 2.0 * expm1(x), x), 2, {0}},
    {x * clip(x / 6.0 + 0.5, 0.0, 1.0), 1.0 / 3.0, {-3, 3}},
};

std::shared_ptr<const FunctionRelaxation> relaxationOf(Expression formula) {
  auto result = FunctionRelaxation::of(formula);
  EXPECT_TRUE(result) << formula.str();
  return result;
}

std::string str(Interval range) {
  char text[80];
  snprintf(text, sizeof text, "[%a, %a]", range.lo, range.hi);
  return text;
}

/// Ranges from a point to far more than any activation sees, at random and
/// with ends on and right beside the special points.
std::vector<Interval> rangesFor(const Sample &sample, std::mt19937_64 &random) {
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
std::vector<double> pointsOf(Interval range, const Sample &sample, int count) {
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
testing::AssertionResult holds(Expression formula, Line line, double sign,
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

TEST(FunctionRelaxation, LinesHold) {
  std::mt19937_64 random(1);
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    for (Interval range : rangesFor(sample, random)) {
      LinearBounds both = relaxation->relax(range);
      std::vector<double> points = pointsOf(range, sample, 200);
      EXPECT_TRUE(holds(sample.formula, both.lower, 1.0, points)) << str(range);
      EXPECT_TRUE(holds(sample.formula, both.upper, -1.0, points))
          << str(range);
    }
  }
}

/// Functions whose kinks are no doubles, or lie far out or close together.
const std::vector<Expression> oddFormulas = {
    max(3.0 * x - 1.0, 0.0),
    min(max(0.2 * x + 0.5, 0.0), 1.0),
    abs(3.0 * x - 1.0) - abs(7.0 * x + 2.0),
    where(3.0 * x < 1.0, expm1(3.0 * x - 1.0), 2.0 * (3.0 * x - 1.0)),
    clip(x, -1e-300, 1e-300),
    clip(x, 0.0, 5e-324),
    max(x, 1e15) - max(x, 3.0),
    clip(x, 1.0, 1.0 + 0x1p-52),
    tanh(abs(x - 0.3)),
    sqrt(x *x + 1e-6),
};

TEST(FunctionRelaxation, CatalogueLinesHold) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<Expression> formulas = oddFormulas;
  formulas.insert(formulas.end(), allFormulas.begin(), allFormulas.end());
  unsigned count = 0;
  for (Expression formula : formulas) {
    auto relaxation = FunctionRelaxation::of(formula);
    if (!relaxation)
      continue;
    ++count;
    Sample sample{formula, 0, {0.0, 1.0 / 3.0}};
    for (const Kink &kink : profile(formula).kinks)
      sample.special.push_back(kink.at.hi);
    for (Interval range : rangesFor(sample, random)) {
      if (range.width() > 100)
        continue;
      std::vector<double> points = pointsOf(range, sample, 24);
      LinearBounds both = relaxation->relax(range);
      double slope = 3 * unit(random) - 1.5;
      Line lower{slope, relaxation->offsetBelow(slope, range)};
      Line upper{slope, relaxation->offsetAbove(slope, range)};
      for (Line line : {both.lower, lower})
        EXPECT_TRUE(holds(formula, line, 1.0, points)) << str(range);
      for (Line line : {both.upper, upper})
        EXPECT_TRUE(holds(formula, line, -1.0, points)) << str(range);
    }
  }
  // All but four that jump, and the sine.
  EXPECT_EQ(count, oddFormulas.size() + allFormulas.size() - 5);
}

TEST(FunctionRelaxation, OffsetsHoldForAnySlope) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> slopes(-2.0, 2.0);
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    for (Interval range : rangesFor(sample, random))
      for (double slope :
           {slopes(random), relaxation->approximateSlope(range.middle())}) {
        Line lower{slope, relaxation->offsetBelow(slope, range)};
        Line upper{slope, relaxation->offsetAbove(slope, range)};
        std::vector<double> points = pointsOf(range, sample, 40);
        EXPECT_TRUE(holds(sample.formula, lower, 1.0, points)) << str(range);
        EXPECT_TRUE(holds(sample.formula, upper, -1.0, points)) << str(range);
      }
  }
}

TEST(FunctionRelaxation, OffsetsTouch) {
  // A line that holds but lies too far off would prove nothing.
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    for (int i = 0; i < 10; ++i) {
      double lo = 8 * unit(random) - 6, slope = 3 * unit(random) - 1.5;
      Interval range(lo, lo + 4 * unit(random));
      double lowest = infinity, highest = -infinity;
      for (double at : pointsOf(range, sample, 400)) {
        double height =
            exactValue(sample.formula, {at}, Format::F64) - slope * at;
        lowest = std::min(lowest, height);
        highest = std::max(highest, height);
      }
      EXPECT_NEAR(relaxation->offsetBelow(slope, range), lowest, 2e-4);
      EXPECT_NEAR(relaxation->offsetAbove(slope, range), highest, 2e-4);
    }
  }
}

TEST(FunctionRelaxation, ValuesAreEnclosed) {
  std::mt19937_64 random(4);
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    for (Interval range : rangesFor(sample, random)) {
      Interval values = relaxation->valuesOn(range);
      std::vector<double> points = pointsOf(range, sample, 100);
      EXPECT_TRUE(holds(sample.formula, {0.0, values.lo}, 1.0, points));
      EXPECT_TRUE(holds(sample.formula, {0.0, values.hi}, -1.0, points));
    }
  }
}

TEST(FunctionRelaxation, ValuesOnUnboundedRanges) {
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    for (Interval range : {Interval(), Interval(-1.0, infinity),
                           Interval(-infinity, 2.0), Interval(7, infinity)}) {
      Interval exact = act::range(sample.formula, range);
      EXPECT_TRUE(relaxation->valuesOn(range).contains(exact))
          << sample.formula.str() << " on " << str(range) << ": "
          << str(relaxation->valuesOn(range));
    }
  }
}

//===----------------------------------------------------------------------===//
// How near the lines are
//===----------------------------------------------------------------------===//

double gapInTheMiddle(const FunctionRelaxation &relaxation, Interval range) {
  LinearBounds both = relaxation.relax(range);
  double middle = (range.lo + range.hi) / 2;
  return both.upper.at(middle) - both.lower.at(middle);
}

TEST(FunctionRelaxation, LinearPiecesAreExact) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (const Sample &sample : samples) {
    auto relaxation = relaxationOf(sample.formula);
    EXPECT_EQ(relaxation->isPiecewiseLinear(), sample.curvature == 0);
    if (sample.curvature != 0)
      continue;
    EXPECT_EQ(relaxation->breaks(), sample.special);
    std::vector<double> ends = sample.special;
    ends.insert(ends.begin(), ends.front() - 3);
    ends.push_back(ends.back() + 3);
    for (size_t i = 0; i + 1 < ends.size(); ++i) {
      double width = ends[i + 1] - ends[i];
      Interval whole(ends[i], ends[i + 1]);
      Interval part(ends[i] + width * unit(random) / 2,
                    ends[i + 1] - width * unit(random) / 2);
      for (Interval range : {whole, part}) {
        EXPECT_TRUE(relaxation->isAffineOn(range));
        EXPECT_LE(gapInTheMiddle(*relaxation, range), 1e-14);
      }
    }
    for (double kink : sample.special)
      EXPECT_FALSE(relaxation->isAffineOn({kink - 1e-9, kink + 1e-9}));
  }
}

TEST(FunctionRelaxation, ReluIsItsTriangle) {
  auto relaxation = relaxationOf(relu);
  std::mt19937_64 random(6);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (int i = 0; i < 50; ++i) {
    Interval range(-3 * unit(random), 2 * unit(random));
    double area = gapInTheMiddle(*relaxation, range) * range.width();
    double least = std::min(range.hi, -range.lo) * range.width() / 2;
    EXPECT_NEAR(area, least, 1e-13);
  }
  // The unit that is off is off exactly.
  LinearBounds off = relaxation->relax({-2.0, 0.0});
  EXPECT_EQ(off.upper.slope, 0.0);
  EXPECT_EQ(off.upper.offset, 0.0);
  EXPECT_EQ(relaxation->valuesOn({-2.0, 0.0}), Interval(0.0));
}

TEST(FunctionRelaxation, GapShrinksWithTheSquareOfTheWidth) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> middles(-4.0, 4.0);
  for (const Sample &sample : samples)
    for (int i = 0; i < 20 && sample.curvature != 0; ++i) {
      auto relaxation = relaxationOf(sample.formula);
      double middle = middles(random);
      for (double width : {1.0, 0.1, 0.01, 0.001}) {
        Interval range(middle - width / 2, middle + width / 2);
        if (std::any_of(
                profile(sample.formula).kinks.begin(),
                profile(sample.formula).kinks.end(),
                [&](const Kink &kink) { return range.contains(kink.at.lo); }))
          continue;
        // Chord and tangent differ by no more than half of this.
        EXPECT_LE(gapInTheMiddle(*relaxation, range),
                  sample.curvature * width * width / 4 + 1e-13)
            << sample.formula.str() << " on " << str(range);
      }
    }
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

TEST(FunctionRelaxation, RefusesWhatHasNoLines) {
  EXPECT_FALSE(FunctionRelaxation::of(where(x > 1.0, x, 0.0)));
  EXPECT_FALSE(FunctionRelaxation::of(where(abs(x) > 0.5, x, 0.0)));
  EXPECT_FALSE(FunctionRelaxation::of(where(equal(x, 1.0), 7.0, x)));
  EXPECT_FALSE(FunctionRelaxation::of(where(x < 0.0, -1.0, 1.0)));
  EXPECT_FALSE(FunctionRelaxation::of(Expression(2.0)));
  EXPECT_FALSE(FunctionRelaxation::of(max(x, Expression::variable(1))));
  EXPECT_FALSE(FunctionRelaxation::of(sin(x)));
  EXPECT_TRUE(FunctionRelaxation::of(2.0 * x + 1.0));
}

TEST(FunctionRelaxation, SubnormalProductsAreRounded) {
  // 0.3 of the smallest double is less than half of it.
  const double least = 5e-324;
  for (Expression formula :
       {where(x > 0.0, 0.3 * x, 0.0), where(x < least, 0.0, 0.3 * (x - least)),
        where(x < 0.0, 0.3 * x, 0.4 * x)}) {
    auto relaxation = relaxationOf(formula);
    Sample sample{formula, 0, {0.0, least}};
    for (Interval range :
         {Interval(0, least), Interval(-least, least), Interval(0, 5 * least),
          Interval(least, 1.0), Interval(-3 * least, 2 * least)}) {
      std::vector<double> points = pointsOf(range, sample, 9);
      LinearBounds both = relaxation->relax(range);
      EXPECT_TRUE(holds(formula, both.lower, 1.0, points)) << str(range);
      EXPECT_TRUE(holds(formula, both.upper, -1.0, points)) << str(range);
      Interval values = relaxation->valuesOn(range);
      EXPECT_TRUE(holds(formula, {0.0, values.lo}, 1.0, points)) << str(range);
      EXPECT_TRUE(holds(formula, {0.0, values.hi}, -1.0, points)) << str(range);
    }
  }
}

TEST(FunctionRelaxation, TangentsAtKinksTakeTheirOwnSide) {
  // Right of the kink the slope is 1 + 1e-17 (2 - t), nearly 1; left of it 0.
  Expression t = x - 1.0;
  Expression formula =
      where(x <= 1.0, 1.0, 1.0 + t + 1e-17 * (2.0 * t - t * t / 2.0));
  auto relaxation = relaxationOf(formula);
  for (double sign : {1.0, -1.0}) {
    Expression either = sign > 0 ? formula : -formula;
    auto signedRelaxation = relaxationOf(either);
    Interval range(1.0, 5.0);
    double offset = sign > 0 ? signedRelaxation->offsetAbove(1.0, range)
                             : signedRelaxation->offsetBelow(-1.0, range);
    EXPECT_TRUE(
        holds(either, {sign, offset}, -sign, {1.0, 2.0, 3.0, 4.0, 5.0}));
  }
  // An infinite slope at the end.
  Expression root = sqrt(max(x - 1.0, 0.0));
  if (auto steep = FunctionRelaxation::of(root)) {
    Line upper{4e7, steep->offsetAbove(4e7, {1.0, 2.0})};
    Interval gap = enclosePoint(root - 4e7 * x, {1.0 + 0x1p-52});
    EXPECT_GE(upper.offset, gap.lo);
  }
}

TEST(FunctionRelaxation, OverflowIsNoBound) {
  Expression steep = where(x > 0.0, 4.0 * x, 0.5 * x);
  auto relaxation = relaxationOf(steep);
  Interval range(-1.0, 1e308);
  EXPECT_EQ(relaxation->offsetAbove(0.0, range), infinity);
  EXPECT_LE(relaxation->offsetBelow(0.0, range), -0.5);
  EXPECT_LE(relaxationOf(-steep)->offsetBelow(0.0, range), -1.7e308);
}

} // namespace

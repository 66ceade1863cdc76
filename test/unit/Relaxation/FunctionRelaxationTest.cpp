//===- FunctionRelaxationTest.cpp - Lines against exact values ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/FunctionRelaxation.h"
#include "FunctionSamples.h"

using namespace act;
using namespace act::test;

namespace {

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

} // namespace

//===- FunctionLimitsTest.cpp - Lines where doubles end -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionSamples.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

TEST(FunctionLimits, ValuesOnUnboundedRanges) {
  for (Expression formula : allFormulas) {
    auto relaxation = FunctionRelaxation::of(formula);
    if (!relaxation)
      continue;
    for (Interval range : {Interval(), Interval(-1.0, infinity),
                           Interval(-infinity, 2.0), Interval(7, infinity)}) {
      Interval exact = act::range(formula, range);
      EXPECT_TRUE(relaxation->valuesOn(range).contains(exact))
          << formula.str() << " on " << str(range) << ": "
          << str(relaxation->valuesOn(range));
    }
  }
}

TEST(FunctionLimits, RefusesWhatHasNoLines) {
  EXPECT_FALSE(FunctionRelaxation::of(where(x > 1.0, x, 0.0)));
  EXPECT_FALSE(FunctionRelaxation::of(where(abs(x) > 0.5, x, 0.0)));
  EXPECT_FALSE(FunctionRelaxation::of(where(equal(x, 1.0), 7.0, x)));
  EXPECT_FALSE(FunctionRelaxation::of(where(x < 0.0, -1.0, 1.0)));
  EXPECT_FALSE(FunctionRelaxation::of(Expression(2.0)));
  EXPECT_FALSE(FunctionRelaxation::of(max(x, Expression::variable(1))));
  EXPECT_FALSE(FunctionRelaxation::of(sin(x)));
  EXPECT_TRUE(FunctionRelaxation::of(2.0 * x + 1.0));
}

TEST(FunctionLimits, SubnormalProductsAreRounded) {
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

TEST(FunctionLimits, TangentsAtKinksTakeTheirOwnSide) {
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

TEST(FunctionLimits, OverflowIsNoBound) {
  Expression steep = where(x > 0.0, 4.0 * x, 0.5 * x);
  auto relaxation = relaxationOf(steep);
  Interval range(-1.0, 1e308);
  EXPECT_EQ(relaxation->offsetAbove(0.0, range), infinity);
  EXPECT_LE(relaxation->offsetBelow(0.0, range), -0.5);
  EXPECT_LE(relaxationOf(-steep)->offsetBelow(0.0, range), -1.7e308);
}

} // namespace

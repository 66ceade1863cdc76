//===- RoundingErrorTest.cpp - Tests of the error of formulas as written --===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/RoundingError.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

static const Expression x = Expression::variable(0);

TEST(RoundingError, WhatIsExactHasNone) {
  EXPECT_EQ(roundingErrorInUlps(max(x, 0.0)), 0.0);
  EXPECT_EQ(seenRoundingErrorInUlps(max(x, 0.0)), 0.0);
}

TEST(RoundingError, OneRoundingIsHalfAnUlp) {
  EXPECT_EQ(roundingErrorInUlps(x * x), 0.5);
  EXPECT_LE(seenRoundingErrorInUlps(x * x), 0.5);
  EXPECT_GT(seenRoundingErrorInUlps(x * x), 0.49);
}

TEST(RoundingError, TheBoundHoldsAndIsNearlyMet) {
  // The denominator's rounding counts double where the quotient is near 1.
  Expression softSign = x / (Expression(1.0) + abs(x));
  EXPECT_EQ(roundingErrorInUlps(softSign), 1.5);
  EXPECT_LE(seenRoundingErrorInUlps(softSign), 1.5);
  EXPECT_GT(seenRoundingErrorInUlps(softSign), 1.3);
}

TEST(RoundingError, WorstCasesThatDoNotMeetAreNotSeen) {
  // x + 3 is exact for most x where the clamp does not take over.
  Expression hardSwish = x * min(max(x + 3.0, 0.0), 6.0) / 6.0;
  EXPECT_EQ(roundingErrorInUlps(hardSwish), 2.5);
  EXPECT_LT(seenRoundingErrorInUlps(hardSwish), 1.9);
  EXPECT_GT(seenRoundingErrorInUlps(hardSwish), 1.0);
}

TEST(RoundingError, CancellationIsUnbounded) {
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(x * x - x)));
  EXPECT_GT(seenRoundingErrorInUlps((x + 1.0) * (x + 1.0) - x * x), 100.0);
}

TEST(RoundingError, AFunctionThatIsNotRoundedCorrectlyIsRefused) {
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(exp(x))));
  EXPECT_TRUE(std::isinf(seenRoundingErrorInUlps(exp(x))));
}

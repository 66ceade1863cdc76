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
  Expression sixth = Expression(1.0) / 6.0;
  Expression hardSwish = x * min(max(sixth * x + 0.5, 0.0), 1.0);
  EXPECT_EQ(roundingErrorInUlps(hardSwish), 2.5);
  EXPECT_LT(seenRoundingErrorInUlps(hardSwish), 1.9);
  EXPECT_GT(seenRoundingErrorInUlps(hardSwish), 1.0);
}

TEST(RoundingError, F64HasErrorsOfItsOwn) {
  Expression sixth = Expression(1.0) / 6.0;
  Expression hardSwish = x * min(max(sixth * x + 0.5, 0.0), 1.0);
  EXPECT_EQ(roundingErrorInUlps(hardSwish, Format::F64), 2.5);
  EXPECT_LT(seenRoundingErrorInUlps(hardSwish, Format::F64), 1.9);
  EXPECT_GT(seenRoundingErrorInUlps(hardSwish, Format::F64), 1.0);
  EXPECT_EQ(roundingErrorInUlps(Expression(0.1) * x, Format::F64), 0.5);
  EXPECT_GT(roundingErrorInUlps(Expression(0.1) * x, Format::F32), 0.5);
  // No step may leave the range of f32.
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(Expression(1e50) * x + 1.0)));
  EXPECT_FALSE(std::isinf(
      roundingErrorInUlps(Expression(1e-50) * x + 1.0, Format::F64)));
  // The quotient is not subtracted exactly.
  EXPECT_GT(seenRoundingErrorInUlps(x * x - sixth * x, Format::F64), 10.0);
}

// f32 has digits to spare; near -3/2 the sum is 0, where it has none.
TEST(RoundingError, EveryArgumentOf16Bits) {
  Expression sixth = Expression(1.0) / 6.0;
  Expression hardSwish = x * min(max(sixth * x + 0.5, 0.0), 1.0);
  for (Format format : {Format::F16, Format::BF16}) {
    EXPECT_LE(seenRoundingErrorInUlps(hardSwish, format), 0.501);
    EXPECT_GT(seenRoundingErrorInUlps(hardSwish, format), 0.49);
  }
  Expression slope = (sixth * x + 0.5) + x * sixth;
  EXPECT_LE(seenRoundingErrorInUlps(slope, Format::F16), 0.501);
  EXPECT_GT(seenRoundingErrorInUlps(slope, Format::BF16), 2.0);
}

TEST(RoundingError, WorstCasesAroundKinksFarOutAreSeen) {
  Expression wide = x * min(max(Expression(0.001) * x + 0.5, 0.0), 1.0);
  EXPECT_GT(seenRoundingErrorInUlps(wide), 1.9);
  EXPECT_LE(seenRoundingErrorInUlps(wide), roundingErrorInUlps(wide));
}

TEST(RoundingError, ConstantsThatAreNoFloatsCount) {
  // Two steps make up for them.
  Expression shrunk = x - 0.3;
  EXPECT_EQ(roundingErrorInUlps(shrunk), 1.5);
  EXPECT_LE(seenRoundingErrorInUlps(shrunk), 1.5);
  EXPECT_EQ(roundingErrorInUlps(where(x > 0.3, x, 0.0)), 0.0);
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(Expression(1e-40) * x)));
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(Expression(1e50) * x + 1.0)));
}

TEST(RoundingError, CancellationIsUnbounded) {
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(x * x - x)));
  EXPECT_GT(seenRoundingErrorInUlps((x + 1.0) * (x + 1.0) - x * x), 100.0);
}

TEST(RoundingError, AFunctionThatIsNotRoundedCorrectlyIsRefused) {
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(exp(x))));
  EXPECT_TRUE(std::isinf(seenRoundingErrorInUlps(exp(x))));
  EXPECT_TRUE(std::isinf(seenRoundingErrorInUlps(exp(x), Format::F16)));
}

TEST(RoundingError, StepsThatLeaveTheRangeAreUnbounded) {
  Expression square = (Expression(1.0) + abs(x)) * (Expression(1.0) + abs(x));
  EXPECT_LT(roundingErrorInUlps(square), 3.0); // the result itself may
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(1.0 / square)));
  EXPECT_TRUE(std::isinf(roundingErrorInUlps(x * x * 3.0)));
  EXPECT_LT(roundingErrorInUlps(Expression(3.0) * x + 1.0), 3.0);
}

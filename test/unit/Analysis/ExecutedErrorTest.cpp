//===- ExecutedErrorTest.cpp - What rounding adds to a bound --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

TEST(ExecutedError, Formats) {
  EXPECT_EQ(unitRoundoff(Format::F32), 0x1p-24);
  EXPECT_EQ(unitRoundoff(Format::BF16), 0x1p-8);
  EXPECT_EQ(smallestSubnormal(Format::F32), 0x1p-149);
  EXPECT_EQ(smallestSubnormal(Format::F16), 0x1p-24);
  EXPECT_EQ(smallestSubnormal(Format::F64), 0x1p-1074);
  EXPECT_EQ(largestFinite(Format::F16), 65504.0);
  EXPECT_EQ(largestFinite(Format::F32), 0x1.fffffep127);
  EXPECT_EQ(largestFinite(Format::F64), 0x1.fffffffffffffp1023);
}

TEST(ExecutedError, CorrectRoundingIsMonotone) {
  // Between two neighbours, the result is one of them.
  Interval range(1.0 + 0x1p-26, 1.0 + 0x1p-23 + 0x1p-26);
  EXPECT_EQ(converted(range, Format::F32), Interval(1.0, 1.0 + 0x1p-23));
  EXPECT_EQ(converted(Interval(70000.0), Format::F16),
            Interval(HUGE_VAL, HUGE_VAL));
}

TEST(ExecutedError, FusionLeavesRoundingsOut) {
  Interval range(1.0 + 0x1p-26, 1.0 + 0x1p-23 + 0x1p-26);
  EXPECT_EQ(executed(range, 0.5, Format::F32), Interval(1.0, range.hi));
  EXPECT_EQ(executed(Interval(70000.0), 0.5, Format::F16),
            Interval(70000.0, HUGE_VAL));
}

TEST(ExecutedError, NoResultAsPromisedHasTheWrongSign) {
  Interval range = executed(Interval(0.0, 1.0), 2.0, Format::F32);
  EXPECT_EQ(range.lo, 0.0);
  EXPECT_GT(range.hi, 1.0);
  EXPECT_EQ(executed(Interval(-1.0, 0.0), 2.0, Format::F32).hi, 0.0);
  EXPECT_LT(executed(Interval(0.0, 1.0), 4.0, Format::F32).lo, 0.0);
  EXPECT_LT(executed(Interval(0.0, 1.0), 2.0, Format::F16).lo, 0.0);
}

TEST(ExecutedError, WiderErrorsCoverTheNextBinade) {
  // A result of 2 is wrong by 2 ulp(2); one just below 2 may be told as 2 - d.
  Interval range = executed(Interval(2.0 - 0x1p-23, 2.0), 2.0, Format::F32);
  EXPECT_LE(range.lo, 2.0 - 2 * 0x1p-22);
  EXPECT_GE(range.hi, 2.0 + 2 * 0x1p-22);
  EXPECT_EQ(executed(range, 0.0, Format::F32), range);
}

TEST(ExecutedError, Summation) {
  // gamma_784 of f32 is 4.67e-5, with 783 terms and M = 1.
  EXPECT_NEAR(summationError(783, 1.0, Format::F32), 4.673e-5, 1e-8);
  // 511 terms in f16: gamma_512 = 1/3; M times it.
  EXPECT_NEAR(summationError(511, 3.0, Format::F16), 1.0, 1e-3);
  // No bound from 256 terms in bf16, and none where a sum may overflow.
  EXPECT_TRUE(std::isinf(summationError(255, 1.0, Format::BF16)));
  EXPECT_FALSE(std::isinf(summationError(254, 1.0, Format::BF16)));
  EXPECT_TRUE(std::isinf(summationError(2, 65504.0, Format::F16)));
  EXPECT_TRUE(std::isinf(summationError(2, HUGE_VAL, Format::F64)));
  // Of several formats the worst counts for each part.
  SumError mixed = summationError(2, {Format::F16, Format::BF16});
  EXPECT_EQ(mixed.relative, summationError(2, Format::BF16).relative);
  EXPECT_EQ(mixed.underflow, summationError(2, Format::F16).underflow);
  EXPECT_TRUE(
      std::isinf(summationError(2, 65504.0, {Format::F16, Format::BF16})));
  EXPECT_FALSE(std::isinf(summationError(2, 65504.0, Format::BF16)));
  // Nothing added is still an underflow for each step.
  EXPECT_GE(summationError(3, 0.0, Format::F32), 4 * 0x1p-150);
}

//===- AccuracyTest.cpp - What an accuracy allows -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Accuracy.h"
#include "gtest/gtest.h"

using namespace act;

TEST(Accuracy, ReadsWhatItWrites) {
  for (const char *text : {"ulp=2", "ulp=0.501", "abs=0.001", "abs=1e-06"}) {
    std::optional<Accuracy> accuracy = Accuracy::parse(text);
    ASSERT_TRUE(accuracy) << text;
    EXPECT_EQ(Accuracy::parse(accuracy->str()), accuracy) << text;
  }
}

TEST(Accuracy, RefusesWhatNoFormKeeps) {
  for (const char *text : {"", "ulp", "ulp=", "ulp=0.5", "ulp=-1", "ulp=nan",
                           "ulp=inf", "abs=0", "abs=-1", "abs=1x", "rel=1"})
    EXPECT_FALSE(Accuracy::parse(text)) << text;
}

TEST(Accuracy, AnAbsoluteBoundIsAtLeastAnUlp) {
  Accuracy accuracy{Accuracy::Kind::Absolute, 1e-3};
  EXPECT_EQ(accuracy.tolerance(1.0, Format::F32), 1e-3);
  EXPECT_EQ(accuracy.tolerance(0x1p20, Format::F32), 0x1p-3);
  EXPECT_EQ((Accuracy{Accuracy::Kind::Ulp, 2.0}).tolerance(1.0, Format::F32),
            0x1p-22);
}

// An ulp of a product is 2^-24 of it at least, and half of one is rounding.
TEST(Accuracy, OfAFactorIsRelative) {
  Accuracy accuracy{Accuracy::Kind::Factor, 1.0};
  EXPECT_EQ(accuracy.tolerance(3.0, Format::F32), 3.0 * 0x1p-25);
  EXPECT_EQ(accuracy.tolerance(-4.0, Format::F32), 4.0 * 0x1p-25);
  EXPECT_FALSE(Accuracy::parse(accuracy.str()));
}

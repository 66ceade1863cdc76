//===- RunningSumTest.cpp - Sums with a bound of their own rounding -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunningSum.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace act;

TEST(RunningSum, ExactSumsStayExact) {
  RunningSum sum;
  for (double term : {16777216.0, 1.0, 1.0, -16777218.0, -0.5})
    sum.addProduct(term, 1.0);
  EXPECT_EQ(sum.lower(), -0.5);
  EXPECT_EQ(sum.upper(), -0.5);
}

TEST(RunningSum, Nothing) {
  EXPECT_EQ(RunningSum().lower(), 0.0);
  EXPECT_EQ(RunningSum().upper(), 0.0);
}

TEST(RunningSum, TinyProductsAreNotLost) {
  RunningSum sum;
  sum.addProduct(0x1p-700, -0x1p-700);
  EXPECT_LT(sum.lower(), 0.0);
  EXPECT_GE(sum.upper(), 0.0);
}

TEST(RunningSum, BeyondTheDoublesThereIsNoBound) {
  for (double sign : {1.0, -1.0}) {
    RunningSum sum, product;
    for (double term : {1e308, 1e308, -1e308, -1.5e308})
      sum.add(sign * term);
    product.addProduct(sign * 1e200, 1e200);
    product.addProduct(sign * 1e200, -1e200);
    for (const RunningSum &each : {sum, product}) {
      EXPECT_EQ(each.lower(), -HUGE_VAL);
      EXPECT_EQ(each.upper(), HUGE_VAL);
    }
  }
}

TEST(RunningSum, EnclosesTheExactSum) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<int64_t> part(-(1 << 24), 1 << 24);
  for (int round = 0; round < 100; ++round) {
    RunningSum sum;
    __int128 exact = 0; // in units of 2^-60
    for (int i = 0; i < 1000; ++i) {
      int64_t a = part(random), b = part(random);
      exact += static_cast<__int128>(a) * b;
      sum.addProduct(std::ldexp(a, -30), std::ldexp(b, -30));
    }
    long double value = std::ldexp(static_cast<long double>(exact), -60);
    EXPECT_LE(static_cast<long double>(sum.lower()), value);
    EXPECT_GE(static_cast<long double>(sum.upper()), value);
    EXPECT_LT(sum.upper() - sum.lower(), 1e-9);
  }
}

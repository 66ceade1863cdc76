//===- AgreementTest.cpp - Equal functions and others ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Agreement.h"
#include <gtest/gtest.h>
#include <limits>

using namespace act;

namespace {

const Expression x = Expression::variable(0);

bool agree(Expression a, Expression b) {
  return provablyAgree(a, b, Format::F64);
}

TEST(Agreement, QuotientsOfExponentials) {
  Expression e = exp(x), square = exp(2.0 * x);
  EXPECT_TRUE(agree((square - 1.0) / (square + 1.0), tanh(x)));
  EXPECT_TRUE(agree(1.0 - 2.0 / (square + 1.0), tanh(x)));
  EXPECT_TRUE(agree((e - exp(-x)) / (e + exp(-x)), tanh(x)));
  EXPECT_TRUE(agree(x / (1.0 + exp(-x)), x * sigmoid(x)));
  EXPECT_TRUE(agree(x * (e * (e + 2.0)) / (e * (e + 2.0) + 2.0),
                    x * tanh(softplus(x))));
  EXPECT_FALSE(agree(x * (e * (e + 2.0)) / (e * (e + 2.0) + 2.5),
                     x * tanh(softplus(x))));
  EXPECT_FALSE(agree((square - 1.0) / (square + 1.0), tanh(1.0625 * x)));
}

TEST(Agreement, FactoredArguments) {
  Expression k = sqrt(2.0 / Expression::pi());
  EXPECT_TRUE(agree(tanh(k * (x + 0.25 * x * x * x)),
                    tanh(k * x * (1.0 + 0.25 * x * x))));
  EXPECT_TRUE(agree(1.0 + erf(x * (x + 2.0)), erfc(-(x * x) - 2.0 * x)));
  EXPECT_FALSE(agree(tanh(k * (x + 0.25 * x * x * x)),
                     tanh(k * x * (1.0 + 0.3125 * x * x))));
}

TEST(Agreement, DecisionsSplitTheLine) {
  Expression sixth = Expression(1.0) / 6.0;
  EXPECT_TRUE(
      agree(clip(x + 3.0, 0.0, 6.0) / 6.0, clip(x * sixth + 0.5, 0.0, 1.0)));
  EXPECT_TRUE(agree(0.5 * (x + abs(x)), max(x, 0.0)));
  EXPECT_TRUE(
      agree(sigmoid(abs(x)) * where(x < 0.0, exp(-abs(x)), 1.0), sigmoid(x)));
  // The side that is cut off may be anything.
  EXPECT_TRUE(agree(max(where(x > 0.0, x, expm1(x)), 0.0), max(x, 0.0)));
  EXPECT_FALSE(agree(clip(x, 0.0, 1e300), max(x, 0.0)));
}

TEST(Agreement, TiesCount) {
  EXPECT_TRUE(agree(where(x < 2.0, 2.0 - x, x - 2.0), abs(x - 2.0)));
  EXPECT_FALSE(agree(where(x < 2.0, 1.0, 3.0), where(x <= 2.0, 1.0, 3.0)));
  EXPECT_FALSE(agree(where(equal(x, 3.25), 7.0, tanh(x)), tanh(x)));
  // No double is a third.
  Expression third = Expression(1.0) / 3.0;
  EXPECT_TRUE(agree(where(x < third, 1.0, 3.0), where(x <= third, 1.0, 3.0)));
}

TEST(Agreement, TheLargestNumberCounts) {
  double largest = std::numeric_limits<double>::max();
  EXPECT_FALSE(agree(where(x < largest, x, 0.0), x));
  // It is no number of f32.
  EXPECT_TRUE(provablyAgree(where(x < largest, x, 0.0), x, Format::F32));
}

TEST(Agreement, WithinHalfAnUlp) {
  Expression switched = where(x > 20.0, x, softplus(x));
  EXPECT_TRUE(provablyAgree(switched, softplus(x), Format::BF16));
  EXPECT_TRUE(provablyAgree(switched, softplus(x), Format::F32));
  EXPECT_FALSE(provablyAgree(switched, softplus(x), Format::F64));
  EXPECT_FALSE(
      provablyAgree(where(x > 10.0, x, softplus(x)), softplus(x), Format::F32));
}

TEST(Agreement, NotOnlyOnAGrid) {
  Expression bump = x - 2.515625, steep = 1e4 * bump;
  EXPECT_FALSE(
      provablyAgree(tanh(x) + exp(-(steep * steep)), tanh(x), Format::BF16));
  Expression plateau =
      1.0 / (1.0 + exp(-30.0 * (x - 20.0)) + exp(30.0 * (x - 28.0)));
  EXPECT_FALSE(provablyAgree(tanh(x) + plateau, tanh(x), Format::F16));
}

TEST(Agreement, NotWhereOneIsUndefined) {
  Expression u = x - 3.25;
  EXPECT_FALSE(agree(u * tanh(x) / u, tanh(x)));
  EXPECT_FALSE(agree(exp(2.0 * log(x)), x * x));
  EXPECT_FALSE(agree(x + log(x + 40.0) - log(2.0 * x + 80.0) + log(2.0), x));
}

} // namespace

//===- CanonicalTest.cpp - Many spellings, one form -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Canonical.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

namespace {

const Expression x = Expression::variable(0);
const double infinity = std::numeric_limits<double>::infinity();

/// Both spellings have one form.
void expectEqual(Expression a, Expression b) {
  EXPECT_EQ(canonicalize(a).str(), canonicalize(b).str());
  EXPECT_TRUE(canonicalize(a) == canonicalize(b));
}

TEST(Canonical, SortsSumsAndProducts) {
  Expression y = Expression::variable(1);
  expectEqual(x + y, y + x);
  expectEqual(x + (y + exp(x)), (exp(x) + x) + y);
  expectEqual(x * y * exp(y), exp(y) * (y * x));
  expectEqual(-(x - y), y - x);
  expectEqual(x * y / 2.0, 0.5 * x * y);
  expectEqual(x / y / exp(y), x * exp(-y) / y);
  expectEqual((-x) * y, -(x * y));
}

TEST(Canonical, MergesLikeTermsOnlyIfExact) {
  expectEqual(x + x, 2.0 * x);
  expectEqual(x / 6.0 + x / 6.0, x / 3.0);
  expectEqual(3.0 * x - x - 2.0 * x, 0.0);
  expectEqual(6.0 * (x / 6.0), x);
  // 0.1 * 0.1 of doubles is no double.
  EXPECT_FALSE(canonicalize(Expression(0.1) * (0.1 * x)) ==
               canonicalize((0.1 * 0.1) * x));
  EXPECT_FALSE(canonicalize(0.1 + (0.2 + x)) ==
               canonicalize(Expression(0.1 + 0.2) + x));
}

TEST(Canonical, WhereBecomesExtremum) {
  expectEqual(where(x > 0.0, x, 0.0), max(x, 0.0));
  expectEqual(where(x >= 0.0, x, 0.0), max(0.0, x));
  expectEqual(where(x < 0.0, 0.0, x), max(x, 0.0));
  expectEqual(where(x <= 0.0, 0.0, x), max(x, 0.0));
  expectEqual(where(x > 6.0, 6.0, x), min(x, 6.0));
  expectEqual(where(x < 0.0, -x, x), abs(x));
  expectEqual(where(x > 0.0, x, -x), abs(x));
  expectEqual(max(x, -x), abs(x));
  expectEqual(min(-x, x), -abs(x));
  expectEqual(where(x < 1.0, exp(x), exp(x)), exp(x));
  expectEqual(sqrt(x * x), abs(x));
  expectEqual(abs(-2.0 * x), 2.0 * abs(x));
}

TEST(Canonical, BoundsMergeToOneClip) {
  Expression relu6 = clip(x, 0.0, 6.0);
  expectEqual(max(min(x, 6.0), 0.0), relu6);
  expectEqual(min(6.0, max(0.0, x)), relu6);
  expectEqual(clip(clip(x, -1.0, 7.0), 0.0, 6.0), relu6);
  expectEqual(max(max(x, 0.0), -2.0), max(x, 0.0));
  expectEqual(clip(x, 2.0, 1.0), 1.0);
  expectEqual(max(min(x, 1.0), 2.0), 2.0);
  expectEqual(clip(x, -infinity, infinity), x);
  expectEqual(max(x, infinity), infinity);
  expectEqual(where(x < 0.0, 0.0, where(x > 6.0, 6.0, x)), relu6);
  expectEqual(where(x > 6.0, 6.0, where(x < 0.0, 0.0, x)), relu6);
  expectEqual(where(x <= 0.0, 0.0, where(x < 6.0, x, 6.0)), relu6);
}

TEST(Canonical, RecognisesPrimitives) {
  expectEqual(1.0 / (1.0 + exp(-x)), sigmoid(x));
  expectEqual(exp(x) / (exp(x) + 1.0), sigmoid(x));
  expectEqual(x / (exp(-x) + 1.0), x * sigmoid(x));
  expectEqual((1.0 + tanh(x / 2.0)) / 2.0, sigmoid(x));
  expectEqual(0.5 + 0.5 * tanh(0.5 * x), sigmoid(x));
  expectEqual(2.0 * sigmoid(2.0 * x) - 1.0, tanh(x));
  expectEqual(1.0 - sigmoid(x), sigmoid(-x));
  expectEqual(log(1.0 + exp(x)), softplus(x));
  expectEqual(log1p(exp(x)), softplus(x));
  expectEqual(max(x, 0.0) + log1p(exp(-abs(x))), softplus(x));
  expectEqual(-log(sigmoid(-x)), softplus(x));
  expectEqual(softplus(x) - x, softplus(-x));
  expectEqual(2.0 * softplus(3.0 * x) - 6.0 * x, 2.0 * softplus(-3.0 * x));
  Expression root = sqrt(x * x + 4.0);
  expectEqual(root - x * x / root, 4.0 / root);
  expectEqual(exp(x) - 1.0, expm1(x));
  expectEqual(2.0 * exp(x) - 2.0, 2.0 * expm1(x));
  expectEqual(log(x + 1.0), log1p(x));
  expectEqual(1.0 - erf(x), erfc(x));
  expectEqual(tanh(-x), -tanh(x));
  expectEqual(erf(x - 1.0), -erf(1.0 - x));
}

TEST(Canonical, FormsOfGelu) {
  Expression gelu = x * normalCdf(x), root2 = sqrt(Expression(2.0));
  expectEqual(0.5 * x * (1.0 + erf(x / root2)), gelu);
  expectEqual(x * (0.5 + 0.5 * erf(x * sqrt(Expression(0.5)))), gelu);
  expectEqual(0.5 * (x * erfc(-x * (1.0 / root2))), gelu);
  EXPECT_FALSE(canonicalize(gelu) == canonicalize(x * sigmoid(1.702 * x)));
  Expression inner = sqrt(2.0 / Expression::pi()) * (x + 0.044715 * x * x * x);
  expectEqual(0.5 * x * (1.0 + tanh(inner)), x * sigmoid(2.0 * inner));
  EXPECT_FALSE(canonicalize(gelu) == canonicalize(x * sigmoid(2.0 * inner)));
}

TEST(Canonical, DifferentFunctionsStayApart) {
  EXPECT_FALSE(canonicalize(where(x > 1.0, x, 0.0)) ==
               canonicalize(max(x, 0.0)));
  EXPECT_FALSE(canonicalize(where(x < 0.0, x, -x)) == canonicalize(abs(x)));
  EXPECT_FALSE(canonicalize(x * tanh(softplus(x))) ==
               canonicalize(x * sigmoid(x)));
  // x/x is 1 but for 0.
  EXPECT_FALSE(canonicalize(x / x).isConstant());
}

/// A formula of few nodes may have 2^60 factors.
TEST(Canonical, SharedFactorsEnd) {
  Expression power = x, quotient = exp(x), mixed = x;
  for (int i = 0; i < 60; ++i) {
    power = power * power;
    quotient = quotient / (quotient * quotient);
    mixed = -(mixed * mixed) * 3.0;
  }
  for (Expression e : {power, quotient, mixed, power + power}) {
    Expression form = canonicalize(e);
    EXPECT_LE(form.size(), 1000u);
    EXPECT_TRUE(canonicalize(form) == form);
  }
}

TEST(Canonical, ManyFactorsKeepTheirValue) {
  Expression product = x;
  for (int i = 0; i < 7; ++i) {
    product = product * product;
    for (double at : {-1.5, 0.75, 1.0, 2.0}) {
      double exact = std::pow(at, std::pow(2.0, i + 1));
      double value = exactValue(canonicalize(product), {at}, Format::F64);
      EXPECT_NEAR(value / exact, 1.0, 1e-12);
    }
  }
}

} // namespace

//===- ExpressionTest.cpp - Folding, sharing and text of formulas ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Expression.h"
#include <gtest/gtest.h>
#include <limits>
#include <thread>

using namespace act;

namespace {
const Expression x = Expression::variable(0);
const Expression y = Expression::variable(1);
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Expression, EqualFormulasAreOneNode) {
  EXPECT_EQ(x * sigmoid(1.702 * x), x * sigmoid(1.702 * x));
  EXPECT_NE(x + y, y + x);
  EXPECT_EQ(Expression(-0.0), Expression(0.0));
  EXPECT_EQ((x + y).numVariables(), 2u);
  EXPECT_EQ(Expression(3.0).numVariables(), 0u);
}

TEST(Expression, FoldsOnlyWhatIsExact) {
  EXPECT_EQ(1.0 * x, x);
  EXPECT_EQ(x + 0.0, x);
  EXPECT_EQ(0.0 * x, Expression(0.0));
  EXPECT_EQ(-(-x), x);
  EXPECT_EQ(Expression(0.5) + 0.25, Expression(0.75));
  EXPECT_EQ(max(x, -infinity), x);
  EXPECT_EQ(where(Expression(1.0) < 2.0, x, y), x);
  EXPECT_EQ(where(x < y, x, x), x);
  // 1/3 and 0.1 + 0.2 are no doubles.
  EXPECT_FALSE((Expression(1.0) / 3.0).isConstant());
  EXPECT_FALSE((Expression(0.1) + 0.2).isConstant());
  // The product is a double only after rounding below the normal range.
  EXPECT_FALSE((Expression(0x1.8p-1000) * 0x1.8p-74).isConstant());
}

TEST(Expression, SubstitutesOnTheDag) {
  Expression e = x;
  for (int i = 0; i < 60; ++i)
    e = e * e + 1.0;
  EXPECT_EQ(e.size(), 122u);
  EXPECT_EQ(e.substitute({y}).size(), 122u);
  EXPECT_EQ((x * y).substitute({2.0, 3.0}), Expression(6.0));
}

TEST(Expression, PrintsInfix) {
  EXPECT_EQ((x - (y - 1.0)).str(), "x - (y - 1)");
  EXPECT_EQ(((x + y) * 0.1 / (x * y)).str(), "(x + y) * 0.1 / (x * y)");
  EXPECT_EQ((x * sigmoid(-x)).str({"g"}), "g * sigmoid(-g)");
  EXPECT_EQ(where(x > 0.0, x, 0.01 * x).str(), "where(0 < x, x, 0.01 * x)");
  Expression shared = exp(x + 1.0) * 2.0;
  EXPECT_EQ((shared / (shared + 3.0)).str(),
            "let t0 = exp(x + 1) * 2 in t0 / (t0 + 3)");
}

TEST(Expression, PrintsWhatNestsDeeplyInPieces) {
  Expression e = x;
  for (int i = 0; i < 100000; ++i)
    e = exp(e + 1.0);
  std::string text = e.str();
  EXPECT_EQ(text.substr(0, 13), "let t0 = exp(");
  EXPECT_NE(text.find("let t900 = "), std::string::npos);
}

TEST(Expression, HashDoesNotDependOnTheOrderOfCreation) {
  uint64_t before = (exp(x * 7.25) + y).hash();
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i)
      (void)(exp(x * double(i)) + y);
  });
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ((exp(x * 7.25) + y).hash(), before);
  other.join();
}
} // namespace

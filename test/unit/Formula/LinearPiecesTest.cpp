//===- LinearPiecesTest.cpp - Functions by their linear pieces ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/LinearPieces.h"
#include "Formulas.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;
using namespace act::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

/// The lines of `formula`, which must be it at ends, beside them and elsewhere.
Expression linesOf(Expression formula) {
  std::optional<Expression> lines = byLinearPieces(formula);
  EXPECT_TRUE(lines) << formula.str();
  if (!lines)
    return 0.0;
  for (double at : {-3.0, -1.0, 0.0, 1.0, 3.0, 6.0})
    for (double point : {std::nextafter(at, -infinity), at,
                         std::nextafter(at, infinity), at + 0.625})
      EXPECT_EQ(exactValue(*lines, {point}, Format::F64),
                exactValue(formula, {point}, Format::F64))
          << formula.str() << " at " << point;
  EXPECT_TRUE(std::isnan(exactValue(*lines, {NAN}, Format::F64)));
  return *lines;
}

} // namespace

TEST(LinearPieces, DerivativesAreTheirLines) {
  Expression slope = linesOf(differentiate(hardSwish));
  EXPECT_EQ(slope.str(),
            "where(x <= -3, 0, where(3 <= x, 1, 1 / 3 * (x - -1.5)))");
  EXPECT_EQ(linesOf(differentiate(reluSquared)).str(),
            "where(x <= 0, 0, 2 * x)");
}

TEST(LinearPieces, JumpsBelongToTheSideThatTheFunctionSays) {
  linesOf(where(x < 1.0, x, x + 2.0));
  linesOf(where(x <= 1.0, x, x + 2.0));
  linesOf(where(x < -1.0, 0.0, where(x <= 3.0, 0.25 * x, 5.0)));
}

TEST(LinearPieces, ConstantsAloneKeepNaN) {
  linesOf(differentiate(hardSigmoid));
  linesOf(differentiate(relu6));
}

TEST(LinearPieces, ProductsOfTwoAreFound) {
  using Past = LineProduct::Past;
  // What goes on past an end with one factor or none needs no choice.
  std::optional<ProductPieces> swish = byProductsOfLines(hardSwish);
  ASSERT_TRUE(swish);
  EXPECT_EQ(swish->choice, Expression::variable(1));
  ASSERT_EQ(swish->products.size(), 1u);
  const LineProduct &product = swish->products.front();
  EXPECT_EQ(product.scale.str(), "1 / 6");
  EXPECT_EQ(product.zeros, (std::vector<float>{-3.0f, 0.0f}));
  EXPECT_EQ(product.lo, -3.0);
  EXPECT_EQ(product.hi, 3.0);
  EXPECT_EQ(product.pastLo, Past::Constant);
  EXPECT_EQ(product.pastHi, Past::Line);

  std::optional<ProductPieces> sparse = byProductsOfLines(sparsePlus);
  ASSERT_TRUE(sparse);
  EXPECT_EQ(sparse->choice.str(), "where(1 <= x, x, y)");
  EXPECT_EQ(sparse->products.front().zeros, (std::vector<float>{-1.0f, -1.0f}));

  std::optional<ProductPieces> slope =
      byProductsOfLines(differentiate(hardSwish));
  ASSERT_TRUE(slope);
  EXPECT_EQ(slope->choice.str(), "where(x <= -3, 0, where(3 <= x, 1, y))");
  EXPECT_EQ(slope->products.front().pastHi, Past::Nothing);
}

TEST(LinearPieces, OtherProductsAreRefused) {
  // No product at all, one that has no end, zeros that are no floats or none.
  auto inside = [](Expression e) {
    return where(x < -1.0, x, where(x < 1.0, e, x));
  };
  for (Expression formula :
       {relu6, gelu, max(x * (x + 1.0), 0.0), inside(x * x - 2.0),
        inside(x * (x - 0.1)), inside(x * x + 1.0), inside(x * x * x)})
    EXPECT_FALSE(byProductsOfLines(formula)) << formula.str();
  // A value of its own at the end of a product, and inside one.
  for (double at : {3.0, 1.0})
    EXPECT_FALSE(byProductsOfLines(
        where(x < at, hardSwish, where(x <= at, Expression(7.0), hardSwish))))
        << at;
}

TEST(LinearPieces, OtherFunctionsHaveNone) {
  for (Expression formula : {hardSwish, gelu, x * x, x + 1.0, sparsePlus})
    EXPECT_FALSE(byLinearPieces(formula)) << formula.str();
  // A value of its own at the end of two lines.
  EXPECT_FALSE(byLinearPieces(
      where(x < 1.0, x, where(x <= 1.0, Expression(7.0), x + 2.0))));
  // An end that is no double.
  EXPECT_FALSE(byLinearPieces(where(3.0 * x < 1.0, x, x + 2.0)));
}

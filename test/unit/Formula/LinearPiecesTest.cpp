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

TEST(LinearPieces, OtherFunctionsHaveNone) {
  for (Expression formula : {hardSwish, gelu, x * x, x + 1.0, sparsePlus})
    EXPECT_FALSE(byLinearPieces(formula)) << formula.str();
  // A value of its own at the end of two lines.
  EXPECT_FALSE(byLinearPieces(
      where(x < 1.0, x, where(x <= 1.0, Expression(7.0), x + 2.0))));
  // An end that is no double.
  EXPECT_FALSE(byLinearPieces(where(3.0 * x < 1.0, x, x + 2.0)));
}

//===- AffineFormTest.cpp - Formulas read as affine -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/AffineForm.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <random>

using namespace act;

namespace {

const Expression x = Expression::variable(0), y = Expression::variable(1),
                 p = Expression::variable(2);
const std::vector<bool> both = {true, true, false};

/// Whether constant + sum of factors and variables has the formula's values.
void expectSameValues(Expression formula, const std::vector<bool> &variables) {
  std::optional<AffineForm> form = affineForm(formula, variables);
  ASSERT_TRUE(form) << formula.str();
  Expression sum = form->constant;
  for (unsigned i = 0; i < form->factors.size(); ++i) {
    if (!form->factors[i])
      continue;
    sum = sum + *form->factors[i] * Expression::variable(i);
    // Neither factors nor the constant may contain a variable.
    for (Expression e : form->factors[i]->postorder())
      EXPECT_FALSE(e.isVariable() && variables[e.variableIndex()]);
  }
  for (Expression e : form->constant.postorder())
    EXPECT_FALSE(e.isVariable() && variables[e.variableIndex()]);
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> values(-3.0, 3.0);
  for (int i = 0; i < 20; ++i) {
    std::vector<double> point = {values(random), values(random),
                                 values(random)};
    Interval off = enclosePoint(sum - formula, point);
    EXPECT_TRUE(off.lo <= 1e-14 && off.hi >= -1e-14) << formula.str();
  }
}

TEST(AffineForm, SumsAndMultiples) {
  for (Expression formula :
       {x, x + y, x - y, -x, 2.0 * x - 3.0 * y + p, x / 4.0 + y * p,
        -(x - p) * 0.1 - (y - x) / (1.0 + p * p), x - x, exp(p) * (x + y) - 1.0,
        p * p, (x + p) * (p - 2.0), where(p > 0.0, x, y),
        where(p > 0.0, x, p * x) - where(equal(p, 1.0), y, 3.0)})
    expectSameValues(formula, both);
}

TEST(AffineForm, OtherVariablesAreConstants) {
  expectSameValues(x * y, {true, false, false});
  expectSameValues(max(y, p) * x, {true, false, false});
  expectSameValues(where(y > 0.0, y, x * y), {true, false, false});
  std::optional<AffineForm> form = affineForm(x * y, {true, false});
  EXPECT_TRUE(*form->factors[0] == y);
  EXPECT_FALSE(form->factors[1]);
}

TEST(AffineForm, AbsentVariablesHaveNoFactor) {
  std::optional<AffineForm> form = affineForm(2.0 * y + 1.0, both);
  ASSERT_TRUE(form);
  EXPECT_FALSE(form->factors[0]);
  EXPECT_TRUE(form->factors[1]->isConstant(2.0));
  EXPECT_TRUE(form->constant.isConstant(1.0));
  // Variables beyond the end of the list do not count as such.
  form = affineForm(p * x, {true});
  ASSERT_TRUE(form);
  EXPECT_TRUE(*form->factors[0] == p);
}

TEST(AffineForm, RefusesWhatIsNone) {
  for (Expression formula :
       {x * y, x * x, max(x, 0.0), 1.0 / x, p / (x + y), exp(x),
        where(x > p, x, y), where(x > 0.0, 1.0, 2.0), sqrt(x) + y})
    EXPECT_FALSE(affineForm(formula, both)) << formula.str();
}

void expectSplit(Expression formula, Expression outer, Expression inner) {
  std::optional<Composition> split = splitAffine(formula, both);
  ASSERT_TRUE(split) << formula.str();
  EXPECT_TRUE(split->outer == outer) << split->outer.str();
  EXPECT_TRUE(split->inner == inner) << split->inner.str();
}

TEST(SplitAffine, OneInnerFormula) {
  Expression sum = x + 2.0 * y + p;
  expectSplit(max(sum, 0.0), max(x, 0.0), sum);
  expectSplit(sum * sigmoid(sum), x * sigmoid(x), sum);
  expectSplit(0.5 * tanh(p * x) + 1.0, 0.5 * tanh(x) + 1.0, p * x);
  expectSplit(where(sum > 1.0, sum, exp(sum)), where(x > 1.0, x, exp(x)), sum);
  expectSplit(Expression::pi() * abs(y), Expression::pi() * abs(x), y);
}

TEST(SplitAffine, RefusesSeveral) {
  for (Expression formula :
       {x + y, max(x, y), max(x + 1.0, 0.0) - max(x, 0.0), max(x, p),
        p * tanh(x), tanh(x) + p, x + tanh(y), x * y})
    EXPECT_FALSE(splitAffine(formula, both)) << formula.str();
}

} // namespace

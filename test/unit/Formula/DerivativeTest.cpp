//===- DerivativeTest.cpp - Derivatives against the catalogue -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Derivative.h"
#include "Formulas.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace act;
using namespace act::test;

namespace {

double valueAt(Expression e, double point) {
  return exactValue(e, {point}, Format::F64);
}

/// f' at -10, -1, -0.001, 1 and 3.
void expectSlopes(Expression f, const std::vector<double> &expected) {
  const double points[] = {-10, -1, -0.001, 1, 3};
  Expression slope = derivative(f, "");
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(valueAt(slope, points[i]), expected[i],
                4e-16 * std::abs(expected[i]))
        << f.str() << " at " << points[i];
}

TEST(Derivative, GoldenValues) {
  expectSlopes(sigmoid(x), {4.5395807735951671032e-5, 0.19661193324148185254,
                            0.24999993750001041667, 0.19661193324148185254,
                            0.045176659730912132649});
  expectSlopes(silu, {-4.0856020865708231582e-4, 0.072329488128513268211,
                      0.49950000008333332083, 0.92767051187148673179,
                      1.0881041060151696171});
  expectSlopes(gelu, {-7.6184000964648140857e-22, -0.083315470587686298383,
                      0.49920211570515859507, 1.0833154705876862984,
                      1.011945647204183927});
  expectSlopes(geluTanh, {-2.7576380638540316073e-36, -0.08296408384578255514,
                          0.49920211570647498214, 1.0829640838457825551,
                          1.0115841666309697262});
  expectSlopes(mish, {-4.0857978690299191661e-4, 0.059216755877394948006,
                      0.59935995218346475309, 1.0490362200997921591,
                      1.0211069109294437727});
}

TEST(Derivative, ValuesAtZero) {
  EXPECT_EQ(valueAt(derivative(gelu, ""), 0.0), 0.5);
  EXPECT_EQ(valueAt(derivative(silu, ""), 0.0), 0.5);
  EXPECT_EQ(valueAt(derivative(mish, ""), 0.0), 0.6);
  EXPECT_EQ(valueAt(derivative(sigmoid(x), ""), 0.0), 0.25);
}

TEST(Derivative, TailsStayAlive) {
  // y (1 - y) and 1 - y^2 are 0 here.
  EXPECT_GT(valueAt(derivative(sigmoid(x), ""), 700.0), 0.0);
  EXPECT_GT(valueAt(derivative(tanh(x), ""), 300.0), 0.0);
}

/// The value the convention gives at each kink.
void expectAtKinks(Expression f, const char *sides,
                   std::vector<std::pair<double, double>> expected) {
  Expression slope = derivative(f, sides);
  for (auto [point, value] : expected)
    EXPECT_EQ(valueAt(slope, point), value)
        << slope.str() << " at " << point << " with " << sides;
}

// (1 + |x|) - x sign(x) is 1, also where 1 is lost beside |x|.
TEST(Derivative, QuotientDoesNotCancelFarOut) {
  Expression softSign = x / (1.0 + abs(x));
  EXPECT_EQ(derivative(softSign, ""), 1.0 / ((1.0 + abs(x)) * (1.0 + abs(x))));
}

TEST(Derivative, ConventionsAtKinks) {
  expectAtKinks(relu, "l", {{0, 0}});
  expectAtKinks(relu, "r", {{0, 1}});
  expectAtKinks(relu, "m", {{0, 0.5}});
  expectAtKinks(relu, "", {{0, 0}});
  expectAtKinks(relu6, "lr", {{0, 0}, {6, 0}});
  expectAtKinks(relu6, "rl", {{0, 1}, {6, 1}});
  expectAtKinks(relu6, "r", {{0, 1}, {6, 0}});
  expectAtKinks(abs(x), "m", {{0, 0}});
  expectAtKinks(abs(x), "l", {{0, -1}});
  expectAtKinks(abs(x), "r", {{0, 1}});
  expectAtKinks(leakyRelu, "l", {{0, 0.01}});
  expectAtKinks(hardShrink, "rl", {{-0.5, 0}, {0.5, 0}});
  expectAtKinks(softShrink, "rl", {{-0.5, 0}, {0.5, 0}});
  expectAtKinks(threshold, "l", {{1, 0}});
  expectAtKinks(hardSwish, "lr", {{-3, 0}, {3, 1}});
  expectAtKinks(hardSwish, "rl", {{-3, -0.5}, {3, 1.5}});
  expectAtKinks(clip((x + 1.0) / 2.0, 0.0, 1.0), "m", {{-1, 0.25}, {1, 0.25}});
  expectAtKinks(elu, "l", {{0, 1}});
  EXPECT_EQ(
      valueAt(derivative(selu, "l"), 0.0),
      valueAt(Expression(1.0507009873554804934) * 1.6732632423543772848, 0.0));
}

TEST(Derivative, OwnRulesNeedNoWrapping) {
  EXPECT_EQ(derivative(relu, "l").str(), differentiate(relu).str());
  EXPECT_EQ(derivative(relu6, "lr").str(), differentiate(relu6).str());
  EXPECT_EQ(derivative(hardSwish, "lr").str(), differentiate(hardSwish).str());
}

TEST(Derivative, SmoothPointsBetweenPieces) {
  // The tie rule takes 0 in both terms, but this is x.
  Expression f = max(x, 0.0) - max(-x, 0.0);
  EXPECT_EQ(valueAt(derivative(f, ""), 0.0), 1.0);
  EXPECT_EQ(valueAt(derivative(max(x, 0.0) * max(x, 0.0), ""), 0.0), 0.0);
}

TEST(Derivative, PartialDerivatives) {
  Expression y = Expression::variable(1), f = x * sigmoid(y);
  EXPECT_TRUE(differentiate(f, 0) == sigmoid(y));
  EXPECT_TRUE(canonicalize(differentiate(f, 1)) ==
              canonicalize(x * sigmoid(y) * sigmoid(-y)));
  EXPECT_TRUE(differentiate(x, 1).isConstant(0.0));
}

TEST(Derivative, EqualsFiniteDifferences) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> points(-6.0, 6.0);
  for (Expression f : allFormulas) {
    Expression slope = derivative(f, "");
    for (int i = 0; i < 40; ++i) {
      double at = points(random), step = 1e-6;
      double difference =
          (valueAt(f, at + step) - valueAt(f, at - step)) / (2 * step);
      // The third derivative, and the rounding of the two values.
      double tolerance =
          2e-9 * (1 + std::exp(at)) + 0x1p-53 * std::abs(valueAt(f, at)) / step;
      EXPECT_NEAR(valueAt(slope, at), difference, tolerance)
          << f.str() << " at " << at;
    }
  }
}

TEST(Derivative, CanonicalFormHasItsValue) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> points(-6.0, 6.0);
  for (Expression f : allFormulas)
    for (Expression e : {f, differentiate(f)}) {
      Expression canonical = canonicalize(e);
      EXPECT_TRUE(canonicalize(canonical) == canonical) << e.str();
      for (int i = 0; i < 20; ++i) {
        double at = points(random);
        EXPECT_EQ(valueAt(e, at), valueAt(canonical, at))
            << e.str() << " and " << canonical.str() << " at " << at;
      }
    }
}

} // namespace

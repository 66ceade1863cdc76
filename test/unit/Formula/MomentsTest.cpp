//===- MomentsTest.cpp - Moments against closed forms ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Moments.h"
#include "Formulas.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;
using namespace act::test;

namespace {

double phi(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * M_PI); }
double Phi(double z) { return std::erfc(-z / std::sqrt(2)) / 2; }

void expectMoments(Expression f, Distribution input, double mean,
                   double second) {
  Moments found = moments(f, input);
  EXPECT_NEAR(found.mean, mean, 1e-12 * std::sqrt(second)) << f.str();
  EXPECT_NEAR(found.secondMoment, second, 1e-12 * second) << f.str();
}

TEST(Moments, Identity) {
  expectMoments(x, Distribution::normal(2, 3), 2, 13);
  expectMoments(x, Distribution::uniform(-1, 2), 0.5, 1);
  EXPECT_NEAR(moments(x, Distribution::normal(2, 3)).variance(), 9, 1e-10);
}

TEST(Moments, ReluOfNormal) {
  // E max(X,0) = m P(z) + s p(z), E max(X,0)^2 = (m^2+s^2) P(z) + m s p(z)
  // with z = m/s.
  for (double m : {-3.0, -0.5, 0.0, 0.1, 4.0})
    for (double s : {0.01, 0.5, 1.0, 30.0}) {
      double z = m / s, second = (m * m + s * s) * Phi(z) + m * s * phi(z);
      if (z < -5)
        continue; // this formula cancels
      Moments found = moments(relu, Distribution::normal(m, s));
      EXPECT_NEAR(found.mean, m * Phi(z) + s * phi(z),
                  1e-12 * (std::abs(m) + s));
      EXPECT_NEAR(found.secondMoment, second, 1e-12 * (m * m + s * s));
    }
}

TEST(Moments, SmoothFunctions) {
  // Symmetry: E sigmoid(X) = 1/2, E tanh(X) = 0, E softplus(X) - X/2 is even.
  Moments logistic = moments(sigmoid(x), Distribution::normal(0, 5));
  EXPECT_NEAR(logistic.mean, 0.5, 1e-13);
  EXPECT_NEAR(moments(tanh(x), Distribution::normal(0, 2)).mean, 0, 1e-13);
  // E exp(X) = exp(m + s^2/2).
  expectMoments(exp(x), Distribution::normal(0.5, 2), std::exp(2.5),
                std::exp(9));
  // E Phi(X) = Phi(m / sqrt(1 + s^2)); E X Phi(X) = s^2 phi(0)/sqrt(1+s^2)
  // for m = 0, by Stein's identity.
  EXPECT_NEAR(moments(normalCdf(x), Distribution::normal(1, 2)).mean,
              Phi(1 / std::sqrt(5.0)), 1e-13);
  EXPECT_NEAR(moments(gelu, Distribution::normal(0, 3)).mean,
              9 * phi(0) / std::sqrt(10.0), 1e-12);
}

TEST(Moments, FeaturesMuchNarrowerThanTheInput) {
  // E tanh(X)^2 = 1 - E (1 - tanh(X)^2), nearly all at |X| < 20.
  Moments found = moments(tanh(x), Distribution::uniform(-1e5, 1e5));
  EXPECT_NEAR(found.secondMoment, 1 - 1e-5, 1e-12);
}

TEST(Moments, JumpsAreEnds) {
  // E X [X > 1] for uniform X on [0, 2].
  expectMoments(threshold, Distribution::uniform(0, 2), 0.75, 7.0 / 6.0);
}

TEST(Moments, Points) {
  Moments found = moments(relu6, Distribution::normal(2, 0));
  EXPECT_EQ(found.mean, 2);
  EXPECT_EQ(found.secondMoment, 4);
  EXPECT_EQ(found.variance(), 0);
  EXPECT_EQ(moments(relu6, Distribution::uniform(9, 9)).mean, 6);
}

TEST(Probability, Normal) {
  Distribution standard = Distribution::normal(0, 1);
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(probability(standard, -infinity, 0), 0.5);
  EXPECT_EQ(probability(standard, -infinity, infinity), 1);
  // Both tails keep their digits.
  EXPECT_NEAR(probability(standard, 10, infinity), 7.619853024160526e-24,
              1e-37);
  EXPECT_NEAR(probability(standard, -infinity, -10), 7.619853024160526e-24,
              1e-37);
  EXPECT_NEAR(probability(Distribution::normal(3, 2), 1, 5),
              std::erf(std::sqrt(0.5)), 1e-15);
  EXPECT_EQ(probability(standard, 1, 1), 0);
}

TEST(Probability, UniformAndPoints) {
  EXPECT_EQ(probability(Distribution::uniform(0, 4), 1, 9), 0.75);
  EXPECT_EQ(probability(Distribution::uniform(0, 4), -2, -1), 0);
  // Open below, closed above.
  EXPECT_EQ(probability(Distribution::normal(1, 0), 0, 1), 1);
  EXPECT_EQ(probability(Distribution::normal(1, 0), 1, 2), 0);
}

} // namespace

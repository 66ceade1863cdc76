//===- MinimaxTest.cpp - Fits against known best errors -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Minimax.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

/// Samples of `function` on [-1, 1], dense at the ends as a best fit's
/// extrema are.
static Samples sample(double (*function)(double), double (*weight)(double)) {
  constexpr int kPoints = 400;
  Samples samples;
  for (int i = 0; i <= kPoints; ++i) {
    double u = -std::cos(M_PI * i / kPoints);
    samples.add(u, function(u), weight(u));
  }
  return samples;
}

static double one(double) { return 1.0; }

// Chebyshev: of all polynomials of degree n - 1, the best for u^n on [-1, 1]
// has the error 2^(1-n).
TEST(Minimax, FindsChebyshevsError) {
  Samples power5 = sample([](double u) { return std::pow(u, 5); }, one);
  Polynomial1D fit = fitMinimax(power5, 0, 4);
  EXPECT_NEAR(fit.error, 0x1p-4, 0x1p-4 * 0.01);
  ASSERT_EQ(fit.coefficients.size(), 5u);
  // u^5 - T5 / 16 = 5/4 u^3 - 5/16 u.
  EXPECT_NEAR(fit.coefficients[3], 1.25, 0.01);
  EXPECT_NEAR(fit.coefficients[1], -0.3125, 0.01);
}

// Known from Remez: exp on [-1, 1] by degree 3 has the error 5.5283e-3.
TEST(Minimax, FindsTheErrorOfExp) {
  Samples samples = sample([](double u) { return std::exp(u); }, one);
  EXPECT_NEAR(fitMinimax(samples, 0, 3).error, 5.5283e-3, 2e-5);
}

TEST(Minimax, WeightsCount) {
  auto exp = [](double u) { return std::exp(u); };
  Samples relative = sample(exp, [](double u) { return std::exp(-u); });
  Polynomial1D fit = fitMinimax(relative, 0, 3);
  double worst = 0.0;
  for (size_t i = 0; i < relative.points.size(); ++i) {
    double u = relative.points[i], value = 0.0;
    for (size_t k = fit.coefficients.size(); k-- > 0;)
      value = value * u + fit.coefficients[k];
    worst = std::max(worst, std::fabs(value / std::exp(u) - 1.0));
  }
  EXPECT_NEAR(worst, fit.error, 1e-9);
  EXPECT_LT(worst, 0.0092); // less than the plain fit's 5.5e-3 * e
}

TEST(Minimax, FloatCoefficientsAreFloats) {
  Samples samples = sample([](double u) { return std::exp(u); }, one);
  Polynomial1D exact = fitMinimax(samples, 0, 5);
  Polynomial1D rounded = fitMinimaxFloat(samples, 0, 5);
  for (double c : rounded.coefficients)
    EXPECT_EQ(c, static_cast<float>(c));
  EXPECT_LT(rounded.error, exact.error + 0x1p-24);
}

TEST(Minimax, LeadsWithAHigherPower) {
  Samples samples = sample([](double u) { return u * std::cos(u); }, one);
  Polynomial1D fit = fitMinimax(samples, 1, 5);
  EXPECT_EQ(fit.coefficients.front(), 0.0);
  EXPECT_LT(fit.error, 1e-3);
}

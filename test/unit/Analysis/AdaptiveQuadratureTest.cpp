//===- AdaptiveQuadratureTest.cpp - Integrals that are known --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AdaptiveQuadrature.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace act;

TEST(AdaptiveQuadrature, Powers) {
  for (int power : {0, 1, 5, 13, 22, 40})
    EXPECT_NEAR(integrate([=](double t) { return std::pow(t, power); }, 0, 2) *
                    (power + 1) / std::exp2(power + 1.0),
                1, 1e-14)
        << power;
  EXPECT_EQ(integrate([](double) { return 1.0; }, 3, 3), 0);
}

TEST(AdaptiveQuadrature, StepsAtBothEnds) {
  // 1/(1+exp((t-5w)/w)) falls within some w of the left end: its integral over
  // [0, 1] is w log(1+exp(5)), up to e^(-1/w).
  for (double width : {1e-2, 1e-5, 1e-9}) {
    auto step = [=](double t) { return 1 / (1 + std::exp(t / width - 5)); };
    double area = width * std::log1p(std::exp(5));
    EXPECT_NEAR(integrate(step, 0, 1) / area, 1, 1e-11) << width;
    auto mirror = [=](double t) { return step(1 - t); };
    EXPECT_NEAR(integrate(mirror, 0, 1) / area, 1, 1e-6) << width;
  }
}

TEST(AdaptiveQuadrature, StepInside) {
  // A jump: all halvings are used, and no more.
  unsigned calls = 0;
  auto jump = [&](double t) {
    ++calls;
    return t < 0.3 ? 2.0 : 1.0;
  };
  EXPECT_NEAR(integrate(jump, 0, 1), 1.3, 1e-11);
  EXPECT_LT(calls, 4000u);
}

TEST(AdaptiveQuadrature, NoiseEnds) {
  // Rules that can never agree.
  uint64_t state = 1, calls = 0;
  auto noise = [&](double) {
    ++calls;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return 1.0 + 1e-6 * double(state >> 40) / 0x1p24;
  };
  EXPECT_NEAR(integrate(noise, 0, 1), 1.0, 2e-6);
  EXPECT_LT(calls, 200000u);
}

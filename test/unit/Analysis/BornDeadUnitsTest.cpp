//===- BornDeadUnitsTest.cpp - Single units right after init --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PrintedNumber.h"
#include "SeededDraws.h"
#include "SimpsonRule.h"
#include "act/Analysis/BornDead.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <vector>

using namespace act;
using namespace act::test;

namespace {

//===----------------------------------------------------------------------===//
// Units of the first layer
//===----------------------------------------------------------------------===//

TEST(BornDeadUnits, IncompleteBeta) {
  // Closed forms: I_x(a, 1) = x^a, I_x(1, b) = 1 - (1-x)^b, I_x(1/2, 1/2) =
  // 2/pi asin(sqrt(x)), and a binomial tail.
  for (double x : {1e-12, .01, .3, .5, .77, .999}) {
    auto beta = [&](double a, double b) {
      return regularizedIncompleteBeta(a, b, x, 1 - x);
    };
    for (double a : {.5, 1., 2.5, 40., 400.}) {
      double power = std::pow(x, a);
      EXPECT_NEAR(beta(a, 1), power, 1e-12 * power) << a << " " << x;
      EXPECT_NEAR(beta(1, a) / -std::expm1(a * std::log1p(-x)), 1, 1e-12);
    }
    EXPECT_NEAR(beta(.5, .5) * M_PI / 2 / std::asin(std::sqrt(x)), 1, 2e-14);
    double y = 1 - x;
    EXPECT_NEAR(beta(2, 3), x * x * (6 * y * y + 4 * x * y + x * x), 1e-13);
    EXPECT_NEAR(beta(7.5, 300.25) +
                    regularizedIncompleteBeta(300.25, 7.5, y, x),
                1, 1e-12);
  }
  EXPECT_EQ(regularizedIncompleteBeta(2, 3, 0, 1), 0);
  EXPECT_EQ(regularizedIncompleteBeta(2, 3, 1, 0), 1);
}

TEST(BornDeadUnits, BallTable) {
  struct {
    unsigned dimension;
    const char *half, *one, *two; // by radius
  } table[] = {{1, ".352416", ".25", ".147584"},
               {2, ".276393", ".146447", ".0527864"},
               {3, ".225092", ".0908451", ".0202597"},
               {5, ".157186", ".0377934", ".00328314"},
               {10, ".0724638", ".00505978", "4.31511e-5"}};
  for (auto [dimension, half, one, two] : table) {
    EXPECT_TRUE(printsAs(deadOnBallNormal(dimension, .5, 1, 1), half));
    EXPECT_TRUE(printsAs(deadOnBallNormal(dimension, 1, 1, 1), one));
    EXPECT_TRUE(printsAs(deadOnBallNormal(dimension, 1, 3, 1.5), two));
  }
}

/// The integral of the source: int_0^a sin^(d-1) / int_0^pi sin^(d-1) with
/// a = atan(s_b/(r s_w)), by Simpson's rule.
double ballBySines(unsigned dimension, double tangent) {
  auto integral = [&](double to) {
    return simpson(0, to, 100000, [&](double angle) {
      return std::pow(std::sin(angle), dimension - 1.0);
    });
  };
  return integral(std::atan(tangent)) / integral(M_PI);
}

TEST(BornDeadUnits, BallOfManyDimensions) {
  for (unsigned dimension : {4u, 64u, 784u})
    for (double tangent : {.5, 1., 3.}) {
      double found = deadOnBallNormal(dimension, 1 / tangent, 1, 1);
      EXPECT_NEAR(found / ballBySines(dimension, tangent), 1, 1e-10)
          << dimension << " " << tangent;
    }
  // d = 2: (1 - cos a)/2 with tan a = 1/r, which cancels for large r.
  double r = 1e8;
  EXPECT_NEAR(deadOnBallNormal(2, r, 1, 1) * 4 * r * r, 1, 1e-12);
  EXPECT_NEAR(deadOnBallNormal(2, 3e-8, 1, 1), .5 - 1.5e-8, 1e-15);
}

TEST(BornDeadUnits, BallDegenerates) {
  EXPECT_EQ(deadOnBallNormal(3, 1, 1, 0), 0); // a neighbourhood of 0
  EXPECT_EQ(deadOnBallNormal(3, 0, 1, 0), 1); // z = 0
  EXPECT_EQ(deadOnBallNormal(3, 0, 1, 1), .5);
  EXPECT_EQ(deadOnBallNormal(3, 1, 0, 1), .5);
  EXPECT_EQ(deadOnBallNormal(0, 1, 1, 1), .5); // z = b
}

TEST(BornDeadUnits, BallByDraws) {
  SeededDraws draws(4);
  EXPECT_TRUE(happensWith(deadOnBallNormal(3, .5, 1, 1), 20000, [&] {
    double squares = 0;
    for (int i = 0; i < 3; ++i)
      squares += std::pow(draws.normal(), 2);
    return draws.normal() + .5 * std::sqrt(squares) <= 0;
  }));
}

TEST(BornDeadUnits, UniformWeightsOnBoxes) {
  const char *symmetric[] = {".25", ".083333", ".020833", ".0041667",
                             "6.944e-4"};
  const char *unit[] = {".375", ".270833", ".190104", ".130469", ".087912"};
  for (unsigned d = 1; d <= 5; ++d) {
    EXPECT_TRUE(
        printsAs(deadOnBoxUniform(InputBox::Symmetric, d), symmetric[d - 1]));
    EXPECT_TRUE(printsAs(deadOnBoxUniform(InputBox::Unit, d), unit[d - 1]));
  }
  EXPECT_EQ(deadOnBoxUniform(InputBox::Symmetric, 0), .5);
  EXPECT_EQ(deadOnBoxUniform(InputBox::Unit, 0), .5);
  EXPECT_NEAR(deadOnBoxUniform(InputBox::Symmetric, 9), .5 / 3628800, 1e-21);
}

TEST(BornDeadUnits, UniformWeightsOnImages) {
  // The terms of the sum in logarithms.
  unsigned d = 784;
  double sum = 0;
  for (unsigned k = 0; k <= d; ++k)
    sum += std::exp(std::lgamma(d + 1.) - std::lgamma(k + 1.) -
                    std::lgamma(d - k + 1.) - std::lgamma(k + 2.) -
                    (d + 1) * std::log(2.));
  double found = deadOnBoxUniform(InputBox::Unit, d);
  EXPECT_GT(found, 0);
  EXPECT_NEAR(found / sum, 1, 1e-10);
  EXPECT_EQ(deadOnBoxUniform(InputBox::Symmetric, d), 0);
  EXPECT_EQ(deadOnBoxUniform(InputBox::Unit, 1u << 31), 0);
  EXPECT_EQ(deadOnBoxUniform(InputBox::Symmetric, ~0u), 0);
}

TEST(BornDeadUnits, BoxesByDraws) {
  SeededDraws draws(5);
  for (InputBox box : {InputBox::Unit, InputBox::Symmetric})
    for (double bias : {0.0, 1.0})
      for (unsigned d : {1u, 2u, 3u}) {
        double told =
            bias == 0.0 ? deadOnBoxZeroBias(box, d) : deadOnBoxUniform(box, d);
        EXPECT_TRUE(happensWith(told, 20000, [&] {
          double largest = draws.symmetric(bias);
          for (unsigned i = 0; i < d; ++i) {
            double weight = draws.symmetric();
            largest += std::max(weight, box == InputBox::Unit ? 0.0 : -weight);
          }
          return largest <= 0;
        }));
      }
}

TEST(BornDeadUnits, ZeroBiasOnBoxes) {
  EXPECT_EQ(deadOnBoxZeroBias(InputBox::Unit, 10), 0x1p-10);
  EXPECT_EQ(deadOnBoxZeroBias(InputBox::Unit, 784), std::ldexp(1, -784));
  EXPECT_EQ(deadOnBoxZeroBias(InputBox::Symmetric, 1), 0);
  // Without an input z = 0.
  EXPECT_EQ(deadOnBoxZeroBias(InputBox::Unit, 0), 1);
  EXPECT_EQ(deadOnBoxZeroBias(InputBox::Symmetric, 0), 1);
}

//===----------------------------------------------------------------------===//
// Further closed forms
//===----------------------------------------------------------------------===//

TEST(BornDeadUnits, InactiveSecondLayerUnits) {
  EXPECT_EQ(inactiveSecondLayerUnit(2, 1), 1. / 4);
  EXPECT_EQ(inactiveSecondLayerUnit(2, 2), 1. / 8);
  EXPECT_EQ(inactiveSecondLayerUnit(1, 2), 3. / 16);
  EXPECT_EQ(inactiveSecondLayerUnit(2, 3), 5. / 64);
  EXPECT_EQ(inactiveSecondLayerUnit(3, 4), 9. / 256);
  EXPECT_EQ(inactiveSecondLayerUnit(1, 3), std::nullopt);
  EXPECT_EQ(inactiveSecondLayerUnit(4, 0), .5); // z = b
  EXPECT_EQ(inactiveSecondLayerUnit(784, 512), std::ldexp(1, -513));
  EXPECT_EQ(inactiveSecondLayerUnit(800, 801), std::ldexp(1, -802));
}

/// Whether a random unit behind `width` random units of one input is inactive
/// on the whole line: it is linear between their kinks and beyond.
bool inactiveOnLine(unsigned width, SeededDraws &draws) {
  std::vector<double> w(width), b(width), v(width);
  for (unsigned i = 0; i < width; ++i) {
    w[i] = draws.normal();
    b[i] = draws.normal();
    v[i] = draws.normal();
  }
  double bias = draws.normal();
  for (double direction : {-1.0, 1.0}) {
    double slope = 0;
    for (unsigned i = 0; i < width; ++i)
      slope += v[i] * std::max(direction * w[i], 0.0);
    if (slope > 0)
      return false;
  }
  for (unsigned kink = 0; kink < width; ++kink) {
    double x = -b[kink] / w[kink], z = bias;
    for (unsigned i = 0; i < width; ++i)
      if (i != kink)
        z += v[i] * std::max(w[i] * x + b[i], 0.0);
    if (z > 0)
      return false;
  }
  return true;
}

TEST(BornDeadUnits, InactiveSecondLayerUnitsByDraws) {
  SeededDraws draws(6);
  for (unsigned width : {1u, 2u})
    EXPECT_TRUE(happensWith(*inactiveSecondLayerUnit(1, width), 20000,
                            [&] { return inactiveOnLine(width, draws); }));
  // Three units, one more than the forms reach: a million draws gave .161.
  EXPECT_TRUE(
      happensWith(.161, 20000, [&] { return inactiveOnLine(3, draws); }));
}

TEST(BornDeadUnits, AsymmetricInitialization) {
  AsymmetricInitialization law = asymmetricInitialization();
  double s = law.normalFactor;
  EXPECT_TRUE(printsAs(s, "0.6007473"));
  EXPECT_TRUE(printsAs(s * s, "0.3608973"));
  EXPECT_NEAR(s,
              std::sqrt(1 + 8 / (9 * M_PI)) -
                  2 * std::sqrt(2) / (3 * std::sqrt(M_PI)),
              1e-15);
  EXPECT_NEAR(s * s / 2 + 4 / (3 * std::sqrt(2 * M_PI)) * s + .5, 1, 1e-15);
  // Beta(2, 1) is the larger of two uniform draws.
  SeededDraws draws(7);
  double mean = 0, square = 0;
  for (int i = 0; i < 20000; ++i) {
    double larger = std::max(draws.uniform(), draws.uniform());
    mean += larger / 20000;
    square += larger * larger / 20000;
  }
  EXPECT_NEAR(mean, law.entryMean, 4 * .0017);
  EXPECT_NEAR(square, law.entrySquare, 4 * .0021);
}

} // namespace

//===- SilentUnitsTest.cpp - Units under normal inputs --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PrintedNumber.h"
#include "SeededDraws.h"
#include "SimpsonRule.h"
#include "act/Analysis/SignalPropagation.h"
#include "gtest/gtest.h"
#include <algorithm>

using namespace act;
using namespace act::test;

namespace {

//===----------------------------------------------------------------------===//
// The normal law
//===----------------------------------------------------------------------===//

TEST(NormalLaw, LogarithmOfTheTail) {
  // From the continued fraction of Phi/phi in 60 digits.
  struct {
    double at, value;
  } table[] = {{-1, -1.8410216450092635},    {-5, -15.064998393988725},
               {-12, -75.410673001568796},   {-15, -116.13138484571169},
               {-20, -203.91715537109726},   {-10, -53.231285150512471},
               {-29.9, -451.32291245852868}, {-30.1, -457.32956441638222},
               {-100, -5005.5242086942051},  {-1000, -500007.82669481218},
               {0, -0.69314718055994531}};
  for (auto [at, value] : table)
    EXPECT_NEAR(logNormalCdf(at) / value, 1, 1e-15) << at;
  // Right of 0: -Phi(-x), far below the spacing at 1.
  EXPECT_NEAR(logNormalCdf(10) / -7.61985302416059e-24, 1, 1e-12);
  EXPECT_EQ(logNormalCdf(100), 0);
}

TEST(NormalLaw, BothFormsOfTheTailMeet) {
  // The slope, (log Phi(x+h) - log Phi(x-h))/2h, is -x + 1/-x - ... on both
  // sides of -30 and across.
  for (double x : {-29.5, -30.0, -30.5}) {
    double slope = (logNormalCdf(x + .25) - logNormalCdf(x - .25)) / .5;
    EXPECT_NEAR(slope, -x - 1 / x + 2 / (x * x * x), 2e-6) << x;
  }
}

TEST(NormalLaw, Values) {
  EXPECT_NEAR(normalDensity(0), .3989422804014327, 1e-16);
  EXPECT_NEAR(normalCdf(1.959963984540054), .975, 1e-15);
  EXPECT_NEAR(normalCdf(-1) + normalCdf(1), 1, 1e-16);
}

//===----------------------------------------------------------------------===//
// One unit
//===----------------------------------------------------------------------===//

TEST(UnitUnderNormalInputs, Table) {
  struct {
    double mean;
    const char *active, *fires, *silent; // in 50000 samples
  } table[] = {{-3, "1.349898e-3", "67.5", "4.7e-30"},
               {-4, "3.167124e-5", "1.58", ".20524"},
               {-5, "2.866516e-7", ".0143", ".98577"},
               {-6, "9.865876e-10", "4.9e-5", ".99995"}};
  for (auto [mean, active, fires, silent] : table) {
    NormalLaw law = {2 * mean, 2};
    EXPECT_TRUE(printsAs(probabilityActive(law), active));
    EXPECT_TRUE(printsAs(50000 * probabilityActive(law), fires));
    EXPECT_TRUE(printsAs(probabilitySilent(law, 50000), silent));
  }
}

TEST(UnitUnderNormalInputs, Moments) {
  EXPECT_TRUE(printsAs(expectedRelu({0, 1}), ".398942"));
  EXPECT_EQ(expectedReluSquared({0, 3}), 4.5);
  for (NormalLaw z : {NormalLaw{.7, 2}, {-3, 1.5}, {20, .5}}) {
    auto moment = [&](int power) {
      double kink = std::max(z.mean - 12 * z.deviation, 0.0);
      return simpson(kink, z.mean + 12 * z.deviation, 2000, [&](double v) {
        return std::pow(v, power) * normalDensity((v - z.mean) / z.deviation) /
               z.deviation;
      });
    };
    EXPECT_NEAR(expectedRelu(z), moment(1), 1e-9 * z.deviation);
    EXPECT_NEAR(expectedReluSquared(z), moment(2),
                1e-9 * (1 + z.mean * z.mean));
  }
  EXPECT_GE(expectedRelu({-60, 1}), 0);
  EXPECT_GE(expectedReluSquared({-35, 1}), 0);
}

TEST(UnitUnderNormalInputs, QuantileInvertsTheDistribution) {
  EXPECT_EQ(normalQuantile(.5), 0);
  EXPECT_NEAR(normalQuantile(.9), 1.2815515655446004, 1e-15);
  for (double p : {1e-300, 1e-20, 1e-3, .1, .4, .6, .99})
    EXPECT_NEAR(normalCdf(normalQuantile(p)) / p, 1, 1e-12) << p;
}

TEST(UnitUnderNormalInputs, NoDeviation) {
  for (double mean : {-1.0, 0.0}) {
    EXPECT_EQ(probabilityActive({mean, 0}), 0);
    EXPECT_EQ(expectedRelu({mean, 0}), 0);
    EXPECT_EQ(probabilitySilent({mean, 0}, 10), 1);
    EXPECT_EQ(largestProbabilityActive({mean, 0}), 0);
  }
  EXPECT_EQ(probabilityActive({.5, 0}), 1);
  EXPECT_EQ(expectedRelu({.5, 0}), .5);
  EXPECT_EQ(expectedReluSquared({.5, 0}), .25);
  EXPECT_EQ(probabilitySilent({.5, 0}, 10), 0);
  EXPECT_EQ(probabilitySilent({.5, 0}, 0), 1); // on no sample
  EXPECT_EQ(probabilitySilent({5, 1}, 0), 1);
}

TEST(UnitUnderNormalInputs, CantelliIsReachedAndNeverPassed) {
  // z = s^2/-m with probability p = s^2/(s^2+m^2), m (1 + s^2/m^2) otherwise:
  // mean m' and deviation s as asked.
  double m = -1.5, s = .8, p = s * s / (s * s + m * m);
  double high = 0, low = m / (1 - p);
  EXPECT_NEAR(p * high + (1 - p) * low, m, 1e-15);
  EXPECT_NEAR((1 - p) * low * low - m * m, s * s, 1e-15);
  EXPECT_NEAR(largestProbabilityActive({m, s}), p, 1e-15);
  for (double mean : {-6., -2., -.1, 0., 3.})
    EXPECT_GE(largestProbabilityActive({mean, 1}),
              probabilityActive({mean, 1}));
}

//===----------------------------------------------------------------------===//
// K inputs that are silent together
//===----------------------------------------------------------------------===//

TEST(SilentOnCorrelated, ExactForms) {
  for (double K : {1., 2., 3., 32., 256., 1024., 60000., 1e6, 1e9})
    EXPECT_NEAR(silentOnCorrelated(.5, K) * (K + 1), 1, 1e-9) << K;
  for (double K : {1., 7., 500.}) {
    EXPECT_NEAR(silentOnCorrelated(1, K) * std::exp2(K), 1, 1e-12);
    EXPECT_EQ(silentOnCorrelated(0, K), .5);
  }
  for (double c : {1e-9, .01, .3, .7, .99, .9999999, 1 - 1e-12})
    EXPECT_NEAR(silentOnCorrelated(1 - c, 2), .25 + std::asin(c) / (2 * M_PI),
                1e-9)
        << c;
  for (double c : {.1, .6, .999})
    EXPECT_NEAR(silentOnCorrelated(1 - c, 3),
                .125 + 3 * std::asin(c) / (4 * M_PI), 1e-10);
  for (double c : {0., .2, .9, 1.})
    for (double r : {-6., -1., 0., 2.})
      EXPECT_NEAR(silentOnCorrelated(1 - c, 1, r) / normalCdf(-r), 1, 1e-9)
          << c << " " << r;
  EXPECT_EQ(silentOnCorrelated(.3, 0), 1);
  // c < 0 counts as c = 0.
  EXPECT_EQ(silentOnCorrelated(1.01, 9, .5), silentOnCorrelated(1, 9, .5));
}

TEST(SilentOnCorrelated, PairsWithAMean) {
  for (double angle : {1e-3, .1, .5, 1., 1.5})
    for (double r : {-3., -.5, .1, 1., 4.}) {
      double half = std::sin(angle / 2), spread = 2 * half * half;
      EXPECT_NEAR(silentOnCorrelated(spread, 2, r), bothSilent(angle, r), 1e-11)
          << angle << " " << r;
    }
}

/// The integral without a search of the peak: Simpson in small steps.
double silentBySimpson(double c, double K, double r) {
  double sum = 0;
  for (int piece = 0; piece < 100; ++piece)
    sum += simpson(-10 + .2 * piece, -9.8 + .2 * piece, 2000, [&](double t) {
      double u = -(std::sqrt(c) * t + r) / std::sqrt(1 - c);
      return normalDensity(t) * std::exp(K * logNormalCdf(u));
    });
  return sum;
}

TEST(SilentOnCorrelated, AgreesWithABruteIntegral) {
  for (double c : {.05, .25, .9, .999, .99999})
    for (double K : {3., 256., 1e6})
      for (double r : {-2., 0., 1.})
        EXPECT_NEAR(silentOnCorrelated(1 - c, K, r), silentBySimpson(c, K, r),
                    1e-9)
            << c << " " << K << " " << r;
}

TEST(SilentOnCorrelated, NearlyEqualInputs) {
  // The derivative by the correlation is C(K,2) times the density of two of
  // the inputs at 0 and the chance of the others given that (Plackett): their
  // partial correlation is c/(1+2c), far from 1.
  for (double K : {5., 256., 1e5})
    for (double angle : {1e-8, 1e-5, 1e-3, .1}) {
      double pairs = K * (K - 1) / (4 * M_PI), half = std::sin(angle / 2);
      double missing = simpson(0, angle, 20, [&](double a) {
        double c = std::cos(a);
        return pairs * silentOnCorrelated((1 + c) / (1 + 2 * c), K - 2);
      });
      double found = silentOnCorrelated(2 * half * half, K);
      EXPECT_NEAR(.5 - found, missing, 1e-11 + 1e-9 * missing)
          << K << " " << angle;
    }
}

TEST(SilentOnCorrelated, Monotone) {
  // Rises with the correlation, falls with inputs and shift; no gap where the
  // spread approaches 0.
  double before = 0;
  for (double spread = .6; spread > 1e-20; spread /= 1.5) {
    double now = silentOnCorrelated(spread, 4096);
    EXPECT_GT(now, before) << spread;
    EXPECT_LE(silentOnCorrelated(spread, 4097), now) << spread;
    EXPECT_LT(silentOnCorrelated(spread, 4096, .1), now) << spread;
    before = now;
  }
  EXPECT_NEAR(before, .5, 1e-9);
  EXPECT_LT(before, .5);
  // 1/2 - E max/sqrt(2 pi) sqrt(spread) to first order, E max = 3.4 .. 3.6.
  double slope = (.5 - silentOnCorrelated(1e-10, 4096)) / 1e-5;
  EXPECT_GT(slope, 3.4 * .39894);
  EXPECT_LT(slope, 3.7 * .39894);
}

TEST(SilentOnCorrelated, ExtremesStayNumbers) {
  for (double spread : {0., 1e-300, 1e-16, .5, 1 - 1e-16, 1., 2.})
    for (double K : {1., 1e3, 1e9})
      for (double r : {-50., -5., 0., 5., 50.}) {
        double found = silentOnCorrelated(spread, K, r);
        EXPECT_GE(found, 0) << spread << " " << K << " " << r;
        EXPECT_LE(found, 1) << spread << " " << K << " " << r;
      }
  EXPECT_EQ(silentOnCorrelated(.999, 1e6), 0); // some 1e-1900
  EXPECT_NEAR(silentOnCorrelated(1 - 0x1p-53, 700) * 0x1p700, 1, 1e-9);
  EXPECT_NEAR(silentOnCorrelated(.5, 1e3, -50), 1, 1e-9);
}

TEST(SilentOnCorrelated, FirstLayerByCorrelation) {
  struct {
    double c;
    const char *dead;
  } table[] = {{.25, "9.1e-6"},
               {.5, ".00389"},
               {.75, ".0555"},
               {.9, ".175"},
               {.99, ".388"}};
  for (auto [c, dead] : table)
    EXPECT_TRUE(printsAs(silentOnCorrelated(1 - c, 256), dead)) << c;
}

TEST(SilentOnCorrelated, Draws) {
  SeededDraws draws(11);
  struct Case {
    double c;
    unsigned K;
    double r;
  };
  for (Case at : {Case{.5, 3, 0},
                  {.5, 32, 0},
                  {.5, 256, 0},
                  {.75, 256, 0},
                  {.9, 64, .3},
                  {.3, 8, -1}}) {
    auto isSilent = [&] {
      double shared = std::sqrt(at.c) * draws.normal() + at.r;
      bool silent = true;
      for (unsigned k = 0; k < at.K && silent; ++k)
        silent = shared + std::sqrt(1 - at.c) * draws.normal() <= 0;
      return silent;
    };
    double told = silentOnCorrelated(1 - at.c, at.K, at.r);
    EXPECT_TRUE(happensWith(told, 20000, isSilent)) << at.c << " " << at.K;
  }
}

} // namespace

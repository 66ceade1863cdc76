//===- RandomDrawsTest.cpp - Distributions of the random numbers ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/RandomDraws.h"
#include "act/Formula/Interval.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace act;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

/// The largest distance between the empirical distribution function of
/// `draws` and `cdf`, times sqrt(n): above 1.95 by chance in 0.1 % of cases
/// (Kolmogorov).
template <typename Function>
double kolmogorovDistance(std::vector<double> draws, Function cdf) {
  std::sort(draws.begin(), draws.end());
  double distance = 0, n = double(draws.size());
  for (size_t i = 0; i < draws.size(); ++i) {
    double expected = cdf(draws[i]);
    distance = std::max(
        {distance, expected - double(i) / n, double(i + 1) / n - expected});
  }
  return distance * std::sqrt(n);
}

template <typename Function>
std::vector<double> sample(Function draw) {
  std::vector<double> draws(100000);
  for (double &value : draws)
    value = draw();
  return draws;
}

double upperTail(double x) { return std::erfc(x * M_SQRT1_2) / 2; }

/// The numbers published with SplitMix64 for the seed 0.
TEST(RandomDraws, SplitMix64) {
  RandomStream stream(0);
  EXPECT_EQ(stream.bits(), 0xE220A8397B1DCDAFu);
  EXPECT_EQ(stream.bits(), 0x6E789E6AA1B965F4u);
  EXPECT_EQ(stream.bits(), 0x06C45D188009454Fu);
}

/// (0xE220A8397B1DC + 1/2) 2^-52.
TEST(RandomDraws, UniformIsExact) {
  EXPECT_EQ(RandomStream(0).uniform(), 0x1.C4415072F63B9p-1);
}

TEST(RandomDraws, Uniform) {
  RandomStream stream(1);
  auto draws = sample([&] { return stream.uniform(); });
  EXPECT_LT(kolmogorovDistance(draws, [](double x) { return x; }), 1.95);
}

TEST(RandomDraws, Normal) {
  RandomStream stream(2);
  auto draws = sample([&] { return stream.normal(); });
  EXPECT_LT(kolmogorovDistance(draws, [](double x) { return upperTail(-x); }),
            1.95);
}

TEST(RandomDraws, BetaTwoOne) {
  RandomStream stream(3);
  auto draws = sample([&] { return betaTwoOne(stream); });
  EXPECT_LT(kolmogorovDistance(draws, [](double x) { return x * x; }), 1.95);
}

/// Around 0, wide and narrow; tails, wide and narrow, near and far.
TEST(RandomDraws, TruncatedNormal) {
  const Interval intervals[] = {{-2, 2},        {-0.5, 1}, {0, infinity},
                                {-1, infinity}, {3, 3.1},  {5, infinity},
                                {30, 31},       {0, 0.5}};
  RandomStream stream(4);
  for (Interval interval : intervals) {
    double start = upperTail(interval.lo), end = upperTail(interval.hi);
    auto cdf = [&](double x) { return (start - upperTail(x)) / (start - end); };
    for (double sign : {1.0, -1.0}) {
      double lower = sign > 0 ? interval.lo : -interval.hi;
      double upper = sign > 0 ? interval.hi : -interval.lo;
      auto draws =
          sample([&] { return sign * truncatedNormal(stream, lower, upper); });
      for (double draw : draws)
        ASSERT_TRUE(interval.contains(draw)) << draw;
      EXPECT_LT(kolmogorovDistance(draws, cdf), 1.95)
          << lower << " to " << upper;
    }
  }
}

/// Where the law has no mass that a double could tell, the draw still ends.
TEST(RandomDraws, TruncatedNormalFarOut) {
  RandomStream stream(5);
  EXPECT_EQ(truncatedNormal(stream, 1e300, infinity), 1e300);
  EXPECT_EQ(truncatedNormal(stream, -infinity, -1e300), -1e300);
  EXPECT_EQ(truncatedNormal(stream, 1e10, 1e10), 1e10);
  EXPECT_TRUE(std::isnan(truncatedNormal(stream, NAN, 1)));
}

/// All rows, or all columns where they are fewer, are orthonormal.
TEST(RandomDraws, OrthogonalMatrix) {
  const int64_t shapes[][2] = {{1, 1},   {1, 7},  {7, 1},
                               {40, 40}, {9, 50}, {50, 9}};
  for (const int64_t (&shape)[2] : shapes) {
    int64_t rows = shape[0], columns = shape[1];
    RandomStream stream(6);
    std::vector<double> matrix = orthogonalMatrix(stream, rows, columns);
    int64_t count = std::min(rows, columns), size = std::max(rows, columns);
    auto entry = [&](int64_t vector, int64_t i) {
      return rows <= columns ? matrix[vector * columns + i]
                             : matrix[i * columns + vector];
    };
    for (int64_t a = 0; a < count; ++a)
      for (int64_t b = 0; b <= a; ++b) {
        double product = 0;
        for (int64_t i = 0; i < size; ++i)
          product += entry(a, i) * entry(b, i);
        EXPECT_NEAR(product, a == b ? 1 : 0, 1e-14);
      }
  }
}

/// A Haar-distributed 2 x 2 matrix is a rotation or a reflection, each half of
/// the times, by a uniform angle.
TEST(RandomDraws, OrthogonalMatrixIsHaar) {
  RandomStream stream(7);
  int reflections = 0;
  auto draws = sample([&] {
    std::vector<double> m = orthogonalMatrix(stream, 2, 2);
    reflections += m[0] * m[3] - m[1] * m[2] < 0;
    return std::atan2(m[1], m[0]) / (2 * M_PI) + 0.5;
  });
  EXPECT_LT(kolmogorovDistance(draws, [](double x) { return x; }), 1.95);
  EXPECT_NEAR(reflections, 50000, 3.3 * std::sqrt(25000.0));
}

} // namespace

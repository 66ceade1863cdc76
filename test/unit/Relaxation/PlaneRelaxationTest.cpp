//===- PlaneRelaxationTest.cpp - Planes hold, and are tight ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "act/Relaxation/InputBisection.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <random>

using namespace act;
using namespace act::test;

namespace {

using Random = std::mt19937_64;
constexpr auto Product = MultivariateFunction::Product;
constexpr auto Maximum = MultivariateFunction::Maximum;
constexpr auto Minimum = MultivariateFunction::Minimum;

double uniform(double lo, double hi, Random &random) {
  return std::uniform_real_distribution<double>(lo, hi)(random);
}

std::vector<Interval> randomBox(size_t size, Random &random) {
  std::vector<Interval> box;
  double scale = std::exp(uniform(-30, 30, random));
  for (; size > 0; --size) {
    double a = uniform(-scale, scale, random),
           b = uniform(-scale, scale, random);
    if (random() % 8 == 0)
      b = a;
    if (random() % 8 == 0)
      a = 0.0;
    box.push_back({std::min(a, b), std::max(a, b)});
  }
  return box;
}

/// Ends and points between.
std::vector<double> randomPoint(const std::vector<Interval> &box,
                                Random &random) {
  std::vector<double> x;
  for (Interval side : box)
    switch (random() % 3) {
    case 0:
      x.push_back(side.lo);
      break;
    case 1:
      x.push_back(side.hi);
      break;
    default:
      x.push_back(std::clamp(uniform(0, 1, random) * side.width() + side.lo,
                             side.lo, side.hi));
    }
  return x;
}

/// In interval arithmetic: how far the function exceeds the plane, at least.
double excess(MultivariateFunction function, const Plane &plane,
              const std::vector<double> &x) {
  std::vector<Interval> point(x.begin(), x.end());
  Interval difference = valuesOn(function, point) - Interval(plane.offset);
  for (size_t i = 0; i < x.size(); ++i)
    difference = difference - Interval(plane.slopes[i]) * Interval(x[i]);
  return difference.lo;
}

TEST(PlaneRelaxation, PlanesHoldAtManyPoints) {
  Random random(1);
  for (unsigned trial = 0; trial < 3000; ++trial) {
    auto function = MultivariateFunction(trial % 3);
    auto box = randomBox(function == Product ? 2 : 1 + random() % 6, random);
    double share = trial % 4 == 0 ? uniform(0, 1, random) : trial % 4 / 3.0;
    Plane above = planeAbove(function, box, share);
    Plane below = planeBelow(function, box, share);
    for (unsigned k = 0; k < 30; ++k) {
      std::vector<double> x = randomPoint(box, random);
      EXPECT_LE(excess(function, above, x), 0.0);
      // The other side: the plane exceeds the function by no more than 0.
      std::vector<Interval> point(x.begin(), x.end());
      Interval difference = Interval(below.offset) - valuesOn(function, point);
      for (size_t i = 0; i < x.size(); ++i)
        difference = difference + Interval(below.slopes[i]) * Interval(x[i]);
      EXPECT_LE(difference.lo, 0.0);
      EXPECT_TRUE(valuesOn(function, box).contains(approximateAt(function, x)));
    }
  }
}

TEST(PlaneRelaxation, ProductsLieBetweenPlanesOfMcCormick) {
  std::vector<Interval> box = {{-1, 2}, {3, 5}};
  // x y <= 5 x - y + 5 and x y <= 3 x + 2 y - 6.
  Plane first = planeAbove(Product, box, 0.0);
  EXPECT_EQ(first.slopes, (std::vector<double>{5, -1}));
  EXPECT_EQ(first.offset, 5.0);
  Plane second = planeAbove(Product, box, 1.0);
  EXPECT_EQ(second.slopes, (std::vector<double>{3, 2}));
  EXPECT_EQ(second.offset, -6.0);
  // x y >= 3 x - y + 3 and x y >= 5 x + 2 y - 10.
  Plane low = planeBelow(Product, box, 1.0);
  EXPECT_EQ(low.slopes, (std::vector<double>{3, -1}));
  EXPECT_EQ(low.offset, 3.0);
  low = planeBelow(Product, box, 0.0);
  EXPECT_EQ(low.slopes, (std::vector<double>{5, 2}));
  EXPECT_EQ(low.offset, -10.0);
  // A number times an element is a line.
  for (double share : {0.0, 0.5, 1.0}) {
    Plane line = planeAbove(Product, {{-1, 2}, {3, 3}}, share);
    EXPECT_EQ(line.slopes[0], 3.0);
    EXPECT_EQ(line.at({2, 3}), 6.0);
    EXPECT_EQ(line.at({-1, 3}), -3.0);
  }
}

TEST(PlaneRelaxation, WhatIsLargestAlwaysIsExact) {
  for (double share : {0.0, 0.5, 1.0}) {
    Plane above = planeAbove(Maximum, {{-4, 1}, {2, 3}, {0, 2}}, share);
    EXPECT_EQ(above.slopes, (std::vector<double>{0, 1, 0}));
    EXPECT_EQ(above.offset, 0.0);
  }
  Plane below = planeBelow(Maximum, {{-4, 1}, {2, 3}, {0, 2}}, 0.0);
  EXPECT_EQ(below.slopes, (std::vector<double>{0, 1, 0}));
  EXPECT_EQ(below.offset, 0.0);
  below = planeAbove(Minimum, {{4, 9}, {2, 3}, {3, 3}}, 0.0);
  EXPECT_EQ(below.slopes, (std::vector<double>{0, 1, 0}));
  EXPECT_EQ(below.offset, 0.0);
}

TEST(PlaneRelaxation, MaximaLieBelowChords) {
  // max(x, y) on [-1, 3] x [-2, 1]: the chord of max(x, 1), and the sum of
  // those of max(x, -1) = x and max(y, -1).
  std::vector<Interval> box = {{-1, 3}, {-2, 1}};
  Plane plane = planeAbove(Maximum, box, 0.0);
  EXPECT_EQ(plane.slopes, (std::vector<double>{0.5, 0}));
  EXPECT_EQ(plane.offset, 1.5);
  plane = planeAbove(Maximum, box, 1.0);
  EXPECT_EQ(plane.slopes[0], 1.0);
  EXPECT_NEAR(plane.slopes[1], 2.0 / 3, 1e-15);
  EXPECT_NEAR(plane.offset, 4.0 / 3, 1e-15);
  // A relu is a maximum of an element and 0: the planes are its lines.
  plane = planeAbove(Maximum, {{-1, 3}, {0, 0}}, 0.0);
  EXPECT_EQ(plane.slopes[0], 0.75);
  EXPECT_EQ(plane.offset, 0.75);
  plane = planeBelow(Maximum, {{-1, 3}, {0, 0}}, 0.0);
  EXPECT_EQ(plane.slopes[0], 1.0);
  // No plane lies above the largest end, unlike sums of all chords.
  EXPECT_EQ(planeAbove(Maximum, {{0, 4}, {0, 4}, {0, 4}}, 0.0).offset, 4.0);
}

/// x * y - x * y' with y = y' is 0, and |x| = max(x, -x).
TEST(PlaneRelaxation, NetworksOfProductsAndMaxima) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}, {0.5, 1}});
  unsigned twice =
      builder.combine(Product, {{{in, 0}, {in, 1}}, {{in, 0}, {in, 1}}});
  unsigned zero = builder.affine({{twice, {{1, -1}}}}, {0});
  // Intervals say 2; each of the two planes has a gap of 1/2 in the middle.
  EXPECT_LE(upperBound(builder.network, zero, {0, 1.0}), 1.0 + 1e-12);
  unsigned negated = builder.affine({{in, {{-1, 0}}}}, {0});
  unsigned magnitude = builder.combine(Maximum, {{{in, 0}, {negated, 0}}});
  // |x| - x <= 2: at least x, by the plane below.
  unsigned last = builder.affine({{magnitude, {{-1}}}, {in, {{1, 0}}}}, {0});
  EXPECT_LE(upperBound(builder.network, last, {0, 1.0}), 1e-12);
}

TEST(PlaneRelaxation, SharesAreTurned) {
  // max(x, -x) - x is at most 2, and max(x, -x) at least -x as well as x.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned both = builder.affine({{in, {{1}, {-1}}}}, {0, 0});
  unsigned largest = builder.combine(Maximum, {{{both, 0}, {both, 1}}});
  unsigned last = builder.affine({{largest, {{-1}}}, {in, {{-0.5}}}}, {0});
  BackSubstitution bounds(builder.network, last);
  bounds.bound(bounds.domainRanges(), bounds.domainRanges());
  // -max(x, -x) - x / 2 <= x - x / 2, or half of each: <= -x / 2.
  EXPECT_NEAR(bounds.maximizeOne({0, 1.0}).value, 1.5, 1e-12);
  EXPECT_LE(bounds.maximizeSteeply({0, 1.0}, 40, 0.0).value, 0.05);
}

TEST(PlaneRelaxation, BisectionEndsWithProductsOfInputs) {
  // x y - 0.3 x - 0.3 y < 0.41 on the unit square: 0.4 at (1, 1).
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned in = builder.source({{0, 1}, {0, 1}});
  unsigned product = builder.combine(Product, {{{in, 0}, {in, 1}}});
  unsigned last =
      builder.affine({{product, {{1}}}, {in, {{-0.3, -0.3}}}}, {-0.41});
  InputBisection bisection(builder.network, last, {{{0, 1}, {0, 1}}, {}, {}});
  BisectionResult result = bisection.run(
      {0, 1.0}, 0.0, 1000, [](const SourcePoint &) { return std::nullopt; });
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_LE(result.boxes, 60u);
}

TEST(PlaneRelaxation, ElementsWithoutBoundsHaveLevelPlanes) {
  const double infinity = std::numeric_limits<double>::infinity();
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-infinity, 2}, {-1, infinity}, {0, 1}});
  OperandLists operands;
  operands.add({in, 0});
  operands.add({in, 1});
  operands.endList();
  unsigned smallest = builder.network.addMultivariate(Minimum, operands,
                                                      {Interval(-7, 2)}, {0.0});
  double bound = upperBound(builder.network, smallest, {0, 1.0});
  EXPECT_GE(bound, 2.0);
  EXPECT_NEAR(bound, 2.0, 1e-12);
}

} // namespace

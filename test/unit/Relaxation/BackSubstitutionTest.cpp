//===- BackSubstitutionTest.cpp - Bounds known by hand --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/BackSubstitution.h"
#include "Networks.h"
#include "gtest/gtest.h"
#include <random>

using namespace act;
using namespace act::test;

namespace {

double rootBound(const OneHiddenLayer &net) {
  Network network = net.build(NetworkBuilder::Reals);
  return upperBound(network, network.size() - 1, {0, 1.0});
}

TEST(BackSubstitution, HandCases) {
  EXPECT_NEAR(rootBound(caseA), -0.5, 1e-12);
  EXPECT_NEAR(rootBound(caseC), 1.0, 1e-12);
  EXPECT_NEAR(rootBound(caseE), 0.75, 1e-12);
  EXPECT_NEAR(rootBound(caseF), 2.8, 1e-12);
}

TEST(BackSubstitution, ResidualsCancel) {
  // x - x - 0.1, as one node and through a chain.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned once = builder.affine({{in, {{1}}}, {in, {{-1}}}}, {-0.1});
  unsigned copy = builder.affine({{in, {{4}}}}, {3});
  unsigned far = builder.affine({{copy, {{0.25}}}, {in, {{-1}}}}, {-0.85});
  EXPECT_NEAR(upperBound(builder.network, once, {0, 1.0}), -0.1, 1e-12);
  EXPECT_NEAR(upperBound(builder.network, far, {0, 1.0}), -0.1, 1e-12);
  EXPECT_NEAR(upperBound(builder.network, far, {0, -1.0}), 0.1, 1e-12);
}

TEST(BackSubstitution, ChoosingSlopesHelps) {
  // On [-1, 1] the root takes relu(x) >= x or 0; between them lies the best.
  Network network = caseE.build(NetworkBuilder::Reals);
  BackSubstitution bounds(network, network.size() - 1);
  bounds.bound(bounds.domainRanges(), bounds.domainRanges());
  double plain = bounds.maximizeOne({0, 1.0}).value;
  double steep = bounds.maximizeSteeply({0, 1.0}, 20, -1.0).value;
  EXPECT_LE(steep, plain);
  EXPECT_GE(steep, -0.25);
}

TEST(BackSubstitution, OneLayerAgainstItsSupportFunction) {
  // sup of w x + b over a box is the sum of the larger products.
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> values(-2.0, 2.0);
  for (int i = 0; i < 50; ++i) {
    Matrix weights(3, std::vector<double>(20));
    std::vector<double> biases(3);
    std::vector<Interval> box;
    for (int k = 0; k < 20; ++k) {
      double a = values(random), b = values(random);
      box.push_back({std::min(a, b), std::max(a, b)});
    }
    for (int row = 0; row < 3; ++row) {
      biases[row] = values(random);
      for (double &weight : weights[row])
        weight = row == 1 && values(random) < 1 ? 0.0 : values(random);
    }
    NetworkBuilder builder(NetworkBuilder::Reals);
    unsigned last = builder.affine({{builder.source(box), weights}}, biases);
    for (unsigned row = 0; row < 3; ++row)
      for (double sign : {1.0, -1.0}) {
        long double exact = sign * biases[row];
        for (int k = 0; k < 20; ++k)
          exact += std::max(sign * weights[row][k] * (long double)box[k].lo,
                            sign * weights[row][k] * (long double)box[k].hi);
        double bound = upperBound(builder.network, last, {row, sign});
        EXPECT_GE(bound, double(exact));
        EXPECT_NEAR(bound, double(exact), 1e-11);
      }
  }
}

TEST(BackSubstitution, ObjectivesOnFunctions) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 2}, {-3, -1}});
  unsigned on = builder.function(in, relu);
  unsigned squashed = builder.function(on, sigmoid(x));
  EXPECT_NEAR(upperBound(builder.network, on, {0, 1.0}), 2.0, 1e-12);
  EXPECT_NEAR(upperBound(builder.network, on, {1, 1.0}), 0.0, 1e-12);
  EXPECT_GE(upperBound(builder.network, on, {0, -1.0}), 0.0);
  EXPECT_GE(upperBound(builder.network, squashed, {0, 1.0}), 0.88);
  EXPECT_GE(upperBound(builder.network, squashed, {1, 1.0}), 0.5);
  EXPECT_NEAR(upperBound(builder.network, squashed, {1, 1.0}), 0.5, 1e-12);
}

TEST(BackSubstitution, AMaximizerAttainsTheBound) {
  Network network = caseC.build(NetworkBuilder::Reals);
  unsigned last = network.size() - 1;
  BackSubstitution bounds(network, last);
  bounds.bound({{{-1, 0.5}, {0.25, 1}}, {}, {}, {}}, bounds.domainRanges());
  LinearBound bound = bounds.maximizeOne({0, 1.0});
  std::vector<std::vector<double>> point = bounds.maximizer(bound);
  double value = bound.constant;
  for (unsigned i = 0; i < 2; ++i)
    value += bound.coefficients[0][i] * point[0][i];
  EXPECT_NEAR(value, bound.value, 1e-12);
  EXPECT_GE(bound.value, value);
}

TEST(BackSubstitution, SmallerBoxesHaveSmallerBounds) {
  Network network = caseE.build(NetworkBuilder::Reals);
  unsigned last = network.size() - 1;
  BackSubstitution bounds(network, last);
  bounds.bound({{{0, 1}}, {}, {}, {}}, bounds.domainRanges());
  EXPECT_NEAR(bounds.maximize({{0, 1.0}}).front(), -0.25, 1e-12);
  bounds.bound({{{-1, 0}}, {}, {}, {}}, bounds.domainRanges());
  EXPECT_NEAR(bounds.maximize({{0, 1.0}}).front(), -0.25, 1e-12);
  bounds.boundClosely({{{0.5, 0.5}}, {}, {}, {}});
  EXPECT_NEAR(bounds.maximize({{0, 1.0}}).front(), -0.25, 1e-12);
  EXPECT_NEAR(bounds.maximize({{0, -1.0}}).front(), 0.25, 1e-12);
}

TEST(BackSubstitution, StopsAtRanges) {
  // Its own map has two entries: what it reads counts with its ranges.
  Network network = caseA.build(NetworkBuilder::Reals);
  unsigned last = network.size() - 1;
  BackSubstitution bounds(network, last);
  bounds.adopt(bounds.domainRanges());
  for (auto [entries, bound] : {std::pair(4.0, -0.5), {3.0, 0.5}, {0.0, 0.5}}) {
    bounds.stopAfter(entries);
    EXPECT_NEAR(bounds.maximize({{0, 1.0}}).front(), bound, 1e-12);
  }
}

TEST(BackSubstitution, UnboundedSources) {
  // clip makes the range finite; what is known of the input on one side helps.
  const double infinity = std::numeric_limits<double>::infinity();
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({Interval(), Interval(-1.0, infinity),
                                Interval(-infinity, 2), Interval(7, infinity)});
  unsigned on = builder.function(in, clip(x, 0.0, 6.0));
  Matrix rows = {{1, 1, 1, 1}, {0, 0, -1, -1}};
  unsigned last = builder.affine({{on, rows}}, {0, 0});
  BackSubstitution bounds(builder.network, last);
  bounds.bound(bounds.domainRanges(), bounds.domainRanges());
  EXPECT_NEAR(bounds.maximize({{0, 1.0}}).front(), 20.0, 1e-11);
  EXPECT_NEAR(bounds.maximize({{0, -1.0}}).front(), -6.0, 1e-11);
  EXPECT_NEAR(bounds.maximize({{1, 1.0}}).front(), -6.0, 1e-11);
  bounds.boundClosely({{3.0, 0.5, -8.0, 9.0}, {}, {}});
  std::vector<double> ends = bounds.maximize({{0, 1.0}, {0, -1.0}});
  EXPECT_NEAR(ends[0], 9.5, 1e-11);
  EXPECT_NEAR(ends[1], -9.5, 1e-11);
}

} // namespace

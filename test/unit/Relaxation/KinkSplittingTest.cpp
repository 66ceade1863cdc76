//===- KinkSplittingTest.cpp - Proofs by splitting functions --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/KinkSplitting.h"
#include "Networks.h"
#include "act/Relaxation/Zonotope.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

BisectionResult split(const Network &network, double goal, uint64_t budget,
                      const InputBisection::Judge &judge = accept) {
  return KinkSplitting(network, network.size() - 1, domainOf(network))
      .run({0, 1.0}, goal, budget, judge);
}

TEST(KinkSplitting, ProvesUpToTheSupremumAndNoFurther) {
  struct {
    const OneHiddenLayer *net;
    double supremum;
  } cases[] = {{&caseA, -0.5}, {&caseC, -1}, {&caseE, -0.25}, {&caseF, -0.2}};
  for (auto [net, supremum] : cases) {
    Network network = net->build(NetworkBuilder::Reals);
    BisectionResult result = split(network, supremum + 1e-3, 64);
    EXPECT_EQ(result.outcome, BisectionResult::Proved) << supremum;
    EXPECT_GE(result.bound, supremum);
    EXPECT_LE(result.bound, supremum + 1e-3);
    EXPECT_NEAR(result.closedShare, 1.0, 1e-9);
    EXPECT_EQ(split(network, supremum - 1e-3, 2000).outcome,
              BisectionResult::Witnessed);
    EXPECT_EQ(split(network, supremum - 1e-3, 200, reject).outcome,
              BisectionResult::Open);
  }
}

TEST(KinkSplitting, FunctionsWithOtherKinks) {
  // f(x + 1) - f(x) - 1.25 is at most -0.25 for all of these.
  for (Expression function : {max(x, x * 0.125), clip(x, -1.0, 1.0)}) {
    NetworkBuilder builder(NetworkBuilder::F32);
    unsigned in = builder.source({{-2, 2}});
    unsigned hidden = builder.affine({{in, {{1}, {1}}}}, {1, 0});
    unsigned on = builder.function(hidden, function);
    unsigned last = builder.affine({{on, {{1, -1}}}}, {-1.25});
    EXPECT_GT(upperBound(builder.network, last, {0, 1.0}), 0.0);
    BisectionResult result = split(builder.network, -0.2, 64);
    EXPECT_EQ(result.outcome, BisectionResult::Proved);
    EXPECT_GE(result.bound, -0.25);
    EXPECT_EQ(split(builder.network, -0.3, 64, reject).outcome,
              BisectionResult::Open);
  }
}

TEST(KinkSplitting, InputsAreHalvedWhereNoKinkIsLeft) {
  // tanh(x + 1) - tanh(x) is at most 0.925 (at -0.5), and no kink tells where.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-2, 2}});
  unsigned hidden = builder.affine({{in, {{1}, {1}}}}, {1, 0});
  unsigned on = builder.function(hidden, tanh(x));
  builder.affine({{on, {{1, -1}}}}, {0});
  EXPECT_GT(split(builder.network, 0.93, 8).boxes, 1u);
  EXPECT_EQ(split(builder.network, 0.93, 500).outcome, BisectionResult::Proved);
  EXPECT_EQ(split(builder.network, 0.92, 500).outcome,
            BisectionResult::Witnessed);
}

// What the target is not computed from is no input of it, however wide, be it
// before or behind.
TEST(KinkSplitting, OtherSourcesAreLeftAlone) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  for (unsigned i = 0; i < 40; ++i)
    builder.source(std::vector<Interval>(8, {-1e30, 1e30}));
  unsigned in = builder.source({{-2, 2}});
  unsigned hidden = builder.affine({{in, {{1}, {1}}}}, {1, 0});
  unsigned on = builder.function(hidden, tanh(x));
  unsigned target = builder.affine({{on, {{1, -1}}}}, {0});
  for (unsigned i = 0; i < 40; ++i)
    builder.source(std::vector<Interval>(8, {-1e30, 1e30}));
  const Network &network = builder.network;
  BisectionResult result = KinkSplitting(network, target, domainOf(network))
                               .run({0, 1.0}, 0.93, 500, accept);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
}

/// A unit behind two hidden layers, all weights made of sines.
Network deepUnit(unsigned inputs, unsigned width) {
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned node = builder.source(std::vector<Interval>(inputs, {-1.0, 1.0}));
  double phase = 1.0;
  auto addLayer = [&](unsigned rows) {
    unsigned columns = builder.network[node].size();
    Matrix weights(rows, std::vector<double>(columns));
    for (std::vector<double> &row : weights)
      for (double &weight : row)
        weight = float(std::sin(phase += 7.3) / std::sqrt(columns));
    node = builder.affine({{node, weights}}, std::vector<double>(rows));
  };
  for (unsigned layer = 0; layer < 2; ++layer) {
    addLayer(width);
    node = builder.function(node, relu);
  }
  addLayer(1);
  return std::move(builder.network);
}

TEST(KinkSplitting, ManyInputs) {
  // At most about 0, where all bounds of the whole box say 1.35 or more.
  Network network = deepUnit(24, 8);
  unsigned last = network.size() - 1;
  double goal = 0.5;
  EXPECT_GT(upperBound(network, last, {0, 1.0}), 1.35);
  Zonotope zonotope(network);
  zonotope.reach(last);
  EXPECT_GT(zonotope.range(last, 0).hi, 1.35);
  BisectionResult result = split(network, goal, 300, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_LE(result.bound, goal);
  EXPECT_LT(InputBisection(network, last, domainOf(network))
                .run({0, 1.0}, goal, 300, reject)
                .closedShare,
            0.01);
}

TEST(KinkSplitting, IsTheSameEveryTime) {
  Network network = deepUnit(24, 8);
  BisectionResult first = split(network, 0.6, 300, reject);
  BisectionResult second = split(network, 0.6, 300, reject);
  EXPECT_EQ(first.boxes, second.boxes);
  EXPECT_EQ(first.bound, second.bound);
}

} // namespace

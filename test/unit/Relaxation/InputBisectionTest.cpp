//===- InputBisectionTest.cpp - Proofs and witnesses by splitting ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/InputBisection.h"
#include "Networks.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

BisectionResult bisect(const Network &network, double goal, uint64_t budget,
                       const InputBisection::Judge &judge = accept) {
  return InputBisection(network, network.size() - 1, domainOf(network))
      .run({0, 1.0}, goal, budget, judge);
}

TEST(InputBisection, ProvesWhatTheRootCannot) {
  for (const OneHiddenLayer *net : {&caseC, &caseE, &caseF}) {
    Network network = net->build(NetworkBuilder::F32);
    EXPECT_GT(upperBound(network, network.size() - 1, {0, 1.0}), 0.0);
    BisectionResult result = bisect(network, 0.0, 64);
    EXPECT_EQ(result.outcome, BisectionResult::Proved);
    EXPECT_LE(result.bound, 0.0);
    EXPECT_LE(result.boxes, 32u);
    EXPECT_NEAR(result.closedShare, 1.0, 1e-9);
  }
}

TEST(InputBisection, ProvesUpToTheSupremumAndNoFurther) {
  // The suprema are -1, -0.25 and -0.2.
  struct {
    const OneHiddenLayer *net;
    double supremum;
  } cases[] = {{&caseA, -0.5}, {&caseC, -1}, {&caseE, -0.25}, {&caseF, -0.2}};
  for (auto [net, supremum] : cases) {
    Network network = net->build(NetworkBuilder::Reals);
    EXPECT_EQ(bisect(network, supremum + 1e-3, 2000).outcome,
              BisectionResult::Proved);
    BisectionResult above = bisect(network, supremum - 1e-3, 2000);
    EXPECT_EQ(above.outcome, BisectionResult::Witnessed);
    // With no witness accepted it may only give up.
    EXPECT_EQ(bisect(network, supremum - 1e-3, 200, reject).outcome,
              BisectionResult::Open);
  }
}

TEST(InputBisection, FindsATinyCorner) {
  // Fires only where x1 + x2 + x3 > 2.999: 2e-11 of the volume.
  OneHiddenLayer net{{{1, 1, 1}, {-1, -1, -1}},
                     {-2.999, 0},
                     {1, -1},
                     0,
                     {{-1, 1}, {-1, 1}, {-1, 1}}};
  BisectionResult result = bisect(net.build(NetworkBuilder::Reals), 0.0, 500);
  ASSERT_EQ(result.outcome, BisectionResult::Witnessed);
  double sum = result.point[0][0] + result.point[0][1] + result.point[0][2];
  EXPECT_GT(sum, 2.999);
}

TEST(InputBisection, EndsWithItsBudget) {
  // abs(x1 + x2) + abs(x1 - x2) - 2 touches 0 along all faces.
  OneHiddenLayer net = caseC;
  net.offset = -2;
  Network network = net.build(NetworkBuilder::Reals);
  for (uint64_t budget : {0, 1, 7, 40}) {
    BisectionResult result = bisect(network, 0.0, budget);
    EXPECT_EQ(result.outcome, BisectionResult::Open);
    EXPECT_EQ(result.boxes, budget);
  }
  // Just above the supremum most boxes close, one after the other.
  double share = 0.0;
  for (uint64_t budget : {10, 40, 160}) {
    BisectionResult result = bisect(network, 1e-3, budget);
    EXPECT_EQ(result.outcome, BisectionResult::Open);
    EXPECT_GT(result.closedShare, share);
    EXPECT_LT(result.closedShare, 1.0);
    share = result.closedShare;
  }
}

TEST(InputBisection, ClosedSharesAreTrue) {
  // Nothing above the goal may be cut off: x > 0, or x < 0, is half of the box.
  for (double sign : {1.0, -1.0}) {
    OneHiddenLayer line{
        {{1}, {-1}}, {9, 9}, {sign / 2, -sign / 2}, 0, {{-1, 1}}};
    BisectionResult result =
        bisect(line.build(NetworkBuilder::Reals), 0.0, 50, reject);
    EXPECT_EQ(result.outcome, BisectionResult::Open);
    EXPECT_LE(result.closedShare, 0.5);
    EXPECT_GE(result.closedShare, 0.5 - 1e-9);
  }
  // 2 max(|x1|, |x2|) - 3 is at most -2 on a quarter of the box.
  Network network = caseC.build(NetworkBuilder::Reals);
  for (uint64_t budget : {10, 100, 1000})
    EXPECT_LE(bisect(network, -2.0, budget, reject).closedShare, 0.25);
  // max(-x, x - 0.5) is at most 0 on a third of it.
  OneHiddenLayer valley{{{-1}, {1}}, {0, -0.5}, {1, 1}, 0, {{-0.5, 1}}};
  BisectionResult result =
      bisect(valley.build(NetworkBuilder::Reals), 1e-9, 300, reject);
  EXPECT_LE(result.closedShare, 1.0 / 3.0 + 1e-6);
}

TEST(InputBisection, SidesWithoutWidth) {
  OneHiddenLayer net = caseC;
  net.box = {{-1, 1}, {0.5, 0.5}};
  EXPECT_EQ(bisect(net.build(NetworkBuilder::F32), 0.0, 500).outcome,
            BisectionResult::Proved);
  // A single point: decided at once, or not at all.
  net.box = {{0.25, 0.25}, {0.5, 0.5}};
  BisectionResult result = bisect(net.build(NetworkBuilder::F32), 0.0, 500);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_EQ(result.boxes, 1u);
  net.offset = -1; // touches 0
  result = bisect(net.build(NetworkBuilder::F32), 0.0, 500, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Open);
  EXPECT_EQ(result.boxes, 1u);
  // Two neighbours.
  net.box = {{0.25, 0.25}, {0.5, std::nextafter(0.5, 1.0)}};
  result = bisect(net.build(NetworkBuilder::F32), 0.0, 500, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Open);
  EXPECT_LE(result.boxes, 8u);
}

TEST(InputBisection, InputsWithoutInfluence) {
  // Case C of the second and third of four inputs.
  OneHiddenLayer net = caseC;
  for (std::vector<double> &row : net.weights)
    row = {0, row[0], row[1], 0};
  net.box = {{-1, 1}, {-1, 1}, {-1, 1}, {-100, 100}};
  BisectionResult result = bisect(net.build(NetworkBuilder::F32), 0.0, 3000);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
}

TEST(InputBisection, BoundsWithoutSlopes) {
  // The root bounds -relu(y) by 0, whatever the inputs, the first of which has
  // no influence: the bound names no side to split.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}, {-2, 2}});
  unsigned hidden =
      builder.affine({{in, {{0, 1}, {0, 1}, {0, 1}}}}, {1, 0, -1});
  unsigned active = builder.function(hidden, relu);
  unsigned y = builder.affine({{active, {{-1, 2, -1}}}}, {1.2});
  unsigned on = builder.function(y, relu);
  builder.affine({{on, {{-1}}}}, {0.1});
  BisectionResult result = bisect(builder.network, 0.0, 400);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
}

TEST(InputBisection, ConstantsAreDecidedOrLeft) {
  // No input has any influence at all, and 1e-30 cannot be told from 0.
  OneHiddenLayer net{{{0, 0}}, {1}, {1}, -1, {{-1, 1}, {-1, 1}}};
  BisectionResult result =
      bisect(net.build(NetworkBuilder::F32), 0.0, 100, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Open);
  net.offset = -2;
  result = bisect(net.build(NetworkBuilder::F32), 0.0, 100, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_EQ(result.boxes, 1u);
}

TEST(InputBisection, IsTheSameEveryTime) {
  for (double offset : {-2.0, -2.0001, -1.9999}) {
    OneHiddenLayer net = caseC;
    net.offset = offset;
    Network network = net.build(NetworkBuilder::F32);
    BisectionResult first = bisect(network, 0.0, 300);
    BisectionResult second = bisect(network, 0.0, 300);
    EXPECT_EQ(first.outcome, second.outcome);
    EXPECT_EQ(first.bound, second.bound);
    EXPECT_EQ(first.point, second.point);
    EXPECT_EQ(first.closedShare, second.closedShare);
    EXPECT_EQ(first.boxes, second.boxes);
  }
}

} // namespace

//===- ZonotopeTest.cpp - Affine forms of networks ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/Zonotope.h"
#include "Networks.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

Interval lastRange(const Network &network, Zonotope::Limits limits = {}) {
  Zonotope zonotope(network, limits);
  zonotope.reach(network.size() - 1);
  return zonotope.range(network.size() - 1, 0);
}

double upperEnd(const OneHiddenLayer &net) {
  return lastRange(net.build(NetworkBuilder::Reals)).hi;
}

TEST(Zonotope, HandCases) {
  EXPECT_NEAR(upperEnd(caseA), -0.5, 1e-12);
  EXPECT_NEAR(upperEnd(caseC), 1.0, 1e-12);
  // Here back-substitution says 0.75 and 2.8.
  EXPECT_NEAR(upperEnd(caseE), 0.25, 1e-12);
  EXPECT_NEAR(upperEnd(caseF), 0.8, 1e-12);
}

TEST(Zonotope, ResidualsCancel) {
  // x - x - 0.1, and the same of what a function made of x.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned once = builder.affine({{in, {{1}}}, {in, {{-1}}}}, {-0.1});
  unsigned on = builder.function(in, relu);
  unsigned twice = builder.affine({{on, {{4}}}}, {3});
  unsigned far = builder.affine({{twice, {{0.25}}}, {on, {{-1}}}}, {-0.85});
  Zonotope zonotope(builder.network);
  zonotope.reach(once);
  zonotope.reach(far);
  for (unsigned node : {once, far}) {
    EXPECT_NEAR(zonotope.range(node, 0).hi, -0.1, 1e-12);
    EXPECT_NEAR(zonotope.range(node, 0).lo, -0.1, 1e-12);
  }
}

TEST(Zonotope, FunctionsOfInputsAndOfFunctions) {
  // relu(x) - x is -x / 2 + 1/4 +- 1/4 on [-1, 1]; relu of relu adds nothing.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned on = builder.function(builder.function(in, relu), relu);
  builder.affine({{on, {{1}}}, {in, {{-1}}}}, {0});
  Interval range = lastRange(builder.network);
  EXPECT_NEAR(range.hi, 1.0, 1e-12);
  EXPECT_NEAR(range.lo, -0.5, 1e-12);
}

TEST(Zonotope, ABandOfAnyFunction) {
  // 0.7616 x <= tanh(x) <= 0.7616 x + 0.0817 on [0, 1], so that tanh(x) - x / 2
  // lies in [0, 0.3433]; intervals say [-0.5, 0.7616].
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{0, 1}});
  unsigned squashed = builder.function(in, tanh(x));
  builder.affine({{squashed, {{1}}}, {in, {{-0.5}}}}, {0});
  Interval range = lastRange(builder.network);
  EXPECT_NEAR(range.lo, 0.0, 1e-6);
  EXPECT_NEAR(range.hi, 0.3433, 1e-4);
}

TEST(Zonotope, WhatDiesIsExact) {
  // A relu that is off feeds zeros: nothing behind it has any width.
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned in = builder.source({{-1, 1}});
  unsigned hidden = builder.affine({{in, {{1}, {0.5}}}}, {-2, -1});
  unsigned on = builder.function(hidden, relu);
  builder.affine({{on, {{3, -7}}}}, {0});
  EXPECT_EQ(lastRange(builder.network), Interval(0.0));
}

TEST(Zonotope, TheNetworksRangesHelp) {
  // |x1 + x2| + |x1 - x2| - 3, of which the sum is known to be at most 1.
  Network network = caseC.build(NetworkBuilder::Reals);
  network.narrow(1, 0, {-1.0, 1.0});
  network.narrow(1, 1, {-1.0, 1.0});
  network.narrowFunctionsOf(1);
  EXPECT_NEAR(lastRange(network).hi, 0.0, 1e-12);
}

TEST(Zonotope, MergedSymbolsAreNoiseOfEachElement) {
  // Without symbols this is interval arithmetic.
  Network network = caseC.build(NetworkBuilder::Reals);
  Zonotope::Limits none;
  none.products = 0.0;
  EXPECT_NEAR(lastRange(network, none).hi, 5.0, 1e-12);
  Zonotope::Limits few;
  few.coefficients = 3;
  EXPECT_GE(lastRange(network, few).hi, lastRange(network).hi);
  EXPECT_LE(lastRange(network, few).hi, 5.0 + 1e-12);
  // The oldest node is a box when the second reads it.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned first = builder.affine({{in, {{1}}}}, {0});
  unsigned second = builder.affine({{first, {{1}}}}, {0});
  builder.affine({{second, {{1}}}, {first, {{-1}}}}, {0});
  Zonotope::Limits forgetful;
  EXPECT_NEAR(lastRange(builder.network, forgetful).hi, 0.0, 1e-12);
  forgetful.allCoefficients = 1;
  EXPECT_NEAR(lastRange(builder.network, forgetful).hi, 2.0, 1e-12);
}

TEST(Zonotope, UnboundedSources) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({Interval(), {-1, 1}});
  unsigned on = builder.function(in, clip(x, 0.0, 6.0));
  builder.affine({{on, {{1, 1}}}}, {0});
  // The band around the second lies above half of its operand.
  Interval range = lastRange(builder.network);
  EXPECT_NEAR(range.hi, 7.0, 1e-12);
  EXPECT_NEAR(range.lo, -0.5, 1e-12);
}

TEST(Zonotope, RoundingOfTheProgramCounts) {
  // As executed in f32 this may be 0.5; see RoundingTest.
  for (auto semantics : {NetworkBuilder::Reals, NetworkBuilder::F32}) {
    NetworkBuilder builder(semantics);
    unsigned in = builder.source({1.0, 1.0, 1.0, 1.0});
    builder.affine({{in, {{0x1p24, 1, 1, -(0x1p24 + 2)}}}}, {-0.5});
    double bound = lastRange(builder.network).hi;
    EXPECT_EQ(bound < 0.0, semantics == NetworkBuilder::Reals);
  }
}

TEST(Zonotope, BlocksInAnyOrder) {
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned in = builder.source({{-1, 1}, {0, 2}});
  Matrix weights;
  for (int i = 0; i < 200; ++i)
    weights.push_back({std::sin(i), std::cos(3 * i)});
  unsigned hidden = builder.affine({{in, weights}}, std::vector<double>(200));
  unsigned on = builder.function(hidden, relu);
  builder.affine({{on, {std::vector<double>(200, 0.25)}}}, {0});
  auto backwards = [](size_t count, const std::function<void(size_t)> &call) {
    while (count-- > 0)
      call(count);
  };
  Zonotope zonotope(builder.network, {}, backwards);
  zonotope.reach(builder.network.size() - 1);
  EXPECT_EQ(zonotope.range(builder.network.size() - 1, 0),
            lastRange(builder.network));
}

} // namespace

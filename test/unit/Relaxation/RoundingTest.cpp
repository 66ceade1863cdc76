//===- RoundingTest.cpp - Bounds at the limits of doubles -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bounds are computed in doubles that overflow, underflow and round. None of
// it may make a bound smaller than what it bounds.
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "act/Relaxation/InputBisection.h"
#include "gtest/gtest.h"
#include <algorithm>

using namespace act;
using namespace act::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

/// One unit that sums its inputs, all 1, with weights that cancel.
Network cancellingSum(NetworkBuilder::Semantics semantics) {
  NetworkBuilder builder(semantics);
  unsigned in = builder.source({1.0, 1.0, 1.0, 1.0});
  builder.affine({{in, {{0x1p24, 1, 1, -(0x1p24 + 2)}}}}, {-0.5});
  return std::move(builder.network);
}

TEST(Rounding, DeadOverTheRealsMayFireAsExecuted) {
  // Left to right this is -2.5, backwards 0.5.
  const float weights[] = {0x1p24f, 1, 1, -(0x1p24f + 2)};
  float forward = -0.5f, backward = 0.0f;
  for (int i = 0; i < 4; ++i) {
    forward += weights[i];
    backward += weights[3 - i];
  }
  backward += -0.5f;
  EXPECT_LT(forward, 0.0f);
  EXPECT_GE(backward, 0.0f);

  double reals = upperBound(cancellingSum(NetworkBuilder::Reals), 1, {0, 1.0});
  EXPECT_LE(reals, -0.49);
  Network executed = cancellingSum(NetworkBuilder::F32);
  double bound = upperBound(executed, 1, {0, 1.0});
  EXPECT_GE(bound, backward);
  EXPECT_LE(bound, 12.0);
  EXPECT_LE(-upperBound(executed, 1, {0, -1.0}), forward);
  InputBisection bisection(executed, 1, {{1.0, 1.0, 1.0, 1.0}, {}});
  auto judge = [](const SourcePoint &) { return std::optional<SourcePoint>(); };
  EXPECT_EQ(bisection.run({0, 1.0}, 0.0, 100, judge).outcome,
            BisectionResult::Open);
}

TEST(Rounding, ManyEntriesInOnePlace) {
  // The sum of 10000 tenths, added in doubles, is off by 1e-10.
  const unsigned count = 10000;
  for (bool isOneMap : {true, false}) {
    auto map = std::make_shared<LinearMap>(1);
    for (unsigned i = 0; i < (isOneMap ? count : 1); ++i)
      map->addEntry(0, 0.1);
    map->endRow();
    map->finish();
    Network network;
    unsigned in = network.addSource({1.0});
    std::vector<LinearTerm> terms(isOneMap ? 1 : count, {in, map});
    long double exact = count * (long double)0.1;
    unsigned sum = network.addAffine(terms, {0.0}, {{0.0, 2000.0}}, {{}});
    auto upper = [&](double sign) {
      return upperBound(network, sum, {0, sign});
    };
    EXPECT_GE(upper(1.0), exact);
    EXPECT_GE(upper(-1.0), -exact);
    EXPECT_NEAR(upper(1.0), double(exact), 1e-7);
    BackSubstitution bounds(network, sum);
    bounds.bound({{1.0}, {}}, bounds.domainRanges());
    EXPECT_GE(bounds.ranges()[sum][0].hi, exact);
    EXPECT_LE(bounds.ranges()[sum][0].lo, exact);
  }
}

TEST(Rounding, CoefficientsThatUnderflow) {
  // 1e-200 of 1e-200 of 1e200 is 1e-200; the product of the factors is no
  // double.
  for (Expression function : {x, relu}) {
    NetworkBuilder builder(NetworkBuilder::Reals);
    unsigned in = builder.source({{-1e200, 1e200}});
    unsigned first = builder.affine({{in, {{1e-200}}}}, {0});
    if (!(function == x))
      first = builder.function(first, function);
    unsigned last = builder.affine({{first, {{1e-200}}}}, {0});
    EXPECT_GE(upperBound(builder.network, last, {0, 1.0}), 0.9999e-200);
    BackSubstitution bounds(builder.network, last);
    SourceBox point(last + 1);
    point[in] = {1e200};
    bounds.boundClosely(point);
    EXPECT_GE(bounds.maximize({{0, 1.0}}).front(), 0.9999e-200);
    EXPECT_GE(bounds.ranges()[last][0].hi, 0.9999e-200);
    // Where the errors underflow.
    NetworkBuilder tiny(NetworkBuilder::Reals);
    in = tiny.source({{-1, 1}});
    unsigned off = tiny.function(in, relu, 1e-200);
    last = tiny.affine({{off, {{1e-130}}}}, {0});
    unsigned very = tiny.affine({{last, {{0.3e-190}}}}, {0});
    EXPECT_GE(upperBound(tiny.network, very, {0, 1.0}), 0.3e-320);
  }
}

TEST(Rounding, SumsOfSubnormalProducts) {
  // Each product is below half the smallest double, but not their sum.
  const unsigned count = 64;
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source(std::vector<Interval>(count, 0x1p-538));
  Matrix weights(1, std::vector<double>(count, 0x1p-538));
  unsigned sum = builder.affine({{in, weights}}, {0});
  EXPECT_GE(upperBound(builder.network, sum, {0, 1.0}), 0x1p-1070);
  BackSubstitution bounds(builder.network, sum);
  bounds.bound(bounds.domainRanges(), bounds.domainRanges());
  EXPECT_GE(bounds.ranges()[sum][0].hi, 0x1p-1070);
}

TEST(Rounding, OverflowGivesNoBound) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1e200, 1e200}, {-1, 1}});
  auto sum = [&](unsigned of, Matrix weights) {
    std::vector<LinearTerm> terms = {{of, mapOf(weights, 2)}};
    std::vector<Interval> ranges(2, Interval(-infinity, infinity));
    return builder.network.addAffine(terms, {0, 0}, ranges, {{}, {}});
  };
  unsigned big = sum(in, {{1e200, -1}, {-1e200, 1}});
  unsigned difference = sum(big, {{1, 1}, {1, -1}});
  for (double sign : {1.0, -1.0})
    EXPECT_EQ(upperBound(builder.network, big, {0, sign}), infinity);
  // inf - inf on the way.
  EXPECT_GE(upperBound(builder.network, difference, {0, 1.0}), 0.0);
  EXPECT_EQ(upperBound(builder.network, difference, {1, -1.0}), infinity);
  InputBisection bisection(builder.network, difference,
                           {{{-1e200, 1e200}, {-1, 1}}, {}, {}});
  auto judge = [](const SourcePoint &) { return std::optional<SourcePoint>(); };
  EXPECT_NE(bisection.run({1, 1.0}, 0.0, 50, judge).outcome,
            BisectionResult::Proved);
}

TEST(Rounding, ErrorsWithoutBound) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}, {-1, 1}});
  std::vector<LinearTerm> terms = {{in, mapOf({{1, 1}, {1, 0}}, 2)}};
  std::vector<Interval> ranges = {{-9, 9}, {-9, 9}};
  unsigned sum = builder.network.addAffine(
      terms, {0, 0}, ranges, {{infinity, infinity}, {0.0, infinity}});
  unsigned on = builder.function(sum, relu);
  unsigned last = builder.affine({{on, {{-1, 0}, {0, -1}}}}, {-1, -1});
  // Only the ranges are left: [0, 9] after the relu.
  for (unsigned row : {0, 1}) {
    EXPECT_GE(upperBound(builder.network, last, {row, 1.0}), -1.0);
    EXPECT_GE(upperBound(builder.network, last, {row, -1.0}), 10.0);
  }
}

TEST(Rounding, HugeAndTinyRangesOfFunctions) {
  for (double scale : {5e-324, 1e-310, 1e-160, 1e150, 1e300}) {
    for (Expression function :
         {relu, abs(x), clip(x, -1.0, 1.0), where(x > 0.0, x, 0.1 * x)}) {
      NetworkBuilder builder(NetworkBuilder::Reals);
      unsigned in = builder.source({{-scale, scale}});
      unsigned on = builder.function(in, function);
      unsigned last = builder.affine({{on, {{1}}}}, {0});
      double top =
          std::min(scale, function == clip(x, -1.0, 1.0) ? 1.0 : scale);
      EXPECT_GE(upperBound(builder.network, last, {0, 1.0}), top);
      BackSubstitution bounds(builder.network, last);
      bounds.boundClosely({{scale}, {}, {}});
      EXPECT_GE(bounds.maximize({{0, 1.0}}).front(), top);
      EXPECT_GE(bounds.maximize({{0, -1.0}}).front(), -top);
    }
  }
}

} // namespace

//===- PointSearchTest.cpp - Points on faces, and climbs ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/PointSearch.h"
#include "Networks.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();

TEST(FacePoint, LiesWithinTheBoxOnItsFaces) {
  SourceBox box = {{{-1, 1}, {2, 2.5}, {-1e-3, 0}}, {}, {{7, 7}}};
  unsigned counts[2][2] = {}; // by parity and end
  const unsigned points = 4000;
  for (unsigned index = 0; index < points; ++index) {
    SourcePoint point = facePoint(box, index);
    ASSERT_EQ(point.size(), box.size());
    for (size_t node = 0; node < box.size(); ++node) {
      ASSERT_EQ(point[node].size(), box[node].size());
      for (size_t i = 0; i < box[node].size(); ++i)
        EXPECT_TRUE(box[node][i].contains(point[node][i]));
    }
    for (unsigned i = 0; i < 3; ++i) {
      counts[index % 2][0] += point[0][i] == box[0][i].lo;
      counts[index % 2][1] += point[0][i] == box[0][i].hi;
    }
  }
  // Of 6000 coordinates a quarter, or a twentieth, at each end; 5 sigma.
  for (unsigned end : {0, 1}) {
    EXPECT_NEAR(counts[0][end], 1500, 170);
    EXPECT_NEAR(counts[1][end], 300, 85);
  }
}

TEST(FacePoint, IsTheSameEveryTime) {
  SourceBox box = {{{-1, 1}, {0, 4}}};
  for (unsigned index = 0; index < 50; ++index)
    EXPECT_EQ(facePoint(box, index), facePoint(box, index));
  EXPECT_NE(facePoint(box, 1), facePoint(box, 3));
  // Results of past runs refer to points by their number.
  EXPECT_EQ(facePoint(box, 5)[0][0], 0.95520303980032129);
  EXPECT_EQ(facePoint(box, 5)[0][1], 2.4560568256763768);
}

Network affineNetwork() {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned a = builder.source({{-1, 1}, {-2, 5}, {0, 1}});
  unsigned b = builder.source({{3, 4}});
  builder.affine({{a, {{1, -2, 0}, {1, 1, 1}}}, {b, {{0.5}, {-1}}}}, {1, 0});
  return std::move(builder.network);
}

TEST(PointSearch, RunsAffineNodes) {
  Network network = affineNetwork();
  PointSearch search(network, 2);
  const auto &values = search.run({{0.5, 2, 1}, {4}, {}});
  EXPECT_EQ(values[2], (std::vector<double>{-0.5, -0.5}));
  EXPECT_EQ(search.value({0, -1.0}), 0.5);
  SourcePoint slope = search.gradient({0, -1.0});
  EXPECT_EQ(slope[0], (std::vector<double>{-1, 2, 0}));
  EXPECT_EQ(slope[1], (std::vector<double>{-0.5}));
}

TEST(PointSearch, ClimbsToTheVertexOfAnAffineObjective) {
  Network network = affineNetwork();
  PointSearch search(network, 2);
  SourceBox box = {{{-1, 1}, {-2, 5}, {0, 1}}, {{3, 4}}, {}};
  SourcePoint start = {{0, 0, 0.25}, {3.5}, {}};
  SourcePoint top = search.climb(start, box, {0, 1.0}, infinity, 60, 0.1, 1.0);
  // The third input has no influence and stays.
  EXPECT_EQ(top, (SourcePoint{{1, -2, 0.25}, {4}, {}}));
  EXPECT_EQ(search.value({0, 1.0}), 8.0);
  top = search.climb(start, box, {0, -1.0}, infinity, 60, 0.1, 1.0);
  EXPECT_EQ(top, (SourcePoint{{-1, 5, 0.25}, {3}, {}}));
}

TEST(PointSearch, KeepsTheBestAndStopsAtItsGoal) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-4, 4}});
  unsigned last = builder.function(in, -abs(x - 1.0));
  PointSearch search(builder.network, last);
  SourceBox box = {{{-4, 4}}, {}};
  // Strides of 3 leap to and fro over the top.
  SourcePoint top =
      search.climb({{-1}, {}}, box, {0, 1.0}, infinity, 5, 0.375, 1);
  EXPECT_EQ(top[0][0], 2.0);
  EXPECT_EQ(search.value({0, 1.0}), -1.0);
  top = search.climb({{-4}, {}}, box, {0, 1.0}, -4.5, 50, 0.125, 1);
  EXPECT_EQ(top[0][0], -3.0);
}

TEST(PointSearch, GradientsThroughSharedNodes) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-2, 2}, {-2, 2}});
  unsigned on = builder.function(in, where(x > 0.0, x, 0.25 * x));
  unsigned sum =
      builder.affine({{in, {{1, 1}}}, {on, {{2, 3}}}, {on, {{2, 0}}}}, {0});
  unsigned twice = builder.function(sum, tanh(x));
  PointSearch search(builder.network, twice);
  SourcePoint point = {{0.125, -0.25}, {}, {}, {}};
  double value = search.run(point)[twice][0];
  SourcePoint slope = search.gradient({0, 1.0});
  for (unsigned i : {0, 1}) {
    SourcePoint moved = point;
    moved[0][i] += 1e-7;
    EXPECT_NEAR((search.run(moved)[twice][0] - value) / 1e-7, slope[0][i],
                1e-5);
  }
}

} // namespace

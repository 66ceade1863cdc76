//===- SourceSetTest.cpp - Support functions against brute force ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "act/Formula/ExactValue.h"
#include "act/Relaxation/InputBisection.h"
#include "gtest/gtest.h"
#include <numeric>
#include <random>

using namespace act;
using namespace act::test;

namespace {

using Vector = std::vector<double>;

class Random {
public:
  double uniform(double lo, double hi) {
    return std::uniform_real_distribution<double>(lo, hi)(engine);
  }
  double normal() { return std::normal_distribution<double>()(engine); }
  Vector normals(unsigned size) {
    Vector x(size);
    for (double &each : x)
      each = normal();
    return x;
  }
  unsigned below(unsigned end) { return engine() % end; }

private:
  std::mt19937_64 engine{1};
};

std::vector<Interval> boxAround(const RowSet &set, unsigned size) {
  std::vector<Interval> box;
  for (unsigned i = 0; i < size; ++i)
    box.push_back(set.range(i));
  return box;
}

double supportOf(const RowSet &set, const Vector &w,
                 const std::vector<Interval> &box) {
  auto [value, error] = SourceSet(set, w.size()).support(w.data(), box);
  return value + error;
}
double supportOf(const RowSet &set, const Vector &w) {
  return supportOf(set, w, boxAround(set, w.size()));
}

double product(const Vector &a, const Vector &b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}
double lengthOf(const Vector &x) { return std::sqrt(product(x, x)); }

/// The highest product with a point of the set in the box among many: points of
/// the set, moved to its end by `project`, and its maximizer.
double highestTried(const RowSet &set, const Vector &w,
                    const std::vector<Interval> &box, Random &random) {
  SourceSet rows(set, w.size());
  double highest = -HUGE_VAL;
  for (unsigned k = 0; k < 400; ++k) {
    Vector x(w.size());
    for (unsigned i = 0; i < x.size(); ++i)
      x[i] = random.uniform(box[i].lo, box[i].hi);
    if (k % 2)
      rows.spread(x, k);
    rows.project(x);
    bool isInBox = true;
    for (unsigned i = 0; i < x.size(); ++i)
      isInBox &= box[i].lo - 1e-12 <= x[i] && x[i] <= box[i].hi + 1e-12;
    if (isInBox)
      highest = std::max(highest, product(w, x));
  }
  return highest;
}

//===----------------------------------------------------------------------===//
// Support functions
//===----------------------------------------------------------------------===//

TEST(SourceSet, SupportFunctionsOfWholeSets) {
  Random random;
  for (unsigned trial = 0; trial < 60; ++trial) {
    unsigned n = 2 + random.below(7);
    Vector w = random.normals(n), center = random.normals(n), radius, scaled;
    for (unsigned i = 0; i < n; ++i) {
      radius.push_back(random.below(6) ? random.uniform(0, 2) : 0.0);
      scaled.push_back(w[i] * radius[i]);
    }
    EXPECT_NEAR(supportOf(RowSet::ellipsoid(center, radius), w),
                product(w, center) + lengthOf(scaled), 1e-12);
    double highest = *std::max_element(w.begin(), w.end());
    EXPECT_NEAR(supportOf(RowSet::simplex(1.0), w), highest, 1e-14);
    EXPECT_EQ(supportOf(RowSet::oneHot(), w), highest);
    // RMSNorm, and LayerNorm with the mean taken away.
    double norm = std::sqrt(double(n));
    EXPECT_NEAR(supportOf(RowSet::normalized(n, norm, Interval()), w),
                norm * lengthOf(w), 1e-12);
    double mean = std::accumulate(w.begin(), w.end(), 0.0) / n;
    Vector rest = w;
    for (double &each : rest)
      each -= mean;
    EXPECT_NEAR(supportOf(RowSet::normalized(n, norm, Interval(0.0)), w),
                norm * lengthOf(rest), 1e-12);
  }
}

TEST(SourceSet, NoPointOfASetIsHigher) {
  Random random;
  for (unsigned trial = 0; trial < 60; ++trial) {
    unsigned n = 1 + random.below(6);
    Vector w = random.normals(n), center = random.normals(n), radius;
    for (unsigned i = 0; i < n; ++i)
      radius.push_back(random.uniform(0.1, 2));
    for (const RowSet &set : {RowSet::ellipsoid(center, radius),
                              RowSet::simplex(1.0), RowSet::oneHot()}) {
      std::vector<Interval> box = boxAround(set, n);
      double bound = supportOf(set, w, box);
      EXPECT_GE(bound + 1e-15, highestTried(set, w, box, random));
      Vector top = SourceSet(set, n).maximizer(w.data(), box);
      EXPECT_NEAR(product(w, top), bound, 1e-12);
    }
  }
}

TEST(SourceSet, BoundsOverPartsOfASet) {
  Random random;
  unsigned met = 0;
  for (unsigned trial = 0; trial < 200; ++trial) {
    unsigned n = 2 + random.below(3);
    Vector w = random.normals(n);
    for (const RowSet &set :
         {RowSet::ellipsoid(Vector(n, 0.25), Vector(n, 1.0)),
          RowSet::simplex(1.0), RowSet::oneHot()}) {
      std::vector<Interval> box = boxAround(set, n);
      for (Interval &side : box) {
        double middle = random.uniform(side.lo, side.hi);
        if (random.below(3))
          (random.below(2) ? side.lo : side.hi) = middle;
      }
      double highest = highestTried(set, w, box, random);
      EXPECT_GE(supportOf(set, w, box) + 1e-15, highest);
      std::vector<Interval> part = box;
      if (!SourceSet(set, n).narrow(part)) {
        EXPECT_EQ(highest, -HUGE_VAL);
        continue;
      }
      EXPECT_GE(supportOf(set, w, part) + 1e-15, highest);
      met += highest > -HUGE_VAL;
      for (unsigned i = 0; i < n; ++i)
        EXPECT_TRUE(box[i].contains(part[i]));
    }
  }
  EXPECT_GT(met, 300u);
}

TEST(SourceSet, ABoxThatCutsABall) {
  // x + y over the unit disc with x <= 0.6: at (0.6, 0.8).
  RowSet disc = RowSet::ellipsoid({0, 0}, {1, 1});
  EXPECT_NEAR(supportOf(disc, {2, 1}, {{-1, 0.6}, {-1, 1}}), 2.0, 1e-6);
  EXPECT_NEAR(supportOf(disc, {1, 1}, {{0, 0.6}, {0, 1}}), 1.4, 1e-6);
  // A corner of the square lies outside.
  std::vector<Interval> corner = {{0.75, 1}, {0.75, 1}};
  EXPECT_FALSE(SourceSet(disc, 2).narrow(corner));
  std::vector<Interval> half = {{0.6, 1}, {-1, 1}};
  ASSERT_TRUE(SourceSet(disc, 2).narrow(half));
  EXPECT_NEAR(half[1].hi, 0.8, 1e-12);
  EXPECT_NEAR(half[1].lo, -0.8, 1e-12);
}

TEST(SourceSet, ABoxThatCutsASimplex) {
  RowSet set = RowSet::simplex(1.0);
  // No more than half of each: the two highest share.
  EXPECT_NEAR(
      supportOf(set, {4, 1, 2, -5}, std::vector<Interval>(4, {0.0, 0.5})), 3.0,
      1e-12);
  EXPECT_NEAR(
      supportOf(set, {-4, -1, -2}, std::vector<Interval>(3, {0.0, 0.75})),
      -1.25, 1e-12);
  std::vector<Interval> box = {{0, 0.25}, {0, 0.25}, {0, 1}};
  ASSERT_TRUE(SourceSet(set, 3).narrow(box));
  EXPECT_NEAR(box[2].lo, 0.5, 1e-12);
  box = {{0, 0.25}, {0, 0.25}, {0, 0.25}};
  EXPECT_FALSE(SourceSet(set, 3).narrow(box));
  // A sum that may be off in either direction.
  RowSet about = RowSet::simplex({0.5, 1.25});
  EXPECT_NEAR(supportOf(about, {2, 1}), 2.5, 1e-12);
  EXPECT_NEAR(supportOf(about, {-2, -1}), -0.5, 1e-12);
}

TEST(SourceSet, SumsWithSlackLieBetween) {
  // With x + y in [-s, s] the bound of w x grows from |P w| r to |w| r.
  Random random;
  for (unsigned trial = 0; trial < 100; ++trial) {
    unsigned n = 2 + random.below(5);
    Vector w = random.normals(n);
    double norm = random.uniform(0.5, 2), slack = random.uniform(0, 3);
    RowSet set = RowSet::normalized(n, norm, {-slack, slack});
    double bound = supportOf(set, w);
    EXPECT_LE(bound, supportOf(RowSet::normalized(n, norm, Interval()), w));
    // The point for an angle between the mean's direction and the rest.
    double mean = std::accumulate(w.begin(), w.end(), 0.0) / n, highest = 0.0;
    Vector rest = w;
    for (double &each : rest)
      each -= mean;
    double steepest =
        std::asin(std::min(slack / std::sqrt(double(n)) / norm, 1.0));
    for (unsigned step = 0; step <= 2000; ++step) {
      double angle = steepest * step / 2000;
      highest =
          std::max(highest, norm * (std::abs(mean) * std::sqrt(double(n)) *
                                        std::sin(angle) +
                                    lengthOf(rest) * std::cos(angle)));
    }
    EXPECT_GE(bound, highest - 1e-14);
    EXPECT_NEAR(bound, highest, 1e-5);
  }
}

TEST(SourceSet, RowsAlongAnAxis) {
  // Two rows of three along the middle of 1 x 3 x 2.
  SourceSet set = SourceSet::alongAxis(RowSet::simplex(1.0), {1, 3, 2}, 1);
  Vector w = {1, 10, 2, 20, 3, 5};
  std::vector<Interval> box(6, {0.0, 1.0});
  auto [value, error] = set.support(w.data(), box);
  EXPECT_NEAR(value, 23.0, 1e-12);
  EXPECT_EQ(set.maximizer(w.data(), box), (Vector{0, 0, 0, 1, 1, 0}));
}

TEST(SourceSet, ExtremeCoefficients) {
  RowSet disc = RowSet::ellipsoid({0, 0}, {1, 1});
  EXPECT_GE(supportOf(disc, {3e-300, 4e-300}), 5e-300);
  EXPECT_NEAR(supportOf(disc, {3e200, 4e200}) / 5e200, 1.0, 1e-12);
  EXPECT_EQ(supportOf(disc, {0, 0}), 0.0);
}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// Whether a point lies in the set, over the reals.
bool contains(const RowSet &set, const Vector &x) {
  long double sum = 0;
  bool hasOne = false;
  for (unsigned i = 0; i < x.size(); ++i) {
    if (set.kind == RowSet::Kind::Ellipsoid) {
      long double part = ((long double)x[i] - set.center[i]) / set.radius[i];
      sum += part * part;
      continue;
    }
    sum += x[i];
    hasOne |= x[i] == 1.0;
    if (x[i] < 0.0)
      return false;
  }
  if (set.kind == RowSet::Kind::Ellipsoid)
    return sum <= 1;
  return sum == 1 && (hasOne || set.kind == RowSet::Kind::Simplex);
}

TEST(SourceSet, RepresentablePointsLieInTheSet) {
  Random random;
  for (Format format : {Format::F64, Format::F32, Format::F16, Format::BF16})
    for (unsigned n : {1, 2, 5, 300}) {
      Vector center = random.normals(n), radius;
      for (double &each : center) {
        each = roundTo(each, Format::BF16);
        radius.push_back(random.uniform(0.5, 2));
      }
      for (const RowSet &set : {RowSet::ellipsoid(center, radius),
                                RowSet::simplex(1.0), RowSet::oneHot()})
        for (unsigned k = 0; k < 40; ++k) {
          Vector x(n);
          for (unsigned i = 0; i < n; ++i)
            x[i] = random.uniform(set.range(i).lo, set.range(i).hi);
          SourceSet rows(set, n);
          rows.spread(x, k);
          ASSERT_TRUE(rows.makeRepresentable(x, format));
          EXPECT_TRUE(contains(set, x));
          for (double each : x)
            EXPECT_EQ(each, roundTo(each, format));
        }
    }
}

TEST(SourceSet, RefusesBallsWithoutNumbers) {
  Vector x = {0.1};
  // A third is no number of f32, and none lies as close.
  SourceSet tiny(RowSet::ellipsoid({1.0 / 3.0}, {1e-12}), 1);
  EXPECT_FALSE(tiny.makeRepresentable(x, Format::F32));
  EXPECT_TRUE(tiny.makeRepresentable(x, Format::F64));
  SourceSet point(RowSet::ellipsoid({0.5}, {0.0}), 1);
  EXPECT_TRUE(point.makeRepresentable(x, Format::F32));
  EXPECT_EQ(x, (Vector{0.5}));
}

TEST(SourceSet, ClimbsStayInTheSet) {
  Random random;
  for (const RowSet &set : {RowSet::ellipsoid(Vector(5, 0.5), Vector(5, 0.25)),
                            RowSet::simplex(1.0)}) {
    NetworkBuilder builder(NetworkBuilder::Reals);
    unsigned in = builder.source(set, 5);
    Matrix rows = {random.normals(5), random.normals(5)};
    unsigned hidden =
        builder.function(builder.affine({{in, rows}}, {0.125, -0.25}), relu);
    unsigned last = builder.affine({{hidden, {{1, 1}}}}, {0});
    PointSearch search(builder.network, last);
    SourceBox box(builder.network.size());
    box[in] = builder.network[in].range;
    SourcePoint start = domainPoint(builder.network, box, 3);
    search.run(start);
    double before = search.value({0, 1.0});
    SourcePoint top =
        search.climb(start, box, {0, 1.0}, HUGE_VAL, 60, 0.1, 0.95);
    EXPECT_GE(search.value({0, 1.0}), before);
    Vector moved = top[in];
    SourceSet(set, 5).project(moved);
    for (unsigned i = 0; i < 5; ++i)
      EXPECT_NEAR(top[in][i], moved[i], 1e-12);
  }
}

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

TEST(SourceSet, FirstLayersAreExact) {
  Random random;
  for (unsigned trial = 0; trial < 30; ++trial) {
    Matrix weights = {random.normals(6), random.normals(6)};
    NetworkBuilder builder(NetworkBuilder::Reals);
    unsigned in =
        builder.source(RowSet::ellipsoid(Vector(6, 0.0), Vector(6, 2.0)), 6);
    unsigned last = builder.affine({{in, weights}}, {-1, 1});
    EXPECT_NEAR(upperBound(builder.network, last, {0, 1.0}),
                2 * lengthOf(weights[0]) - 1, 1e-11);
    EXPECT_NEAR(upperBound(builder.network, last, {1, -1.0}),
                2 * lengthOf(weights[1]) - 1, 1e-11);
  }
}

TEST(SourceSet, SecondLayersProfitFromTheFirst) {
  // relu(x + y - 1) is 0 on the simplex, whatever a box says.
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source(RowSet::simplex(1.0), 3);
  unsigned hidden = builder.affine({{in, {{1, 1, 0}}}}, {-1});
  unsigned on = builder.function(hidden, relu);
  unsigned last = builder.affine({{on, {{1}}}}, {-0.25});
  EXPECT_NEAR(upperBound(builder.network, last, {0, 1.0}), -0.25, 1e-11);
}

TEST(SourceSet, BisectionEndsWhereTheSetDoes) {
  // |x| + |y| - 1.45 is negative on the unit disc and 0.55 on the square.
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned in = builder.source(RowSet::ellipsoid({0, 0}, {1, 1}), 2);
  Matrix both = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
  unsigned on =
      builder.function(builder.affine({{in, both}}, {0, 0, 0, 0}), relu);
  unsigned last = builder.affine({{on, {{1, 1, 1, 1}}}}, {-1.45});
  SourceBox box(builder.network.size());
  box[in] = builder.network[in].range;
  InputBisection bisection(builder.network, last, box);
  BisectionResult result = bisection.run({0, 1.0}, 0.0, 2000, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_LE(result.bound, 0.0);
  // sqrt(2) is attained on the diagonals.
  EXPECT_EQ(bisection.run({0, 1.0}, -0.05, 2000, reject).outcome,
            BisectionResult::Open);
  result = bisection.run({0, 1.0}, -0.05, 2000, accept);
  ASSERT_EQ(result.outcome, BisectionResult::Witnessed);
  EXPECT_LE(lengthOf(result.point[in]), 1.0 + 1e-12);
}

TEST(SourceSet, BisectionEnumeratesOneHotRows) {
  // (x - y)^+ + (y - x)^+ is 1 at two of the vertices and 0 at the third; on
  // the box it takes every value from 0 to 1.
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned in = builder.source(RowSet::oneHot(), 3);
  unsigned on = builder.function(
      builder.affine({{in, {{2, 1, 0}, {-2, -1, 0}}}}, {-1.5, 1.5}), relu);
  // |2 x + y - 1.5| is 0.5, 0.5 and 1.5.
  unsigned low = builder.affine({{on, {{-1, -1}}}}, {0.25});
  SourceBox box(builder.network.size());
  box[in] = builder.network[in].range;
  auto reject = [](const SourcePoint &) { return std::nullopt; };
  BisectionResult result =
      InputBisection(builder.network, low, box).run({0, 1.0}, 0.0, 100, reject);
  EXPECT_EQ(result.outcome, BisectionResult::Proved);
  EXPECT_LE(result.boxes, 8u);
}

TEST(SourceSet, ShareOfDeadUnitsOnABall) {
  // Shin and Karniadakis 2019: of units with normal weights and bias of the
  // same deviation, the share below is dead on the unit ball.
  struct {
    unsigned dimension;
    double share;
  } cases[] = {{1, 0.25}, {2, 0.146447}, {3, 0.0908451}, {5, 0.0377934}};
  Random random;
  const unsigned units = 10000;
  for (auto [dimension, share] : cases) {
    NetworkBuilder builder(NetworkBuilder::Reals);
    RowSet ball =
        RowSet::ellipsoid(Vector(dimension, 0.0), Vector(dimension, 1.0));
    unsigned in = builder.source(ball, dimension);
    Matrix weights;
    for (unsigned i = 0; i < units; ++i)
      weights.push_back(random.normals(dimension));
    unsigned last = builder.affine({{in, weights}}, random.normals(units));
    std::vector<Objective> objectives;
    for (unsigned i = 0; i < units; ++i)
      objectives.push_back({i, 1.0});
    BackSubstitution bounds(builder.network, last);
    bounds.bound(bounds.domainRanges(), bounds.domainRanges());
    double dead = 0;
    for (double bound : bounds.maximize(objectives))
      dead += bound <= 0.0;
    // 4 standard deviations.
    EXPECT_NEAR(dead / units, share, 4 * std::sqrt(share / units));
  }
}

} // namespace

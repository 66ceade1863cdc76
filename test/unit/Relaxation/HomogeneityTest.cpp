//===- HomogeneityTest.cpp - Dead units of networks without biases --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/Homogeneity.h"
#include "Networks.h"
#include "act/Relaxation/InputBisection.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <random>

using namespace act;
using namespace act::test;

namespace {

/// A chain of `layers` relu layers of random weights without biases on two
/// inputs; the nodes of the pre-activations go to `targets`.
Network randomChain(unsigned seed, unsigned width, unsigned layers,
                    std::vector<unsigned> &targets) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  NetworkBuilder builder(NetworkBuilder::F32);
  unsigned before = builder.source({{-1, 1}, {-1, 1}});
  for (unsigned layer = 0; layer < layers; ++layer) {
    unsigned inputs = builder.network[before].size();
    Matrix weights(width, std::vector<double>(inputs));
    for (std::vector<double> &row : weights)
      for (double &weight : row)
        weight = float(normal(random) * std::sqrt(2.0 / inputs));
    targets.push_back(
        builder.affine({{before, weights}}, std::vector<double>(width, 0.0)));
    before = builder.function(targets.back(), relu);
  }
  return std::move(builder.network);
}

/// The largest values of all units in all directions, from which the others
/// follow.
std::vector<std::vector<double>>
highestAround(const Network &network, const std::vector<unsigned> &targets) {
  PointSearch search(network, targets);
  std::vector<std::vector<double>> highest(network.size());
  constexpr unsigned kDirections = 2000;
  for (unsigned k = 0; k < kDirections; ++k) {
    double angle = 2 * 3.14159265358979 * k / kDirections;
    SourcePoint point(network.size());
    point[0] = {std::cos(angle), std::sin(angle)};
    const auto &values = search.run(point);
    for (unsigned target : targets) {
      highest[target].resize(values[target].size(), -HUGE_VAL);
      for (size_t i = 0; i < values[target].size(); ++i)
        highest[target][i] = std::max(highest[target][i], values[target][i]);
    }
  }
  return highest;
}

TEST(Homogeneity, ProvesDeadUnitsOnTheFaces) {
  unsigned silent = 0, proved = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::vector<unsigned> targets;
    Network network = randomChain(seed, 16, 6, targets);
    std::vector<std::vector<double>> highest = highestAround(network, targets);
    SourceBox box(network.size());
    box[0] = network[0].range;
    for (unsigned target : targets) {
      ASSERT_TRUE(isHomogeneous(network, target));
      InputBisection bisection(network, target, box);
      for (unsigned unit = 0; unit < highest[target].size(); ++unit) {
        bool isSilent = highest[target][unit] <= 0.0;
        // Witnesses are searched by the analysis; here all are refused.
        auto refuse = [](const SourcePoint &) {
          return std::optional<SourcePoint>();
        };
        BisectionResult result = bisection.run(facesWithoutOrigin(box),
                                               {unit, 1.0}, 0.0, 500, refuse);
        bool isProved = result.outcome == BisectionResult::Proved;
        EXPECT_TRUE(isSilent || !isProved)
            << "seed " << seed << ", unit " << unit;
        silent += isSilent;
        proved += isProved;
      }
    }
  }
  EXPECT_GT(silent, 80u);
  EXPECT_GE(proved, 0.95 * silent);
}

TEST(Homogeneity, FacesOfABox) {
  SourceBox box = {{{-1, 2}, {0, 3}}};
  std::vector<SourceBox> faces = facesWithoutOrigin(box);
  ASSERT_EQ(faces.size(), 3u);
  EXPECT_EQ(faces[0][0][0], Interval(-1.0));
  EXPECT_EQ(faces[1][0][0], Interval(2.0));
  EXPECT_EQ(faces[2][0][1], Interval(3.0));
  EXPECT_EQ(faces[2][0][0], Interval(-1, 2));
  EXPECT_TRUE(facesWithoutOrigin({{{1, 2}, {-1, 1}}}).empty());
}

TEST(Homogeneity, BiasesAndOtherKinksEndIt) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned plain = builder.affine({{in, {{2}}}}, {0});
  unsigned leaky = builder.function(plain, max(x, x * 0.125));
  unsigned biased = builder.affine({{leaky, {{1}}}}, {0.5});
  unsigned moved = builder.function(leaky, max(x, 1.0));
  unsigned smooth = builder.function(leaky, tanh(x));
  unsigned largest =
      builder.combine(MultivariateFunction::Maximum, {{{leaky, 0}, {in, 0}}});
  unsigned square =
      builder.combine(MultivariateFunction::Product, {{{leaky, 0}, {in, 0}}});
  EXPECT_TRUE(isHomogeneous(builder.network, largest));
  EXPECT_FALSE(isHomogeneous(builder.network, square));
  EXPECT_TRUE(isHomogeneous(builder.network, leaky));
  EXPECT_FALSE(isHomogeneous(builder.network, biased));
  EXPECT_FALSE(isHomogeneous(builder.network, moved));
  EXPECT_FALSE(isHomogeneous(builder.network, smooth));
}

TEST(Homogeneity, ErrorsThatDoNotShrinkEndIt) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-1, 1}});
  unsigned plain = builder.affine({{in, {{2}}}}, {0});
  auto shifted = [&](SumError error) {
    return builder.network.addAffine({{plain, mapOf({{1}}, 1)}}, {0.0},
                                     {{-3, 3}}, {error});
  };
  EXPECT_TRUE(isHomogeneous(builder.network, shifted({0x1p-24, 0, 0x1p-149})));
  EXPECT_TRUE(isHomogeneous(builder.network, shifted({0, 0, 0, 0x1p-20})));
  EXPECT_FALSE(isHomogeneous(builder.network, shifted({0, 0x1p-20, 0})));
  EXPECT_FALSE(
      isHomogeneous(builder.network, builder.function(plain, relu, 0x1p-20)));
  unsigned scaling = builder.network.addElementwise(
      plain, FunctionRelaxation::of(relu), {{0, 3}}, {0x1p-20},
      /*errorScales=*/true);
  EXPECT_TRUE(isHomogeneous(builder.network, scaling));
}

TEST(Homogeneity, FormulasByTheWayTheyAreWritten) {
  Expression y = Expression::variable(1), w = Expression::variable(2);
  std::vector<bool> isVariable = {true, true, false};
  auto scales = [&](Expression formula) {
    return isHomogeneous(formula, isVariable);
  };
  EXPECT_TRUE(scales(max(w * x + y / w, 0.0) - abs(x) * 0.1));
  EXPECT_TRUE(scales(where(x < 0.0, w * x, x)));
  EXPECT_FALSE(scales((x + 1.0) - 1.0));
  EXPECT_FALSE(scales(x + w));
  EXPECT_FALSE(scales(x * y));
  EXPECT_FALSE(scales(w / x));
  EXPECT_FALSE(scales(where(x < 1.0, w * x, x)));
  EXPECT_FALSE(scales(tanh(x)));
}

TEST(Homogeneity, FacesMeetEveryRay) {
  SourceBox box = {{{-1, 2}, {0, 3}}, {}, {{-0.5, 0}, {0, 0}}};
  std::vector<SourceBox> faces = facesWithoutOrigin(box);
  EXPECT_EQ(faces.size(), 4u);
  for (unsigned index = 0; index < 500; ++index) {
    SourcePoint point = facePoint(box, index);
    // As far from 0 as the box allows.
    double most = std::numeric_limits<double>::infinity();
    for (size_t node = 0; node < box.size(); ++node)
      for (size_t i = 0; i < box[node].size(); ++i)
        if (double at = point[node][i]; at != 0.0)
          most =
              std::min(most, (at > 0 ? box[node][i].hi : box[node][i].lo) / at);
    if (std::isinf(most))
      continue;
    EXPECT_TRUE(
        std::any_of(faces.begin(), faces.end(), [&](const SourceBox &face) {
          for (size_t node = 0; node < box.size(); ++node)
            for (size_t i = 0; i < box[node].size(); ++i) {
              double at = most * point[node][i];
              if (at < face[node][i].lo - 1e-12 ||
                  at > face[node][i].hi + 1e-12)
                return false;
            }
          return true;
        }));
  }
  EXPECT_TRUE(facesWithoutOrigin({{{-1, 1}, {0.5, 1}}}).empty());
}

} // namespace

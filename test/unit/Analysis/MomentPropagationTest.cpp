//===- MomentPropagationTest.cpp - Laws of units against draws ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MomentPropagation.h"
#include "Formulas.h"
#include "SeededDraws.h"
#include "act/Relaxation/PointSearch.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

/// Random dense layers with a function between them.
struct DrawnNetwork {
  Network network;
  std::vector<unsigned> sums; ///< the affine nodes
  unsigned inputs, width;

  DrawnNetwork(unsigned inputs, unsigned width, unsigned layers,
               Expression function, double biasBound, uint64_t seed)
      : inputs(inputs), width(width) {
    SeededDraws draws(seed);
    auto ranges = [](unsigned size) {
      return std::vector<Interval>(size, Interval(-1.0, 1.0));
    };
    unsigned before = network.addSource(ranges(inputs));
    for (unsigned layer = 0; layer < layers; ++layer) {
      unsigned columns = network[before].size();
      auto map = std::make_shared<LinearMap>(columns);
      std::vector<double> offset;
      for (unsigned row = 0; row < width; ++row) {
        for (unsigned column = 0; column < columns; ++column)
          map->addEntry(column, draws.normal() * std::sqrt(2.0 / columns));
        map->endRow();
        offset.push_back(draws.symmetric(biasBound));
      }
      map->finish();
      sums.push_back(network.addAffine({{before, map}}, offset, ranges(width),
                                       std::vector<SumError>(width)));
      before = network.addElementwise(
          sums.back(), FunctionRelaxation::of(function), ranges(width),
          std::vector<double>(width, 0.0));
    }
  }
};

/// The share of `draws` inputs N(mean, 1) for which each unit is positive.
std::vector<std::vector<double>> drawnShares(const DrawnNetwork &drawn,
                                             double mean, unsigned count) {
  PointSearch search(drawn.network, drawn.sums);
  std::vector<std::vector<double>> shares(
      drawn.sums.size(), std::vector<double>(drawn.width, 0.0));
  SeededDraws draws(77);
  SourcePoint point(drawn.network.size());
  for (unsigned k = 0; k < count; ++k) {
    point[0].clear();
    for (unsigned i = 0; i < drawn.inputs; ++i)
      point[0].push_back(mean + draws.normal());
    const auto &values = search.run(point);
    for (size_t layer = 0; layer < shares.size(); ++layer)
      for (unsigned i = 0; i < drawn.width; ++i)
        if (values[drawn.sums[layer]][i] > 0.0)
          shares[layer][i] += 1.0 / count;
  }
  return shares;
}

/// Compares P(z > 0) of all units with draws: within `bound`, and within it
/// plus four standard errors of the draws for each unit by itself.
void expectNearDraws(const DrawnNetwork &drawn, double mean, unsigned count,
                     double bound) {
  MomentPropagation propagation(drawn.network, [&](unsigned) {
    return std::vector<NormalLaw>(drawn.inputs, NormalLaw{mean, 1.0});
  });
  std::vector<std::vector<double>> shares = drawnShares(drawn, mean, count);
  for (size_t layer = 0; layer < shares.size(); ++layer) {
    const std::vector<NormalLaw> &laws = propagation.lawsOf(drawn.sums[layer]);
    ASSERT_EQ(laws.size(), drawn.width);
    double squares = 0.0, worst = 0.0;
    for (unsigned i = 0; i < drawn.width; ++i) {
      double off = probabilityActive(laws[i]) - shares[layer][i];
      squares += off * off / drawn.width;
      worst = std::max(worst, std::abs(off));
    }
    EXPECT_LT(std::sqrt(squares), bound) << "layer " << layer + 1;
    EXPECT_LT(worst, bound + 4 * std::sqrt(0.25 / count))
        << "layer " << layer + 1;
  }
}

TEST(MomentPropagation, WideReluLayers) {
  expectNearDraws(DrawnNetwork(64, 512, 3, relu, 0.1, 5), 0.0, 1500, 0.03);
}

TEST(MomentPropagation, InputsThatAreNotCentered) {
  expectNearDraws(DrawnNetwork(32, 128, 4, relu, 0.3, 6), 0.5, 4000, 0.03);
}

TEST(MomentPropagation, SmoothFunctions) {
  expectNearDraws(DrawnNetwork(16, 64, 3, tanh(x), 0.5, 7), 0.2, 4000, 0.03);
}

TEST(MomentPropagation, FunctionsOfSeveralKinks) {
  expectNearDraws(DrawnNetwork(16, 64, 3, clip(x, -0.5, 1.0), 0.5, 8), 0.2,
                  4000, 0.03);
}

TEST(MomentPropagation, FirstLayersAreExact) {
  // z = 2 x1 - x2 + 3 with x1 of N(1, 2), x2 of N(0, 3): N(5, 5).
  Network network;
  std::vector<Interval> two(2, Interval(-1.0, 1.0));
  unsigned source = network.addSource(two);
  auto map = std::make_shared<LinearMap>(2);
  map->addEntry(0, 2.0);
  map->addEntry(1, -1.0);
  map->endRow();
  map->finish();
  unsigned sum = network.addAffine({{source, map}}, {3.0}, {{-1.0, 1.0}},
                                   std::vector<SumError>(1));
  MomentPropagation propagation(network, [](unsigned) {
    return std::vector<NormalLaw>{{1.0, 2.0}, {0.0, 3.0}};
  });
  EXPECT_EQ(propagation.lawsOf(sum)[0].mean, 5.0);
  EXPECT_NEAR(propagation.lawsOf(sum)[0].deviation, 5.0, 1e-15);
}

TEST(MomentPropagation, CorrelationsPassAffineNodesExactly) {
  // relu is the identity far from 0: 10 + x, 10 - x and their sum, which is
  // no longer random.
  Network network;
  unsigned source = network.addSource({{-1.0, 1.0}});
  auto split = std::make_shared<LinearMap>(1), sum = split;
  split->addEntry(0, 1.0);
  split->endRow();
  split->addEntry(0, -1.0);
  split->endRow();
  split->finish();
  sum = std::make_shared<LinearMap>(2);
  sum->addEntry(0, 1.0);
  sum->addEntry(1, 1.0);
  sum->endRow();
  sum->finish();
  std::vector<Interval> two(2, Interval(-1.0, 1.0));
  unsigned hidden = network.addAffine({{source, split}}, {10.0, 10.0}, two,
                                      std::vector<SumError>(2));
  unsigned active = network.addElementwise(hidden, FunctionRelaxation::of(relu),
                                           two, std::vector<double>(2, 0.0));
  unsigned last = network.addAffine({{active, sum}}, {0.0}, {{-1.0, 1.0}},
                                    std::vector<SumError>(1));
  MomentPropagation propagation(
      network, [](unsigned) { return std::vector<NormalLaw>{{0.0, 1.0}}; });
  EXPECT_NEAR(propagation.lawsOf(last)[0].mean, 20.0, 1e-12);
  EXPECT_NEAR(propagation.lawsOf(last)[0].deviation, 0.0, 1e-6);
}

TEST(MomentPropagation, WhatIsNotKnownHasNoLaw) {
  DrawnNetwork drawn(4, 4, 2, relu, 0.0, 9);
  MomentPropagation propagation(
      drawn.network, [](unsigned) { return std::vector<NormalLaw>(); });
  EXPECT_TRUE(propagation.lawsOf(drawn.sums.back()).empty());
}

} // namespace

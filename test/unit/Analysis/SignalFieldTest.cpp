//===- SignalFieldTest.cpp - Convolutions against known values ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignalPath.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace act;

namespace {

using Kind = FieldStep::Kind;
constexpr int kZero = FieldStep::kZero;

/// One place of which a window takes `count` elements.
FieldStep windowOf(Kind kind, unsigned count) {
  return {kind, count, std::vector<int>(count, 0),
          std::vector<double>(count, 1.0 / count)};
}

/// A row of `length` positions, each a place, under three taps and zeros.
FieldStep rowOfThreeTaps(unsigned length) {
  FieldStep step{Kind::Sum, 3, {}, {1 / 3.0, 1 / 3.0, 1 / 3.0}};
  for (int at = 0; at < int(length); ++at)
    for (int source : {at - 1, at, at + 1})
      step.sources.push_back(source < int(length) ? source : kZero);
  return step;
}

/// The same over inputs, which are one place.
FieldStep firstOfThreeTaps(unsigned length) {
  FieldStep step = rowOfThreeTaps(length);
  for (int &source : step.sources)
    source = std::min(source, 0);
  return step;
}

//===----------------------------------------------------------------------===//
// One place
//===----------------------------------------------------------------------===//

TEST(SignalField, UnpaddedConvolutionsAreDenseToAPair) {
  InputLaw inputs{1 / 3.0, 1 / 4.0};
  std::vector<LayerLaw> laws(4, LayerLaw{2.0, 0.05, 0.1});
  SignalPath path;
  for (double positions : {49.0, 25.0, 9.0, 1.0})
    path.follow({windowOf(Kind::Sum, 9)}, {positions});
  std::vector<LayerSignal> dense = propagateSignal(inputs, laws, 256);
  std::vector<LayerSignal> signals = path.propagate(inputs, laws, 256);
  ASSERT_EQ(signals.size(), 4u);
  for (unsigned layer = 0; layer < 4; ++layer) {
    const LayerSignal &z = dense[layer];
    EXPECT_NEAR(signals[layer].power / z.power, 1, 1e-12);
    EXPECT_NEAR(signals[layer].spread / z.spread, 1, 1e-12);
    double positions = path.layers[layer].numPositions();
    EXPECT_NEAR(signals[layer].deadFraction,
                silentOnCorrelated(z.spread, 256 * positions,
                                   z.biasMean / std::sqrt(z.power)),
                1e-9);
  }
  EXPECT_NEAR(path.decades(inputs, laws), differenceDecades(dense), 1e-12);
}

TEST(SignalField, MeansTakeWhatIsNotCommon) {
  SignalField field(3.0, 2.0);
  SignalField mean = field.averaged(windowOf(Kind::Mean, 4));
  EXPECT_DOUBLE_EQ(mean.gap(0), 0.5);
  EXPECT_DOUBLE_EQ(mean.square(0), 1.5);
  EXPECT_DOUBLE_EQ(mean.product(0, 0), 1.0);
}

TEST(SignalField, MeansAreNoDecay) {
  InputLaw inputs{1.0, 0.0};
  std::vector<LayerLaw> laws(2, LayerLaw{2.0});
  SignalPath path, averaged;
  path.follow({windowOf(Kind::Sum, 9)}, {16.0});
  path.follow({windowOf(Kind::Sum, 1)}, {1.0});
  averaged = path;
  std::vector<FieldStep> &steps = averaged.layers[1].sums[0].steps;
  steps.insert(steps.begin(), windowOf(Kind::Mean, 16));
  EXPECT_TRUE(averaged.isUniform());
  EXPECT_TRUE(averaged.hasMeans(1));
  EXPECT_FALSE(averaged.hasMeans(0));
  EXPECT_NEAR(path.decades(inputs, laws), averaged.decades(inputs, laws),
              1e-12);
  double alike = averaged.propagate(inputs, laws, 256)[1].spread;
  EXPECT_LT(alike, path.propagate(inputs, laws, 256)[1].spread / 4);
  EXPECT_NEAR(averaged.withoutMeans().propagate(inputs, laws, 256)[1].spread,
              path.propagate(inputs, laws, 256)[1].spread, 1e-12);
}

//===----------------------------------------------------------------------===//
// Maxima
//===----------------------------------------------------------------------===//

TEST(SignalField, MaximumOfOneIsRelu) {
  for (double gap : {0.02, 0.5, 2.0})
    for (double bias : {0.0, -0.7, 1.5}) {
      SignalField field(2.0, gap);
      SignalField relu = field.rectified(bias);
      SignalField maximum =
          field.rectifiedMaxima(windowOf(Kind::Maximum, 1), bias);
      EXPECT_NEAR(maximum.square(0) / relu.square(0), 1, 1e-4);
      EXPECT_NEAR(maximum.gap(0) / relu.gap(0), 1, 1e-3) << gap << " " << bias;
    }
}

TEST(SignalField, MaximumOfTwoThatAreIndependent) {
  // Where both are negative, a quarter of the plane, the maximum is 0.
  SignalField maximum =
      SignalField(1.0, 1.0).rectifiedMaxima(windowOf(Kind::Maximum, 2), 0.0);
  double square = 1 - (1 - 2 / M_PI) / 4;
  double mean = (1 + (std::sqrt(2) - 1) / 2) / std::sqrt(M_PI);
  EXPECT_NEAR(maximum.square(0), square, 1e-4);
  EXPECT_NEAR(maximum.gap(0), square - mean * mean, 1e-4);
}

TEST(SignalField, MaximaOfDrawnPlacesAreThoseOfOne) {
  // Two places that are as alike as two positions of one.
  FieldStep twice{Kind::Sum, 2, {0, kZero, kZero, 0}, {0.5, 0.5}};
  SignalField places =
      SignalField(1.0, 0.25).weighted(twice, LayerLaw{2.0, 0.0});
  ASSERT_EQ(places.size(), 2u);
  EXPECT_EQ(places.product(0, 1), 0.0);
  SignalField maximum =
      places.rectifiedMaxima({Kind::Maximum, 2, {0, 0, 1, 1}}, 0.0);
  SignalField one =
      SignalField(1.0, 0.25).rectifiedMaxima(windowOf(Kind::Maximum, 2), 0.0);
  for (unsigned place : {0, 1}) {
    EXPECT_NEAR(maximum.square(place) / one.square(0), 1, 0.15);
    EXPECT_NEAR(maximum.gap(place) / one.gap(0), 1, 0.15);
  }
  // What shares nothing has the product of the means: E max(0, x, y) is the sum
  // of the deviations of x, y and x - y over 2 sqrt(2 pi).
  double mean = (2 + std::sqrt(0.5)) / (2 * std::sqrt(2 * M_PI));
  EXPECT_NEAR(maximum.product(0, 1) / (mean * mean), 1, 0.15);
  EXPECT_LT(maximum.product(0, 1), 0.8 * one.product(0, 0));
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

TEST(SignalField, TwoPlacesAreAQuadrant) {
  // Of three taps two are shared: the correlation is sqrt(2/3) or 1/2.
  FieldStep step{
      Kind::Sum, 3, {0, 0, 0, 0, 0, kZero}, {1 / 3., 1 / 3., 1 / 3.}};
  SignalField field = SignalField(1.0, 0.0).weighted(step, LayerLaw{2.0});
  double c = field.correlation(0, 1);
  EXPECT_NEAR(c, std::sqrt(2 / 3.0), 1e-12);
  EXPECT_NEAR(field.silentShare({1.0, 1.0}, 1, 0.0),
              0.25 + std::asin(c) / (2 * M_PI), 0.03);
}

/// What the units of random layers of a row of positions do, with three taps.
struct LayerRun {
  double silent = 0.0, power = 0.0, gap = 0.0;
};

std::vector<LayerRun> runNetwork(std::mt19937 &random, unsigned length,
                                 unsigned numInputs, unsigned numLayers) {
  constexpr unsigned kWidth = 128;
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  unsigned channels = 16;
  std::vector<std::vector<double>> x(numInputs);
  for (std::vector<double> &input : x)
    for (unsigned i = 0; i < length * channels; ++i)
      input.push_back(uniform(random));
  std::vector<LayerRun> runs(numLayers);
  for (LayerRun &run : runs) {
    std::vector<double> w(3 * channels * kWidth);
    for (double &weight : w)
      weight = normal(random) * std::sqrt(2.0 / (3 * channels));
    std::vector<bool> fires(kWidth);
    std::vector<double> sum(length * kWidth), square(length * kWidth);
    for (std::vector<double> &input : x) {
      std::vector<double> z(length * kWidth);
      for (int at = 0; at < int(length); ++at)
        for (int tap = 0; tap < 3; ++tap) {
          int from = at + tap - 1;
          if (from < 0 || from >= int(length))
            continue;
          for (unsigned c = 0; c < channels; ++c)
            for (unsigned u = 0; u < kWidth; ++u)
              z[at * kWidth + u] += input[from * channels + c] *
                                    w[(tap * channels + c) * kWidth + u];
        }
      for (unsigned i = 0; i < z.size(); ++i) {
        sum[i] += z[i];
        square[i] += z[i] * z[i];
        if (z[i] > 0.0)
          fires[i % kWidth] = true;
        z[i] = std::max(z[i], 0.0);
      }
      input = std::move(z);
    }
    run.silent = double(std::count(fires.begin(), fires.end(), false)) / kWidth;
    for (unsigned i = 0; i < sum.size(); ++i) {
      run.power += square[i] / numInputs / sum.size();
      run.gap += (square[i] - sum[i] * sum[i] / numInputs) / (numInputs - 1) /
                 sum.size();
    }
    channels = kWidth;
  }
  return runs;
}

TEST(SignalField, PaddedRowsAreAsDrawn) {
  constexpr unsigned kLength = 3, kInputs = 16, kLayers = 6, kNetworks = 12;
  SignalPath path;
  path.follow({firstOfThreeTaps(kLength)}, std::vector<double>(kLength, 1.0));
  while (path.layers.size() < kLayers)
    path.follow({rowOfThreeTaps(kLength)}, std::vector<double>(kLength, 1.0));
  EXPECT_TRUE(path.isPadded());
  EXPECT_FALSE(path.isUniform());
  std::vector<LayerLaw> laws(kLayers, LayerLaw{2.0});
  std::vector<LayerSignal> signals =
      path.propagate({1 / 3.0, 1 / 4.0}, laws, kInputs);
  std::vector<LayerRun> mean(kLayers);
  std::mt19937 random(7);
  for (unsigned network = 0; network < kNetworks; ++network)
    for (auto [layer, run] :
         llvm::enumerate(runNetwork(random, kLength, kInputs, kLayers))) {
      mean[layer].silent += run.silent / kNetworks;
      mean[layer].power += run.power / kNetworks;
      mean[layer].gap += run.gap / kNetworks;
    }
  for (unsigned layer = 0; layer < kLayers; ++layer) {
    EXPECT_NEAR(signals[layer].deadFraction, mean[layer].silent, 0.03) << layer;
    EXPECT_NEAR(signals[layer].power / mean[layer].power, 1, 0.15) << layer;
    EXPECT_NEAR(signals[layer].power * signals[layer].spread / mean[layer].gap,
                1, 0.15)
        << layer;
  }
  // That it says something.
  EXPECT_GT(mean[kLayers - 1].silent, 0.05);
}

} // namespace

//===- PreactivationFieldTest.cpp - Residual sums against drawn nets ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PreactivationField.h"
#include "SignalPath.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace act;

namespace {

using Kind = FieldStep::Kind;
const FieldStep kOne = {Kind::Mean, 1, {0}, {1.0}};

//===----------------------------------------------------------------------===//
// One sum
//===----------------------------------------------------------------------===//

TEST(PreactivationField, NormalPartsAddUp) {
  PreactivationField before(SignalField(2.0, 1.5), 0.0);
  PreactivationField sum(before, /*isRectified=*/false, kOne,
                         SignalField(1.0, 0.1));
  EXPECT_DOUBLE_EQ(sum.moments().square(0), 3.0);
  EXPECT_DOUBLE_EQ(sum.moments().gap(0), 1.6);
  SignalField relu = SignalField(3.0, 1.6).rectified(0.0);
  EXPECT_DOUBLE_EQ(sum.rectified().square(0), relu.square(0));
  EXPECT_DOUBLE_EQ(sum.rectified().gap(0), relu.gap(0));
  EXPECT_DOUBLE_EQ(sum.silentShare({1.0}, 64),
                   silentOnCorrelated(1.6 / 3.0, 64));
}

TEST(PreactivationField, OneInputIsAQuadrant) {
  // max(x, 0) + g is negative where g is, and g < -x where x is positive: a
  // quarter of the plane and an eighth.
  PreactivationField before(SignalField(1.0, 0.5), 0.0);
  PreactivationField sum(before, /*isRectified=*/true, kOne,
                         SignalField(1.0, 0.5));
  EXPECT_NEAR(sum.silentShare({1.0}, 1), 0.375, 2e-3);
  EXPECT_DOUBLE_EQ(sum.moments().square(0), 1.5);
  // The mean of g^2 over a quarter and of (x + g)^2 over three eighths.
  EXPECT_NEAR(sum.rectified().square(0), 1 + 1 / (2 * M_PI), 0.01);
}

TEST(PreactivationField, NothingAddedIsNormal) {
  PreactivationField before(SignalField(0.0, 0.0), 0.0);
  PreactivationField sum(before, /*isRectified=*/true, kOne,
                         SignalField(2.0, 0.3));
  SignalField relu = SignalField(2.0, 0.3).rectified(0.0);
  EXPECT_NEAR(sum.rectified().square(0) / relu.square(0), 1, 2e-3);
  EXPECT_NEAR(sum.rectified().gap(0) / relu.gap(0), 1, 2e-3);
  EXPECT_NEAR(sum.silentShare({1.0}, 256), silentOnCorrelated(0.15, 256), 2e-3);
}

//===----------------------------------------------------------------------===//
// Few channels
//===----------------------------------------------------------------------===//

TEST(PreactivationField, OneProductFiresWithItsFactor) {
  // w max(x, 0) is silent where x is, and where w is negative.
  PreactivationField before(SignalField(2.0, 0.3), 0.0);
  PreactivationField product(before, {Kind::Sum, 1, {0}, {1.0}, {0}}, {1.5});
  for (double inputs : {1, 64, 4096}) {
    double silent = silentOnCorrelated(0.15, inputs);
    EXPECT_NEAR(product.silentShare({1.0}, inputs), (1 + silent) / 2, 0.01);
  }
  SignalField factor = SignalField(2.0, 0.3).rectified(0.0);
  EXPECT_NEAR(product.moments().square(0) / factor.square(0), 1.5, 1e-9);
  EXPECT_NEAR(product.rectified().square(0) / factor.square(0), 0.75, 0.05);
  EXPECT_NEAR(product.rectified().gap(0) / factor.gap(0), 0.75, 0.05);
}

TEST(PreactivationField, SumsOfMoreChannelsAreNearlyNormal) {
  FieldStep sum{Kind::Sum, 15, std::vector<int>(15, 0),
                std::vector<double>(15, 1 / 15.0)};
  for (unsigned channel = 0; channel < 15; ++channel)
    sum.channels.push_back(channel);
  PreactivationField before(SignalField(2.0, 0.3), 0.0);
  PreactivationField few(before, sum, {2.0, 0.1});
  SignalField many =
      before.rectified().weighted({Kind::Sum, 1, {0}, {1.0}}, {2.0, 0.1});
  EXPECT_NEAR(few.silentShare({1.0}, 64), many.silentShare({1.0}, 64, 0.0),
              0.03);
  EXPECT_NEAR(few.rectified().gap(0) / many.rectified(0.0).gap(0), 1, 0.1);
}

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

struct LayerRun {
  double silent = 0.0, power = 0.0, gap = 0.0;
};

/// Units of a layer, input by input.
using Units = std::vector<float>;

/// Dense random networks with skips, and what their layers do on average.
class DrawnNetworks {
public:
  static constexpr unsigned kWidth = 256, kInputs = 64, kNetworks = 8;

  explicit DrawnNetworks(bool isBehindRelu) : isBehindRelu(isBehindRelu) {}

  std::vector<LayerRun> run(unsigned numBlocks) {
    std::vector<LayerRun> mean(1 + 2 * numBlocks);
    for (unsigned network = 0; network < kNetworks; ++network) {
      Units x(kInputs * kWidth);
      for (float &each : x)
        each = normal(random);
      x = weighted(x, 2.0);
      note(x, mean[0]);
      for (unsigned block = 0; block < numBlocks; ++block) {
        Units y = rectified(x), inner = weighted(y, 2.0);
        note(inner, mean[1 + 2 * block]);
        Units branch = weighted(rectified(inner), 1.0);
        for (auto [sum, skip, add] :
             llvm::zip_equal(x, isBehindRelu ? y : Units(x), branch))
          sum = skip + add;
        note(x, mean[2 + 2 * block]);
      }
    }
    return mean;
  }

private:
  static Units rectified(Units x) {
    for (float &each : x)
      each = std::max(each, 0.0f);
    return x;
  }

  Units weighted(const Units &x, double gain) {
    Units w(kWidth * kWidth), z(x.size());
    for (float &weight : w)
      weight = normal(random) * std::sqrt(gain / kWidth);
    for (unsigned input = 0; input < kInputs; ++input)
      for (unsigned from = 0; from < kWidth; ++from)
        for (unsigned unit = 0; unit < kWidth; ++unit)
          z[input * kWidth + unit] +=
              x[input * kWidth + from] * w[from * kWidth + unit];
    return z;
  }

  static void note(const Units &z, LayerRun &run) {
    for (unsigned unit = 0; unit < kWidth; ++unit) {
      double sum = 0.0, square = 0.0;
      bool fires = false;
      for (unsigned input = 0; input < kInputs; ++input) {
        double each = z[input * kWidth + unit];
        sum += each;
        square += each * each;
        fires |= each > 0.0;
      }
      constexpr double kUnits = double(kWidth) * kNetworks;
      run.silent += !fires / kUnits;
      run.power += square / kInputs / kUnits;
      run.gap += (square - sum * sum / kInputs) / (kInputs - 1) / kUnits;
    }
  }

  bool isBehindRelu;
  std::mt19937 random = std::mt19937(3);
  std::normal_distribution<float> normal;
};

class ResidualNetworks : public testing::TestWithParam<bool> {};

TEST_P(ResidualNetworks, AreAsDrawn) {
  constexpr unsigned kBlocks = 6;
  FieldStep all{Kind::Sum, 1, {0}, {1.0}};
  SignalPath path;
  std::vector<LayerLaw> laws = {{2.0}};
  path.follow({all}, {1.0});
  for (unsigned block = 0; block < kBlocks; ++block) {
    path.follow({all}, {1.0});
    path.follow({all}, {1.0});
    path.layers.back().skip = {2 * block, GetParam(), kOne};
    laws.insert(laws.end(), {LayerLaw{2.0}, LayerLaw{1.0}});
  }
  EXPECT_TRUE(path.isDense());
  EXPECT_FALSE(path.isStraight());
  std::vector<LayerSignal> signals =
      path.propagate({1.0, 0.0}, laws, DrawnNetworks::kInputs);
  std::vector<LayerRun> runs = DrawnNetworks(GetParam()).run(kBlocks);
  ASSERT_EQ(signals.size(), runs.size());
  for (auto [layer, signal, run] : llvm::enumerate(signals, runs)) {
    EXPECT_NEAR(signal.deadFraction, run.silent, 0.03) << layer;
    EXPECT_NEAR(signal.power / run.power, 1, 0.15) << layer;
    EXPECT_NEAR(signal.power * signal.spread / run.gap, 1, 0.15) << layer;
  }
  // That it says something.
  EXPECT_GT(runs.back().silent, 0.02);
  EXPECT_GT(runs[2 * kBlocks - 1].silent, 0.03);
}

INSTANTIATE_TEST_SUITE_P(Skips, ResidualNetworks, testing::Bool());

} // namespace

//===- SignalPropagationTest.cpp - Layers against tables ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/SignalPropagation.h"
#include "PrintedNumber.h"
#include "SimpsonRule.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <vector>

using namespace act;
using namespace act::test;

namespace {

//===----------------------------------------------------------------------===//
// The map of a pair
//===----------------------------------------------------------------------===//

TEST(SpreadAfterRelu, Values) {
  EXPECT_NEAR(cosineAfterRelu(0), 1 / M_PI, 1e-16);
  EXPECT_EQ(cosineAfterRelu(1), 1);
  EXPECT_NEAR(cosineAfterRelu(-1), 0, 1e-15);
  EXPECT_EQ(spreadAfterRelu(0), 0);
  for (double c : {-.99, -.5, .1, .5, .54, .55, .8, .99}) {
    double form = (std::sqrt(1 - c * c) + c * (M_PI - std::acos(c))) / M_PI;
    EXPECT_NEAR(cosineAfterRelu(c), form, 1e-15) << c;
    EXPECT_NEAR(spreadAfterRelu(1 - c), 1 - form, 1e-15) << c;
  }
}

TEST(SpreadAfterRelu, KeepsItsDigitsNearZero) {
  // The next term is spread^(5/2)/(5 sqrt(2) pi) up to sign and factor.
  double factor = 2 * std::sqrt(2) / (3 * M_PI);
  for (double spread : {1e-4, 1e-8, 1e-12, 1e-30}) {
    double lost = spread - spreadAfterRelu(spread);
    EXPECT_NEAR(spreadAfterRelu(spread) / spread,
                1 - factor * std::sqrt(spread),
                spread * std::sqrt(spread) * .2 + 2e-16)
        << spread;
    EXPECT_GT(lost, 0);
  }
}

TEST(SpreadAfterRelu, ApproachesItsRate) {
  // 1 - c_l ~ 9 pi^2/(2 l^2).
  double spread = 1;
  for (int layer = 0; layer < 100000; ++layer)
    spread = spreadAfterRelu(spread);
  EXPECT_NEAR(spread * 1e10 / (4.5 * M_PI * M_PI), 1, 2e-3);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

const InputLaw kNoise = {1, 0};            // normal, centred
const InputLaw kPixels = {1. / 3, 1. / 4}; // uniform in [0, 1]

std::vector<LayerSignal> signals(InputLaw inputs, LayerLaw layer,
                                 unsigned count, double K) {
  return propagateSignal(inputs, std::vector<LayerLaw>(count, layer), K);
}

/// The weights and biases of torch.nn.Linear, uniform in +-1/sqrt(fan_in).
LayerLaw torchDefault(double fanIn) { return {1. / 3, 1 / (3 * fanIn)}; }

TEST(SignalPropagation, HeTable) {
  // The source prints .3751 and .2164 for .375049 (layer 50, K = 256) and
  // .216346 (layer 20, K = 1024).
  struct {
    unsigned layer;
    const char *c, *dead[4]; // K = 32, 256, 1024, 60000
  } table[] = {{2, ".318310", {".00551", "9.9e-5", "6.1e-6", "1.4e-9"}},
               {3, ".493731", {".02896", ".003554", "8.6e-4", "1.3e-5"}},
               {5, ".680954", {".08924", ".03047", ".01509", ".0020"}},
               {10, ".854809", {".2016", ".1250", ".09255", ".0401"}},
               {20, ".944493", {".3092", ".2476", ".2163", ".1508"}},
               {50, ".987439", {".4079", ".3750", ".3572", ".3151"}}};
  const double inputs[] = {32, 256, 1024, 60000};
  for (int column = 0; column < 4; ++column) {
    std::vector<LayerSignal> he = signals(kNoise, {2}, 50, inputs[column]);
    EXPECT_NEAR(he[0].deadFraction, std::exp2(-inputs[column]), 1e-20);
    for (auto &row : table) {
      const LayerSignal &layer = he[row.layer - 1];
      EXPECT_TRUE(printsAs(1 - layer.spread, row.c));
      EXPECT_TRUE(printsAs(layer.deadFraction, row.dead[column]))
          << "layer " << row.layer << ", K = " << inputs[column];
      EXPECT_EQ(layer.power, 2); // the edge of chaos
    }
  }
}

TEST(SignalPropagation, HeAgainstNetworks) {
  // 12 networks, 512 wide, K = 256.
  struct {
    unsigned layer;
    double drawn;
    const char *told;
  } table[] = {{3, .0039, ".0036"},  {5, .0277, ".0305"},
               {8, .0939, ".0886"},  {10, .1151, ".1250"},
               {15, .1966, ".1971"}, {20, .2454, ".2476"}};
  std::vector<LayerSignal> he = signals(kNoise, {2}, 20, 256);
  for (auto [layer, drawn, told] : table) {
    EXPECT_TRUE(printsAs(he[layer - 1].deadFraction, told)) << layer;
    EXPECT_NEAR(he[layer - 1].deadFraction, drawn, .01);
  }
}

TEST(SignalPropagation, TorchDefault) {
  const char *noise[] = {".006", ".0485", ".198", ".359",
                         ".442", ".476",  ".490", ".496"};
  const double drawnNoise[] = {.0062, .0534, .2269, .3714,
                               .4447, .4906, .4896, .4889};
  const char *pixels[] = {".0562", ".080", ".124", ".2305", ".365", ".443"};
  const double drawnPixels[] = {.0501, .0706, .1136, .251, .397, .465};
  std::vector<LayerSignal> found = signals(kNoise, torchDefault(512), 10, 256);
  for (int i = 0; i < 8; ++i) {
    EXPECT_TRUE(printsAs(found[i + 2].deadFraction, noise[i])) << i + 3;
    EXPECT_NEAR(found[i + 2].deadFraction, drawnNoise[i], .03) << i + 3;
  }
  found = signals(kPixels, torchDefault(512), 8, 256);
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(printsAs(found[i].deadFraction, pixels[i])) << i + 1;
    EXPECT_NEAR(found[i].deadFraction, drawnPixels[i], .033) << i + 1;
  }
}

TEST(SignalPropagation, ConstantBias) {
  struct {
    double bias;
    const char *fifth, *tenth;
  } table[] = {{0, ".0305", ".1250"},
               {.01, ".0310", ".1272"},
               {.1, ".0361", ".1444"},
               {1, ".0884", ".2248"}};
  for (auto [bias, fifth, tenth] : table) {
    std::vector<LayerSignal> he = signals(kNoise, {2, 0, bias}, 10, 256);
    EXPECT_TRUE(printsAs(he[4].deadFraction, fifth)) << bias;
    EXPECT_TRUE(printsAs(he[9].deadFraction, tenth)) << bias;
  }
}

/// (E[y^2] - E[y1 y2]) for N(r, 1) of correlation cos(angle): the derivative
/// of E[y1 y2] by the correlation is P(both > 0).
double gapByAngle(double angle, double r) {
  return simpson(0, angle, 400,
                 [&](double a) { return bothSilent(a, -r) * std::sin(a); });
}

TEST(SignalPropagation, PairsWithAMean) {
  for (double angle : {.05, .7, 1.5, 2.5})
    for (double r : {-2., -.3, .4, 3.}) {
      double half = std::sin(angle / 2), q = 4;
      LayerSignal before = {q, 2 * half * half, r * 2, 0};
      LayerSignal after = nextLayerSignal(before, {1.5, .25});
      double square = expectedReluSquared({r, 1});
      EXPECT_NEAR(after.power, 1.5 * q * square + .25, 1e-14);
      EXPECT_NEAR(after.spread * after.power / (1.5 * q), gapByAngle(angle, r),
                  1e-10)
          << angle << " " << r;
    }
}

TEST(SignalPropagation, RarePairsKeepTheirDigits) {
  // Units that fire for one input in 1e6 or 1e12.
  for (double angle : {.05, .7, 1.5, 2.5})
    for (double r : {-5., -7.}) {
      double half = std::sin(angle / 2);
      LayerSignal after = nextLayerSignal({1, 2 * half * half, r, 0}, {1});
      double gap = gapByAngle(angle, r);
      EXPECT_NEAR(after.spread * after.power / gap, 1, 1e-8)
          << angle << " " << r;
    }
}

TEST(SignalPropagation, ASmallMeanIsLikeNone) {
  for (double spread : {1e-12, 1e-3, .4, 1., 1.6}) {
    LayerSignal none = nextLayerSignal({1, spread, 0, 0}, {2});
    for (double mean : {1e-13, -1e-13}) {
      LayerSignal small = nextLayerSignal({1, spread, mean, 0}, {2});
      EXPECT_NEAR(small.spread / none.spread, 1, 1e-9) << spread;
      EXPECT_NEAR(small.power, none.power, 1e-12);
    }
  }
  // A large positive mean makes the layer linear: the gap stays, and the mean
  // joins what is common.
  for (double spread : {1e-9, 1e-20}) {
    LayerSignal linear = nextLayerSignal({1, spread, 20, 0}, {1});
    EXPECT_NEAR(linear.spread * 401 / spread, 1, 1e-9);
  }
}

TEST(SignalPropagation, NoPower) {
  std::vector<LayerSignal> none = signals({0, 0}, {2}, 3, 10);
  EXPECT_EQ(none[2].power, 0);
  EXPECT_EQ(none[2].spread, 0);
  EXPECT_EQ(none[2].deadFraction, 1); // z = 0 throughout
  EXPECT_EQ(signals({0, 0}, {2, 0, 1}, 1, 10)[0].deadFraction, 0); // z = 1
  EXPECT_EQ(signals({0, 0}, {2, 0, 3}, 2, 10)[1].power, 18);
  EXPECT_EQ(signals({0, 0}, {2, 0, -3}, 2, 10)[1].power, 0);
  EXPECT_EQ(differenceDecades(none), -HUGE_VAL);
  EXPECT_EQ(differenceDecades({}), 0);
  EXPECT_EQ(differenceDecades(llvm::ArrayRef(none).take_front()), 0);
  // 2^-1100 is no number; nothing may become NaN.
  std::vector<LayerSignal> deep = signals(kNoise, {1}, 1200, 10);
  EXPECT_EQ(deep.back().power, 0);
  EXPECT_EQ(differenceDecades(deep), -HUGE_VAL);
  EXPECT_EQ(deep.back().deadFraction, 1);
}

TEST(SignalPropagation, ScaleDoesNotMatter) {
  // 43^300 is no number; correlations are as always.
  std::vector<LayerSignal> usual = signals(kNoise, {2}, 300, 10);
  std::vector<LayerSignal> large = signals(kNoise, {86}, 300, 10);
  EXPECT_NEAR(large.back().spread / usual.back().spread, 1, 1e-12);
  EXPECT_NEAR(large.back().deadFraction, usual.back().deadFraction, 1e-12);
  EXPECT_TRUE(std::isfinite(large.back().power));
  EXPECT_NEAR(signals({1e-200, 0}, {1e-50}, 2, 10)[1].spread, usual[1].spread,
              1e-15);
  // No weights, only random biases: all inputs are alike.
  EXPECT_EQ(signals(kNoise, {0, 1}, 2, 10)[1].spread, 0);
  EXPECT_EQ(signals(kNoise, {0, 1}, 2, 10)[1].deadFraction, .5);
  // A mean that dwarfs the deviation.
  EXPECT_EQ(nextLayerSignal({1e-310, .5, 1, 0}, {1}).power, 1);
}

//===----------------------------------------------------------------------===//
// Initial networks: 784 pixels, 128 wide, Glorot
//===----------------------------------------------------------------------===//

std::vector<LayerLaw> glorot(unsigned depth, double inputs = 784,
                             double width = 128) {
  std::vector<LayerLaw> layers(depth, LayerLaw{1});
  layers[0].gain = 2 * inputs / (inputs + width);
  return layers;
}

TEST(InitialNetworks, DeadUnitsOf34Layers) {
  // The source prints .308 for .30748 (layer 34, [0,1], K = 4096).
  struct {
    unsigned layer;
    const char *dead[4]; // [0,1] with K = 256, 4096; centred with the same
    const char *cosine;
  } table[] = {{1, {".055", ".020", "0", "0"}, ".750"},
               {2, {".075", ".032", "0", "0"}, ".788"},
               {5, {".130", ".074", ".030", ".008"}, ".860"},
               {10, {".201", ".140", ".125", ".069"}, ".918"},
               {20, {".286", ".234", ".248", ".190"}, ".961"},
               {34, {".348", ".307", ".329", ".285"}, ".981"}};
  const char *totals[] = {"1072", "850", "849", "649"};
  for (int column = 0; column < 4; ++column) {
    SCOPED_TRACE(column);
    std::vector<LayerSignal> found = propagateSignal(
        column < 2 ? kPixels : kNoise, glorot(34), column % 2 ? 4096 : 256);
    for (auto &row : table) {
      const LayerSignal &layer = found[row.layer - 1];
      EXPECT_TRUE(printsAs(layer.deadFraction, row.dead[column])) << row.layer;
      if (column < 2) {
        EXPECT_TRUE(printsAs(1 - layer.spread, row.cosine)) << row.layer;
      }
    }
    double total = 0;
    for (const LayerSignal &layer : found)
      total += 128 * layer.deadFraction;
    EXPECT_TRUE(printsAs(total, totals[column]));
  }
}

double deadShare(llvm::ArrayRef<LayerSignal> layers) {
  double sum = 0;
  for (const LayerSignal &layer : layers)
    sum += layer.deadFraction;
  return sum / layers.size();
}

TEST(InitialNetworks, ShareOfDeadUnits) {
  EXPECT_TRUE(
      printsAs(deadShare(propagateSignal(kPixels, glorot(34), 256)), ".246"));
  EXPECT_TRUE(
      printsAs(deadShare(propagateSignal(kPixels, glorot(34), 4096)), ".195"));
  EXPECT_TRUE(
      printsAs(deadShare(propagateSignal(kPixels, glorot(20), 256)), ".193"));
  EXPECT_TRUE(
      printsAs(deadShare(propagateSignal(kPixels, glorot(20), 4096)), ".138"));
}

TEST(InitialNetworks, Decay) {
  std::vector<LayerSignal> deep = propagateSignal(kPixels, glorot(34), 256);
  EXPECT_EQ(deep.back().power / deep.front().power, 0x1p-33);
  EXPECT_TRUE(printsAs(deep.back().power / deep.front().power, "1.2e-10"));
  EXPECT_TRUE(printsAs(differenceDecades(deep), "-11.1"));
  std::vector<LayerSignal> twenty = propagateSignal(kPixels, glorot(20), 256);
  EXPECT_TRUE(printsAs(differenceDecades(twenty), "-6.5"));
  EXPECT_EQ(differenceDecades(llvm::ArrayRef(deep).take_front()), 0);
}

TEST(InitialNetworks, DecayAgainstNetworks) {
  // Means of six draws each.
  struct {
    unsigned depth;
    double he, glorot, torch;
  } table[] = {{3, -.15, -.8, -1.7},  {5, -.27, -1.5, -3.3},
               {8, -.43, -2.6, -5.7}, {12, NAN, -3.9, -8.9},
               {20, -1.0, -6.7, NAN}, {34, -1.4, -11.3, NAN}};
  for (auto [depth, he, glorotMean, torch] : table) {
    SCOPED_TRACE(depth);
    auto decades = [&](llvm::ArrayRef<LayerLaw> layers) {
      return differenceDecades(propagateSignal(kPixels, layers, 1));
    };
    std::vector<LayerLaw> layers(depth, torchDefault(128));
    layers[0] = torchDefault(784);
    if (!std::isnan(he)) {
      EXPECT_NEAR(decades(std::vector<LayerLaw>(depth, LayerLaw{2})), he, .35);
    }
    EXPECT_NEAR(decades(glorot(depth)), glorotMean, .35);
    if (!std::isnan(torch)) {
      EXPECT_NEAR(decades(layers), torch, .35);
    }
  }
}

} // namespace

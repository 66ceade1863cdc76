//===- BornDeadTest.cpp - Networks right after init -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/BornDead.h"
#include "PrintedNumber.h"
#include "SeededDraws.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <vector>

using namespace act;
using namespace act::test;

namespace {

/// `layers` counts affine layers, the output included.
std::vector<unsigned> equalWidths(unsigned width, unsigned layers) {
  return std::vector<unsigned>(layers - 1, width);
}

/// One input, zero bias: `truth` is the share among 10^6 networks, simulated
/// exactly on both rays, with a standard error of at most .0005.
struct TableEntry {
  unsigned width, layers;
  const char *upper, *truth, *lower;
};

const TableEntry kTable[] = {
    {2, 3, ".4375", ".1563", ".1563"},    {2, 5, ".6836", ".4983", ".4767"},
    {2, 10, ".9249", ".8801", ".8703"},   {2, 20, ".9958", ".9932", ".9927"},
    {2, 50, "1.000", "1.000", "1.000"},   {3, 3, ".2344", ".0430", ".0430"},
    {3, 5, ".4138", ".2061", ".1733"},    {3, 10, ".6993", ".5783", ".5134"},
    {3, 20, ".9209", ".8891", ".8635"},   {3, 50, ".9986", ".9979", ".9975"},
    {4, 3, ".1211", ".0114", ".0112"},    {4, 5, ".2275", ".0731", ".0513"},
    {4, 10, ".4406", ".2939", ".2042"},   {4, 20, ".7066", ".6267", ".5198"},
    {4, 50, ".9577", ".9463", ".9243"},   {5, 3, ".0615", ".0029", ".0029"},
    {5, 5, ".1193", ".0243", ".0138"},    {5, 10, ".2485", ".1292", ".0640"},
    {5, 20, ".4530", ".3559", ".2138"},   {5, 50, ".7890", ".7510", ".6361"},
    {8, 3, ".0078", nullptr, "4.6e-5"},   {8, 5, ".0155", nullptr, "2.3e-4"},
    {8, 10, ".0346", nullptr, ".0012"},   {8, 20, ".0717", nullptr, ".0052"},
    {8, 50, ".1745", nullptr, ".0308"},   {10, 3, ".00195", nullptr, "3e-6"},
    {10, 5, ".0039", nullptr, "1.4e-5"},  {10, 10, ".0088", nullptr, "7.6e-5"},
    {10, 20, ".0184", nullptr, "3.4e-4"}, {10, 50, ".0467", nullptr, ".0022"},
    {2, 100, "1.000", "1", nullptr},      {3, 100, ".999998", "1", nullptr},
    {4, 100, ".9983", ".9978", nullptr},  {5, 100, ".9569", ".9490", nullptr}};

TEST(BornDead, TableOfBrackets) {
  for (const TableEntry &entry : kTable) {
    SCOPED_TRACE(testing::Message()
                 << entry.width << " wide, " << entry.layers << " layers");
    ProbabilityBracket bracket =
        bornDeadBracket(equalWidths(entry.width, entry.layers), 1);
    EXPECT_TRUE(printsAs(bracket.upper, entry.upper));
    if (entry.lower) {
      EXPECT_TRUE(printsAs(bracket.lower, entry.lower));
    }
    EXPECT_LE(bracket.lower, bracket.upper);
    if (!entry.truth)
      continue;
    double noise = 4 * .0005, truth = std::atof(entry.truth);
    EXPECT_LE(bracket.lower, truth + noise);
    EXPECT_GE(bracket.upper, truth - noise);
  }
}

TEST(BornDead, LowerBoundIsTheClosedForm) {
  // 1 - a1^(L-2) + (1-2^(1-N))(1-2^-N)/(1+(N-1)2^-N) (a2^(L-2) - a1^(L-2)).
  for (int width : {1, 2, 3, 4, 5, 7})
    for (int layers : {2, 3, 4, 10, 100}) {
      double half = std::ldexp(1.0, -width);
      double a1 = 1 - half, a2 = 1 - 2 * half - (width - 1) * half * half;
      double p1 = std::pow(a1, layers - 2), p2 = std::pow(a2, layers - 2);
      double form =
          1 - p1 +
          (1 - 2 * half) * (1 - half) / (1 + (width - 1) * half) * (p2 - p1);
      EXPECT_NEAR(bornDeadLowerBound(equalWidths(width, layers), 1), form,
                  1e-13)
          << width << " wide, " << layers << " layers";
    }
}

TEST(BornDead, OneHiddenLayer) {
  // One input and no bias: one of the two rays survives.
  for (unsigned width : {1u, 2u, 5u, 30u}) {
    ProbabilityBracket bracket = bornDeadBracket(equalWidths(width, 2), 1);
    EXPECT_EQ(bracket.lower, 0.0);
    EXPECT_DOUBLE_EQ(bracket.upper, std::exp2(-double(width)));
  }
  EXPECT_EQ(bornDeadUpperBound({}), 0.0);
  EXPECT_EQ(bornDeadLowerBound({}, 1), 0.0);
  // A layer without units makes the network constant.
  EXPECT_EQ(bornDeadUpperBound({3, 0, 3}), 1.0);
  EXPECT_EQ(bornDeadLowerBound({3, 0, 3}, 1), 1.0);
  for (unsigned inputs : {1u, 2u})
    EXPECT_EQ(bornDeadLowerBound(std::vector<unsigned>{0}, inputs), 1.0);
}

TEST(BornDead, AliveAtOneInput) {
  EXPECT_DOUBLE_EQ(1 - bornDeadUpperBound({2, 2, 2}), .421875);
  EXPECT_TRUE(printsAs(1 - bornDeadUpperBound({3, 3, 3, 3}), ".586182"));
  EXPECT_TRUE(printsAs(1 - bornDeadUpperBound({4, 2, 4}), ".659180"));
}

TEST(BornDead, TinyProbabilitiesKeepTheirDigits) {
  // Nine layers of 60 units: 9 2^-60 (1 - ...), far below the spacing at 1.
  double upper = bornDeadUpperBound(equalWidths(60, 10));
  EXPECT_NEAR(upper / (9 * 0x1p-60), 1.0, 1e-14);
  // To first order in 4^-N: each of 8 layers ends both rays, or finds the one
  // ray that layer 1 or any layer between has left.
  double half = 0x1p-60, one = 2 * half, dead = 0;
  for (int layer = 2; layer <= 9; ++layer) {
    dead += half * half + one * half;
    one += 2 * half;
  }
  double lower = bornDeadLowerBound(equalWidths(60, 10), 1);
  EXPECT_NEAR(lower / dead, 1.0, 1e-14);
  EXPECT_TRUE(printsAs(bornDeadUpperBound(equalWidths(16, 100)), ".0015"));
}

TEST(BornDead, AtomsAtZero) {
  // Half of the weights zero on a one-hot input: 3/4 for each unit.
  EXPECT_DOUBLE_EQ(bornDeadUpperBound({2}, .5), .5625);
  EXPECT_NEAR(bornDeadUpperBound({2, 3}, .5), 1 - .4375 * .578125, 1e-15);
  EXPECT_EQ(bornDeadUpperBound({2, 3}, 1.0), 1.0);
  EXPECT_EQ(bornDeadUpperBound({2, 3}, 0.0), bornDeadUpperBound({2, 3}));
}

TEST(BornDead, MoreInputsNeedMoreLuck) {
  // Two layers of two units: all four weights between them negative.
  EXPECT_NEAR(bornDeadLowerBound({2, 2}, 2), 1.0 / 16, 1e-16);
  EXPECT_NEAR(bornDeadLowerBound({2, 2, 3}, 5), 1 - 15. / 16 * 63. / 64, 1e-15);
  for (unsigned width = 1; width < 6; ++width)
    EXPECT_LE(bornDeadLowerBound(equalWidths(width, 9), 2),
              bornDeadLowerBound(equalWidths(width, 9), 1));
}

TEST(BornDead, SmallestSafeWidth) {
  EXPECT_EQ(smallestSafeWidth(.01, 10), 10u);
  EXPECT_EQ(smallestSafeWidth(.01, 50), 13u);
  EXPECT_EQ(smallestSafeWidth(.01, 100), 14u);
  // Exact powers: 2^-N itself is the bound of one hidden layer.
  for (unsigned width = 1; width < 60; ++width)
    EXPECT_EQ(smallestSafeWidth(std::exp2(-double(width)), 2), width);
  EXPECT_EQ(smallestSafeWidth(.01, 1), 1u);
  EXPECT_EQ(smallestSafeWidth(.9999, 3), 1u);
  for (double delta : {.3, 1e-3, 1e-9})
    for (unsigned layers : {3u, 17u, 1000u}) {
      unsigned width = smallestSafeWidth(delta, layers);
      EXPECT_LE(bornDeadUpperBound(equalWidths(width, layers)), delta);
      EXPECT_GT(bornDeadUpperBound(equalWidths(width - 1, layers)), delta);
    }
}

/// The activations of a layer on a set of inputs, one vector for each.
using Vectors = std::vector<std::vector<double>>;

/// Draws a zero-bias layer and applies it with the relu.
Vectors throughLayer(const Vectors &inputs, unsigned width,
                     SeededDraws &draws) {
  Vectors outputs(inputs.size(), std::vector<double>(width, 0.0));
  for (unsigned unit = 0; unit < width; ++unit) {
    for (unsigned i = 0; i < inputs.front().size(); ++i) {
      double weight = draws.normal();
      for (unsigned v = 0; v < inputs.size(); ++v)
        outputs[v][unit] += weight * inputs[v][i];
    }
    for (std::vector<double> &output : outputs)
      output[unit] = std::max(output[unit], 0.0);
  }
  return outputs;
}

/// Whether some hidden layer is silent on all of `inputs`: in homogeneous
/// networks of one input, two points are as good as all.
bool isBornDead(Vectors inputs, unsigned width, unsigned layers,
                SeededDraws &draws) {
  for (unsigned layer = 1; layer < layers; ++layer) {
    inputs = throughLayer(inputs, width, draws);
    bool silent = true;
    for (const std::vector<double> &vector : inputs)
      for (double value : vector)
        silent &= value == 0.0;
    if (silent)
      return true;
  }
  return false;
}

TEST(BornDead, BracketsHoldInSimulatedNetworks) {
  SeededDraws draws(1);
  unsigned trials = 20000;
  const Vectors rays = {{1.0}, {-1.0}};
  for (const TableEntry &entry : kTable) {
    if (!entry.truth || entry.layers > 10)
      continue;
    SCOPED_TRACE(testing::Message()
                 << entry.width << " wide, " << entry.layers << " layers");
    unsigned dead = 0;
    auto event = [&] {
      bool born = isBornDead(rays, entry.width, entry.layers, draws);
      dead += born;
      return born;
    };
    EXPECT_TRUE(happensWith(std::atof(entry.truth), trials, event));
    ProbabilityBracket bracket =
        bornDeadBracket(equalWidths(entry.width, entry.layers), 1);
    double share = double(dead) / trials;
    double noise = 4 * std::sqrt(share * (1 - share) / trials);
    EXPECT_GE(share, bracket.lower - noise);
    EXPECT_LE(share, bracket.upper + noise);
  }
}

TEST(BornDead, OneInputAliveAsOftenAsTold) {
  SeededDraws draws(2);
  EXPECT_TRUE(happensWith(bornDeadUpperBound({3, 3, 3, 3}), 20000, [&] {
    return isBornDead({{1.0, -2.0}}, 3, 5, draws);
  }));
}

TEST(BornDead, TwoInputsLieInTheirBracket) {
  // 48 directions for the circle: what lies between them is rarely alive
  // alone, and counting it as dead can only raise the share.
  Vectors circle;
  for (int i = 0; i < 48; ++i)
    circle.push_back({std::cos(M_PI * i / 24), std::sin(M_PI * i / 24)});
  SeededDraws draws(3);
  unsigned trials = 4000, dead = 0;
  for (unsigned i = 0; i < trials; ++i)
    dead += isBornDead(circle, 2, 4, draws);
  ProbabilityBracket bracket = bornDeadBracket({2, 2, 2}, 2);
  EXPECT_GE(double(dead) / trials, bracket.lower);
  EXPECT_LE(double(dead) / trials, bracket.upper);
}

//===----------------------------------------------------------------------===//
// Initializations with biases
//===----------------------------------------------------------------------===//

enum class Initialization { He, HeWithBiases, Asymmetric };

/// A row of weights and, last, the bias of a unit with `inputs` inputs.
std::vector<double> drawUnit(Initialization law, unsigned inputs,
                             SeededDraws &draws) {
  bool isAsymmetric = law == Initialization::Asymmetric;
  double factor =
      isAsymmetric ? asymmetricInitialization().normalFactor : std::sqrt(2.0);
  std::vector<double> row(inputs + 1);
  for (double &entry : row)
    entry = draws.normal() * factor / std::sqrt(inputs);
  if (law == Initialization::He)
    row.back() = 0.0;
  // Beta(2, 1) is the larger of two uniform draws.
  if (isAsymmetric)
    row[unsigned(draws.uniform() * row.size())] =
        std::max(draws.uniform(), draws.uniform());
  return row;
}

/// Whether some hidden layer is silent on a grid of [-sqrt(3), sqrt(3)].
bool isDeadOnGrid(Initialization law, unsigned width, unsigned layers,
                  SeededDraws &draws) {
  Vectors values;
  for (int k = -20; k <= 20; ++k)
    values.push_back({std::sqrt(3.0) * k / 20});
  for (unsigned layer = 1; layer < layers; ++layer) {
    Vectors outputs(values.size());
    bool isSilent = true;
    for (unsigned unit = 0; unit < width; ++unit) {
      std::vector<double> row = drawUnit(law, values[0].size(), draws);
      for (size_t v = 0; v < values.size(); ++v) {
        double z = row.back();
        for (size_t i = 0; i < values[v].size(); ++i)
          z += row[i] * values[v][i];
        isSilent &= z <= 0.0;
        outputs[v].push_back(std::max(z, 0.0));
      }
    }
    if (isSilent)
      return true;
    values = std::move(outputs);
  }
  return false;
}

TEST(BornDead, TableOfInitializations) {
  // Shares of 20000 networks on 401 points, s.e. at most .0035, for 5, 10 and
  // 20 affine layers.
  struct {
    Initialization law;
    unsigned width;
    double five, ten, twenty;
  } table[] = {{Initialization::He, 2, .492, .879, .995},
               {Initialization::He, 3, .209, .577, .889},
               {Initialization::He, 4, .074, .299, .631},
               {Initialization::HeWithBiases, 2, .387, .818, .989},
               {Initialization::HeWithBiases, 3, .143, .477, .850},
               {Initialization::HeWithBiases, 4, .044, .212, .555},
               {Initialization::Asymmetric, 2, .055, .235, .524},
               {Initialization::Asymmetric, 3, .010, .068, .197},
               {Initialization::Asymmetric, 4, .002, .018, .061}};
  SeededDraws draws(21);
  const unsigned trials = 2000;
  for (auto [law, width, five, ten, twenty] : table)
    for (auto [layers, told] :
         {std::pair(5u, five), {10u, ten}, {20u, twenty}}) {
      unsigned dead = 0;
      for (unsigned i = 0; i < trials; ++i)
        dead += isDeadOnGrid(law, width, layers, draws);
      // Four standard errors of both shares, and half a printed digit.
      double error =
          4 * std::sqrt(told * (1 - told) * (1. / trials + 1. / 20000));
      EXPECT_NEAR(double(dead) / trials, told, error + .0005)
          << unsigned(law) << ", " << width << " wide, " << layers << " layers";
    }
}

} // namespace

//===- InitDrawsTest.cpp - Draws of act.init against their law ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Act.h"
#include "act/IR/RandomDraws.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace act;
using namespace mlir;

namespace {

/// One op, parsed from what follows `act.init`.
class Initializer {
public:
  explicit Initializer(const std::string &text) {
    context.loadDialect<ActDialect>();
    module = parseSourceString<ModuleOp>("%0 = act.init " + text, &context);
    module->walk([&](InitializerOpInterface found) { op = found; });
  }

  WeightLaw law() { return op.getWeightLaw(); }
  std::vector<double> draw(uint64_t seed) {
    auto type = cast<ShapedType>(op->getResult(0).getType());
    std::vector<double> weights(type.getNumElements());
    op.drawWeights(seed, weights);
    return weights;
  }

private:
  MLIRContext context;
  OwningOpRef<ModuleOp> module;
  InitializerOpInterface op;
};

struct Sample {
  double mean = 0, variance = 0, fourthMoment = 0; // central
};

Sample momentsOf(const std::vector<double> &values) {
  Sample sample;
  double n = double(values.size());
  for (double value : values)
    sample.mean += value / n;
  for (double value : values) {
    double square = (value - sample.mean) * (value - sample.mean);
    sample.variance += square / n;
    sample.fourthMoment += square * square / n;
  }
  return sample;
}

class InitDraws : public ::testing::TestWithParam<const char *> {};

/// Within 4 standard errors, of which the fourth moment tells the second.
TEST_P(InitDraws, FollowTheirLaw) {
  Initializer init(GetParam());
  WeightLaw law = init.law();
  std::vector<double> weights = init.draw(1);
  for (double weight : weights)
    ASSERT_TRUE(law.support.contains(weight)) << weight;
  if (law.support.isPoint())
    return; // all are that point
  Sample sample = momentsOf(weights);
  double n = double(weights.size());
  EXPECT_NEAR(sample.mean, law.mean, 4 * std::sqrt(law.variance / n));
  EXPECT_NEAR(
      sample.variance, law.variance,
      4 * std::sqrt((sample.fourthMoment - sample.variance * sample.variance) /
                    n));
}

TEST_P(InitDraws, DependOnTheSeedAlone) {
  Initializer init(GetParam()), same(GetParam());
  std::vector<double> weights = init.draw(1);
  EXPECT_EQ(weights, same.draw(1));
  if (!init.law().support.isPoint())
    EXPECT_NE(weights, init.draw(2));
}

INSTANTIATE_TEST_SUITE_P(
    Schemes, InitDraws,
    ::testing::Values(
        "zeros : tensor<100xf32>", "constant {value = 0.1} : tensor<100xf32>",
        "normal {mean = 3.0, std = 0.02} : tensor<40000xf32>",
        "normal {mean = 3.0, std = 0.0} : tensor<40xf32>",
        "truncated_normal {mean = 1.0, std = 2.0, lower = -1.0, upper = 2.0} : "
        "tensor<40000xf32>",
        "truncated_normal {std = 0.0, lower = 1.0, upper = 2.0} : "
        "tensor<40xf32>",
        "uniform {lower = -1.0, upper = 3.0} : tensor<40000xf32>",
        "kaiming_normal : tensor<64x300xf32>",
        "kaiming_normal {in_dim = 0, out_dim = 1, "
        "mode = #act<fan_mode fan_out>} : tensor<64x300xf32>",
        "kaiming_uniform : tensor<64x16x3x3xf32>",
        "xavier_normal : tensor<64x300xf32>",
        "xavier_uniform {gain = 1.5} : tensor<64x300xf32>",
        "lecun_normal : tensor<64x300xf32>",
        "lecun_uniform : tensor<64x300xf32>",
        "torch_default {fan_in = 784} : tensor<40000xf32>",
        "randomized_asymmetric : tensor<2000x3xf32>",
        "randomized_asymmetric {fan_in = 3} : tensor<8000xf32>",
        "orthogonal {gain = 2.0} : tensor<90x120xf32>",
        "orthogonal : tensor<120x90xf32>",
        // More outputs than a window has weights.
        "orthogonal : tensor<128x3x5x5xf32>"));

/// With one seed, weights and biases are those of one layer: one entry of each
/// output's, the bias included, is the number from Beta(2, 1).
TEST(InitDraws, AsymmetricEntriesOfOneLayer) {
  const uint64_t seed = 5;
  auto weights =
      Initializer("randomized_asymmetric : tensor<2000x3xf32>").draw(seed);
  auto biases =
      Initializer("randomized_asymmetric {fan_in = 3} : tensor<2000xf32>")
          .draw(seed);
  RandomStream choices(RandomStream(seed).bits());
  int ofBias = 0;
  for (int row = 0; row < 2000; ++row) {
    (void)choices.uniform(); // which one
    double replacement = betaTwoOne(choices);
    auto begin = weights.begin() + row * 3;
    EXPECT_EQ(std::count(begin, begin + 3, replacement) +
                  (biases[row] == replacement),
              1);
    ofBias += biases[row] == replacement;
  }
  EXPECT_NEAR(ofBias, 500, 4 * std::sqrt(2000 * 0.25 * 0.75));
}

/// Rows of outputs wherever the dimension of outputs stands.
TEST(InitDraws, OrthogonalRowsFollowOutDim) {
  Initializer init("orthogonal {out_dim = 1, in_dim = 2} : tensor<3x4x5xf64>");
  std::vector<double> weights = init.draw(1);
  for (int a = 0; a < 4; ++a)
    for (int b = 0; b < 4; ++b) {
      double product = 0;
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 5; ++j)
          product +=
              weights[(i * 4 + a) * 5 + j] * weights[(i * 4 + b) * 5 + j];
      EXPECT_NEAR(product, a == b ? 1 : 0, 1e-14);
    }
}

/// The bits that a seed stands for never change.
TEST(InitDraws, FirstDraws) {
  EXPECT_EQ(Initializer("uniform {lower = 0.0, upper = 1.0} : tensor<1xf64>")
                .draw(0)
                .front(),
            0x1.C4415072F63B9p-1);
}

} // namespace

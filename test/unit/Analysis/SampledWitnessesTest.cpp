//===- SampledWitnessesTest.cpp - Tests of samples for many units ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampledWitnesses.h"
#include "../Relaxation/Networks.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

/// Two relu layers. Unit 0 of the second is dead, unit 1 always fires; units 2
/// and 3 fire near the corners (1, 1) and (-1, -1), but so little that
/// f32 cannot tell for unit 3.
class SampledWitnessesTest : public testing::Test {
protected:
  SampledWitnessesTest() : builder(NetworkBuilder::F32) {
    in = builder.source({{-1, 1}, {-1, 1}});
    unsigned first =
        builder.affine({{in, {{1, 1}, {-1, -1}, {1, -1}}}}, {0, 0, 0});
    unsigned bent = builder.function(first, where(x > 0.0, x, 0.0));
    last =
        builder.affine({{bent, {{1, 1, 1}, {1, 1, 1}, {1, 0, 0}, {0, 1, 0}}}},
                       {-4.5, 0.5, -1.75, -1.99999999});
    box.resize(builder.network.size());
    box[in] = builder.network[in].range;
  }

  llvm::ArrayRef<SampledWitnesses::Unit> run(SampledWitnesses &witnesses,
                                             double products = 1e9) {
    witnesses.run(products);
    return witnesses.units();
  }

  NetworkBuilder builder;
  unsigned in, last;
  SourceBox box;
  SiteFunction relu{where(x > 0.0, x, 0.0), "", Format::F32};
};

TEST_F(SampledWitnessesTest, ShowWhatUnitsDoAsExecuted) {
  SampledExtremes samples =
      sampleExtremes(builder.network, {last}, box).at(last);
  // The range of a sample is part of that of the network.
  for (unsigned i = 0; i < 4; ++i) {
    EXPECT_LT(samples.range[i].lo, samples.range[i].hi);
    EXPECT_LE(samples.range[i].hi, builder.network[last].range[i].hi);
  }
  SampledWitnesses witnesses(builder.network, last, box, relu, samples,
                             {{{0}}, {{1}}, {{2}}, {{3}}});
  auto units = run(witnesses);
  EXPECT_FALSE(units[0].fires);
  EXPECT_TRUE(units[0].isSilent);
  EXPECT_TRUE(units[1].fires);
  EXPECT_FALSE(units[1].isSilent);
  EXPECT_TRUE(units[2].fires);
  EXPECT_TRUE(units[2].isSilent);
  EXPECT_FALSE(units[3].fires);
}

TEST_F(SampledWitnessesTest, PositionsAreSilentTogether) {
  SampledExtremes samples =
      sampleExtremes(builder.network, {last}, box).at(last);
  SampledWitnesses witnesses(builder.network, last, box, relu, samples,
                             {{{0, 1}}, {{0, 2}}});
  auto units = run(witnesses);
  EXPECT_TRUE(units[0].fires);
  EXPECT_FALSE(units[0].isSilent);
  EXPECT_TRUE(units[1].fires);
}

TEST_F(SampledWitnessesTest, NothingIsTriedWithoutProducts) {
  SampledExtremes samples =
      sampleExtremes(builder.network, {last}, box).at(last);
  SampledWitnesses witnesses(builder.network, last, box, relu, samples,
                             {{{1}}});
  auto units = run(witnesses, 0.0);
  EXPECT_FALSE(units[0].fires);
}

} // namespace

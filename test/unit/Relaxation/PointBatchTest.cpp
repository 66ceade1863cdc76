//===- PointBatchTest.cpp - Tests of points side by side ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/PointBatch.h"
#include "Networks.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

/// Affine nodes of one and two terms, functions and a product.
TEST(PointBatch, RunsEachPointAsIfAlone) {
  NetworkBuilder builder(NetworkBuilder::Reals);
  unsigned in = builder.source({{-2, 2}, {-2, 2}});
  unsigned on = builder.function(in, tanh(x));
  std::vector<std::vector<double>> weights;
  for (unsigned row = 0; row < 190; ++row)
    weights.push_back({row - 95.0, row % 5 ? 0.125 * row : 0.0});
  unsigned wide = builder.affine({{on, weights}, {in, weights}},
                                 std::vector<double>(190, 0.5));
  unsigned kinks = builder.function(wide, where(x > 0.0, x, 0.25 * x));
  size_t calls = 0;
  auto backwards = [&](size_t blocks, const std::function<void(size_t)> &call) {
    for (; blocks > 0; ++calls)
      call(--blocks);
  };
  PointBatch batch(builder.network, {kinks}, backwards);
  PointSearch search(builder.network, kinks);
  SourceBox box(builder.network.size());
  box[in] = builder.network[in].range;
  for (size_t count : {1, 7, 33}) {
    std::vector<SourcePoint> points;
    for (uint64_t index = 0; index < count; ++index)
      points.push_back(facePoint(box, index));
    calls = 0;
    batch.run(points);
    EXPECT_EQ(calls, 2u);
    ASSERT_EQ(batch.size(), count);
    for (size_t k = 0; k < count; ++k) {
      const auto &alone = search.run(points[k]);
      for (unsigned node : {in, on, wide, kinks})
        for (unsigned i = 0; i < alone[node].size(); ++i)
          EXPECT_NEAR(batch.valuesOf(node, i)[k], alone[node][i], 1e-11);
    }
  }
}

} // namespace

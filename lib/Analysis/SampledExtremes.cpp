//===- SampledExtremes.cpp - Points that drive elements far ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampledExtremes.h"
#include "act/Relaxation/PointBatch.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Parallel.h"
#include <algorithm>

namespace act {

static void include(SampledExtremes &extremes, unsigned element, double value,
                    uint64_t index) {
  Interval &range = extremes.range[element];
  if (value < range.lo) {
    range.lo = value;
    extremes.lowest[element] = index;
  }
  if (value > range.hi) {
    range.hi = value;
    extremes.highest[element] = index;
  }
}

static SampledExtremes extremesOf(const PointBatch &batch, unsigned node,
                                  unsigned size, uint64_t firstIndex) {
  SampledExtremes extremes;
  extremes.lowest.assign(size, firstIndex);
  extremes.highest.assign(size, firstIndex);
  for (unsigned i = 0; i < size; ++i) {
    const double *values = batch.valuesOf(node, i);
    extremes.range.push_back(Interval(values[0]));
    for (size_t k = 1; k < batch.size(); ++k)
      include(extremes, i, values[k], firstIndex + k);
  }
  return extremes;
}

std::map<unsigned, SampledExtremes>
sampleExtremes(const Network &network, const std::vector<unsigned> &nodes,
               const SourceBox &domain) {
  // About a tenth of a second.
  double entries = network.numEntries(network.ancestors(nodes));
  uint64_t points = std::clamp(3e8 / (entries + 1), 32.0, 10000.0);
  constexpr uint64_t kBatch = 32;
  using Extremes = std::map<unsigned, SampledExtremes>;
  std::vector<Extremes> parts(llvm::divideCeil(points, kBatch));
  llvm::parallelFor(0, parts.size(), [&](size_t part) {
    std::vector<SourcePoint> some;
    uint64_t first = part * kBatch;
    for (uint64_t index = first; index < std::min(first + kBatch, points);
         ++index)
      some.push_back(domainPoint(network, domain, index));
    PointBatch batch(network, nodes);
    batch.run(some);
    for (unsigned node : nodes)
      parts[part][node] = extremesOf(batch, node, network[node].size(), first);
  });
  // In the order of the points, whatever that of the threads was.
  Extremes all = std::move(parts.front());
  for (const Extremes &part : llvm::ArrayRef(parts).drop_front())
    for (const auto &[node, some] : part)
      for (unsigned i = 0; i < some.range.size(); ++i) {
        include(all[node], i, some.range[i].lo, some.lowest[i]);
        include(all[node], i, some.range[i].hi, some.highest[i]);
      }
  return all;
}

} // namespace act

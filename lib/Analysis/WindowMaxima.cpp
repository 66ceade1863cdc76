//===- WindowMaxima.cpp - Signals behind max pooling ----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Given what inputs have in common, the elements of a window are independent,
// and windows as well: the moments of their maxima are integrals over one
// variable, of which the means over what is common are taken.
//
//===----------------------------------------------------------------------===//

#include "CommonSignal.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Parallel.h"
#include <cassert>
#include <cmath>
#include <map>

namespace act {

namespace {
/// A normal variable of which a window takes several that are independent.
struct Member {
  unsigned place;
  double count;
};
using Window = std::vector<Member>;
} // namespace

static std::vector<Window> windowsOf(const FieldStep &step) {
  std::vector<Window> windows;
  for (unsigned place = 0; place < step.numPlaces(); ++place) {
    std::map<unsigned, double> counts;
    for (int source : step.sourcesOf(place))
      if (source != FieldStep::kZero)
        counts[source] += 1.0;
    Window &window = windows.emplace_back();
    for (auto [source, count] : counts)
      window.push_back({source, count});
  }
  return windows;
}

/// Mean and mean square of max(0, all members) for members of these laws: the
/// integrals of 1 - P(x) and 2 x (1 - P(x)) by Simpson's rule.
static UnitMoments maximumOf(const Window &window,
                             llvm::ArrayRef<NormalLaw> laws) {
  constexpr double kReach = 6.0;
  double from = 0.0, to = 0.0;
  for (const Member &member : window) {
    const NormalLaw &law = laws[member.place];
    from = std::max(from, law.mean - kReach * law.deviation);
    to = std::max(to, law.mean + kReach * law.deviation);
  }
  constexpr unsigned kSteps = 40;
  UnitMoments result{from, from * from};
  double step = (to - from) / kSteps;
  for (unsigned k = 0; step > 0.0 && k <= kSteps; ++k) {
    double x = from + k * step, below = 1.0;
    for (const Member &member : window) {
      const NormalLaw &law = laws[member.place];
      double one = law.deviation > 0.0
                       ? normalCdf((x - law.mean) / law.deviation)
                       : double(x >= law.mean);
      below *= member.count == 1.0 ? one : std::pow(one, member.count);
    }
    double weight = k == 0 || k == kSteps ? 1.0 : k % 2 ? 4.0 : 2.0;
    weight *= step / 3 * (1.0 - below);
    result.mean += weight;
    result.square += weight * 2 * x;
  }
  return result;
}

SignalField SignalField::rectifiedMaxima(const FieldStep &maximum,
                                         double biasMean) const {
  assert((size() == 1 || biasMean == 0.0) && "a shift that differs by place");
  constexpr unsigned kDraws = 512;
  CommonSignal common(*this, kDraws);
  std::vector<Window> windows = windowsOf(maximum);
  std::vector<std::vector<UnitMoments>> maxima(common.numDraws());
  llvm::parallelFor(0, maxima.size(), [&](size_t draw) {
    std::vector<NormalLaw> laws = common.lawsOf(draw, biasMean);
    for (const Window &window : windows)
      maxima[draw].push_back(maximumOf(window, laws));
  });
  return fromDraws(maxima, [&](size_t draw) { return common.weightOf(draw); });
}

} // namespace act

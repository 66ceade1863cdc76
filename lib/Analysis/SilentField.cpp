//===- SilentField.cpp - Channels that are silent at all positions --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommonSignal.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Parallel.h"
#include <cassert>
#include <cmath>
#include <numeric>

namespace act {

/// The probability that all is silent, given what inputs have in common.
static double silentGiven(const SignalField &field, const CommonSignal &common,
                          llvm::ArrayRef<double> counts, double inputs,
                          llvm::ArrayRef<double> variables) {
  constexpr double kNothing = -40.0;
  double log = 0.0;
  for (auto [place, count] : llvm::enumerate(counts)) {
    // No power at all is silent.
    if (field.square(place) <= 0.0)
      continue;
    double own = std::max(common.ownDeviation(place), 1e-9);
    log +=
        inputs * count * logNormalCdf(-common.commonAt(place, variables) / own);
    if (log < kNothing)
      return 0.0;
  }
  return std::exp(log);
}

double SignalField::silentShare(llvm::ArrayRef<double> counts, double inputs,
                                double biasMean) const {
  if (size() == 1) {
    if (squares[0] <= 0.0)
      return biasMean > 0.0 && inputs > 0.0 ? 0.0 : 1.0;
    double spread = std::clamp(gaps[0] / squares[0], 0.0, 2.0);
    return silentOnCorrelated(spread, inputs * counts[0],
                              biasMean / std::sqrt(squares[0]));
  }
  assert(biasMean == 0.0 && "a shift that differs by place");
  constexpr unsigned kDraws = 2048;
  CommonSignal common(*this, kDraws);
  std::vector<double> shares(common.numDraws());
  llvm::parallelFor(0, shares.size(), [&](size_t draw) {
    shares[draw] =
        common.weightOf(draw) *
        silentGiven(*this, common, counts, inputs, common.variablesOf(draw));
  });
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

} // namespace act

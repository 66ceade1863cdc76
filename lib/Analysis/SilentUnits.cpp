//===- SilentUnits.cpp - Units that are silent on samples -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of units that never fired on samples some do fire (on five ACAS Xu networks 4
// of 44 that were silent on 500000). K samples show P(active) <= 3/K at 95 %,
// the rule of three: (1 - 3/K)^K < exp(-3) < 0.05.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>

using namespace mlir;

namespace act {

/// From this on, K samples show that a unit fires for less than 1 % of inputs.
static constexpr size_t kEnoughSamples = 300;

/// "1 %"
static std::string shareText(double share) {
  return shortened(100 * share) + " %";
}

static Finding silentFinding(const Layer &layer, ArrayRef<unsigned> units,
                             size_t numSamples) {
  Finding finding;
  finding.code = "DR003";
  finding.level = numSamples < kEnoughSamples ? Level::Note : Level::Warning;
  finding.op = layer.site.op;
  finding.subject = "samples";
  finding.units.assign(units.begin(), units.end());
  StringRef each = units.size() == 1 ? "it" : "each of them";
  finding.message =
      llvm::formatv("{0} silent on all {1} samples: no sample makes {2} fire",
                    subjectOf(layer, units), numSamples, each);
  size_t known = llvm::count_if(units, [&](unsigned unit) {
    return layer.units[unit].verdict != Verdict::Unknown;
  });
  finding.evidence = llvm::formatv(
      "estimate, no proof: other inputs may make {0} fire; if the samples are "
      "independent and typical, at most {1} of all inputs do, with 95 % "
      "confidence (3 / number of samples); executed in double precision",
      each, shareText(std::min(1.0, 3.0 / numSamples)));
  if (known)
    finding.evidence += llvm::formatv("; {0} of the units {1} for an input of "
                                      "the domain that is known",
                                      known, known == 1 ? "fires" : "fire");
  finding.fixes.push_back(
      {"try more samples; if these are typical, raise the bias, center the "
       "inputs, or prune what stays silent",
       false});
  return finding;
}

std::vector<Finding> diagnoseSilent(ArrayRef<Layer> layers, size_t numSamples) {
  std::vector<Finding> findings;
  for (auto [index, layer] : llvm::enumerate(layers)) {
    SmallVector<unsigned> silent;
    for (auto [unit, firings] : llvm::enumerate(layer.firings))
      if (firings == 0 && !isProved(layer.units[unit].verdict))
        silent.push_back(unit);
    if (silent.empty())
      continue;
    findings.push_back(silentFinding(layer, silent, numSamples));
    findings.back().layer = index;
  }
  return findings;
}

} // namespace act

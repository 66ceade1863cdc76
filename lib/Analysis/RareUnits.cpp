//===- RareUnits.cpp - Units that are unlikely to fire --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How often a pre-activation lies in the dead zone follows from its law: exact,
// up to the rounding of the program, for an affine function of normal inputs,
// and by moment matching behind other layers.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "MomentPropagation.h"
#include "NetworkReader.h"
#include "act/Analysis/Domains.h"
#include "act/Analysis/SignalPropagation.h"
#include "act/IR/Act.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

class RareUnitFinder {
public:
  RareUnitFinder(const ValueBounds &bounds, std::vector<Layer> &layers)
      : layers(layers), reader(bounds, sitesOf(layers), Semantics::Real,
                               NetworkReader::Purpose::Shape),
        propagation(reader.network(), [this](unsigned source) {
          BlockArgument argument = reader.argumentOf(source);
          return argument ? normalDomain(argument) : std::vector<NormalLaw>();
        }) {}

  std::vector<Finding> run() {
    for (auto [index, layer] : llvm::enumerate(layers)) {
      ArrayRef<DeadInterval> zones = layer.site.function->zones();
      if (zones.size() == 1 && std::isinf(zones[0].lo) &&
          std::isfinite(zones[0].hi))
        judge(index, zones[0].hi);
    }
    return std::move(findings);
  }

private:
  void judge(unsigned index, double end);

  std::vector<Layer> &layers;
  NetworkReader reader;
  MomentPropagation propagation;
  std::vector<Finding> findings;
};

} // namespace

/// A layer whose units fire above `end`.
void RareUnitFinder::judge(unsigned index, double end) {
  Layer &layer = layers[index];
  std::optional<unsigned> node = reader.preactivation(layer.site);
  if (!node || reader.network()[*node].size() != boundsSize(layer.site.type))
    return;
  const std::vector<NormalLaw> &laws = propagation.lawsOf(*node);
  if (laws.empty())
    return;
  // A unit fires for no more inputs than its positions do together.
  std::vector<double> &probability = layer.activeProbability;
  probability.assign(layer.units.size(), 0.0);
  for (auto [i, law] : llvm::enumerate(laws)) {
    double &sum = probability[layer.site.unitOf(i)];
    sum =
        std::min(1.0, sum + probabilityActive({law.mean - end, law.deviation}));
  }
  SmallVector<unsigned> rare;
  double most = 0.0;
  for (auto [unit, share] : llvm::enumerate(probability)) {
    if (isProved(layer.units[unit].verdict) || share * kEpoch >= 1.0)
      continue;
    rare.push_back(unit);
    most = std::max(most, share);
  }
  if (rare.empty())
    return;
  Finding finding;
  finding.code = "DR003";
  finding.level = layer.isFirst ? Level::Warning : Level::Note;
  finding.layer = index;
  finding.op = layer.site.op;
  StringRef each = rare.size() == 1 ? "it" : "each of them";
  finding.message = llvm::formatv(
      "{0} unlikely to fire: less than one input in {1}, about an epoch, is "
      "expected to make {2} fire",
      subjectOf(layer, rare), kEpoch, each);
  finding.cause = llvm::formatv(
      "for inputs of the normal law of the domain the pre-activation leaves "
      "the dead zone with a probability of at most {0}",
      llvm::formatv("{0:e2}", most).str());
  finding.evidence =
      layer.isFirst
          ? "estimate: exact if the inputs have the normal law of the domain"
          : "estimate: approximate, by the means and covariances of the layer "
            "before, if the inputs have the normal law of the domain";
  finding.units = rare;
  finding.fixes.push_back({"raise the bias, or center the inputs", false});
  findings.push_back(std::move(finding));
}

std::vector<Finding> diagnoseRare(Operation *root, const ValueBounds &bounds,
                                  std::vector<Layer> &layers) {
  bool hasNormal = false;
  for (FunctionOpInterface function : entryFunctions(root))
    for (BlockArgument argument : function.getArguments())
      hasNormal |= !normalDomain(argument).empty();
  if (!hasNormal)
    return {};
  return RareUnitFinder(bounds, layers).run();
}

} // namespace act

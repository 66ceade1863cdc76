//===- RareUnits.cpp - Units that are unlikely to fire --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An affine function of independent normal inputs is normal: mean w mu + b,
// variance sum (w_i sigma_i)^2. How often it lies in the dead zone follows
// exactly, up to the rounding of the program.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
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
  RareUnitFinder(const ValueBounds &bounds, ArrayRef<Layer> layers)
      : layers(layers), reader(bounds, sitesOf(layers), Semantics::Real,
                               NetworkReader::Purpose::Shape) {}

  std::vector<Finding> run() {
    for (auto [index, layer] : llvm::enumerate(layers)) {
      ArrayRef<DeadInterval> zones = layer.site.function->zones();
      if (layer.isFirst && zones.size() == 1 && std::isinf(zones[0].lo) &&
          std::isfinite(zones[0].hi))
        judge(index, zones[0].hi);
    }
    return std::move(findings);
  }

private:
  /// The law of an element of an affine node of normal arguments.
  std::optional<NormalLaw> lawOf(const NetworkNode &node, unsigned element) {
    NormalLaw law{node.offset[element], 0.0};
    bool isNormal = true;
    for (const LinearTerm &term : node.terms) {
      auto [entry, isNew] = laws.try_emplace(term.node);
      if (BlockArgument argument = reader.argumentOf(term.node);
          isNew && argument)
        entry->second = normalDomain(argument);
      const std::vector<NormalLaw> &inputs = entry->second;
      isNormal &= !inputs.empty();
      term.map->forEachEntry(element, [&](unsigned column, double weight) {
        if (inputs.empty())
          return;
        law.mean += weight * inputs[column].mean;
        law.deviation += std::pow(weight * inputs[column].deviation, 2);
      });
    }
    law.deviation = std::sqrt(law.deviation);
    return isNormal ? std::optional(law) : std::nullopt;
  }

  void judge(unsigned index, double end);

  ArrayRef<Layer> layers;
  NetworkReader reader;
  std::map<unsigned, std::vector<NormalLaw>> laws; ///< of sources
  std::vector<Finding> findings;
};

} // namespace

/// A layer whose units fire above `end`.
void RareUnitFinder::judge(unsigned index, double end) {
  const Layer &layer = layers[index];
  std::optional<unsigned> read = reader.preactivation(layer.site);
  if (!read || reader.network()[*read].kind != NetworkNode::Kind::Affine)
    return;
  const NetworkNode &node = reader.network()[*read];
  // A unit fires for no more inputs than its positions do together.
  std::vector<double> probability(layer.units.size(), 0.0);
  for (unsigned i = 0; i < node.size(); ++i) {
    std::optional<NormalLaw> law = lawOf(node, i);
    if (!law)
      return;
    law->mean -= end;
    probability[layer.site.unitOf(i)] += probabilityActive(*law);
  }
  SmallVector<unsigned> rare;
  double most = 0.0;
  for (auto [unit, share] : llvm::enumerate(probability)) {
    bool isProved = layer.units[unit].verdict != Verdict::Unknown &&
                    layer.units[unit].verdict != Verdict::Alive &&
                    layer.units[unit].verdict != Verdict::Mixed;
    if (isProved || share * kEpoch >= 1.0)
      continue;
    rare.push_back(unit);
    most = std::max(most, share);
  }
  if (rare.empty())
    return;
  Finding finding;
  finding.code = "DR003";
  finding.level = Level::Warning;
  finding.layer = index;
  finding.op = layer.site.op;
  finding.message = llvm::formatv(
      "{0} unlikely to fire: less than one of {1} inputs is expected to",
      subjectOf(layer, rare), kEpoch);
  finding.evidence = llvm::formatv(
      "estimate: exact for inputs that are normal as their domain says; "
      "probability at most {0} of an input",
      llvm::formatv("{0:e2}", most).str());
  finding.units = rare;
  finding.fixes.push_back({"move the bias, or center the inputs", false});
  findings.push_back(std::move(finding));
}

std::vector<Finding> diagnoseRare(Operation *root, const ValueBounds &bounds,
                                  ArrayRef<Layer> layers) {
  bool hasNormal = false;
  for (FunctionOpInterface function : entryFunctions(root))
    for (BlockArgument argument : function.getArguments())
      hasNormal |= !normalDomain(argument).empty();
  if (!hasNormal)
    return {};
  return RareUnitFinder(bounds, layers).run();
}

} // namespace act

//===- Thresholds.cpp - When tools find too many dead units ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rules of tools that watch a training run, on samples instead. Without
// samples a unit is dead if it is proved to be.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

namespace {
struct ThresholdRule {
  const char *tool;
  /// A unit is dead that fires on less than this share of samples, or on none.
  double activity;
  /// How many dead units are too many, and whether the share itself is.
  double share;
  bool isReached;
  enum Scope {
    UnitsOfLayer,
    ElementsOfLayer, ///< those that are 0, over all samples and positions
    UnitsOfNetwork
  } scope;
  Level level; ///< what only warns is a warning, what ends a run an error
};
} // namespace

static const ThresholdRule &ruleOf(ThresholdPreset preset) {
  static constexpr ThresholdRule kRules[] = {
      // DeadReluDetector: feature maps whose activations add up to 0.
      {"keras-contrib", 0.0, 0.10, true, ThresholdRule::UnitsOfLayer,
       Level::Warning},
      // DeadRelu: threshold_inactivity 1 %, threshold_layer 50 %.
      {"sagemaker", 0.01, 0.50, false, ThresholdRule::UnitsOfLayer,
       Level::Error},
      // The 95th percentile of activations is 0 (below 1e-5).
      {"deepchecker", 0.05, 0.50, false, ThresholdRule::UnitsOfLayer,
       Level::Warning},
      // "Dead Node": elements <= 0 of a layer.
      {"deepdiagnosis", 0.0, 0.70, true, ThresholdRule::ElementsOfLayer,
       Level::Error},
      // died_relu: gradients that are 0, of all parameters: here, of the units
      // they belong to.
      {"autotrainer", 0.0, 0.70, true, ThresholdRule::UnitsOfNetwork,
       Level::Error}};
  return kRules[unsigned(preset) - 1];
}

namespace {
/// Of the units or elements of layers, how many there are and are dead.
struct Share {
  double dead = 0.0, all = 0.0;
  void operator+=(Share other) { dead += other.dead, all += other.all; }
};
} // namespace

static Share deadShare(const ThresholdRule &rule, const Layer &layer,
                       size_t numSamples) {
  double units = layer.units.size();
  bool isSampled = !layer.firings.empty();
  if (rule.scope == ThresholdRule::ElementsOfLayer && isSampled) {
    double elements = double(boundsSize(layer.site.type)) * numSamples;
    return {elements - layer.elementFirings, elements};
  }
  double dead = 0.0;
  for (size_t i = 0; i < layer.units.size(); ++i) {
    bool isSilent =
        isSampled && (layer.firings[i] == 0 ||
                      layer.firings[i] < rule.activity * numSamples);
    dead += isSilent || layer.units[i].verdict == Verdict::Dead;
  }
  return {dead, units};
}

static std::optional<Finding> judge(const ThresholdRule &rule, Share share,
                                    size_t numSamples) {
  double limit = rule.share * share.all;
  if (share.all == 0.0 || share.dead < limit ||
      (share.dead == limit && !rule.isReached))
    return std::nullopt;
  bool isElements =
      rule.scope == ThresholdRule::ElementsOfLayer && numSamples > 0;
  Finding finding;
  finding.code = "DR016";
  finding.level = rule.level;
  finding.subject = rule.tool;
  finding.message = llvm::formatv(
      "{0:f1} % of {1} are {2}: too many by the rule of {3}, which accepts {4} "
      "{5:f0} %",
      100 * share.dead / share.all,
      isElements                                    ? "all activations"
      : rule.scope == ThresholdRule::UnitsOfNetwork ? "all units"
                                                    : "the units",
      isElements       ? "0"
      : numSamples > 0 ? "dead or silent"
                       : "dead",
      rule.tool, rule.isReached ? "less than" : "up to", 100 * rule.share);
  finding.evidence =
      numSamples == 0
          ? std::string("proved")
          : llvm::formatv("estimate: proved, or silent on {0} of {1} samples",
                          rule.activity == 0.0
                              ? std::string("all")
                              : llvm::formatv("more than {0:f0} %",
                                              100 * (1 - rule.activity))
                                    .str(),
                          numSamples)
                .str();
  return finding;
}

void applyThresholds(ThresholdPreset preset, DeadUnitTable &table) {
  const ThresholdRule &rule = ruleOf(preset);
  for (Finding &finding : table.findings)
    if (StringRef(finding.code) == "DR002" ||
        StringRef(finding.code) == "DR003")
      finding.level = Level::Note;
  bool isOfNetwork = rule.scope == ThresholdRule::UnitsOfNetwork;
  Share total;
  for (auto [index, layer] : llvm::enumerate(table.layers)) {
    Share share = deadShare(rule, layer, table.numSamples);
    total += share;
    if (isOfNetwork && index + 1 < table.layers.size())
      continue;
    std::optional<Finding> finding =
        judge(rule, isOfNetwork ? total : share, table.numSamples);
    if (!finding)
      continue;
    finding->op = layer.site.op;
    if (!isOfNetwork)
      finding->layer = index;
    table.findings.push_back(std::move(*finding));
  }
}

} // namespace act

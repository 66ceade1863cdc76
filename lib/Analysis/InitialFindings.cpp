//===- InitialFindings.cpp - What initial weights mean for training -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Estimates, and said to be. The thresholds were found on networks that train
// and networks that die: He weights of up to 34 layers lose at most 1.4
// decades, Glorot weights of 12 layers 3.9, of 20 layers 6.7.
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "act/Analysis/BornDead.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;

namespace act {

static constexpr double kNoteDecades = -3.0, kWarningDecades = -4.0,
                        kErrorDecades = -6.0;

/// Why the signal fades.
static std::string causeOfDecay(const InitialChain &chain) {
  double gain = 0.0, bias = 0.0;
  for (const LayerLaw &law : ArrayRef(chain.laws).drop_front()) {
    gain += law.gain / (chain.laws.size() - 1);
    bias = std::max(bias, law.biasVariance);
  }
  std::string text =
      llvm::formatv("the weights are scaled so that fan_in * variance is "
                    "{0:f2}; relu needs 2 to keep the power of its input",
                    gain);
  if (bias > 0.0)
    text += "; random biases, the same for all inputs, drown what differs "
            "between these";
  if (chain.path.isPadded())
    text += "; at borders zeros stand in the place of a part of the sums";
  return text;
}

/// Shares of silent units, worst layer first.
static std::string silentText(const InitialChain &chain) {
  double total = 0.0, units = 0.0;
  for (auto [share, width] : llvm::zip(chain.silentShare, chain.widths)) {
    total += share * width;
    units += width;
  }
  return llvm::formatv("about {0:f0} % of all units and {1:f0} % of the last "
                       "layer are silent on {2} inputs",
                       100 * total / units, 100 * chain.silentShare.back(),
                       kEstimateInputs);
}

static std::string inputsOf(const InitialChain &chain) {
  return chain.hasDomain  ? "inputs uniform in their domain"
         : chain.isNormal ? "normal inputs as their domain says"
                          : "standard normal inputs, no domain being given";
}

/// "5.0e-06": a power of 10.
static std::string powerText(double decades) {
  return std::isinf(decades)
             ? std::string("0")
             : llvm::formatv("{0:e1}", std::pow(10.0, decades)).str();
}

/// What a unit of a convolution is, of which the theory speaks.
static StringRef unitsOf(const InitialChain &chain) {
  return chain.path.isDense() ? ""
                              : " (a unit is a channel, silent at all of its "
                                "positions)";
}

static std::string evidenceOf(const InitialChain &chain) {
  std::string kind;
  llvm::raw_string_ostream os(kind);
  if (chain.isMeasured)
    os << llvm::formatv("measured on {0} random inputs; weights look freshly "
                        "drawn (for very wide layers theory says {1})",
                        kEstimateInputs, powerText(chain.formDecades));
  else
    os << "theory of very wide layers, applied to the "
       << (chain.isDrawn ? "variances of weights that look freshly drawn"
                         : "laws of the initializers");
  return ("estimate: " + kind + unitsOf(chain) + "; " + inputsOf(chain)).str();
}

/// " (multiply them by 2.449)": what gives the weights He's variance; nothing
/// where no factor does.
static std::string rescalingOf(const InitialChain &chain) {
  double least = HUGE_VAL, most = 0.0;
  for (const LayerLaw &law : chain.laws) {
    double factor = std::sqrt(2.0 / law.gain);
    least = std::min(least, factor);
    most = std::max(most, factor);
  }
  if (!std::isfinite(most))
    return "";
  if (most <= 1.01 * least)
    return llvm::formatv(" (multiply them by {0:f3})", most);
  return llvm::formatv(" (multiply those of a layer by sqrt(2 / (fan_in * "
                       "variance)), {0:f3} to {1:f3})",
                       least, most);
}

/// What lets signals through at any depth, unless it is there.
static const char *remedyOf(const InitialChain &chain) {
  return chain.path.isResidual() ? "add normalization"
                                 : "add skips or normalization";
}

/// The share of silent units that centered inputs would leave in the first
/// layer.
static Fix centeredInputs(const InitialChain &chain) {
  if (!chain.isWide())
    return {"center the inputs: fewer units start silent", false};
  InputLaw centered{chain.input.meanSquare - chain.input.meanProduct, 0.0};
  double share = chain.path.propagate(centered, chain.laws, kEstimateInputs)
                     .front()
                     .deadFraction;
  return {llvm::formatv("center the inputs: {0:f1} % of the first layer start "
                        "silent instead of {1:f1} %",
                        100 * share, 100 * chain.form.front().deadFraction),
          false};
}

/// What a constant positive bias does to the last layer by the forms, or
/// nothing where there is none or it does no harm.
static std::optional<Fix> withoutConstantBias(const InitialChain &chain) {
  std::vector<LayerLaw> laws = chain.laws;
  bool isPositive = false;
  for (LayerLaw &law : laws) {
    isPositive |= law.biasMean > 0.0;
    law.biasMean = 0.0;
  }
  if (!isPositive || !chain.isWide())
    return std::nullopt;
  double with = chain.form.back().deadFraction;
  double without = chain.path.propagate(chain.input, laws, kEstimateInputs)
                       .back()
                       .deadFraction;
  if (!(without < with))
    return std::nullopt;
  return Fix{llvm::formatv("set the constant biases to 0: past the first layer "
                           "positive ones make inputs more alike; {0:f1} % of "
                           "the last layer are silent with them, {1:f1} % "
                           "without",
                           100 * with, 100 * without),
             false};
}

static void addDecay(const InitialChain &chain, ArrayRef<Layer> layers,
                     std::vector<Finding> &findings) {
  double decades = chain.decades;
  if (!(decades < kNoteDecades) || chain.silentShare.empty())
    return;
  Finding finding;
  finding.code = "DR014";
  finding.level = decades < kErrorDecades     ? Level::Error
                  : decades < kWarningDecades ? Level::Warning
                                              : Level::Note;
  finding.layer = chain.layers.back();
  finding.op = layers[chain.layers.back()].site.op;
  finding.message = llvm::formatv(
      "the signal fades: in the last of {0} relu layers two inputs differ by "
      "{1} of the power by which they differ in the first, so that all inputs "
      "look alike; gradients fade as well, and adaptive optimizers such as "
      "Adam then take full steps along noise, which kill layers; {2}",
      chain.layers.size(), powerText(decades), silentText(chain));
  finding.cause = causeOfDecay(chain);
  finding.evidence = evidenceOf(chain);
  finding.fixes.push_back(
      {"initialize weights by He's scale, variance 2 / fan_in" +
           rescalingOf(chain) + ", with biases of 0; at this depth " +
           remedyOf(chain) +
           ", and keep the rate of an adaptive optimizer at 1e-3 or below",
       false});
  if (std::optional<Fix> fix = withoutConstantBias(chain))
    finding.fixes.push_back(std::move(*fix));
  if (chain.input.meanProduct > 0.1 * chain.input.meanSquare)
    finding.fixes.push_back(centeredInputs(chain));
  findings.push_back(std::move(finding));
}

/// The shares of units silent on all inputs of an epoch, for wide layers.
static std::vector<double> formShares(const SignalPath &path, InputLaw input,
                                      ArrayRef<LayerLaw> laws) {
  std::vector<double> shares;
  for (const LayerSignal &signal : path.propagate(input, laws, kEpoch))
    shares.push_back(signal.deadFraction);
  return shares;
}

namespace {
/// What may let units die, and the share that the form gives without it.
struct Cause {
  const char *text, *fix;
  double shareWithout = 0.0;
};
} // namespace

static constexpr Cause kOffCenter = {"the inputs are not centered",
                                     "center the inputs"};
static constexpr Cause kBiases = {"biases, the same for all inputs",
                                  "initialize the biases with 0"};
static constexpr Cause kDecay = {
    "the variance decays, the gain of the weights being below 2",
    "initialize weights by He's scale, variance 2 / fan_in"};
static constexpr Cause kMeans = {
    "means of positions: of inputs whose elements are independent they are "
    "nearly the same for all",
    "count silent units on typical inputs (--samples): where elements that are "
    "near are alike, as in images, means keep more of what inputs differ by"};
/// What raises the share of a layer most: each cause is taken away by itself.
static Cause causeOfDeath(const InitialChain &chain, unsigned layer) {
  auto withoutOn = [&](const SignalPath &path, Cause cause, InputLaw input,
                       ArrayRef<LayerLaw> laws) {
    cause.shareWithout = formShares(path, input, laws)[layer];
    return cause;
  };
  auto without = [&](Cause cause, InputLaw input, ArrayRef<LayerLaw> laws) {
    return withoutOn(chain.path, cause, input, laws);
  };
  InputLaw given = chain.input;
  InputLaw centered = {given.meanSquare - given.meanProduct, 0.0};
  std::vector<LayerLaw> unbiased = chain.laws, strong = chain.laws;
  for (LayerLaw &law : unbiased)
    law.biasVariance = law.biasMean = 0.0;
  for (LayerLaw &law : strong)
    law.gain = std::max(law.gain, 2.0);
  std::vector<Cause> causes = {without(kOffCenter, centered, chain.laws),
                               without(kBiases, given, unbiased),
                               without(kDecay, given, strong)};
  if (chain.path.hasMeans(layer))
    causes.push_back(
        withoutOn(chain.path.withoutMeans(), kMeans, given, chain.laws));
  Cause chief = *llvm::min_element(causes, [](const Cause &a, const Cause &b) {
    return a.shareWithout < b.shareWithout;
  });
  // What all layers do whatever their laws.
  Cause depth = without(
      {"depth: each relu layer makes inputs more alike", remedyOf(chain)},
      given, chain.laws);
  constexpr double kMatters = 0.8;
  return chief.shareWithout <= kMatters * depth.shareWithout ? chief : depth;
}

static Finding deadShareFinding(const InitialChain &chain,
                                ArrayRef<Layer> layers, ArrayRef<double> shares,
                                unsigned first) {
  unsigned worst = llvm::max_element(shares) - shares.begin();
  bool isExact = first == 0 && chain.firstLayerDead == shares[0];
  // On a box about 0 only biases keep a unit off.
  Cause cause = !isExact                        ? causeOfDeath(chain, first)
                : chain.input.meanProduct > 0.0 ? kOffCenter
                                                : kBiases;
  Finding finding;
  finding.code = "DR005";
  finding.layer = chain.layers[first];
  finding.op = layers[chain.layers[first]].site.op;
  llvm::raw_string_ostream os(finding.message);
  os << llvm::formatv(
      "{0}{1:f0} % of the units of this layer start {2}: right after "
      "initialization ",
      isExact ? "" : "about ", 100 * shares[first],
      isExact ? "dead" : "silent");
  if (isExact)
    os << "no input of the domain makes them fire";
  else
    os << "none of " << kEpoch << " inputs, about an epoch, makes them fire";
  if (worst != first)
    os << llvm::formatv("; in {1} it is about {0:f0} %", 100 * shares[worst],
                        layers[chain.layers[worst]].name);
  finding.cause = cause.text;
  if (!isExact && cause.shareWithout < shares[first])
    finding.cause += llvm::formatv(" (without that about {0:f0} %)",
                                   100 * cause.shareWithout);
  finding.evidence =
      isExact ? "an expectation, exact in the reals for the laws of the "
                "initializers"
              : ("estimate: theory of very wide layers" + unitsOf(chain) +
                 ", right to about 15 % of a layer's units from 128 on; " +
                 inputsOf(chain))
                    .str();
  if (!isExact && chain.path.hasMeans(worst))
    finding.evidence += "; behind means of positions fewer units are silent if "
                        "elements that are near are alike";
  finding.fixes.push_back({cause.fix, false});
  return finding;
}

/// The first layer of which many units would not fire for a whole epoch.
static void addDeadShare(const InitialChain &chain, ArrayRef<Layer> layers,
                         std::vector<Finding> &findings) {
  constexpr double kMany = 0.1, kMost = 0.5;
  std::vector<double> shares(chain.layers.size(), 0.0);
  if (chain.isWide())
    shares = formShares(chain.path, chain.input, chain.laws);
  shares.front() = std::max(shares.front(), chain.firstLayerDead.value_or(0.0));
  auto isBad = [](double share) { return share > kMany; };
  unsigned first = llvm::find_if(shares, isBad) - shares.begin();
  if (first == shares.size())
    return;
  findings.push_back(deadShareFinding(chain, layers, shares, first));
  bool isMost = false;
  // Behind means the inputs that are assumed matter too much.
  for (auto [layer, share] : llvm::enumerate(shares))
    isMost |= share > kMost && !chain.path.hasMeans(layer);
  findings.back().level = isMost ? Level::Error : Level::Note;
}

/// Narrow networks may be constant right after their weights are drawn.
static void addBornDead(const InitialChain &chain, ArrayRef<Layer> layers,
                        std::vector<Finding> &findings) {
  bool hasBias = llvm::any_of(chain.laws, [](const LayerLaw &law) {
    return law.biasVariance != 0.0 || law.biasMean != 0.0;
  });
  // Of weights that are there it is known whether they are dead.
  if (chain.isDrawn || hasBias || chain.layers.size() < 2)
    return;
  // The bracket is of layers that the signal does not get around, whose units
  // all depend on all that is before, by weights of their own.
  if (!chain.path.isStraight() || chain.sharesInitializers)
    return;
  ProbabilityBracket constant =
      bornDeadBracket(chain.widths, chain.inputDimension);
  // A channel has many positions to fire at: its layer is silent less often.
  if (!chain.path.isDense())
    constant.lower = 0.0;
  constexpr double kLikely = 0.01, kProbable = 0.5;
  if (constant.upper < kLikely)
    return;
  Finding finding;
  finding.code = "DR004";
  finding.level = constant.lower > kProbable ? Level::Error
                  : constant.lower > kLikely ? Level::Warning
                                             : Level::Note;
  finding.layer = chain.layers.front();
  finding.op = layers[chain.layers.front()].site.op;
  finding.message = llvm::formatv(
      "with a probability between {0:f3} and {1:f3} some layer is silent for "
      "every input right after initialization, and the network constant",
      constant.lower, constant.upper);
  finding.evidence = "bracket for independent symmetric weights without biases";
  finding.fixes.push_back(
      {llvm::formatv("make hidden layers at least {0} wide for a probability "
                     "below 0.01, or draw weights and biases by randomized "
                     "asymmetric initialization",
                     smallestSafeWidth(kLikely, chain.widths.size() + 1)),
       false});
  findings.push_back(std::move(finding));
}

std::vector<Finding> diagnoseInitial(ArrayRef<InitialChain> chains,
                                     ArrayRef<Layer> layers) {
  std::vector<Finding> findings;
  for (const InitialChain &chain : chains) {
    addDecay(chain, layers, findings);
    addDeadShare(chain, layers, findings);
    addBornDead(chain, layers, findings);
  }
  return findings;
}

} // namespace act

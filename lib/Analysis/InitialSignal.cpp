//===- InitialSignal.cpp - What initial weights let through ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The power of the difference of two inputs, q (1 - c), tells initial networks
// that train from those that die, where the number of dead units does not:
// weights of gain 1 halve it in every relu layer, and random biases drown it.
//
//===----------------------------------------------------------------------===//

#include "InitialSignal.h"
#include "DrawnSignal.h"
#include "act/Analysis/BornDead.h"
#include "act/Analysis/Domains.h"
#include "act/IR/Act.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

class ChainJudge {
public:
  ChainJudge(const ValueBounds &bounds, const ArgumentDomains &domains,
             ArrayRef<Layer> layers)
      : bounds(bounds), domains(domains), layers(layers) {}

  /// Nothing where the weights are neither initializers nor look fresh.
  std::optional<InitialChain> judge(const LayerChain &chain) const;

private:
  bool hasForm(const LayerChain &chain, const InitialChain &result) const;
  void setInput(const LayerChain &chain, InitialChain &result) const;
  std::optional<double> deadOnDomain(const LayerChain &chain) const;

  const ValueBounds &bounds;
  const ArgumentDomains &domains;
  ArrayRef<Layer> layers;
};

} // namespace

/// Weights of a layer that are looked at: they tell its variance to some 0.1 %.
static constexpr size_t kMostSampled = 1 << 20;

/// Whether no weight was trained: moments of a normal or uniform law about 0,
/// no biases or those of fan-in, the same gain in all layers of a shape. Notes
/// the variances of the weights; those of trained layers end the reading.
static bool looksFresh(ArrayRef<ChainSum> sums,
                       std::vector<double> &variances) {
  double least = HUGE_VAL, most = 0.0;
  for (const ChainSum &sum : sums) {
    const Moments w = sampledMoments(sum.weights, kMostSampled),
                  &b = sum.biases;
    double error = std::sqrt(w.variance / w.count);
    // The moments of few numbers are those of any law.
    constexpr size_t kFewest = 256;
    bool isLawful = w.count >= kFewest && w.kurtosis > 1.7 &&
                    w.kurtosis < 3.2 && std::abs(w.mean) < 4.0 * error;
    double bound = 1.0 / std::sqrt(double(sum.fanIn));
    bool hasFreshBias = b.largest == 0.0 ||
                        (b.largest <= bound * (1.0 + 1e-6) && b.kurtosis < 2.2);
    if (!isLawful || !hasFreshBias)
      return false;
    variances.push_back(w.variance);
    if (sum.fanIn == sum.width) {
      least = std::min(least, sum.fanIn * w.variance);
      most = std::max(most, sum.fanIn * w.variance);
    }
  }
  return most == 0.0 || most <= 1.1 * least;
}

/// Mean square and mean product of the elements of random rows of a set: even
/// in an ellipsoid and on a simplex, each of the same probability if one-hot.
static InputLaw inputLawOf(const RowSet &set, double size) {
  switch (set.kind) {
  case RowSet::Kind::Ellipsoid: {
    InputLaw law = {0.0, 0.0};
    for (auto [center, radius] : llvm::zip(set.center, set.radius)) {
      law.meanProduct += center * center / size;
      law.meanSquare +=
          (center * center + radius * radius / (size + 2.0)) / size;
    }
    return law;
  }
  case RowSet::Kind::Simplex:
    return {2.0 / (size * (size + 1.0)), 1.0 / (size * size)};
  case RowSet::Kind::OneHot:
    return {1.0 / size, 1.0 / (size * size)};
  }
  llvm_unreachable("unknown kind of rows");
}

/// Mean square and mean product of inputs: of a box as if uniform.
void ChainJudge::setInput(const LayerChain &chain, InitialChain &result) const {
  BlockArgument argument = chain.input;
  result.input = {1.0, 0.0};
  std::vector<NormalLaw> normal = normalDomain(argument);
  if (!normal.empty()) {
    result.isNormal = true;
    result.input = {0.0, 0.0};
    for (const NormalLaw &law : normal) {
      double square = law.mean * law.mean / normal.size();
      result.input.meanSquare +=
          square + law.deviation * law.deviation / normal.size();
      result.input.meanProduct += square;
    }
    return;
  }
  auto domain = domains.bounds.find(argument);
  if (domain == domains.bounds.end() ||
      !domain->second.hull().range.isBounded())
    return;
  result.hasDomain = true;
  if (auto set = domains.sets.lookup(argument)) {
    result.input = inputLawOf(set->rowSet(), set->rows().front().size);
    return;
  }
  result.input = {0.0, 0.0};
  int64_t size = boundsSize(argument.getType());
  for (int64_t i = 0; i < size; ++i) {
    Interval side = domain->second[i].range;
    double middle = side.lo / 2 + side.hi / 2, radius = side.width() / 2;
    result.input.meanSquare += (middle * middle + radius * radius / 3) / size;
    result.input.meanProduct += middle * middle / size;
  }
}

/// Whether values are independent, symmetric about 0 and never all 0.
static bool isSymmetric(const WeightLaw &law) {
  return law.independent && law.symmetric && law.variance > 0.0;
}

/// Of the laws on [-k, k] only the uniform one has the variance k^2/3.
static bool isUniform(const WeightLaw &law) {
  double third = law.support.hi * law.support.hi / 3;
  return isSymmetric(law) && std::abs(law.variance - third) <= 1e-12 * third;
}

/// Of the symmetric laws only the normal one has an unbounded support.
static bool isNormal(const WeightLaw &law) {
  return isSymmetric(law) && std::isinf(law.support.hi);
}

/// How likely a unit is dead where its inputs are a row of a set. `bias` is
/// null where there is none.
static std::optional<double> deadOnSet(const SourceSet &set,
                                       const WeightLaw &weight,
                                       const WeightLaw *bias) {
  if (set.rows().size() != 1)
    return std::nullopt;
  const RowSet &row = set.rowSet();
  unsigned size = set.rows().front().size;
  if (row.kind != RowSet::Kind::Ellipsoid) {
    // The largest sum is the largest weight.
    if (!bias)
      return deadOnBoxZeroBias(InputBox::Unit, size);
    return std::nullopt;
  }
  double radius = row.radius.front();
  if (!llvm::all_equal(row.radius) ||
      !llvm::all_of(row.center, [](double x) { return x == 0.0; }) ||
      !isNormal(weight) || (bias && !isNormal(*bias)))
    return std::nullopt;
  return deadOnBallNormal(size, radius, std::sqrt(weight.variance),
                          bias ? std::sqrt(bias->variance) : 0.0);
}

/// How likely a unit is dead on its domain, by the closed forms.
std::optional<double> ChainJudge::deadOnDomain(const LayerChain &chain) const {
  const ChainSum &first = chain.layers.front().sums.front();
  BlockArgument argument = chain.input;
  auto domain = domains.bounds.find(argument);
  if (domain == domains.bounds.end() || !first.laws.weight ||
      chain.layers.front().path.isResidual() ||
      first.fanIn != boundsSize(argument.getType()))
    return std::nullopt;
  const WeightLaw &weight = *first.laws.weight;
  if (!isSymmetric(weight))
    return std::nullopt;
  const std::optional<WeightLaw> &bias = first.laws.bias;
  bool hasBias = bias ? bias->variance != 0.0 || bias->mean != 0.0
                      : first.biases.largest != 0.0;
  if (auto set = domains.sets.lookup(argument)) {
    if (hasBias && !bias)
      return std::nullopt;
    return deadOnSet(*set, weight, hasBias ? &*bias : nullptr);
  }
  bool isUnit = true, isCentered = true, isCorner = true, isAround = true;
  for (unsigned i = 0; i < first.fanIn; ++i) {
    Interval side = domain->second[i].range;
    isUnit &= side == Interval(0.0, 1.0);
    isCentered &= side == Interval(-1.0, 1.0);
    isCorner &= side.lo < side.hi && (side.lo == 0.0 || side.hi == 0.0);
    isAround &= side.lo < 0.0 && side.hi > 0.0;
  }
  // Each weight must have the sign that its side asks for.
  if (!hasBias && (isCorner || isAround))
    return deadOnBoxZeroBias(isCorner ? InputBox::Unit : InputBox::Symmetric,
                             first.fanIn);
  bool isOneUniform = bias && isUniform(weight) && isUniform(*bias) &&
                      bias->support == weight.support;
  if (isOneUniform && (isUnit || isCentered))
    return deadOnBoxUniform(isUnit ? InputBox::Unit : InputBox::Symmetric,
                            first.fanIn);
  return std::nullopt;
}

/// Whether the theory covers a chain: rows of a set are not positions of an
/// image, and what a constant bias does where positions differ, or units are
/// added to sums that then have a mean, is not known.
bool ChainJudge::hasForm(const LayerChain &chain,
                         const InitialChain &result) const {
  bool hasConstant = llvm::any_of(
      result.laws, [](const LayerLaw &law) { return law.biasMean != 0.0; });
  return (result.path.isDense() || !domains.sets.lookup(chain.input)) &&
         (!hasConstant ||
          (!result.path.isResidual() && result.path.isUniform()));
}

/// The law of sums of initializers; nothing where they have none.
static std::optional<LayerLaw> initialLaw(const ChainSum &sum) {
  // Weights of another mean do not let signals through as the form says.
  if (!sum.laws.weight || sum.laws.weight->mean != 0.0)
    return std::nullopt;
  LayerLaw law;
  law.gain = sum.fanIn * sum.laws.weight->variance;
  if (sum.laws.bias) {
    law.biasVariance = sum.laws.bias->variance;
    law.biasMean = sum.laws.bias->mean;
  } else {
    law.biasVariance = sum.biases.variance;
    law.biasMean = sum.biases.mean;
  }
  return law;
}

/// The laws of all sums; none where weights are neither initializers nor look
/// fresh.
static std::vector<LayerLaw> lawsOf(ArrayRef<ChainSum> sums, bool isDrawn) {
  std::vector<double> variances;
  if (isDrawn && !looksFresh(sums, variances))
    return {};
  std::vector<LayerLaw> laws;
  for (auto [index, sum] : llvm::enumerate(sums)) {
    std::optional<LayerLaw> law;
    if (isDrawn)
      law = {sum.fanIn * variances[index],
             sum.biases.largest == 0.0 ? 0.0 : 1.0 / (3.0 * sum.fanIn)};
    else
      law = initialLaw(sum);
    if (!law)
      return {};
    laws.push_back(*law);
  }
  return laws;
}

std::optional<InitialChain> ChainJudge::judge(const LayerChain &chain) const {
  InitialChain result;
  std::vector<ChainSum> sums = chain.sums();
  result.isDrawn = llvm::none_of(
      sums, [](const ChainSum &sum) { return sum.laws.weight.has_value(); });
  // One layer has nothing to decay to, and is too little to look drawn.
  if (chain.layers.size() == 1 && result.isDrawn)
    return std::nullopt;
  result.laws = lawsOf(sums, result.isDrawn);
  if (result.laws.empty())
    return std::nullopt;
  for (const ChainLayer &layer : chain.layers) {
    result.layers.push_back(layer.layer);
    result.widths.push_back(layer.width);
  }
  result.inputDimension = sums.front().fanIn;
  result.path = chain.path();
  result.sharesInitializers = chain.sharesInitializers();
  if (!hasForm(chain, result))
    return std::nullopt;
  setInput(chain, result);
  result.firstLayerDead = deadOnDomain(chain);
  result.form =
      result.path.propagate(result.input, result.laws, kEstimateInputs);
  // Of what leaves f64 no form tells.
  if (llvm::any_of(result.form, [](const LayerSignal &signal) {
        return !std::isfinite(signal.power);
      }))
    return std::nullopt;
  result.formDecades = result.decades =
      result.path.decades(result.input, result.laws);
  if (result.isDrawn)
    measureDrawn(chain, bounds, domains, layers, result);
  if (!result.isMeasured && result.isWide())
    for (const LayerSignal &signal : result.form)
      result.silentShare.push_back(signal.deadFraction);
  return result;
}

std::vector<InitialChain> findInitialChains(const ValueBounds &bounds,
                                            const ArgumentDomains &domains,
                                            ArrayRef<Layer> layers) {
  LayerChainReader reader(bounds, layers);
  ChainJudge judge(bounds, domains, layers);
  std::vector<InitialChain> chains;
  for (const LayerChain &chain : reader.read())
    if (std::optional<InitialChain> judged = judge.judge(chain))
      chains.push_back(std::move(*judged));
  return chains;
}

} // namespace act

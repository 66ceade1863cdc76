//===- PreactivationField.cpp - What stands in front of relus -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PreactivationField.h"
#include "CommonSignal.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Parallel.h"
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

namespace act {

static constexpr unsigned kDraws = 1024;

/// Those of max(x, 0), as expectedRelu() and expectedReluSquared() are, which
/// would take twice the time.
static UnitMoments momentsOfRelu(NormalLaw x) {
  if (x.deviation <= 0.0) {
    double y = std::max(x.mean, 0.0);
    return {y, y * y};
  }
  double r = x.mean / x.deviation, below = normalCdf(r);
  double mean = std::max(0.0, x.mean * below + x.deviation * normalDensity(r));
  return {mean,
          std::max(0.0, x.mean * mean + x.deviation * x.deviation * below)};
}

/// The mean of f(max(x, 0)), by Simpson's rule where x is positive.
template <typename Function>
static auto meanOverRelu(NormalLaw x, Function f) {
  if (x.deviation <= 0.0)
    return f(std::max(x.mean, 0.0));
  constexpr double kReach = 6.0;
  constexpr unsigned kSteps = 20;
  double from = std::max(0.0, x.mean - kReach * x.deviation),
         to = std::max(from, x.mean + kReach * x.deviation),
         step = (to - from) / kSteps;
  auto sum = f(0.0) * normalCdf(-x.mean / x.deviation);
  for (unsigned k = 0; step > 0.0 && k <= kSteps; ++k) {
    double at = from + k * step, rule = k == 0 || k == kSteps ? 1
                                        : k % 2               ? 4
                                                              : 2;
    sum += f(at) * (rule * step / 3 / x.deviation *
                    normalDensity((at - x.mean) / x.deviation));
  }
  return sum;
}

namespace {
/// E[y^2]/E[y]^2 for y = max(x, 0), x ~ N(r, 1), at some r: it falls.
class ReluRatios {
public:
  static constexpr double kReach = 8.0;

  ReluRatios() {
    for (unsigned i = 0; i <= kCells; ++i) {
      UnitMoments y = momentsOfRelu({at(i), 1.0});
      ratios.push_back(y.square / (y.mean * y.mean));
    }
  }
  double least() const { return ratios.back(); }
  /// The r with a ratio of at least the least.
  double inverse(double ratio) const {
    auto right = std::lower_bound(ratios.begin(), ratios.end(), ratio,
                                  std::greater<double>());
    if (right == ratios.begin())
      return -kReach;
    double before = std::log(right[-1]), after = std::log(*right);
    double part = (before - std::log(ratio)) / (before - after);
    return at(right - ratios.begin() - 1 + part);
  }

private:
  static constexpr unsigned kCells = 512;
  static double at(double cell) { return kReach * (2 * cell / kCells - 1); }
  std::vector<double> ratios;
};
} // namespace

/// The normal law whose relu has these moments.
static NormalLaw lawInFrontOfRelu(UnitMoments y) {
  static const ReluRatios ratios;
  double ratio = y.square / (y.mean * y.mean);
  if (!(y.mean > 0.0))
    return {0.0, 0.0};
  // So far on the right a relu does nothing.
  if (ratio <= ratios.least())
    return {y.mean, std::sqrt(std::max(0.0, y.square - y.mean * y.mean))};
  double r = ratios.inverse(ratio);
  double deviation = y.mean / momentsOfRelu({r, 1.0}).mean;
  return {r * deviation, deviation};
}

static std::vector<NormalLaw>
lawsInFrontOfRelu(llvm::ArrayRef<UnitMoments> units) {
  std::vector<NormalLaw> laws;
  for (UnitMoments unit : units)
    laws.push_back(lawInFrontOfRelu(unit));
  return laws;
}

/// What stands at the places that a step takes one element from each.
static std::vector<NormalLaw> takenBy(const FieldStep &skip,
                                      llvm::ArrayRef<NormalLaw> laws) {
  std::vector<NormalLaw> result;
  for (int source : skip.sources)
    result.push_back(laws[source]);
  return result;
}

PreactivationField::PreactivationField(const PreactivationField &before,
                                       bool isRectified, const FieldStep &skip,
                                       const SignalField &sums)
    : all(sums.plus(
          (isRectified ? before.rectified() : before.all).averaged(skip))),
      numStreams(before.numStreams) {
  assert(before.biasMean == 0.0 && "what is added has a mean");
  assert((isRectified || before.isNormal()) && "a sum of other laws");
  if (!isRectified)
    return;
  CommonSignal common(sums, kDraws, ++numStreams);
  std::optional<CommonSignal> commonBefore;
  if (before.isNormal())
    commonBefore.emplace(before.all, kDraws, ++numStreams);
  draws.resize(kDraws);
  llvm::parallelFor(0, kDraws, [&](size_t index) {
    Draw &draw = draws[index];
    draw.own = common.lawsOf(index, 0.0);
    draw.added =
        takenBy(skip, commonBefore ? commonBefore->lawsOf(index, 0.0)
                                   : lawsInFrontOfRelu(before.units[index]));
  });
}

/// A sum whose weights are drawn, at a place: what its positive and its
/// negative terms add up to. `units` are those of the places, for each channel.
static std::pair<NormalLaw, NormalLaw>
partsOf(const FieldStep &sum, unsigned place, llvm::ArrayRef<double> weights,
        llvm::ArrayRef<const std::vector<UnitMoments> *> units, double bias) {
  UnitMoments parts[2] = {{std::max(bias, 0.0)}, {std::max(-bias, 0.0)}};
  double variances[2] = {0.0, 0.0};
  for (auto [source, channel, weight] :
       llvm::zip(sum.sourcesOf(place), sum.channels, weights)) {
    if (source == FieldStep::kZero)
      continue;
    const UnitMoments &unit = (*units[channel])[source];
    parts[weight < 0.0].mean += std::abs(weight) * unit.mean;
    variances[weight < 0.0] +=
        weight * weight * std::max(0.0, unit.square - unit.mean * unit.mean);
  }
  for (unsigned part : {0, 1})
    parts[part].square = parts[part].mean * parts[part].mean + variances[part];
  return {lawInFrontOfRelu(parts[0]), lawInFrontOfRelu(parts[1])};
}

PreactivationField::PreactivationField(const PreactivationField &before,
                                       const FieldStep &sum,
                                       const LayerLaw &law)
    : all(before.rectified().weighted(sum, law)), biasMean(law.biasMean),
      sign(-1.0), numStreams(before.numStreams) {
  std::vector<std::vector<UnitMoments>> units =
      before.isNormal() ? before.drawUnits(++numStreams) : before.units;
  NormalDraws random(kDraws, ++numStreams), channels(kDraws, ++numStreams);
  unsigned numChannels = 1 + *llvm::max_element(sum.channels);
  draws.resize(kDraws);
  llvm::parallelFor(0, kDraws, [&](size_t index) {
    std::vector<double> weights;
    for (auto [tap, share] : llvm::enumerate(sum.weights))
      weights.push_back(std::sqrt(law.gain * share) *
                        random.number(index, tap));
    double bias = biasMean + std::sqrt(law.biasVariance) *
                                 random.number(index, sum.numTaps);
    std::vector<const std::vector<UnitMoments> *> drawn;
    for (unsigned channel = 0; channel < numChannels; ++channel)
      drawn.push_back(&units[channels.other(index, channel)]);
    for (unsigned place = 0; place < sum.numPlaces(); ++place) {
      auto [positive, negative] = partsOf(sum, place, weights, drawn, bias);
      draws[index].own.push_back(positive);
      draws[index].added.push_back(negative);
    }
  });
}

/// The units behind the relu, given what inputs have in common, of each draw.
std::vector<std::vector<UnitMoments>>
PreactivationField::drawUnits(unsigned stream) const {
  std::vector<std::vector<UnitMoments>> result(kDraws);
  std::optional<CommonSignal> common;
  if (isNormal())
    common.emplace(all, kDraws, stream);
  llvm::parallelFor(0, kDraws, [&](size_t index) {
    if (common) {
      for (NormalLaw law : common->lawsOf(index, biasMean))
        result[index].push_back(momentsOfRelu(law));
      return;
    }
    for (auto [added, own] :
         llvm::zip_equal(draws[index].added, draws[index].own))
      result[index].push_back(meanOverRelu(added, [&, own = own](double x) {
        return momentsOfRelu({sign * x + own.mean, own.deviation});
      }));
  });
  return result;
}

const SignalField &PreactivationField::rectified() const {
  if (behindRelu)
    return *behindRelu;
  if (isNormal())
    return behindRelu.emplace(all.rectified(biasMean));
  units = drawUnits(0);
  return behindRelu.emplace(
      SignalField::fromDraws(units, [](size_t) { return 1.0 / kDraws; }));
}

SignalField
PreactivationField::rectifiedMaxima(const FieldStep &maximum) const {
  assert(isNormal() && "maxima of other laws");
  return all.rectifiedMaxima(maximum, biasMean);
}

double PreactivationField::silentShare(llvm::ArrayRef<double> counts,
                                       double inputs) const {
  if (isNormal())
    return all.silentShare(counts, inputs, biasMean);
  std::vector<double> shares(draws.size());
  llvm::parallelFor(0, draws.size(), [&](size_t index) {
    constexpr double kNothing = -40.0;
    double log = 0.0;
    for (auto [added, own, count] :
         llvm::zip_equal(draws[index].added, draws[index].own, counts)) {
      double fires = meanOverRelu(added, [&, own = own](double x) {
        return probabilityActive({sign * x + own.mean, own.deviation});
      });
      log += inputs * count * std::log1p(-std::min(fires, 1.0));
      if (log < kNothing)
        return;
    }
    shares[index] = std::exp(log) / draws.size();
  });
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

} // namespace act

//===- RedrawUnits.cpp - New incoming weights for dead units --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RedrawUnits.h"
#include "LayerBias.h"
#include "LayerUse.h"
#include "UnitSums.h"
#include "ZeroPaths.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/RandomDraws.h"
#include "llvm/Support/Parallel.h"
#include <cmath>

using namespace mlir;

namespace act {

namespace {

/// Numbers of a constant, of which those of some units change.
class UnitParameters {
public:
  UnitParameters(OpOperand &use, unsigned dim)
      : use(use), dim(dim), type(weightsOf(use.get()).getType()),
        before(numbersOf(weightsOf(use.get()))), now(before) {}

  /// How many numbers a unit has.
  double perUnit() const {
    return double(now.size()) / double(type.getDimSize(dim));
  }
  ArrayRef<double> numbers() const { return now; }
  /// Takes `next()`, rounded, for each number of `units`.
  template <typename Generator>
  void change(const llvm::SmallBitVector &units, Generator next) {
    IndexAlong unitOf = indexAlong(type, dim);
    auto format = cast<FloatType>(type.getElementType());
    for (auto [position, number] : llvm::enumerate(now))
      if (units.test(unitOf(position)))
        number = toDouble(toAPFloat(next(), format));
  }
  void restore(const llvm::SmallBitVector &units) {
    IndexAlong unitOf = indexAlong(type, dim);
    for (auto [position, number] : llvm::enumerate(now))
      if (units.test(unitOf(position)))
        number = before[position];
  }
  void write(RewriterBase &rewriter) const {
    replaceWeights(rewriter, use, fromNumbers(type, now));
  }

private:
  OpOperand &use;
  unsigned dim;
  ShapedType type;
  std::vector<double> before, now;
};

/// The share of inputs, at all positions, on which units would pass a gradient
/// with other weights and no bias.
class FiringShares {
public:
  FiringShares(const ActivationSite &site, const UnitSums &sums,
               const UnitEstimates &estimates)
      : site(site), sums(sums), estimates(estimates) {}

  /// One for each unit, 0 for those that are not `asked`; nothing where inputs
  /// have no law.
  std::optional<std::vector<double>>
  find(ArrayRef<double> weights, const llvm::SmallBitVector &asked) const {
    std::vector<size_t> firings(asked.size(), 0);
    std::vector<double> block;
    size_t inputs = 0;
    bool isKnown =
        estimates.forEachInput(sums.data(), [&](ArrayRef<double> elements) {
          block.resize(elements.size() * kBlock);
          for (auto [i, element] : llvm::enumerate(elements))
            block[i * kBlock + inputs % kBlock] = element;
          if (++inputs % kBlock == 0)
            count(weights, block, asked, firings);
        });
    if (!isKnown)
      return std::nullopt;
    std::vector<double> shares;
    for (size_t firing : firings)
      shares.push_back(double(firing) /
                       double(kEstimateInputs * sums.numPositions()));
    return shares;
  }

private:
  /// So many inputs share the reading of weights.
  static constexpr size_t kBlock = 32;
  static_assert(kEstimateInputs % kBlock == 0, "no input is left over");

  void count(ArrayRef<double> weights, ArrayRef<double> block,
             const llvm::SmallBitVector &asked,
             std::vector<size_t> &firings) const {
    SmallVector<unsigned> units(asked.set_bits());
    llvm::parallelFor(0, units.size(), [&](size_t index) {
      unsigned unit = units[index];
      double values[kBlock];
      for (size_t i = 0; i < sums.numPositions(); ++i) {
        sums.evaluate(unit, i, weights, block, values);
        firings[unit] += llvm::count_if(values, [&](double value) {
          return site.function->respond(Interval(value)) == Response::Active;
        });
      }
    });
  }

  const ActivationSite &site;
  const UnitSums &sums;
  const UnitEstimates &estimates;
};

} // namespace

StringRef redrawUnits(RewriterBase &rewriter, const Layer &layer,
                      llvm::SmallBitVector &units, uint64_t seed,
                      llvm::function_ref<UnitEstimates()> estimate) {
  const ActivationSite &site = layer.site;
  LayerBias found = LayerBias::find(site);
  if (!found.factor)
    return kNoWeights;
  StringRef reason;
  UnitValue output = followZeros({site.op->getResult(0), *site.unitDimension});
  std::optional<SmallVector<LayerUse>> uses =
      readUses(output.value, output.dim, reason);
  if (!uses)
    return reason;
  // Before, 0 times an infinite weight was NaN.
  llvm::SmallBitVector chosen = units;
  for (const LayerUse &use : *uses)
    chosen.reset(use.unitsThatPoison());
  if (chosen.none())
    return "expected units that feed finite weights";
  std::optional<UnitSums> sums = UnitSums::read(*found.factor, found.factorDim);
  if (!sums)
    return "expected sums over indices that are linear in the loops";
  UnitEstimates estimates = estimate();
  FiringShares firing(site, *sums, estimates);
  UnitParameters weights(*found.factor, found.factorDim);
  if (!firing.find(weights.numbers(), llvm::SmallBitVector(units.size())))
    return "expected inputs with a bounded or a normal domain";

  RandomStream stream(seed);
  double deviation = std::sqrt(2.0 / weights.perUnit());
  llvm::SmallBitVector open = chosen;
  constexpr unsigned kMaxDraws = 64;
  for (unsigned draw = 0; draw < kMaxDraws && open.any(); ++draw) {
    weights.change(open, [&] { return deviation * stream.normal(); });
    std::vector<double> shares = *firing.find(weights.numbers(), open);
    for (auto [unit, share] : llvm::enumerate(shares))
      if (share >= 0.1 && share <= 0.9)
        open.reset(unit);
  }
  weights.restore(open);
  chosen.reset(open);
  if (chosen.none())
    return "no weights were drawn with which they fire on a tenth to nine "
           "tenths of the inputs";
  weights.write(rewriter);
  if (found.bias) {
    UnitParameters biases(*found.bias, found.biasDim);
    biases.change(chosen, [] { return 0.0; });
    biases.write(rewriter);
  }
  for (const LayerUse &use : *uses)
    use.silence(rewriter, chosen);
  units = chosen;
  return "";
}

} // namespace act

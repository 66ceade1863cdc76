//===- RedrawUnits.cpp - New incoming weights for dead units --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RedrawUnits.h"
#include "LayerBias.h"
#include "LayerUse.h"
#include "act/IR/RandomDraws.h"
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
  /// Takes `next()` for each number of `units`.
  template <typename Generator>
  void change(const llvm::SmallBitVector &units, Generator next) {
    for (auto [position, number] : llvm::enumerate(now))
      if (units.test(indexAlong(type, dim)(position)))
        number = next();
  }
  void restore(const llvm::SmallBitVector &units) {
    for (auto [position, number] : llvm::enumerate(now))
      if (units.test(indexAlong(type, dim)(position)))
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

} // namespace

StringRef redrawUnits(RewriterBase &rewriter, const Layer &layer,
                      llvm::SmallBitVector &units, uint64_t seed,
                      llvm::function_ref<UnitEstimates()> estimate) {
  const ActivationSite &site = layer.site;
  LayerBias found = LayerBias::find(site);
  if (!found.factor)
    return "expected constant weights and no other summand than the bias";
  StringRef reason;
  std::optional<SmallVector<LayerUse>> uses =
      readUses(site.op->getResult(0), *site.unitDimension, reason);
  if (!uses)
    return reason;
  // Before, 0 times an infinite weight was NaN.
  llvm::SmallBitVector chosen = units;
  for (const LayerUse &use : *uses)
    chosen.reset(use.unitsThatPoison());
  if (chosen.none())
    return "expected units that feed finite weights";
  if (!estimate().firingShares(site))
    return "expected inputs with a bounded or a normal domain";

  UnitParameters weights(*found.factor, found.factorDim);
  std::optional<UnitParameters> biases;
  if (found.bias) {
    biases.emplace(*found.bias, found.biasDim);
    biases->change(chosen, [] { return 0.0; });
    biases->write(rewriter);
  }
  RandomStream stream(seed);
  double deviation = std::sqrt(2.0 / weights.perUnit());
  llvm::SmallBitVector open = chosen;
  constexpr unsigned kMaxDraws = 64;
  for (unsigned draw = 0; draw < kMaxDraws && open.any(); ++draw) {
    weights.change(open, [&] { return deviation * stream.normal(); });
    weights.write(rewriter);
    std::vector<double> shares = *estimate().firingShares(site);
    for (auto [unit, share] : llvm::enumerate(shares))
      if (share >= 0.1 && share <= 0.9)
        open.reset(unit);
  }
  if (open.any()) {
    weights.restore(open);
    weights.write(rewriter);
    if (biases) {
      biases->restore(open);
      biases->write(rewriter);
    }
    chosen.reset(open);
  }
  if (chosen.none())
    return "no weights were drawn with which they fire on a tenth to nine "
           "tenths of the inputs";
  for (const LayerUse &use : *uses)
    use.silence(rewriter, chosen);
  units = chosen;
  return "";
}

} // namespace act

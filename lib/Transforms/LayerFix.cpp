//===- LayerFix.cpp - Changing a layer so that dead units fire ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerFix.h"
#include "JudgeUnits.h"
#include "LayerBias.h"
#include "RedrawUnits.h"
#include "ReplaceActivation.h"
#include "Weights.h"
#include "act/IR/FloatFormat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;

namespace act {

StringRef LayerFix::run() {
  switch (options.strategy) {
  case DeadReluFix::Leaky:
  case DeadReluFix::Replace:
    return replaceRelu();
  case DeadReluFix::CentreInputs:
    return centreInputs();
  case DeadReluFix::Reinitialize:
    return redraw();
  default:
    return moveBias();
  }
}

//===----------------------------------------------------------------------===//
// Biases
//===----------------------------------------------------------------------===//

/// On how much of its bounds a lifted unit is to fire, as a share of them.
static double firstReach(const LayerFix::Options &options) {
  return options.strategy == DeadReluFix::BiasLift ? options.tau : 0.5;
}

unsigned LayerFix::maxAttempts(const Options &options) {
  switch (options.strategy) {
  case DeadReluFix::BiasLift:
  case DeadReluFix::Recentre:
  case DeadReluFix::SignFlip:
    // Until it surely fires on all of them.
    return std::ceil(std::log2(2.0 / firstReach(options))) + 1;
  case DeadReluFix::CentreInputs:
    return 1;
  default:
    return 4;
  }
}

/// What was flipped once is not flipped back.
bool LayerFix::flips() const {
  return options.strategy == DeadReluFix::SignFlip && attempt == 0;
}

/// The end of a dead zone that reaches from minus infinity into `bounds`.
std::optional<double> LayerFix::endOfDeadZone(Interval bounds) const {
  for (const DeadInterval &zone : layer.site.function->zones())
    if (std::isinf(zone.lo) && std::isfinite(zone.hi) && bounds.lo <= zone.hi)
      return zone.hi;
  return std::nullopt;
}

/// What is added to the bias of a unit by its bounds [L, U], or to its negative
/// for a sign that flips. Bounds are not tight: with each attempt the unit is
/// to fire on twice the share of them.
std::optional<double> LayerFix::shiftByBounds(unsigned unit,
                                              StringRef &reason) const {
  Interval bounds = layer.units[unit].bounds;
  std::optional<double> end = endOfDeadZone(bounds);
  double beyond = std::ldexp(firstReach(options), attempt) * bounds.width();
  if (!end)
    reason = "expected a dead zone that reaches to minus infinity";
  else if (!bounds.isBounded())
    reason = "expected units with finite bounds: state a bounded domain";
  else if (!varies(bounds))
    reason = "expected units that depend on the input";
  else if (flips())
    // (w, b) -> (-w, -b) gives [-U, -L], which is centred then.
    return *end + (bounds.lo + bounds.hi) / 2;
  else if (bounds.hi <= *end)
    // Then U' = end + beyond.
    return *end - bounds.hi + beyond;
  else
    // Half of that was added before, and the unit was not seen to fire.
    return beyond / 2;
  return std::nullopt;
}

/// The same by the normal law N(m, s^2) of its pre-activation.
std::optional<double> LayerFix::shiftByLaw(const PreactivationLaw &law,
                                           StringRef &reason) const {
  std::optional<double> end = endOfDeadZone(-HUGE_VAL);
  if (!end)
    reason = "expected a dead zone that reaches to minus infinity";
  else if (!(law.deviation > 0.0))
    reason = "expected units that depend on the input";
  else
    // Then P(z' > end) = Phi(Q(p)) = p.
    return *end - (law.fromInputs + law.bias) +
           law.deviation * normalQuantile(options.probability);
  return std::nullopt;
}

/// Whether `bounds` are wider than the rounding of a constant makes them.
bool LayerFix::varies(Interval bounds) const {
  int digits = llvm::APFloat::semanticsPrecision(format().getFloatSemantics());
  return bounds.width() > std::ldexp(bounds.magnitude(), 5 - digits);
}

/// "-1 -> 0.5", with as many digits as tell the numbers apart.
static std::string changeOf(double from, double to) {
  std::string before, after;
  for (int digits = 6; digits <= 17 && before == after; ++digits) {
    before.clear();
    after.clear();
    llvm::raw_string_ostream(before) << llvm::format("%.*g", digits, from);
    llvm::raw_string_ostream(after) << llvm::format("%.*g", digits, to);
  }
  return before + " -> " + after;
}

/// The change of the first number of each of `units`.
static std::string listChanges(DenseElementsAttr before,
                               DenseElementsAttr after, unsigned dim,
                               const llvm::SmallBitVector &units) {
  std::vector<double> from = numbersOf(before), to = numbersOf(after);
  IndexAlong unitOf = indexAlong(before.getType(), dim);
  SmallVector<std::string> changes;
  llvm::SmallBitVector open = units;
  for (unsigned i = 0; i < from.size() && changes.size() < kListedUnits; ++i) {
    unsigned unit = unitOf(i);
    if (!open.test(unit))
      continue;
    open.reset(unit);
    changes.push_back(changeOf(from[i], to[i]));
  }
  return llvm::join(changes, ", ");
}

/// Sets the units whose shift is known, and adds those to their biases.
void LayerFix::addToBiases(OpOperand &bias, unsigned dim, Shifts shifts) {
  dead.reset();
  for (auto &[unit, shift] : shifts) {
    dead.set(unit);
    // It follows from sums rounded outward: their last digits would show as
    // noise where the bias should cancel.
    shift = toDouble(toAPFloat(shift, format()));
  }
  auto move = [&](double value, unsigned unit) {
    if (!dead.test(unit))
      return value;
    return (flips() ? -value : value) + shifts.lookup(unit);
  };
  DenseElementsAttr before = weightsOf(bias.get());
  DenseElementsAttr after = mapWeights(before, dim, move);
  changed = (flips() ? "weights negated, bias " : "bias ") +
            listChanges(before, after, dim, dead);
  replaceWeights(rewriter, bias, after);
}

static constexpr StringLiteral kNoBias =
    "expected a constant bias with an element for each unit";

StringRef LayerFix::moveBias() {
  LayerBias found = LayerBias::find(layer.site);
  if (!found.bias)
    return kNoBias;
  if (flips() && !found.factor)
    return kNoWeights;
  auto isBounded = [&](unsigned unit) {
    return layer.units[unit].bounds.isBounded();
  };
  std::optional<std::vector<PreactivationLaw>> laws;
  if (options.strategy == DeadReluFix::Recentre &&
      !llvm::all_of(dead.set_bits(), isBounded))
    laws = estimate().lawsOf(layer.site);
  StringRef reason;
  Shifts shifts;
  for (unsigned unit : dead.set_bits())
    if (std::optional<double> shift = laws && !isBounded(unit)
                                          ? shiftByLaw((*laws)[unit], reason)
                                          : shiftByBounds(unit, reason))
      shifts[unit] = *shift;
  if (shifts.empty())
    return reason;
  addToBiases(*found.bias, found.biasDim, std::move(shifts));
  if (!flips())
    return "";
  auto negate = [&](double value, unsigned unit) {
    return dead.test(unit) ? -value : value;
  };
  replaceWeights(
      rewriter, *found.factor,
      mapWeights(weightsOf(found.factor->get()), found.factorDim, negate));
  return "";
}

/// b' = b - W mu, so that z' = W (x - mu) + b over the reals.
StringRef LayerFix::centreInputs() {
  LayerBias found = LayerBias::find(layer.site);
  if (!found.bias)
    return kNoBias;
  std::optional<std::vector<PreactivationLaw>> laws =
      estimate().lawsOf(layer.site);
  if (!laws)
    return "expected the same sum of inputs with a bounded or a normal domain "
           "at all positions";
  Shifts shifts;
  for (auto [unit, law] : llvm::enumerate(*laws))
    if (law.fromInputs != 0.0)
      shifts[unit] = -law.fromInputs;
  if (shifts.empty())
    return "expected inputs whose mean moves the units";
  addToBiases(*found.bias, found.biasDim, std::move(shifts));
  return "";
}

StringRef LayerFix::replaceRelu() {
  if (!isRelu(layer.site))
    return "expected max(x, 0)";
  if (!layer.site.keepsType())
    return "expected a result of the type that the activation reads";
  changed = llvm::formatv("{0} -> {1}", layer.site.activation,
                          options.activation->record->opName.split('.').second);
  replaceActivation(rewriter, layer.site, *options.activation);
  return "";
}

StringRef LayerFix::redraw() {
  // What did not fire is drawn otherwise.
  StringRef reason =
      redrawUnits(rewriter, layer, dead, options.seed + attempt, estimate);
  changed = "weights drawn anew, what they feed weighed with 0";
  return reason;
}

} // namespace act

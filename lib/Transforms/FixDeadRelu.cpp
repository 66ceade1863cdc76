//===- FixDeadRelu.cpp - Give dead units a gradient -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What could a dead unit be instead? Each fix moves the bounds [L, U] of its
// pre-activation so that they reach beyond the dead zone. None keeps what the
// network computes.
//
//===----------------------------------------------------------------------===//

#include "JudgeUnits.h"
#include "LayerBias.h"
#include "RedrawUnits.h"
#include "ReplaceActivation.h"
#include "RewriteInitializers.h"
#include "Weights.h"
#include "act/Analysis/SignalPropagation.h"
#include "act/IR/FloatFormat.h"
#include "act/Transforms/Passes.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

namespace act {
#define GEN_PASS_DEF_ACTFIXDEADRELU
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// Fixes one layer, or says why not.
class LayerFix {
public:
  struct Options {
    DeadReluFix strategy;
    double tau, probability;
    uint64_t seed;
    std::optional<RecordMatch> activation; ///< that replaces a relu
  };
  /// `estimate` reads the program as it is when called.
  LayerFix(RewriterBase &rewriter, const Layer &layer,
           const llvm::SmallBitVector &units, const Options &options,
           llvm::function_ref<UnitEstimates()> estimate)
      : rewriter(rewriter), layer(layer), dead(units), options(options),
        estimate(estimate) {}

  /// Empty if the layer was changed, else the reason why it was not.
  StringRef run() {
    switch (options.strategy) {
    case DeadReluFix::Leaky:
    case DeadReluFix::Replace:
      return replaceRelu();
    case DeadReluFix::CentreInputs:
      return centreInputs();
    case DeadReluFix::Reinitialize:
      return redrawUnits(rewriter, layer, dead, options.seed, estimate);
    default:
      return moveBias();
    }
  }
  /// Those that were changed, or that are to be.
  const llvm::SmallBitVector &units() const { return dead; }

private:
  StringRef replaceRelu();
  StringRef centreInputs();
  StringRef moveBias();
  std::optional<double> endOfDeadZone(Interval bounds) const;
  std::optional<double> shiftByBounds(unsigned unit, StringRef &reason) const;
  std::optional<double> shiftByLaw(const PreactivationLaw &law,
                                   StringRef &reason) const;
  bool varies(Interval bounds) const;
  using Shifts = llvm::SmallDenseMap<unsigned, double>;
  void addToBiases(OpOperand &bias, unsigned dim, Shifts shifts, bool flips);
  FloatType format() const {
    return cast<FloatType>(getElementTypeOrSelf(layer.site.type));
  }

  RewriterBase &rewriter;
  const Layer &layer;
  llvm::SmallBitVector dead;
  const Options &options;
  llvm::function_ref<UnitEstimates()> estimate;
};

//===----------------------------------------------------------------------===//
// Biases
//===----------------------------------------------------------------------===//

/// The end of a dead zone that reaches from minus infinity over `bounds`.
std::optional<double> LayerFix::endOfDeadZone(Interval bounds) const {
  for (const DeadInterval &zone : layer.site.function->zones())
    if (std::isinf(zone.lo) && std::isfinite(zone.hi) && bounds.hi <= zone.hi)
      return zone.hi;
  return std::nullopt;
}

/// What is added to the bias of a unit by its bounds [L, U], or to its negative
/// for a sign that flips.
std::optional<double> LayerFix::shiftByBounds(unsigned unit,
                                              StringRef &reason) const {
  Interval bounds = layer.units[unit].bounds;
  std::optional<double> end = endOfDeadZone(bounds);
  if (!end)
    reason = "expected a dead zone that reaches to minus infinity";
  else if (!bounds.isBounded())
    reason = "expected units with finite bounds: state a bounded domain";
  else if (!varies(bounds))
    reason = "expected units that depend on the input";
  else if (options.strategy == DeadReluFix::BiasLift)
    // Then U' = end + tau (U - L).
    return *end - bounds.hi + options.tau * bounds.width();
  else if (options.strategy == DeadReluFix::Recentre)
    // Then (L' + U') / 2 = end.
    return *end - (bounds.lo + bounds.hi) / 2;
  else
    // (w, b) -> (-w, -b) gives [-U, -L], which is centred then.
    return *end + (bounds.lo + bounds.hi) / 2;
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

/// Sets the units whose shift is known, and adds those to their biases.
void LayerFix::addToBiases(OpOperand &bias, unsigned dim, Shifts shifts,
                           bool flips) {
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
    return (flips ? -value : value) + shifts.lookup(unit);
  };
  replaceWeights(rewriter, bias, mapWeights(weightsOf(bias.get()), dim, move));
}

static constexpr StringLiteral kNoBias =
    "expected a constant bias with an element for each unit";

StringRef LayerFix::moveBias() {
  LayerBias found = LayerBias::find(layer.site);
  if (!found.bias)
    return kNoBias;
  bool flips = options.strategy == DeadReluFix::SignFlip;
  if (flips && !found.factor)
    return "expected constant weights and no other summand than the bias";
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
  addToBiases(*found.bias, found.biasDim, std::move(shifts), flips);
  if (!flips)
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
  addToBiases(*found.bias, found.biasDim, std::move(shifts), /*flips=*/false);
  return "";
}

StringRef LayerFix::replaceRelu() {
  if (!isRelu(layer.site))
    return "expected max(x, 0)";
  replaceActivation(rewriter, layer.site, *options.activation);
  return "";
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

class FixDeadRelu : public act::impl::ActFixDeadReluBase<FixDeadRelu> {
public:
  using ActFixDeadReluBase::ActFixDeadReluBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    registerVerdictDialects(registry);
  }

  void runOnOperation() override {
    FailureOr<LayerFix::Options> options = readOptions();
    if (failed(options))
      return signalPassFailure();
    if (strategy == DeadReluFix::Initialize) {
      FailureOr<DeadUnitTable> table =
          judgeUnits(getOperation(), domains, budget, semantics);
      if (failed(table))
        return signalPassFailure();
      IRRewriter rewriter(&getContext());
      return rewriteInitializers(rewriter, table->layers, seed, getArgument());
    }
    for (Operation *root : independentParts())
      if (failed(fixAll(root, *options)))
        return signalPassFailure();
  }

private:
  /// What was tried on the layers of one module, by their index.
  struct Attempts {
    llvm::DenseMap<unsigned, unsigned> count;
    llvm::DenseSet<unsigned> givenUp;
  };

  /// What is judged by itself: the functions, where none calls another, else
  /// the module.
  SmallVector<Operation *> independentParts() {
    ModuleOp module = getOperation();
    SmallVector<Operation *> functions;
    for (Operation &op : *module.getBody()) {
      auto function = dyn_cast<FunctionOpInterface>(op);
      if (!function || function.isPrivate())
        return {module};
      functions.push_back(function);
    }
    WalkResult calls =
        module.walk([](CallOpInterface) { return WalkResult::interrupt(); });
    // Domains without a function that they are for are an error.
    bool isSplit = !calls.wasInterrupted() &&
                   (domains.empty() || findEntryFunction(module));
    return isSplit ? functions : SmallVector<Operation *>{module};
  }

  /// The option `domain`, if it speaks of a function of `root`.
  SmallVector<std::string> domainsOf(Operation *root) {
    Operation *entry = findEntryFunction(getOperation());
    if (root != getOperation() && root != entry)
      return {};
    return SmallVector<std::string>(domains.begin(), domains.end());
  }

  /// A layer's bounds follow from those before it, so after each change all of
  /// `root` is judged again.
  LogicalResult fixAll(Operation *root, const LayerFix::Options &options) {
    Attempts attempts;
    while (true) {
      FailureOr<DeadUnitTable> table =
          judgeUnits(root, domainsOf(root), budget, semantics);
      if (failed(table))
        return failure();
      if (!fixFirst(root, *table, options, attempts))
        return success();
    }
  }

  FailureOr<LayerFix::Options> readOptions() {
    auto isShare = [](double value) { return value > 0.0 && value < 1.0; };
    ModuleOp root = getOperation();
    if (!isShare(alpha) || !(isShare(tau) || tau == 1.0) ||
        !isShare(probability))
      return root.emitError("expected 0 < alpha < 1, 0 < tau <= 1 and "
                            "0 < probability < 1, got ")
             << llvm::formatv("{0}, {1} and {2}", alpha.getValue(),
                              tau.getValue(), probability.getValue())
                    .str();
    LayerFix::Options options{strategy, tau, probability, seed, {}};
    if (strategy == DeadReluFix::Leaky) {
      options.activation = findLeaky(&getContext(), alpha);
      if (!options.activation)
        return root.emitError("expected a slope for which there is an "
                              "activation, got ")
               << alpha;
    }
    if (strategy == DeadReluFix::Replace) {
      FailureOr<RecordMatch> found = findLively(root, activation);
      if (failed(found))
        return failure();
      options.activation = *found;
    }
    return options;
  }

  /// The units that the strategy is to change.
  llvm::SmallBitVector unitsToFix(const DeadUnitTable &table,
                                  unsigned index) const {
    const Layer &layer = table.layers[index];
    llvm::SmallBitVector units(layer.units.size());
    for (unsigned unit : layer.indices(Verdict::Dead))
      units.set(unit);
    // Nothing is proved of normal inputs.
    if (strategy == DeadReluFix::Recentre ||
        strategy == DeadReluFix::CentreInputs)
      for (const Finding &finding : table.findings)
        if (finding.layer == index && StringRef(finding.code) == "DR003")
          for (unsigned unit : finding.units)
            units.set(unit);
    return units;
  }

  /// Changes the first layer with dead units that is not given up; whether
  /// there was one.
  bool fixFirst(Operation *root, const DeadUnitTable &table,
                const LayerFix::Options &options, Attempts &attempts) {
    IRRewriter rewriter(&getContext());
    // Arguments have domains that can be read, or there would be no table.
    ArgumentBounds arguments =
        collectDomains(root, llvm::cantFail(parseDomains(domainsOf(root))))
            ->bounds;
    auto estimate = [&] {
      return UnitEstimates(root, arguments, table.layers);
    };
    for (auto [index, layer] : llvm::enumerate(table.layers)) {
      llvm::SmallBitVector units = unitsToFix(table, index);
      if (attempts.givenUp.contains(index) || units.none())
        continue;
      remark::RemarkOpts name =
          remark::RemarkOpts::name(layer.name).category(getArgument());
      Location loc = layer.site.op->getLoc();
      LayerFix::Options change = options;
      // What was flipped once is not flipped back.
      if (strategy == DeadReluFix::SignFlip && attempts.count.contains(index))
        change.strategy = DeadReluFix::Recentre;
      LayerFix fix(rewriter, layer, units, change, estimate);
      StringRef reason = "units stay dead after the changes made";
      if (attempts.count[index]++ < maxAttempts())
        reason = fix.run();
      std::string changed = listUnits(fix.units());
      if (reason.empty()) {
        remark::passed(loc, name) << remark::reason("{0}: changed", changed);
        return true;
      }
      remark::missed(loc, name) << remark::reason("{0}: {1}", changed, reason);
      attempts.givenUp.insert(index);
    }
    return false;
  }

  /// A bound that was not tight may need a second change. Inputs are centred
  /// once.
  unsigned maxAttempts() const {
    return strategy == DeadReluFix::CentreInputs ? 1 : 4;
  }
};

} // namespace

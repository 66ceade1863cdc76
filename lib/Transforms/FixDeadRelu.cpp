//===- FixDeadRelu.cpp - Give dead units a gradient -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers are judged, the first with dead units is changed, and all is judged
// again, until what was dead is known to fire.
//
//===----------------------------------------------------------------------===//

#include "JudgeUnits.h"
#include "LayerFix.h"
#include "ReplaceActivation.h"
#include "RewriteInitializers.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"

namespace act {
#define GEN_PASS_DEF_ACTFIXDEADRELU
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

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
    history.clear();
    while (true) {
      FailureOr<DeadUnitTable> table =
          judgeUnits(root, domainsOf(root), budget, semantics);
      if (failed(table))
        return failure();
      if (fixFirst(root, *table, options))
        continue;
      reportOpen(*table);
      return success();
    }
  }

  /// An option that the strategy does not read was meant for another.
  LogicalResult refuseUnused() {
    using Fix = DeadReluFix;
    struct Use {
      bool isGiven;
      StringRef option, readers;
      SmallVector<Fix, 2> strategies;
    };
    for (const Use &use :
         {Use{tau.hasValue(), "tau", "bias-lift", {Fix::BiasLift}},
          Use{probability.hasValue(),
              "probability",
              "recentre",
              {Fix::Recentre}},
          Use{alpha.hasValue(), "alpha", "leaky", {Fix::Leaky}},
          Use{activation.hasValue(), "activation", "replace", {Fix::Replace}},
          Use{seed.hasValue(),
              "seed",
              "reinitialize or initialize",
              {Fix::Reinitialize, Fix::Initialize}}})
      if (use.isGiven &&
          !llvm::is_contained(use.strategies, strategy.getValue()))
        return emitError(getOperation().getLoc(), "expected strategy=")
               << use.readers << " with the option '" << use.option << "'";
    return success();
  }

  FailureOr<LayerFix::Options> readOptions() {
    auto isShare = [](double value) { return value > 0.0 && value < 1.0; };
    ModuleOp root = getOperation();
    if (!isShare(alpha) || !(isShare(tau) || tau == 1.0) ||
        !isShare(probability))
      return emitError(root.getLoc(),
                       "expected 0 < alpha < 1, 0 < tau <= 1 and "
                       "0 < probability < 1, got ")
             << llvm::formatv("{0}, {1} and {2}", alpha.getValue(),
                              tau.getValue(), probability.getValue())
                    .str();
    if (failed(refuseUnused()))
      return failure();
    LayerFix::Options options{strategy, tau, probability, seed, {}};
    if (strategy == DeadReluFix::Leaky) {
      options.activation = findLeaky(&getContext(), alpha);
      if (!options.activation)
        return emitError(root.getLoc(),
                         "expected a slope for which there is an "
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

  /// What was done to a layer.
  struct History {
    unsigned attempts = 0;
    bool isGivenUp = false;
    /// Units that were proved dead, and then changed.
    llvm::SmallBitVector changed;
  };

  /// The units that the strategy is to change: dead ones, and those that were
  /// and are not known to fire.
  llvm::SmallBitVector unitsToFix(const DeadUnitTable &table,
                                  unsigned index) const {
    const Layer &layer = table.layers[index];
    llvm::SmallBitVector units = deadUnits(layer);
    if (auto found = history.find(index); found != history.end())
      for (unsigned unit : layer.indices(Verdict::Unknown))
        if (unit < found->second.changed.size() &&
            found->second.changed.test(unit))
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

  static llvm::SmallBitVector deadUnits(const Layer &layer) {
    llvm::SmallBitVector units(layer.units.size());
    for (unsigned unit : layer.indices(Verdict::Dead))
      units.set(unit);
    return units;
  }

  /// Changes the first layer with dead units that is not given up; whether
  /// there was one.
  bool fixFirst(Operation *root, const DeadUnitTable &table,
                const LayerFix::Options &options) {
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
      History &past = history[index];
      if (past.isGivenUp || units.none())
        continue;
      remark::RemarkOpts name = remarkOn(layer);
      Location loc = layer.site.op->getLoc();
      llvm::SmallBitVector dead = deadUnits(layer);
      LayerFix fix(rewriter, layer, units, options, past.attempts, estimate);
      StringRef reason = "no input is known for which they fire after the "
                         "changes made";
      if (past.attempts++ < LayerFix::maxAttempts(options))
        reason = fix.run();
      std::string changed = listUnits(fix.units());
      if (reason.empty()) {
        remark::passed(loc, name)
            << remark::reason("{0}: {1}", changed, fix.change());
        // An activation without a dead zone needs no input for which it fires.
        dead &= fix.units();
        if (!options.activation)
          past.changed |= dead;
        return true;
      }
      remark::missed(loc, name) << remark::reason("{0}: {1}", changed, reason);
      past.isGivenUp = true;
    }
    return false;
  }

  /// Names the units of which nothing could be shown, and which may be dead.
  void reportOpen(const DeadUnitTable &table) {
    for (auto [index, layer] : llvm::enumerate(table.layers)) {
      llvm::SmallBitVector open(layer.units.size());
      if (!layer.site.function->isSmooth() && !history[index].isGivenUp)
        for (unsigned unit : layer.indices(Verdict::Unknown))
          if (layer.units[unit].bounds.isBounded())
            open.set(unit);
      if (open.any())
        remark::missed(layer.site.op->getLoc(), remarkOn(layer))
            << remark::reason("{0}: neither proved dead nor seen to fire: "
                              "expected a budget of more than {1}",
                              listUnits(open), budget.getValue());
    }
  }

  remark::RemarkOpts remarkOn(const Layer &layer) {
    return remark::RemarkOpts::name(layer.name).category(getArgument());
  }

  llvm::DenseMap<unsigned, History> history; ///< by layer
};

} // namespace

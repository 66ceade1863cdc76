//===- PruneStable.cpp - Remove units whose output is known ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which units does a network compute in vain? Those whose output is proved to
// be one number for every input. Each rewrite below states its identity; all
// hold for inputs from the domain, and for inference alone: a removed unit can
// not learn.
//
//===----------------------------------------------------------------------===//

#include "ComposeContractions.h"
#include "DependentUnits.h"
#include "JudgeUnits.h"
#include "LayerUse.h"
#include "NarrowDimension.h"
#include "ZeroPaths.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "act/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Remarks.h"
#include <cmath>

namespace act {
#define GEN_PASS_DEF_ACTPRUNESTABLE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// Why something stays.
struct Obstacle {
  Location loc;
  StringRef name;
  std::string reason;
};

/// Rewrites one layer.
class LayerPruner {
public:
  LayerPruner(RewriterBase &rewriter, const Layer &layer, StringRef category)
      : rewriter(rewriter), layer(layer), op(layer.site.op),
        loc(layer.site.op->getLoc()), category(category),
        drop(layer.units.size()), outputs(layer.units.size(), 0.0) {}

  /// Drops the activation if it changes no unit. It replaces the site by its
  /// leaf, which must be that of the analysis: no earlier layer may have
  /// changed since.
  void pruneActivation() {
    // Nothing to gain, and nothing that keeps the ops before it.
    if (isAllActive() && !op->use_empty())
      dropActivation();
  }
  /// Removes units of known output, and those that others make up for if
  /// `mergesLinear`: the ops up to the leaf, which are read for that, must be
  /// those of the analysis.
  void pruneUnits(bool mergesLinear) {
    if (isAllActive())
      return;
    findKnownOutputs();
    if (mergesLinear)
      findDependent();
    if (drop.none())
      return remarkPartlyActive();
    removeUnits();
  }

  bool hasChanged = false;
  SmallVector<Obstacle> obstacles;

private:
  bool isAllActive() const {
    return !layer.units.empty() &&
           llvm::all_of(layer.units, [](const Unit &unit) {
             return unit.verdict == Verdict::StablyActive;
           });
  }
  void missed(StringRef name, StringRef reason) {
    obstacles.push_back({loc, name, layer.name + ": " + reason.str()});
  }
  void passed(StringRef name, StringRef reason) {
    hasChanged = true;
    remark::passed(loc, remark::RemarkOpts::name(name).category(category))
        << remark::reason("{0}: {1}", layer.name, reason.str());
  }

  void dropActivation();
  void replaceByLeaf();
  void remarkPartlyActive();
  void findKnownOutputs();
  void findDependent();
  void removeUnits();
  void removeFrom(const LayerUse &use, Value narrow);
  bool readUses(unsigned dim);
  bool isConstant() const {
    return llvm::any_of(outputs, [](double output) { return output != 0.0; });
  }
  void keepDependent();
  void keepConstants(StringRef reason);
  bool keepPoisoning();
  bool findShifts();
  void removeAll();

  RewriterBase &rewriter;
  const Layer &layer;
  Operation *op;
  Location loc;
  StringRef category;
  llvm::SmallBitVector drop;   ///< the units to remove
  std::vector<double> outputs; ///< of these; 0 for all others
  /// Of some of these, what they put out beside that.
  std::vector<DependentUnit> dependent;
  UnitValue output; ///< what `uses` read
  SmallVector<LayerUse> uses;
  std::vector<std::vector<double>> shifts; ///< of each use
};

//===----------------------------------------------------------------------===//
// Stably active layers
//===----------------------------------------------------------------------===//

static bool changesNothing(Expression function, Interval bounds) {
  // The inside by cases, the ends by value.
  auto keeps = [&](double end) {
    return std::isinf(end) || enclose(function, {end}) == Interval(end);
  };
  return keeps(bounds.lo) && keeps(bounds.hi) &&
         (bounds.isPoint() ||
          specialize(function, bounds) == Expression::variable(0));
}

/// Identity: f(x) = x on the bounds of every unit. Exact where the executed
/// activation selects and does not compute, as that of a relu does.
void LayerPruner::dropActivation() {
  Interval bounds = layer.units.front().bounds;
  for (const Unit &unit : layer.units)
    bounds = hull(bounds, unit.bounds);
  if (!changesNothing(layer.site.function->expression(), bounds))
    return missed("kept-activation",
                  "expected an activation that changes nothing where its "
                  "units are active");
  if (!layer.site.keepsType())
    return missed("kept-activation",
                  "expected a result of the type that the activation reads");
  replaceByLeaf();
  passed("dropped-activation",
         "the activation changes nothing on the domain and is gone");
}

void LayerPruner::replaceByLeaf() {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured) {
    rewriter.replaceAllUsesWith(op->getResult(0), layer.site.leaf);
    return eraseUnused(rewriter, op);
  }
  Operation *yield = structured.getBlock()->getTerminator();
  Operation *last = yield->getOperand(0).getDefiningOp();
  rewriter.modifyOpInPlace(yield,
                           [&] { yield->setOperand(0, layer.site.leaf); });
  eraseUnused(rewriter, last);
  // A body that yields what it reads is a copy.
  auto argument = dyn_cast<BlockArgument>(layer.site.leaf);
  if (!argument || argument.getOwner() != structured.getBlock())
    return;
  OpOperand *operand = structured.getMatchingOpOperand(argument);
  if (operand->get().getType() == op->getResult(0).getType() &&
      structured.getMatchingIndexingMap(operand) ==
          structured.getIndexingMapMatchingResult(op->getResult(0)))
    rewriter.replaceOp(op, operand->get());
}

void LayerPruner::remarkPartlyActive() {
  llvm::SmallBitVector active(layer.units.size());
  for (unsigned unit : layer.indices(Verdict::StablyActive))
    active.set(unit);
  if (active.any())
    missed("kept-activation", listUnits(active) +
                                  " stably active beside others that are not: "
                                  "the activation stays");
}

//===----------------------------------------------------------------------===//
// Units of constant output
//===----------------------------------------------------------------------===//

void LayerPruner::findKnownOutputs() {
  auto type = dyn_cast<FloatType>(getElementTypeOrSelf(layer.site.type));
  for (auto [index, unit] : llvm::enumerate(layer.units)) {
    if (unit.verdict == Verdict::Dead)
      drop.set(index);
    if (unit.verdict != Verdict::Saturated || !type)
      continue;
    // Some units are saturated because their gradient underflows: their output
    // still changes.
    Interval output = enclose(layer.site.function->expression(), {unit.bounds});
    if (!output.isPoint() || toDouble(toAPFloat(output.lo, type)) != output.lo)
      continue;
    drop.set(index);
    outputs[index] = output.lo;
  }
}

/// Stably active units whose weights are combinations of those of others, as
/// there must be where they are more than the inputs of the layer (Serra,
/// Kumar, Ramalingam, Lossless compression of deep neural networks, 2020).
void LayerPruner::findDependent() {
  SmallVector<unsigned> active;
  for (unsigned unit : layer.indices(Verdict::StablyActive))
    if (changesNothing(layer.site.function->expression(),
                       layer.units[unit].bounds))
      active.push_back(unit);
  dependent = findDependentUnits(layer.site, active);
  for (const DependentUnit &each : dependent) {
    drop.set(each.unit);
    outputs[each.unit] = each.constant;
  }
}

/// Dead units alone may be followed on to where they are read.
bool LayerPruner::readUses(unsigned dim) {
  StringRef reason;
  output = {op->getResult(0), dim};
  std::optional<SmallVector<LayerUse>> read =
      act::readUses(output.value, output.dim, reason);
  if (!read && dependent.empty()) {
    StringRef obstacle = reason;
    output = followZeros(output);
    read = act::readUses(output.value, output.dim, reason);
    if (read)
      keepConstants(obstacle);
  }
  if (!read)
    missed("kept-units", reason);
  else
    uses = std::move(*read);
  if (llvm::any_of(uses, [](const LayerUse &u) { return u.isFlattened(); }))
    keepDependent();
  return !uses.empty();
}

/// Keeps units that feed a NaN or an infinity, for 0 times it is NaN; whether
/// others are left.
bool LayerPruner::keepPoisoning() {
  llvm::SmallBitVector kept(drop.size());
  for (const LayerUse &use : uses)
    kept |= use.unitsThatPoison();
  kept &= drop;
  if (kept.any())
    missed("kept-units",
           listUnits(kept) + " expected to feed weights that are finite");
  drop.reset(kept);
  for (unsigned unit : kept.set_bits())
    outputs[unit] = 0.0;
  return drop.any();
}

/// Units that are a combination of others stay.
void LayerPruner::keepDependent() {
  for (const DependentUnit &each : dependent) {
    drop.reset(each.unit);
    outputs[each.unit] = 0.0;
  }
  dependent.clear();
}

/// Units of constants other than 0 stay.
void LayerPruner::keepConstants(StringRef reason) {
  if (!isConstant())
    return;
  missed("kept-units", reason);
  for (auto [unit, output] : llvm::enumerate(outputs))
    if (output != 0.0)
      drop.reset(unit);
  llvm::fill(outputs, 0.0);
}

/// Where constants can not move to the next bias, their units stay; whether
/// others are left.
bool LayerPruner::findShifts() {
  shifts.assign(uses.size(), {});
  if (!isConstant())
    return true;
  for (auto [use, shift] : llvm::zip(uses, shifts)) {
    StringRef reason;
    std::optional<std::vector<double>> found =
        use.contribution(outputs, reason);
    if (!found) {
      keepConstants(reason);
      shifts.assign(uses.size(), {});
      break;
    }
    shift = std::move(*found);
  }
  return drop.any();
}

/// Identity, of a dead unit: 0 * w = 0 and s + 0 = s, exact but for the sign
/// of zero. Of one at a constant: s + c * w, added once to the next bias and
/// rounded there; exact over the reals.
void LayerPruner::removeUnits() {
  auto type = dyn_cast<RankedTensorType>(layer.site.type);
  std::optional<unsigned> dim = layer.site.unitDimension;
  if (!type || !dim || type.isDynamicDim(*dim))
    return missed("kept-units", "expected a static number of units");
  if (!readUses(*dim) || !keepPoisoning() || !findShifts())
    return;
  if (drop.all())
    return removeAll();
  NarrowDimension narrowing(rewriter, drop);
  StringRef obstacle = narrowing.plan(output.value, output.dim);
  if (!obstacle.empty())
    return missed("kept-units", obstacle);
  Value narrow = narrowing.narrow(output.value);
  for (auto [use, shift] : llvm::zip(uses, shifts)) {
    use.addToResult(rewriter, shift);
    removeFrom(use, narrow);
  }
  eraseUnused(rewriter, output.value.getDefiningOp());
  passed("removed-units",
         listUnits(drop) + " of " + std::to_string(drop.size()) + " removed");
}

/// Identity, of a unit z = sum k_j z_j + c that is stably active as all z_j
/// are: v z = sum (v k_j) z_j + v c. The weights are rounded once.
void LayerPruner::removeFrom(const LayerUse &use, Value narrow) {
  llvm::erase_if(dependent, [&](const DependentUnit &each) {
    return !drop.test(each.unit);
  });
  if (dependent.empty())
    return use.narrow(rewriter, narrow, drop);
  llvm::SmallBitVector kept = drop;
  kept.flip();
  llvm::SmallDenseMap<std::pair<int64_t, int64_t>, double> factors;
  llvm::SmallDenseMap<unsigned, int64_t> termOf;
  for (unsigned unit : kept.set_bits()) {
    int64_t term = termOf.size();
    termOf[unit] = term;
    factors[{unit, term}] = 1.0;
  }
  for (const DependentUnit &each : dependent)
    for (auto [other, factor] : each.terms)
      factors[{each.unit, termOf.at(other)}] = factor;
  use.replaceTerms(
      rewriter, narrow, kept.count(),
      [&](int64_t unit, int64_t term) { return factors.lookup({unit, term}); });
}

/// Identity: a sum over nothing is what it starts from.
void LayerPruner::removeAll() {
  if (!llvm::all_of(uses, [](const LayerUse &u) { return u.hasEmptySum(); }))
    return missed("kept-units",
                  "expected a sum that starts from a value of its "
                  "result's type, or a result of static shape");
  for (auto [use, shift] : llvm::zip(uses, shifts))
    use.replaceByEmptySum(rewriter, shift);
  eraseUnused(rewriter, output.value.getDefiningOp());
  passed("removed-layer", "all units removed, what follows is constant");
}

class PruneStable : public act::impl::ActPruneStableBase<PruneStable> {
public:
  using ActPruneStableBase::ActPruneStableBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    registerVerdictDialects(registry);
  }

  void runOnOperation() override {
    // What is removed no longer blurs the bounds of later layers: judge until
    // nothing is left to remove. Each round but the last one removes something.
    bool hasChanged = true;
    while (hasChanged) {
      FailureOr<DeadUnitTable> table =
          judgeUnits(getOperation(), domains, budget, semantics);
      if (failed(table))
        return signalPassFailure();
      hasChanged = prune(*table);
      IRRewriter rewriter(&getContext());
      if (!hasChanged && mergeLinear)
        hasChanged =
            composeContractions(rewriter, getOperation(), getArgument());
    }
  }

private:
  /// Whether something was removed. If not, says what could not be.
  bool prune(const DeadUnitTable &table) {
    IRRewriter rewriter(&getContext());
    std::vector<LayerPruner> pruners;
    for (const Layer &layer : table.layers)
      pruners.emplace_back(rewriter, layer, getArgument());
    // From the last one: the leaf of a site may be an earlier site's result.
    for (LayerPruner &pruner : llvm::reverse(pruners))
      pruner.pruneActivation();
    bool hasChanged = llvm::any_of(
        pruners, [](const LayerPruner &pruner) { return pruner.hasChanged; });
    SmallVector<Obstacle> obstacles;
    // From the first one: a rewrite replaces ops up to the site, which no later
    // layer's site is, but may be what computes its leaf.
    for (LayerPruner &pruner : pruners) {
      pruner.pruneUnits(mergeLinear && !hasChanged);
      hasChanged |= pruner.hasChanged;
      llvm::append_range(obstacles, pruner.obstacles);
    }
    if (hasChanged)
      return true;
    for (const Obstacle &obstacle : obstacles)
      remark::missed(
          obstacle.loc,
          remark::RemarkOpts::name(obstacle.name).category(getArgument()))
          << remark::reason("{0}", obstacle.reason);
    return false;
  }
};

} // namespace

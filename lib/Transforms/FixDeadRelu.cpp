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
#include "NarrowDimension.h"
#include "Weights.h"
#include "act/Formula/Canonical.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/RecordTable.h"
#include "act/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
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
    double tau, alpha;
  };
  LayerFix(RewriterBase &rewriter, const Layer &layer, Options options)
      : rewriter(rewriter), layer(layer), options(options),
        dead(layer.units.size()) {
    for (unsigned unit : layer.indices(Verdict::Dead))
      dead.set(unit);
  }

  /// Empty if the layer was changed, else the reason why it was not.
  StringRef run() {
    return options.strategy == DeadReluFix::Leaky ? makeLeaky() : moveBias();
  }
  const llvm::SmallBitVector &units() const { return dead; }

private:
  StringRef makeLeaky();
  StringRef moveBias();
  std::optional<double> endOfDeadZone(Interval bounds) const;
  double moved(double bias, Interval bounds, double end) const;
  bool varies(Interval bounds) const;
  FloatType format() const {
    return cast<FloatType>(getElementTypeOrSelf(layer.site.type));
  }

  RewriterBase &rewriter;
  const Layer &layer;
  Options options;
  llvm::SmallBitVector dead;
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

/// The bias of a unit with the given bounds, whose dead zone ends at `end`.
double LayerFix::moved(double bias, Interval bounds, double end) const {
  // Bounds are rounded outward: their last digits would show as noise where the
  // bias should cancel.
  auto rounded = [&](double shift) {
    return toDouble(toAPFloat(shift, format()));
  };
  double middle = (bounds.lo + bounds.hi) / 2;
  switch (options.strategy) {
  case DeadReluFix::BiasLift:
    // Then U' = end + tau (U - L).
    return bias + rounded(end - bounds.hi + options.tau * bounds.width());
  case DeadReluFix::Recentre:
    // Then (L' + U') / 2 = end.
    return bias + rounded(end - middle);
  case DeadReluFix::SignFlip:
    // (w, b) -> (-w, -b) gives [-U, -L], which is centred then.
    return -bias + rounded(end + middle);
  case DeadReluFix::Leaky:
    break;
  }
  llvm_unreachable("no change of a bias");
}

/// Whether `bounds` are wider than the rounding of a constant makes them.
bool LayerFix::varies(Interval bounds) const {
  int digits = llvm::APFloat::semanticsPrecision(format().getFloatSemantics());
  return bounds.width() > std::ldexp(bounds.magnitude(), 5 - digits);
}

StringRef LayerFix::moveBias() {
  StringRef reason;
  std::optional<LayerBias> found = LayerBias::find(layer.site, reason);
  if (!found)
    return reason;
  bool flips = options.strategy == DeadReluFix::SignFlip;
  if (flips && !found->factor)
    return "expected constant weights and no other summand than the bias";
  llvm::SmallDenseMap<unsigned, double> ends;
  for (unsigned unit : dead.set_bits()) {
    Interval bounds = layer.units[unit].bounds;
    std::optional<double> end = endOfDeadZone(bounds);
    if (!end)
      reason = "expected a dead zone that reaches to minus infinity";
    else if (!bounds.isBounded())
      reason = "expected units with finite bounds: state a bounded domain";
    else if (!varies(bounds))
      reason = "expected units that depend on the input";
    else
      ends[unit] = *end;
  }
  if (ends.empty())
    return reason;
  for (unsigned unit = 0; unit < dead.size(); ++unit)
    if (!ends.count(unit))
      dead.reset(unit);
  OpOperand &bias = *found->bias;
  auto move = [&](double value, unsigned unit) {
    return dead.test(unit) ? moved(value, layer.units[unit].bounds, ends[unit])
                           : value;
  };
  replaceWeights(rewriter, bias,
                 mapWeights(weightsOf(bias.get()), found->biasDim, move));
  if (!flips)
    return "";
  OpOperand &factor = *found->factor;
  auto negate = [&](double value, unsigned unit) {
    return dead.test(unit) ? -value : value;
  };
  replaceWeights(rewriter, factor,
                 mapWeights(weightsOf(factor.get()), found->factorDim, negate));
  return "";
}

//===----------------------------------------------------------------------===//
// Leaky relu
//===----------------------------------------------------------------------===//

StringRef LayerFix::makeLeaky() {
  Expression x = Expression::variable(0);
  if (canonicalize(layer.site.function->expression()) !=
      canonicalize(max(x, 0.0)))
    return "expected max(x, 0)";
  Operation *op = layer.site.op;
  std::optional<RecordMatch> match =
      RecordTable(op->getContext())
          .find(canonicalize(where(x > 0.0, x, Expression(options.alpha) * x)));
  if (!match)
    return "expected a slope for which there is an activation";
  OpBuilder::InsertionGuard guard(rewriter);
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  Operation *last = structured ? structured.getBlock()->getTerminator() : op;
  rewriter.setInsertionPoint(last);
  Value leaky = createActivation(rewriter, op->getLoc(), *match->record,
                                 layer.site.leaf, match->parameters)
                    ->getResult(0);
  if (!structured) {
    rewriter.replaceAllUsesWith(op->getResult(0), leaky);
    eraseUnused(rewriter, op);
    return "";
  }
  Operation *before = last->getOperand(0).getDefiningOp();
  rewriter.modifyOpInPlace(last, [&] { last->setOperand(0, leaky); });
  eraseUnused(rewriter, before);
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
    if (!(alpha > 0.0 && alpha < 1.0) || !(tau > 0.0 && tau <= 1.0)) {
      getOperation().emitError("expected 0 < alpha < 1 and 0 < tau <= 1, got ")
          << llvm::formatv("{0} and {1}", alpha.getValue(), tau.getValue())
                 .str();
      return signalPassFailure();
    }
    // A layer's bounds follow from those before it, so after each change all is
    // judged again.
    while (true) {
      FailureOr<DeadUnitTable> table =
          judgeUnits(getOperation(), domains, budget, semantics);
      if (failed(table))
        return signalPassFailure();
      if (!fixFirst(*table))
        return;
    }
  }

private:
  /// Changes the first layer with dead units that is not given up; whether
  /// there was one.
  bool fixFirst(const DeadUnitTable &table) {
    IRRewriter rewriter(&getContext());
    for (auto [index, layer] : llvm::enumerate(table.layers)) {
      if (givenUp.contains(index) || layer.indices(Verdict::Dead).empty())
        continue;
      remark::RemarkOpts name =
          remark::RemarkOpts::name(layer.name).category(getArgument());
      Location loc = layer.site.op->getLoc();
      // What was flipped once is not flipped back.
      DeadReluFix change =
          strategy == DeadReluFix::SignFlip && attempts.count(index)
              ? DeadReluFix::Recentre
              : strategy.getValue();
      LayerFix fix(rewriter, layer, {change, tau, alpha});
      StringRef reason = "units stay dead after several changes";
      if (attempts[index]++ < kMaxAttempts)
        reason = fix.run();
      std::string units = listUnits(fix.units());
      if (reason.empty()) {
        remark::passed(loc, name) << remark::reason("{0}: changed", units);
        return true;
      }
      remark::missed(loc, name) << remark::reason("{0}: {1}", units, reason);
      givenUp.insert(index);
    }
    return false;
  }

  /// A bound that was not tight may need a second change.
  static constexpr unsigned kMaxAttempts = 4;
  llvm::DenseMap<unsigned, unsigned> attempts;
  llvm::DenseSet<unsigned> givenUp;
};

} // namespace

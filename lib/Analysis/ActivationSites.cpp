//===- ActivationSites.cpp - Where a program applies an activation --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/ActivationSites.h"
#include "LinalgLoops.h"
#include "RowNormalization.h"
#include "UnitDimension.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/RecordTable.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include <map>
#include <tuple>

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// The leaf of a chain
//===----------------------------------------------------------------------===//

namespace {

using NumberOf = llvm::function_ref<std::optional<double>(Value)>;

/// Unfolds the ops that compute `root` until one value is left that is no
/// number: the leaf.
class Chain {
public:
  Chain(Value root, NumberOf numberOf) : root(root), numberOf(numberOf) {}

  /// `throughExact`: go on through ops of one operand that do not round, as
  /// within a body. Otherwise the chain is as short as it can be.
  bool unfold(bool throughExact) {
    if (!expand(root))
      return false;
    // A formula of more ops than this is no activation.
    for (unsigned step = 0; step < 64; ++step) {
      if (open.empty())
        return false;
      if (open.size() == 1 && !goesOn(open.front(), throughExact))
        return true;
      Value last = latest();
      if (!last || !expand(last))
        return false;
    }
    return false;
  }

  Value leaf() const { return open.front(); }
  ArrayRef<Operation *> ops() const { return covered; }

  /// The formula over the leaf.
  std::optional<Expression> formula() const {
    SmallVector<Value> leaves = {open.front()};
    std::vector<Expression> values = {Expression::variable(0)};
    for (auto [value, number] : numbers) {
      leaves.push_back(value);
      values.push_back(number);
    }
    std::optional<Expression> result = ScalarReader(leaves).read(root);
    if (result)
      result = canonicalize(result->substitute(values));
    return result;
  }

private:
  ScalarFunctionOpInterface scalarOp(Value value) const {
    return value.getDefiningOp<ScalarFunctionOpInterface>();
  }

  /// Replaces `value` by the operands of its op.
  bool expand(Value value) {
    ScalarFunctionOpInterface op = scalarOp(value);
    if (!op)
      return false;
    llvm::erase(open, value);
    covered.push_back(op);
    for (Value operand : op->getOperands())
      addOperand(operand);
    return true;
  }

  void addOperand(Value operand) {
    if (constantOf(operand) || llvm::is_contained(open, operand))
      return;
    // What no formula reads, as the shift of a product, is no leaf.
    if (!isa<FloatType, IntegerType>(getElementTypeOrSelf(operand.getType())))
      return;
    if (std::optional<double> number = numberOf(operand)) {
      numbers.emplace_back(operand, *number);
      return;
    }
    open.push_back(operand);
  }

  /// Whether the only open value is to be unfolded as well.
  bool goesOn(Value value, bool throughExact) {
    ScalarFunctionOpInterface op = scalarOp(value);
    if (!op)
      return false;
    if (!formatOf(value.getType())) // a float without a format is not judged
      return !isa<FloatType>(getElementTypeOrSelf(value.getType()));
    return throughExact && op.executedErrorInUlps() == 0.0 &&
           llvm::count_if(op->getOperands(), [&](Value operand) {
             return !constantOf(operand) && !numberOf(operand);
           }) == 1;
  }

  /// The open value that is computed last, if one can be unfolded.
  Value latest() {
    Value last;
    for (Value value : open) {
      ScalarFunctionOpInterface op = scalarOp(value);
      if (!op)
        continue;
      Operation *before = last ? last.getDefiningOp() : nullptr;
      if (!before ||
          (before->getBlock() == op->getBlock() && before->isBeforeInBlock(op)))
        last = value;
    }
    return last;
  }

  Value root;
  NumberOf numberOf;
  SmallVector<Value> open;
  SmallVector<Operation *> covered;
  SmallVector<std::pair<Value, double>> numbers;
};

//===----------------------------------------------------------------------===//
// Sites
//===----------------------------------------------------------------------===//

/// What a formula is, found once for all its sites.
struct KnownFunction {
  std::shared_ptr<const SiteFunction> function; ///< null: no activation
  std::string activation;
};

class SiteFinder {
public:
  SiteFinder(Operation *root, const ValueBounds &bounds)
      : bounds(bounds), table(root->getContext()) {
    root->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (auto structured = dyn_cast<linalg::LinalgOp>(op)) {
        visitBody(structured);
        return WalkResult::skip();
      }
      visitOp(op);
      return WalkResult::advance();
    });
    dropInnerSites();
  }

  std::vector<ActivationSite> take() { return std::move(sites); }

private:
  void visitOp(Operation *op) {
    if (!isa<ScalarFunctionOpInterface>(op) || op->getNumResults() != 1 ||
        bounds.lookup(op->getResult(0)).isBottom())
      return;
    auto numberOf = [&](Value value) {
      return bounds.lookup(value).asNumber();
    };
    Chain chain(op->getResult(0), numberOf);
    if (chain.unfold(/*throughExact=*/false))
      addSite(op, chain, chain.leaf().getType(), chain.leaf());
  }

  void visitBody(linalg::LinalgOp op) {
    bool isElementwise = op->getNumResults() == 1 &&
                         op.getNumLoops() == op.getNumParallelLoops();
    if (!isElementwise || bounds.lookup(op->getResult(0)).isBottom())
      return;
    auto numberOf = [&](Value value) -> std::optional<double> {
      auto argument = dyn_cast<BlockArgument>(value);
      if (!argument || argument.getOwner() != op.getBlock())
        return std::nullopt;
      return bounds.lookup(op.getMatchingOpOperand(argument)->get()).asNumber();
    };
    Chain chain(op.getBlock()->getTerminator()->getOperand(0), numberOf);
    if (chain.unfold(/*throughExact=*/true))
      addSite(op, chain, op->getResult(0).getType(),
              op.getDpsInputOperands().empty()
                  ? Value()
                  : op.getDpsInputOperands().front()->get());
  }

  void addSite(Operation *op, const Chain &chain, Type type, Value origin) {
    std::optional<Format> format = formatOf(type);
    std::optional<Expression> formula = chain.formula();
    if (!format || !formula || formula->numVariables() != 1)
      return;
    const KnownFunction &known = lookup(op, *formula, *format);
    if (!known.function)
      return;
    std::optional<unsigned> dim = unitDimension(type, origin);
    sites.push_back({op, known.function, known.activation, chain.leaf(), type,
                     dim,
                     dim ? IndexAlong(boundsShape(type), *dim) : IndexAlong()});
    for (Operation *inner : chain.ops())
      if (inner != op)
        innerOps.insert(inner);
  }

  const KnownFunction &lookup(Operation *op, Expression formula,
                              Format format) {
    // An op of the dialect has its own name and convention at kinks, which
    // another one with the same formula may not share.
    const Record *own = nullptr;
    if (auto activation = dyn_cast<ActivationOpInterface>(op))
      own = &activation.getRecord();
    auto [entry, isNew] =
        known.try_emplace({own, formula.id(), unsigned(format)});
    if (isNew)
      entry->second = recognize(own, formula, format);
    return entry->second;
  }

  KnownFunction recognize(const Record *record, Expression formula,
                          Format format) {
    // An affine function is no activation.
    if (canonicalize(differentiate(formula)).numVariables() == 0)
      return {};
    if (!record)
      if (std::optional<RecordMatch> match = table.find(formula))
        record = match->record;
    auto function = std::make_shared<SiteFunction>(
        formula, record ? record->kinkSides : "l", format);
    if (!record && function->isSmooth())
      return {};
    return {function,
            record ? record->opName.split('.').second.str() : formula.str()};
  }

  /// A step of a larger formula, used nowhere else, is no site of its own.
  void dropInnerSites() {
    llvm::SmallPtrSet<Operation *, 16> roots;
    for (const ActivationSite &site : sites)
      roots.insert(site.op);
    llvm::erase_if(sites, [&](const ActivationSite &site) {
      return innerOps.contains(site.op) &&
             llvm::all_of(site.op->getUsers(), [&](Operation *user) {
               return innerOps.contains(user) || roots.contains(user);
             });
    });
  }

  const ValueBounds &bounds;
  RecordTable table;
  std::map<std::tuple<const Record *, const void *, unsigned>, KnownFunction>
      known;
  llvm::SmallPtrSet<Operation *, 16> innerOps;
  std::vector<ActivationSite> sites;
};

} // namespace

std::vector<ActivationSite> findActivationSites(Operation *root) {
  // Whatever the domain: a condition that a domain decides is no number.
  ValueBounds bounds(root, ArgumentBounds(), Semantics::Ieee,
                     BoundsDetail::Numbers);
  return SiteFinder(root, bounds).take();
}

Value ActivationSite::root() const {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  return structured ? structured.getBlock()->getTerminator()->getOperand(0)
                    : op->getResult(0);
}

Bounds ActivationSite::preactivation(const ValueBounds &bounds,
                                     Semantics semantics) const {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured)
    return bounds.lookup(leaf);
  SmallVector<Bounds> operands;
  for (Value operand : op->getOperands())
    operands.push_back(bounds.lookup(operand));
  if (llvm::any_of(operands, [](const Bounds &b) { return b.isBottom(); }))
    return Bounds();
  std::optional<LoopNest> nest = loopsOf(structured, operands, 0);
  if (!nest)
    return Bounds::top();
  nest->term = ElementFunction::read(leaf, bodyLeaves(structured, 0));
  return refineByRows(op, operands, evaluate(*nest, semantics), leaf, semantics,
                      [&](Value value) { return bounds.lookup(value); });
}

} // namespace act

//===- Fuse.cpp - Chains of activations as one function -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/FormStore.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTFUSE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// The formula of an activation of one operand; nothing for other ops.
std::optional<Expression> formulaOf(Operation *op) {
  if (!op || op->getNumOperands() != 1 || op->getNumResults() != 1 ||
      op->getOperand(0).getType() != op->getResult(0).getType())
    return std::nullopt;
  if (auto activation = dyn_cast<ActivationOpInterface>(op))
    return activation.getExpression();
  if (auto map = dyn_cast<MapOp>(op))
    return map.getExpression();
  return std::nullopt;
}

/// `op` on the scalar `x`, in the body of a map.
Value applyToScalar(OpBuilder &builder, Operation *op, Value x) {
  IRMapping mapping;
  if (auto map = dyn_cast<MapOp>(op)) {
    Block &body = map.getBody().front();
    mapping.map(body.getArgument(0), x);
    for (Operation &inner : body.without_terminator())
      builder.clone(inner, mapping);
    return mapping.lookupOrDefault(
        cast<YieldOp>(body.getTerminator()).getValue());
  }
  OperationState state(op->getLoc(), op->getName(), x, x.getType(),
                       op->getAttrs());
  return builder.create(state)->getResult(0);
}

/// Identity: f(g(x)) = (f o g)(x), exact in the reals; the rounding of g(x)
/// goes.
struct FuseChain : RewritePattern {
  FuseChain(MLIRContext *context, SynthesisTarget target)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context), target(target) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (op->getParentOfType<MapOp>())
      return rewriter.notifyMatchFailure(op,
                                         "the body of a map is one function");
    std::optional<Expression> outer = formulaOf(op);
    if (!outer)
      return rewriter.notifyMatchFailure(op, "not a function of one operand");
    Operation *producer = op->getOperand(0).getDefiningOp();
    std::optional<Expression> inner = formulaOf(producer);
    if (!inner || !producer->hasOneUse())
      return rewriter.notifyMatchFailure(
          op, "the operand is not computed by an activation for it alone");
    if (op->getAttr("accuracy") != producer->getAttr("accuracy"))
      return rewriter.notifyMatchFailure(op, "the accuracies differ");
    if (!paysOff(op, *outer, *inner))
      return rewriter.notifyMatchFailure(
          op, "no form of the composition is cheaper than two");
    Location loc = rewriter.getFusedLoc({producer->getLoc(), op->getLoc()});
    Type type = op->getResult(0).getType();
    OperationState state(loc, MapOp::getOperationName());
    state.addOperands(producer->getOperand(0));
    state.addTypes(type);
    if (Attribute accuracy = op->getAttr("accuracy"))
      state.addAttribute("accuracy", accuracy);
    Region *body = state.addRegion();
    {
      OpBuilder::InsertionGuard restore(rewriter);
      Block *block = rewriter.createBlock(body);
      Value x = block->addArgument(getElementTypeOrSelf(type), loc);
      Value between = applyToScalar(rewriter, producer, x);
      YieldOp::create(rewriter, loc, applyToScalar(rewriter, op, between));
    }
    Operation *fused = rewriter.create(state);
    remark::passed(loc, remark::RemarkOpts::name("fused").category("act-fuse"))
        << remark::reason("two activations became one function");
    rewriter.replaceOp(op, fused);
    rewriter.eraseOp(producer);
    return success();
  }

private:
  bool paysOff(Operation *op, Expression outer, Expression inner) const {
    std::optional<Format> format = formatOf(op->getResult(0).getType());
    if (!format || *format == Format::F64)
      return false;
    Accuracy accuracy =
        target.everywhere.value_or(Accuracy::defaultFor(*format));
    auto form = [&](Expression formula) {
      return FormStore::get().answer({formula, *format, accuracy, target.isa});
    };
    SynthesisAnswer first = form(inner), second = form(outer);
    SynthesisAnswer both = form(outer.substitute({inner}));
    return both && first && second && both->cost < first->cost + second->cost;
  }

  SynthesisTarget target;
};

class Fuse : public act::impl::ActFuseBase<Fuse> {
public:
  using Base::Base;

  void runOnOperation() override {
    FailureOr<SynthesisTarget> target =
        parseTarget(getOperation()->getLoc(), isa, accuracy);
    if (failed(target))
      return signalPassFailure();
    if (target->isa->lanes == 0)
      return;
    RewritePatternSet patterns(&getContext());
    patterns.add<FuseChain>(&getContext(), *target);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

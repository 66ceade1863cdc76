//===- ReuseOperands.cpp - Elementwise ops that compute in place ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where does an elementwise op put its result? In the memory of an operand that
// nothing else reads, when there is one.
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTREUSEOPERANDS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// May `op` overwrite `input`, element by element as it reads it? Only a value
/// that another op computes into memory of its own, for `op` alone.
bool canOverwrite(linalg::GenericOp op, OpOperand *input, Type type) {
  Value value = input->get();
  return value.getType() == type && value.hasOneUse() &&
         value.getDefiningOp<DestinationStyleOpInterface>() &&
         op.getMatchingIndexingMap(input).isIdentity();
}

/// f(x) into fresh memory equals f(x) into the memory of x, if each element is
/// read before it is written and nothing else reads x. Exact.
struct ReuseOperand : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics() || op.getNumDpsInits() != 1 ||
        op.getNumParallelLoops() != op.getNumLoops())
      return rewriter.notifyMatchFailure(
          op, "expected parallel loops and one result on tensors");
    OpOperand *init = op.getDpsInitOperand(0);
    if (!init->get().getDefiningOp<tensor::EmptyOp>() ||
        !op.getMatchingIndexingMap(init).isIdentity())
      return rewriter.notifyMatchFailure(op, "expected fresh memory");
    for (OpOperand *input : op.getDpsInputOperands())
      if (canOverwrite(op, input, init->get().getType())) {
        // Read where it is written: tiles of an input beside those of the
        // result would look like a conflict to bufferization.
        rewriter.modifyOpInPlace(op, [&] { init->set(input->get()); });
        rewriter.replaceAllUsesWith(op.getMatchingBlockArgument(input),
                                    op.getMatchingBlockArgument(init));
        return success();
      }
    return rewriter.notifyMatchFailure(op, "no operand is read here alone");
  }
};

/// Whether `value` is the iteration's own memory, whatever was written to it.
bool isIn(Value value, Value memory) {
  auto store = value.getDefiningOp<bufferization::MaterializeInDestinationOp>();
  return value == memory || (store && store.getDest() == memory);
}

/// Whether a result of the iteration is computed by an op of its body, and what
/// it would overwrite is read by such ops alone: to bufferization what leaves
/// an inner region may be memory of any value that enters it.
bool isLeftAlone(OpOperand &result, BlockArgument argument) {
  auto isInBody = [&](Operation *op) {
    return op && op->getBlock() == argument.getOwner() &&
           (isa<DestinationStyleOpInterface>(op) ||
            op->hasTrait<OpTrait::Elementwise>());
  };
  auto readsAlone = [&](Operation *user) {
    return isInBody(user) ||
           (!user->hasTrait<OpTrait::IsTerminator>() &&
            llvm::none_of(user->getResultTypes(), llvm::IsaPred<ShapedType>));
  };
  return isInBody(result.get().getDefiningOp()) &&
         llvm::all_of(argument.getUsers(), readsAlone);
}

/// A loop may carry a value in one memory if each iteration leaves its result
/// there: where that cannot be computed in place it is copied. Exact.
struct CarryInPlace : OpRewritePattern<scf::ForOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(scf::ForOp loop,
                                PatternRewriter &rewriter) const override {
    auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
    bool changed = false;
    for (auto [argument, result] :
         llvm::zip_equal(loop.getRegionIterArgs(), yield->getOpOperands())) {
      // A dynamic size may change from one iteration to the next.
      auto type = dyn_cast<RankedTensorType>(argument.getType());
      // What is left in two memories at once is computed in neither.
      if (!type || !type.hasStaticShape() || isIn(result.get(), argument) ||
          llvm::count(yield.getOperands(), result.get()) > 1 ||
          !isLeftAlone(result, argument))
        continue;
      copyIfReadElsewhere(rewriter, loop, *loop.getTiedLoopInit(argument));
      rewriter.setInsertionPoint(yield);
      auto store = bufferization::MaterializeInDestinationOp::create(
          rewriter, yield.getLoc(), type, result.get(), argument);
      OpOperand *operand = &result;
      rewriter.modifyOpInPlace(yield, [&] { operand->set(store.getResult()); });
      changed = true;
    }
    if (!changed)
      return rewriter.notifyMatchFailure(
          loop, "expected a tensor of static shape that an op of the body "
                "computes in other memory");
    return success();
  }

private:
  /// Gives the loop memory of its own where what it starts with is not its
  /// alone: bufferization does not copy it for the sake of a store.
  static void copyIfReadElsewhere(PatternRewriter &rewriter, scf::ForOp loop,
                                  OpOperand &start) {
    if (start.get().hasOneUse())
      return;
    rewriter.setInsertionPoint(loop);
    auto copy = bufferization::AllocTensorOp::create(
        rewriter, loop.getLoc(), cast<RankedTensorType>(start.get().getType()),
        ValueRange(), start.get());
    rewriter.modifyOpInPlace(loop, [&] { start.set(copy); });
  }
};

class ReuseOperands : public act::impl::ActReuseOperandsBase<ReuseOperands> {
public:
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    act::populateReuseOperandsPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void act::populateReuseOperandsPatterns(RewritePatternSet &patterns) {
  patterns.add<ReuseOperand, CarryInPlace>(patterns.getContext());
  linalg::populateEraseUnusedOperandsAndResultsPatterns(patterns);
}

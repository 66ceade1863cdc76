//===- Decompose.cpp - Ops that stand for several -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowLoops.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/Record.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTDECOMPOSE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// An op is what its own decomposition computes.
struct DecomposeAggregate
    : OpInterfaceRewritePattern<linalg::AggregatedOpInterface> {
  DecomposeAggregate(MLIRContext *context, bool keepRows)
      : OpInterfaceRewritePattern(context), keepRows(keepRows) {}

  LogicalResult matchAndRewrite(linalg::AggregatedOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (llvm::any_of(op->getOperandTypes(), llvm::IsaPred<BaseMemRefType>))
      return rewriter.notifyMatchFailure(op, "expected operands to be tensors");
    auto rows = dyn_cast<act::RowwiseOpInterface>(op.getOperation());
    if (keepRows && rows && !act::reasonAgainstSeparateScores(rows))
      return rewriter.notifyMatchFailure(op,
                                         "its rows have loops of their own");
    FailureOr<SmallVector<Value>> results = op.decomposeOperation(rewriter);
    if (failed(results))
      return rewriter.notifyMatchFailure(op, "the op does not decompose");
    rewriter.replaceOp(op, *results);
    return success();
  }

private:
  bool keepRows;
};

/// Rows that have loops but for their scores: those are computed first, and
/// may be fused with what gives the operands.
struct SeparateScores : OpInterfaceRewritePattern<act::RowwiseOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(act::RowwiseOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (const char *reason = act::reasonAgainstSeparateScores(op))
      return rewriter.notifyMatchFailure(op, reason);
    if (act::hasPlainScores(op))
      return rewriter.notifyMatchFailure(op, "its scores are its operand");
    rewriter.replaceOp(op, act::separateScores(op, rewriter));
    return success();
  }
};

/// softmax of linalg is the activation of that name, but for its rounding.
struct RaiseRows : OpRewritePattern<linalg::SoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(op.getInput().getType());
    if (!type || type != op->getResultTypes().front() ||
        !act::formatOf(type.getElementType()))
      return rewriter.notifyMatchFailure(
          op, "expected tensors of one type, of f16, bf16, f32 or f64");
    const act::RowRecord *record =
        act::plainRowRecord(getContext(), act::RowForm::Probability);
    rewriter.replaceOp(op, act::createRowwise(rewriter, op.getLoc(), *record,
                                              op.getInput(), op.getDimension())
                               ->getResults());
    return success();
  }
};

class Decompose : public act::impl::ActDecomposeBase<Decompose> {
public:
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    act::populateDecomposePatterns(patterns, keepRows);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void act::populateDecomposePatterns(RewritePatternSet &patterns,
                                    bool keepRows) {
  patterns.add<DecomposeAggregate>(patterns.getContext(), keepRows);
  tensor::populateDecomposeTensorConcatPatterns(patterns);
  if (!keepRows)
    return;
  patterns.add<SeparateScores>(patterns.getContext());
  // Before it is decomposed.
  patterns.add<RaiseRows>(patterns.getContext(), /*benefit=*/2);
}

//===- CollapseDims.cpp - Contiguous dimensions become one ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which dimensions of an elementwise op can be walked as one? A run of loops
// that each operand either walks in row-major order or not at all.
//
//===----------------------------------------------------------------------===//

#include "RowScores.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTCOLLAPSEDIMS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// Groups of adjacent loops that stay in order and together in every map; each
/// as long as it can be, found from the outermost loop inwards.
SmallVector<ReassociationIndices> contiguousGroups(linalg::GenericOp op) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  SmallVector<ReassociationIndices> groups;
  for (int64_t loop = 0, end = op.getNumLoops(); loop < end; ++loop) {
    if (!groups.empty()) {
      ReassociationIndices extended = groups.back();
      extended.push_back(loop);
      if (linalg::areDimSequencesPreserved(maps, extended)) {
        groups.back() = std::move(extended);
        continue;
      }
    }
    groups.push_back({loop});
  }
  return groups;
}

/// f(x[i, j]) for all i, j equals f(x[k]) for all k of the flattened x, where
/// every operand is flattened alike. Exact.
struct CollapseContiguousDims : OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics())
      return rewriter.notifyMatchFailure(op, "expected operands to be tensors");
    if (op.getNumParallelLoops() != op.getNumLoops())
      return rewriter.notifyMatchFailure(op, "expected parallel loops only");
    // A collapsed dimension is static only where all of its parts are.
    if (llvm::is_contained(op.getStaticLoopRanges(), 0))
      return rewriter.notifyMatchFailure(op, "nothing is computed");
    if (op.hasIndexSemantics())
      return rewriter.notifyMatchFailure(op, "the body reads its position");
    if (!act::reasonToStore(op))
      return rewriter.notifyMatchFailure(op, "rows compute it as they read it");
    if (!llvm::all_of(op.getIndexingMapsArray(), [](AffineMap map) {
          return map.isProjectedPermutation();
        }))
      return rewriter.notifyMatchFailure(op, "expected projected permutations");
    SmallVector<ReassociationIndices> groups = contiguousGroups(op);
    if (groups.size() == op.getNumLoops())
      return rewriter.notifyMatchFailure(op,
                                         "no two dimensions are contiguous");
    FailureOr<linalg::CollapseResult> collapsed =
        linalg::collapseOpIterationDims(op, groups, rewriter);
    if (failed(collapsed))
      return rewriter.notifyMatchFailure(op, "linalg cannot collapse the op");
    rewriter.replaceOp(op, collapsed->results);
    return success();
  }
};

/// Storing an expanded value to dense memory stores the value to the collapsed
/// view of that memory: the expansion a collapse leaves behind would else hide
/// the destination from the op that computes the value. Exact.
struct StoreCollapsed
    : OpRewritePattern<bufferization::MaterializeInDestinationOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(bufferization::MaterializeInDestinationOp store,
                                PatternRewriter &rewriter) const override {
    auto expand = store.getSource().getDefiningOp<tensor::ExpandShapeOp>();
    auto memory = dyn_cast<MemRefType>(store.getDest().getType());
    if (!expand || !memory || !memory.getLayout().isIdentity())
      return rewriter.notifyMatchFailure(
          store, "expected an expanded value and dense memory");
    if (llvm::is_contained(memory.getShape(), 0))
      return rewriter.notifyMatchFailure(store, "nothing is stored");
    Value collapsed = memref::CollapseShapeOp::create(
        rewriter, store.getLoc(), store.getDest(),
        expand.getReassociationIndices());
    rewriter.modifyOpInPlace(store, [&] {
      store.getSourceMutable().assign(expand.getSrc());
      store.getDestMutable().assign(collapsed);
    });
    return success();
  }
};

class CollapseDims : public act::impl::ActCollapseDimsBase<CollapseDims> {
public:
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    act::populateCollapseDimsPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void act::populateCollapseDimsPatterns(RewritePatternSet &patterns) {
  patterns.add<CollapseContiguousDims, StoreCollapsed>(patterns.getContext());
  tensor::populateFoldTensorEmptyPatterns(patterns);
}

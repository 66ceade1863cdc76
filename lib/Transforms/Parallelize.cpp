//===- Parallelize.cpp - Large ops in pieces for threads ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How is work given to several threads? In pieces of one size, each of whole
// runs of the innermost dimension as far as they fit, which scf.forall walks in
// any order.
//
//===----------------------------------------------------------------------===//

#include "act/IR/Act.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace act {
#define GEN_PASS_DEF_ACTPARALLELIZE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using linalg::LinalgOp;

namespace {

bool isParallel(utils::IteratorType loop) {
  return loop == utils::IteratorType::parallel;
}

/// Why no threads share the work of `op`; empty where they may, if it is large.
StringRef reasonToStay(TilingInterface op) {
  auto linalgOp = dyn_cast<LinalgOp>(op.getOperation());
  if (linalgOp && !linalgOp.hasPureTensorSemantics())
    return "expected an op on tensors";
  if (op->getParentOfType<scf::ForallOp>() ||
      op->getParentOfType<scf::ParallelOp>())
    return "expected an op that is not in a parallel loop already";
  return "";
}

class PieceTiling {
public:
  PieceTiling(RewriterBase &rewriter, TilingInterface op)
      : rewriter(rewriter), op(op), loc(op.getLoc()),
        loops(op.getLoopIteratorTypes()) {
    rewriter.setInsertionPoint(op);
    for (Range range : op.getIterationDomain(rewriter))
      sizes.push_back(range.size);
    for (size_t loop = 0; loop < loops.size() && !outermost; ++loop)
      if (isParallel(loops[loop]) && !isConstantIntValue(sizes[loop], 1))
        outermost = loop;
  }

  /// Whether there is a parallel loop of more than one step.
  bool hasPieces() const { return outermost.has_value(); }

  /// How many points there are, if that is known.
  std::optional<uint64_t> countPoints() const {
    uint64_t points = 1;
    for (OpFoldResult size : sizes) {
      std::optional<int64_t> known = getConstantIntValue(size);
      if (!known)
        return std::nullopt;
      points = llvm::SaturatingMultiply(points, uint64_t(*known));
    }
    return points;
  }

  /// Replaces the op by its pieces, where the dynamic dimensions make it of
  /// `minPoints` at least.
  LogicalResult run(int64_t minPoints, int64_t piecePoints) {
    if (!llvm::any_of(sizes, llvm::IsaPred<Value>))
      return tile(op, piecePoints);
    Value points = constant(1);
    for (OpFoldResult size : sizes)
      points = rewriter.createOrFold<arith::MulIOp>(loc, points, value(size));
    Value isLarge = arith::CmpIOp::create(
        rewriter, loc, arith::CmpIPredicate::uge, points, constant(minPoints));
    // One memory for the result of both branches, which so lies where the
    // caller wants it.
    Value memory = op->getNumResults() == 1 && !isa<LinalgOp>(*op)
                       ? createMemory()
                       : Value();
    auto branch = scf::IfOp::create(rewriter, loc, op->getResultTypes(),
                                    isLarge, /*withElseRegion=*/true);
    for (Block *block : {branch.thenBlock(), branch.elseBlock()}) {
      rewriter.setInsertionPointToStart(block);
      Operation *copy = rewriter.clone(*op);
      scf::YieldOp::create(rewriter, loc, copy->getResults());
    }
    rewriter.replaceOp(op, branch.getResults());
    return tile(cast<TilingInterface>(branch.thenBlock()->front()), piecePoints,
                memory);
  }

private:
  Value constant(int64_t number) {
    return arith::ConstantIndexOp::create(rewriter, loc, number);
  }
  /// Of the result of an op that takes none.
  Value createMemory() {
    return tensor::EmptyOp::create(
        rewriter, loc, sizes, getElementTypeOrSelf(op->getResult(0).getType()));
  }
  Value value(OpFoldResult size) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, size);
  }

  /// Of every loop, from the innermost on, as much as fits into a piece: 0 for
  /// the whole of a static one. What is reduced stays whole, and with it all
  /// parallel loops but the outermost, for their elements share operands.
  SmallVector<OpFoldResult> chooseTileSizes(int64_t piecePoints) {
    SmallVector<OpFoldResult> tileSizes(sizes.size(), rewriter.getIndexAttr(0));
    const bool reduces = !llvm::all_of(loops, isParallel);
    auto isWhole = [&](size_t loop) { return reduces && loop != *outermost; };
    Value one = constant(1);
    Value rest = constant(piecePoints);
    auto leave = [&](Value extent) {
      rest = rewriter.createOrFold<arith::MaxUIOp>(
          loc, rewriter.createOrFold<arith::DivUIOp>(loc, rest, extent), one);
    };
    // Of no element, too.
    auto atLeastOne = [&](Value extent) {
      return rewriter.createOrFold<arith::MaxUIOp>(loc, extent, one);
    };
    for (size_t loop = sizes.size(); loop-- > 0;)
      if (isWhole(loop))
        leave(atLeastOne(value(sizes[loop])));
    for (size_t loop = sizes.size(); loop-- > 0;) {
      if (isWhole(loop))
        continue;
      Value size = value(sizes[loop]);
      Value extent =
          atLeastOne(rewriter.createOrFold<arith::MinUIOp>(loc, size, rest));
      leave(extent);
      tileSizes[loop] = getAsOpFoldResult(extent);
      if (isEqualConstantIntOrValue(tileSizes[loop], sizes[loop]))
        tileSizes[loop] = rewriter.getIndexAttr(0);
    }
    return tileSizes;
  }

  LogicalResult tile(TilingInterface large, int64_t piecePoints,
                     Value memory = {}) {
    rewriter.setInsertionPoint(large);
    scf::SCFTilingOptions options;
    options.setTileSizes(chooseTileSizes(piecePoints));
    options.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
    FailureOr<scf::SCFTilingResult> tiled =
        scf::tileUsingSCF(rewriter, large, options);
    if (failed(tiled))
      return large.emitError(
          "expected an op that tiles, got a failure to tile it");
    if (memory)
      cast<scf::ForallOp>(tiled->loops.front().getOperation())
          .getOutputsMutable()
          .assign(memory);
    rewriter.replaceOp(large, tiled->replacements);
    return success();
  }

  RewriterBase &rewriter;
  TilingInterface op;
  Location loc;
  SmallVector<utils::IteratorType> loops;
  SmallVector<OpFoldResult> sizes;
  std::optional<size_t> outermost; ///< parallel loop of more than one step
};

class Parallelize : public act::impl::ActParallelizeBase<Parallelize> {
public:
  using ActParallelizeBase::ActParallelizeBase;

  void runOnOperation() override {
    if (piecePoints == 0) {
      emitError(getOperation()->getLoc(),
                "expected piece-points of at least 1, got 0");
      return signalPassFailure();
    }
    SmallVector<TilingInterface> found;
    getOperation()->walk([&](TilingInterface op) {
      if (isa<LinalgOp, act::RowwiseOpInterface>(*op))
        found.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (TilingInterface op : found)
      if (failed(share(rewriter, op)))
        return signalPassFailure();
  }

private:
  LogicalResult share(RewriterBase &rewriter, TilingInterface op) {
    std::string reason = reasonToStay(op).str();
    if (reason.empty()) {
      PieceTiling pieces(rewriter, op);
      std::optional<uint64_t> points = pieces.countPoints();
      if (!pieces.hasPieces())
        reason = "expected an op with a parallel loop of several steps";
      else if (points && *points < minPoints)
        reason = llvm::formatv("expected at least {0} points", minPoints);
      else
        return pieces.run(minPoints, piecePoints);
    }
    remark::missed(
        op.getLoc(),
        remark::RemarkOpts::name("one-thread").category(getArgument()))
        << remark::reason("{0}", reason);
    return success();
  }
};

} // namespace

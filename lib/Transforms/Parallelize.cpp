//===- Parallelize.cpp - Large elementwise work in pieces for threads -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How is elementwise work given to several threads? In pieces of one size, each
// of whole runs of the innermost dimension as far as they fit, which scf.forall
// walks in any order.
//
//===----------------------------------------------------------------------===//

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

namespace act {
#define GEN_PASS_DEF_ACTPARALLELIZE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using linalg::LinalgOp;

namespace {

/// Why `op` stays on one thread; empty if it need not, as far as is known
/// before its dynamic dimensions are.
std::string reasonToStay(LinalgOp op, uint64_t minPoints) {
  if (!op.hasPureTensorSemantics() || !isa<TilingInterface>(*op))
    return "expected an op on tensors that can be tiled";
  if (op.getNumLoops() == 0 || op.getNumParallelLoops() != op.getNumLoops())
    return "expected an op whose loops are all parallel";
  if (op->getParentOfType<scf::ForallOp>() ||
      op->getParentOfType<scf::ParallelOp>())
    return "expected an op that is not in a parallel loop already";
  SmallVector<int64_t> sizes = op.getStaticLoopRanges();
  if (!ShapedType::isDynamicShape(sizes) &&
      uint64_t(ShapedType::getNumElements(sizes)) < minPoints)
    return llvm::formatv("expected at least {0} points", minPoints);
  return "";
}

/// Tiles one op.
class PieceTiling {
public:
  PieceTiling(RewriterBase &rewriter, LinalgOp op)
      : rewriter(rewriter), op(op), loc(op.getLoc()) {
    rewriter.setInsertionPoint(op);
    for (Range range : op.createLoopRanges(rewriter, loc))
      sizes.push_back(range.size);
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
    auto branch = scf::IfOp::create(rewriter, loc, op->getResultTypes(),
                                    isLarge, /*withElseRegion=*/true);
    for (Block *block : {branch.thenBlock(), branch.elseBlock()}) {
      rewriter.setInsertionPointToStart(block);
      Operation *copy = rewriter.clone(*op);
      scf::YieldOp::create(rewriter, loc, copy->getResults());
    }
    rewriter.replaceOp(op, branch.getResults());
    return tile(cast<LinalgOp>(branch.thenBlock()->front()), piecePoints);
  }

private:
  Value constant(int64_t number) {
    return arith::ConstantIndexOp::create(rewriter, loc, number);
  }
  Value value(OpFoldResult size) {
    return getValueOrCreateConstantIndexOp(rewriter, loc, size);
  }

  /// Of every loop, from the innermost on, as much as fits into a piece: 0 for
  /// the whole of a static one.
  SmallVector<OpFoldResult> chooseTileSizes(int64_t piecePoints) {
    SmallVector<OpFoldResult> tileSizes(sizes.size());
    Value one = constant(1);
    Value rest = constant(piecePoints);
    for (size_t loop = sizes.size(); loop-- > 0;) {
      Value size = value(sizes[loop]);
      Value extent = rewriter.createOrFold<arith::MinUIOp>(loc, size, rest);
      // Of no element, too.
      extent = rewriter.createOrFold<arith::MaxUIOp>(loc, extent, one);
      rest = rewriter.createOrFold<arith::MaxUIOp>(
          loc, rewriter.createOrFold<arith::DivUIOp>(loc, rest, extent), one);
      tileSizes[loop] = getAsOpFoldResult(extent);
      if (isEqualConstantIntOrValue(tileSizes[loop], sizes[loop]))
        tileSizes[loop] = rewriter.getIndexAttr(0);
    }
    return tileSizes;
  }

  LogicalResult tile(LinalgOp large, int64_t piecePoints) {
    rewriter.setInsertionPoint(large);
    scf::SCFTilingOptions options;
    options.setTileSizes(chooseTileSizes(piecePoints));
    options.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
    FailureOr<scf::SCFTilingResult> tiled = scf::tileUsingSCF(
        rewriter, cast<TilingInterface>(large.getOperation()), options);
    if (failed(tiled))
      return large.emitError(
          "expected an op that tiles, got a failure to tile it");
    rewriter.replaceOp(large, tiled->replacements);
    return success();
  }

  RewriterBase &rewriter;
  LinalgOp op;
  Location loc;
  SmallVector<OpFoldResult> sizes;
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
    SmallVector<LinalgOp> large;
    getOperation()->walk([&](LinalgOp op) {
      std::string reason = reasonToStay(op, minPoints);
      if (reason.empty())
        large.push_back(op);
      else
        remark::missed(
            op.getLoc(),
            remark::RemarkOpts::name("one-thread").category(getArgument()))
            << remark::reason("{0}", reason);
    });
    IRRewriter rewriter(&getContext());
    for (LinalgOp op : large)
      if (failed(PieceTiling(rewriter, op).run(minPoints, piecePoints)))
        return signalPassFailure();
  }
};

} // namespace

//===- Vectorize.cpp - Linalg ops on tensors to vector loops --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How does a linalg op become a vector loop? Along one dimension, the innermost
// parallel one of its result, it is tiled by whole registers, the loop is
// peeled so that every full tile is known to be full, and the tiles become
// vectors; the rest is tiled by one register and masked.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseMarks.h"
#include "act/IR/Act.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"

namespace act {
#define GEN_PASS_DEF_ACTVECTORIZE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using linalg::LinalgOp;

namespace {

/// Along which loop of an op vectors run, and how many elements one holds.
struct VectorShape {
  unsigned loop;
  int64_t lanes;
};

/// A shape, or the reason why there is none.
struct Plan {
  std::optional<VectorShape> shape;
  StringRef reason;

  static Plan refuse(StringRef reason) { return {std::nullopt, reason}; }
};

/// The bits of one element as it lies in a register.
unsigned bitsOf(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isIntOrFloat() ? element.getIntOrFloatBitWidth()
                                : IndexType::kInternalStorageBitWidth;
}

/// How an operand is walked along one loop, all others held.
enum class Walk { Held, UnitStride, Strided, Other };

Walk classifyWalk(AffineMap map, unsigned loop) {
  if (!map.isFunctionOfDim(loop))
    return Walk::Held;
  MLIRContext *context = map.getContext();
  AffineExpr vectorized = getAffineDimExpr(loop, context);
  SmallVector<AffineExpr> held(map.getNumDims(),
                               getAffineConstantExpr(0, context));
  held[loop] = vectorized;
  for (AffineExpr result : map.getResults())
    if (result.isFunctionOfDim(loop) &&
        simplifyAffineExpr(result.replaceDims(held), map.getNumDims(), 0) !=
            vectorized)
      return Walk::Other;
  AffineMap outer = map.dropResult(map.getNumResults() - 1);
  return outer.isFunctionOfDim(loop) ? Walk::Strided : Walk::UnitStride;
}

/// The loop of the innermost result dimension that is longer than one.
std::optional<unsigned> innermostLoop(LinalgOp op, OpOperand &init) {
  ArrayRef<int64_t> shape = op.getShape(&init);
  AffineMap map = op.getMatchingIndexingMap(&init);
  for (unsigned i = map.getNumResults(); i-- > 0;)
    if (shape[i] != 1) {
      auto loop = dyn_cast<AffineDimExpr>(map.getResult(i));
      return loop ? std::optional(loop.getPosition()) : std::nullopt;
    }
  return std::nullopt;
}

/// The widest type the body computes on, in bits; none if an operation in it
/// has no vector form.
std::optional<unsigned> widestInBody(LinalgOp op) {
  unsigned widest = 0;
  for (BlockArgument argument : op.getBlock()->getArguments())
    widest = std::max(widest, bitsOf(argument.getType()));
  for (Operation &inner : op.getBlock()->without_terminator()) {
    if (isa<linalg::IndexOp>(inner))
      continue;
    if (!OpTrait::hasElementwiseMappableTraits(&inner) &&
        !inner.hasTrait<OpTrait::ConstantLike>())
      return std::nullopt;
    for (Type type : inner.getResultTypes())
      widest = std::max(widest, bitsOf(type));
  }
  return widest;
}

/// A masked tail computes on all lanes, with any value beyond the end.
bool isSpeculatableBody(LinalgOp op) {
  return llvm::all_of(op.getBlock()->without_terminator(),
                      [](Operation &inner) { return isSpeculatable(&inner); });
}

Plan planVectors(LinalgOp op, unsigned vectorBits) {
  if (!(op.hasPureTensorSemantics() || op.hasPureBufferSemantics()) ||
      !isa<TilingInterface>(*op))
    return Plan::refuse("expected an op on tensors that can be tiled");
  std::optional<unsigned> loop;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    std::optional<unsigned> innermost = innermostLoop(op, init);
    if (!innermost || (loop && *loop != *innermost))
      return Plan::refuse("expected one loop to walk the innermost dimension "
                          "of every result");
    loop = innermost;
  }
  if (!loop ||
      op.getIteratorTypesArray()[*loop] != utils::IteratorType::parallel)
    return Plan::refuse(
        "expected the innermost result dimension to be parallel");
  for (AffineMap map : op.getIndexingMapsArray()) {
    Walk walk = classifyWalk(map, *loop);
    if (walk == Walk::Other)
      return Plan::refuse("expected operands walked one element a step along "
                          "the innermost result dimension");
    // Worth it for an activation of a transposed value, not for a sum of rows.
    if (walk == Walk::Strided && op.getNumReductionLoops() != 0)
      return Plan::refuse(
          "expected a reduction of operands that are contiguous "
          "along the innermost result dimension");
  }
  std::optional<unsigned> widest = widestInBody(op);
  if (!widest)
    return Plan::refuse("expected a body of operations that apply to vectors "
                        "element by element");
  VectorShape shape{*loop, std::max<int64_t>(1, vectorBits / *widest)};
  int64_t size = op.getStaticLoopRanges()[*loop];
  bool hasTail = ShapedType::isDynamic(size) || size % shape.lanes != 0;
  if (hasTail && !isSpeculatableBody(op))
    return Plan::refuse("expected a body that may be executed on the lanes "
                        "beyond the end, as an integer division may not");
  return {shape, ""};
}

/// How far one step of the main loop goes: `unroll` registers, or as many whole
/// ones as a short static dimension fills.
int64_t stepOf(LinalgOp op, VectorShape shape, unsigned unroll) {
  int64_t size = op.getStaticLoopRanges()[shape.loop];
  int64_t longest = unroll * shape.lanes;
  if (ShapedType::isDynamic(size) || size >= longest)
    return longest;
  return std::max<int64_t>(1, size / shape.lanes) * shape.lanes;
}

/// Is every loop but the vector one of a single step, and that one a static
/// number of whole registers?
bool isFullTile(LinalgOp op, VectorShape shape, int64_t longest) {
  for (auto [loop, size] : llvm::enumerate(op.getStaticLoopRanges()))
    if (loop == shape.loop ? (ShapedType::isDynamic(size) || size > longest ||
                              size % shape.lanes != 0)
                           : size != 1)
      return false;
  return true;
}

/// Tiles `op` by `step` along its vector loop and by one along all others, and
/// replaces it. The loops are in the order of the op's own.
FailureOr<scf::SCFTilingResult> tile(RewriterBase &rewriter, LinalgOp op,
                                     VectorShape shape, int64_t step) {
  SmallVector<OpFoldResult> sizes(op.getNumLoops(), rewriter.getIndexAttr(1));
  sizes[shape.loop] = rewriter.getIndexAttr(step);
  rewriter.setInsertionPoint(op);
  FailureOr<scf::SCFTilingResult> tiled =
      scf::tileUsingSCF(rewriter, cast<TilingInterface>(op.getOperation()),
                        scf::SCFTilingOptions().setTileSizes(sizes));
  if (succeeded(tiled))
    rewriter.replaceOp(op, tiled->replacements);
  return tiled;
}

/// `op` as a generic op without loops of a single step.
FailureOr<linalg::GenericOp> dropUnitLoops(RewriterBase &rewriter,
                                           LinalgOp op) {
  auto generic = dyn_cast<linalg::GenericOp>(*op);
  rewriter.setInsertionPoint(op);
  if (!generic) {
    FailureOr<linalg::GenericOp> generalized =
        linalg::generalizeNamedOp(rewriter, op);
    if (failed(generalized))
      return failure();
    generic = *generalized;
  }
  linalg::ControlDropUnitDims options;
  options.rankReductionStrategy =
      linalg::ControlDropUnitDims::RankReductionStrategy::ExtractInsertSlice;
  rewriter.setInsertionPoint(generic);
  FailureOr<linalg::DropUnitDimsResult> dropped =
      linalg::dropUnitDims(rewriter, generic, options);
  if (failed(dropped))
    return generic;
  rewriter.replaceOp(generic, dropped->replacements);
  return cast<linalg::GenericOp>(*dropped->resultOp);
}

/// Reads operands of rank zero as scalars: a vector read of one element cannot
/// be masked.
void readScalars(RewriterBase &rewriter, linalg::GenericOp op) {
  rewriter.setInsertionPoint(op);
  for (OpOperand *input : op.getDpsInputOperands())
    if (auto type = dyn_cast<RankedTensorType>(input->get().getType());
        type && type.getRank() == 0) {
      Value scalar =
          tensor::ExtractOp::create(rewriter, op.getLoc(), input->get());
      rewriter.modifyOpInPlace(op, [&] { input->set(scalar); });
    }
}

/// Turns a tile into vector code, masked to `maskedLanes` when that is not
/// zero.
LogicalResult vectorizeTile(RewriterBase &rewriter, LinalgOp op,
                            int64_t maskedLanes) {
  FailureOr<linalg::GenericOp> tile = dropUnitLoops(rewriter, op);
  if (failed(tile))
    return failure();
  readScalars(rewriter, *tile);
  SmallVector<int64_t> sizes;
  SmallVector<bool> scalable;
  if (maskedLanes) {
    sizes.push_back(maskedLanes);
    scalable.push_back(false);
  }
  rewriter.setInsertionPoint(*tile);
  FailureOr<linalg::VectorizationResult> vectors =
      linalg::vectorize(rewriter, *tile, sizes, scalable);
  if (failed(vectors))
    return failure();
  rewriter.replaceOp(*tile, vectors->replacements);
  return success();
}

class Vectorize : public act::impl::ActVectorizeBase<Vectorize> {
public:
  using ActVectorizeBase::ActVectorizeBase;

  void runOnOperation() override {
    if (unroll == 0 || vectorBits < 8)
      return reportBadOptions();
    OpPassManager simplify(getOperation()->getName());
    simplify.addPass(createCanonicalizerPass());
    simplify.addPass(createCSEPass());
    act::ElementwiseMarks marks;
    marks.mark(getOperation());
    if (failed(tileAll()) || failed(runPipeline(simplify, getOperation())) ||
        failed(vectorizeTiles()) || failed(lowerMasks()))
      signalPassFailure();
    marks.unmark(getOperation());
  }

private:
  void reportBadOptions() {
    emitError(getOperation()->getLoc(),
              "expected unroll of at least 1 and vector-bits of "
              "at least 8, got ")
        << unroll.getValue() << " and " << vectorBits.getValue();
    signalPassFailure();
  }

  /// All ops that have a plan, with it; the others are told in remarks if
  /// `report`.
  SmallVector<std::pair<LinalgOp, VectorShape>> collect(bool report) {
    SmallVector<std::pair<LinalgOp, VectorShape>> found;
    getOperation()->walk([&](LinalgOp op) {
      Plan plan = planVectors(op, vectorBits);
      if (plan.shape)
        found.emplace_back(op, *plan.shape);
      else if (report)
        remark::missed(
            op.getLoc(),
            remark::RemarkOpts::name("scalar-loops").category("act-vectorize"))
            << remark::reason("{0}", plan.reason.str());
    });
    return found;
  }

  /// The loops over full tiles, and after each the rest.
  LogicalResult tileAll() {
    IRRewriter rewriter(&getContext());
    for (auto [op, shape] : collect(/*report=*/true)) {
      FailureOr<scf::SCFTilingResult> tiled =
          tile(rewriter, op, shape, stepOf(op, shape, unroll));
      if (failed(tiled))
        return op.emitError(
            "expected an op that tiles, got a failure to tile it");
      auto loop = cast<scf::ForOp>(tiled->loops[shape.loop].getOperation());
      scf::ForOp rest;
      // Failure means that nothing is left over.
      (void)scf::peelForLoopAndSimplifyBounds(rewriter, loop, rest);
    }
    return success();
  }

  LogicalResult vectorizeTiles() {
    IRRewriter rewriter(&getContext());
    for (auto [op, shape] : collect(/*report=*/false)) {
      int64_t maskedLanes = 0;
      LinalgOp full = op;
      if (!isFullTile(op, shape, unroll * shape.lanes)) {
        FailureOr<scf::SCFTilingResult> tiled =
            tile(rewriter, op, shape, shape.lanes);
        if (failed(tiled))
          return op.emitError("expected a rest that tiles");
        full = cast<LinalgOp>(tiled->tiledOps.front());
        maskedLanes = shape.lanes;
      }
      Location loc = full.getLoc();
      if (failed(vectorizeTile(rewriter, full, maskedLanes)))
        remark::failed(
            loc,
            remark::RemarkOpts::name("scalar-loops").category("act-vectorize"))
            << remark::reason("linalg cannot vectorize the body");
    }
    return success();
  }

  /// Gives masked ops their masks as operands: a region of vector.mask holds
  /// one op, and canonicalization would put others beside it.
  LogicalResult lowerMasks() {
    RewritePatternSet patterns(&getContext());
    vector::populateVectorMaskLoweringPatternsForSideEffectingOps(patterns);
    return applyPatternsGreedily(getOperation(), std::move(patterns));
  }
};

} // namespace

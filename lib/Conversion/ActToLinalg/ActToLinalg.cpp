//===- ActToLinalg.cpp - Activations on tensors as linalg ops -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace act {
#define GEN_PASS_DEF_ACTTOLINALG
#include "act/Conversion/Passes.h.inc"

namespace {

using BodyBuilder = function_ref<Value(OpBuilder &, ValueRange)>;

/// An elementwise linalg.generic over `inputs`, which are of the shape of the
/// first, scalars, or of rank 1 along `axis`.
Value buildElementwise(OpBuilder &builder, Location loc, ValueRange inputs,
                       int64_t axis, BodyBuilder body) {
  auto type = cast<RankedTensorType>(inputs.front().getType());
  int64_t rank = type.getRank();
  MLIRContext *context = builder.getContext();
  AffineMap identity = AffineMap::getMultiDimIdentityMap(rank, context);
  SmallVector<AffineMap> maps;
  for (Type input : inputs.getTypes()) {
    if (!isa<RankedTensorType>(input))
      maps.push_back(AffineMap::get(rank, 0, context));
    else if (input == type)
      maps.push_back(identity);
    else
      maps.push_back(AffineMap::get(rank, 0, getAffineDimExpr(axis, context)));
  }
  maps.push_back(identity);
  Value init = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, inputs.front()),
      type.getElementType(), type.getEncoding());
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, type, inputs, init, maps, loops,
             [&](OpBuilder &b, Location, ValueRange args) {
               linalg::YieldOp::create(b, loc, body(b, args.drop_back()));
             })
      .getResult(0);
}

/// One half of `whole` along `axis`: every other element if `interleaved`.
Value extractHalf(OpBuilder &builder, Location loc, Value whole, int64_t axis,
                  bool second, bool interleaved) {
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, whole);
  SmallVector<OpFoldResult> offsets(sizes.size(), builder.getIndexAttr(0));
  SmallVector<OpFoldResult> strides(sizes.size(), builder.getIndexAttr(1));
  AffineExpr size = getAffineSymbolExpr(0, builder.getContext());
  sizes[axis] = affine::makeComposedFoldedAffineApply(
      builder, loc, size.floorDiv(2), {sizes[axis]});
  if (interleaved)
    strides[axis] = builder.getIndexAttr(2);
  if (second)
    offsets[axis] =
        interleaved ? OpFoldResult(builder.getIndexAttr(1)) : sizes[axis];
  return tensor::ExtractSliceOp::create(builder, loc, whole, offsets, sizes,
                                        strides);
}

/// act.glu %x split 1 -> the same op on two slices of %x. Exact.
struct SplitGate : OpInterfaceRewritePattern<GatedOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(GatedOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (!op.getAxis())
      return rewriter.notifyMatchFailure(op, "the gate is an operand already");
    Value whole = op.getValue();
    auto axis = int64_t(*op.getAxis());
    axis += axis < 0 ? cast<ShapedType>(whole.getType()).getRank() : 0;
    auto half = [&](bool second) -> Value {
      Value slice = extractHalf(rewriter, op->getLoc(), whole, axis, second,
                                op.getInterleaved());
      // Slices of a static size have the result's type already.
      Type type = op->getResult(0).getType();
      if (slice.getType() == type)
        return slice;
      return tensor::CastOp::create(rewriter, op->getLoc(), type, slice)
          .getResult();
    };
    Value first = half(false), second = half(true);
    bool gateFirst = op.getGateFirst();
    OperationState state(op->getLoc(), op->getName());
    state.addOperands(gateFirst ? ValueRange{second, first}
                                : ValueRange{first, second});
    state.addTypes(op->getResultTypes());
    for (NamedAttribute attribute : op->getAttrs())
      if (attribute.getName() != "axis" && attribute.getName() != "interleaved")
        state.addAttribute(attribute.getName(), attribute.getValue());
    rewriter.replaceOp(op, rewriter.create(state));
    return success();
  }
};

/// An activation on tensors -> linalg.generic with the scalar op. Exact.
struct ActivationToGeneric : OpInterfaceRewritePattern<ActivationOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(ActivationOpInterface op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "not on a tensor");
    SmallVector<Value> operands = op.getFunctionOperands();
    if (operands.size() != op.getRecord().variables.size())
      return rewriter.notifyMatchFailure(op, "the gate is split first");
    auto axisAttribute = op->getAttrOfType<IntegerAttr>("axis");
    int64_t axis = axisAttribute ? axisAttribute.getInt() : 1;
    Value result = buildElementwise(
        rewriter, op->getLoc(), operands, axis,
        [&](OpBuilder &b, ValueRange args) {
          return mlir::clone(b, op, type.getElementType(), args)->getResult(0);
        });
    rewriter.replaceOp(op, result);
    return success();
  }
};

/// act.map on tensors -> linalg.generic with the map on scalars. Exact.
struct MapToGeneric : OpRewritePattern<MapOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(MapOp op,
                                PatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(op.getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "not on a tensor");
    Value result =
        buildElementwise(rewriter, op.getLoc(), op.getInputs(), /*axis=*/0,
                         [&](OpBuilder &b, ValueRange args) {
                           OperationState state(op.getLoc(), op->getName());
                           state.addOperands(args);
                           state.addTypes(type.getElementType());
                           state.addAttributes(op->getAttrs());
                           IRMapping mapping;
                           op.getBody().cloneInto(state.addRegion(), mapping);
                           return b.create(state)->getResult(0);
                         });
    rewriter.replaceOp(op, result);
    return success();
  }
};

/// A row-wise activation -> its decomposition. The sums round.
struct DecomposeRowwise : OpInterfaceRewritePattern<RowwiseOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(RowwiseOpInterface op,
                                PatternRewriter &rewriter) const override {
    for (Type type : op->getOperandTypes())
      if (auto tensor = dyn_cast<RankedTensorType>(type);
          tensor && tensor.getEncoding())
        return rewriter.notifyMatchFailure(
            op, "expected tensors without an encoding, which those of the "
                "rows' summaries would need too");
    auto aggregated = cast<linalg::AggregatedOpInterface>(op.getOperation());
    FailureOr<SmallVector<Value>> results =
        aggregated.decomposeOperation(rewriter);
    if (failed(results))
      return rewriter.notifyMatchFailure(op, "the op does not decompose");
    rewriter.replaceOp(op, *results);
    return success();
  }
};

struct ActToLinalgPass : impl::ActToLinalgBase<ActToLinalgPass> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateActToLinalgPatterns(patterns, keepRows);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void populateActToLinalgPatterns(RewritePatternSet &patterns, bool keepRows) {
  patterns.add<SplitGate, ActivationToGeneric, MapToGeneric>(
      patterns.getContext());
  if (!keepRows)
    patterns.add<DecomposeRowwise>(patterns.getContext());
}

} // namespace act

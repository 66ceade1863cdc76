//===- Legalize.cpp - What upstream lowers inexactly or not at all --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BrainFloatPairs.h"
#include "BrainFloatRounding.h"

#include "act/IR/Emission.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"

#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTLEGALIZE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// A copy of a strided buffer is a loop over its elements. Exact.
struct StridedCopyToLoops : OpRewritePattern<memref::CopyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::CopyOp copy,
                                PatternRewriter &rewriter) const override {
    auto source = dyn_cast<MemRefType>(copy.getSource().getType());
    auto target = dyn_cast<MemRefType>(copy.getTarget().getType());
    if (!source || !target)
      return rewriter.notifyMatchFailure(copy, "expected ranked buffers");
    if (source.getLayout().isIdentity() && target.getLayout().isIdentity())
      return rewriter.notifyMatchFailure(copy,
                                         "dense buffers are copied whole");
    linalg::makeMemRefCopyOp(rewriter, copy.getLoc(), copy.getSource(),
                             copy.getTarget());
    rewriter.eraseOp(copy);
    return success();
  }
};

/// A dense buffer seen in another shape is that pointer with the dense strides
/// of the shape. Exact. Upstream expands one dynamic dimension of a group only.
struct ExpandDenseBuffer : OpRewritePattern<memref::ExpandShapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::ExpandShapeOp expand,
                                PatternRewriter &rewriter) const override {
    MemRefType type = expand.getResultType();
    if (!expand.getSrcType().getLayout().isIdentity() ||
        !type.getLayout().isIdentity())
      return rewriter.notifyMatchFailure(expand, "expected dense buffers");
    Location loc = expand.getLoc();
    SmallVector<OpFoldResult> sizes = expand.getMixedOutputShape();
    SmallVector<OpFoldResult> strides(sizes.size());
    Value stride = arith::ConstantIndexOp::create(rewriter, loc, 1);
    auto [staticStrides, offset] = type.getStridesAndOffset();
    for (unsigned i = sizes.size(); i-- > 0;) {
      strides[i] = ShapedType::isDynamic(staticStrides[i])
                       ? OpFoldResult(stride)
                       : rewriter.getIndexAttr(staticStrides[i]);
      Value size = getValueOrCreateConstantIndexOp(rewriter, loc, sizes[i]);
      stride = arith::MulIOp::create(rewriter, loc, stride, size);
    }
    rewriter.replaceOpWithNewOp<memref::ReinterpretCastOp>(
        expand, type, expand.getSrc(), rewriter.getIndexAttr(offset), sizes,
        strides);
    return success();
  }
};

/// Rounding f64 to a format of 16 bits equals rounding it to f32, to odd, and
/// then to nearest: f32 has two bits more than both need, and the odd last bit
/// keeps what was cut off from looking like a tie. Exact, NaN and overflow too.
/// Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved
/// algorithms using rounding to odd", 2008. Upstream would call a function of
/// the compiler's runtime library for each element.
struct NarrowThroughOdd : OpRewritePattern<arith::TruncFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::TruncFOp narrow,
                                PatternRewriter &rewriter) const override {
    Value wide = narrow.getIn();
    if (!getElementTypeOrSelf(wide.getType()).isF64() ||
        getElementTypeOrSelf(narrow.getType()).getIntOrFloatBitWidth() != 16 ||
        narrow.getRoundingmode())
      return rewriter.notifyMatchFailure(
          narrow, "expected f64 rounded to nearest 16 bits");
    ImplicitLocOpBuilder builder(narrow.getLoc(), rewriter);
    Type single = act::withElementType(wide.getType(), builder.getF32Type());
    Type bits = act::withElementType(wide.getType(), builder.getI32Type());
    Value one = act::constantLike(builder, narrow.getLoc(), bits,
                                  builder.getI32IntegerAttr(1));

    Value nearest = arith::TruncFOp::create(builder, single, wide);
    Value back = arith::ExtFOp::create(builder, wide.getType(), nearest);
    Value inexact =
        arith::CmpFOp::create(builder, arith::CmpFPredicate::ONE, back, wide);
    Value tooLarge = arith::CmpFOp::create(builder, arith::CmpFPredicate::OGT,
                                           math::AbsFOp::create(builder, back),
                                           math::AbsFOp::create(builder, wide));
    Value pattern = arith::BitcastOp::create(builder, bits, nearest);
    Value below = arith::SubIOp::create(builder, pattern, one);
    Value cut = arith::SelectOp::create(builder, tooLarge, below, pattern);
    Value odd = arith::SelectOp::create(
        builder, inexact, arith::OrIOp::create(builder, cut, one), cut);
    rewriter.replaceOpWithNewOp<arith::TruncFOp>(
        narrow, narrow.getType(),
        arith::BitcastOp::create(builder, single, odd));
    return success();
  }
};

/// A choice among constants, rounded to 16 bits and extended again, is one
/// among rounded constants. Exact.
struct RoundChosenConstants : OpRewritePattern<arith::ExtFOp> {
  // Before the expansions of conversions.
  explicit RoundChosenConstants(MLIRContext *context)
      : OpRewritePattern(context, /*benefit=*/3) {}

  LogicalResult matchAndRewrite(arith::ExtFOp extend,
                                PatternRewriter &rewriter) const override {
    auto narrow = extend.getIn().getDefiningOp<arith::TruncFOp>();
    if (!narrow || narrow.getIn().getType() != extend.getType() ||
        !choosesConstants(narrow.getIn()))
      return rewriter.notifyMatchFailure(
          extend, "expected constants chosen among and rounded");
    rewriter.replaceOp(extend, rounded(rewriter, narrow, narrow.getIn()));
    return success();
  }

private:
  static bool choosesConstants(Value value) {
    if (auto select = value.getDefiningOp<arith::SelectOp>())
      return choosesConstants(select.getTrueValue()) &&
             choosesConstants(select.getFalseValue());
    APFloat number(0.0);
    return matchPattern(value, m_ConstantFloat(&number));
  }

  static Value rounded(PatternRewriter &rewriter, arith::TruncFOp narrow,
                       Value value) {
    Location loc = narrow.getLoc();
    if (auto select = value.getDefiningOp<arith::SelectOp>())
      return arith::SelectOp::create(
          rewriter, loc, select.getCondition(),
          rounded(rewriter, narrow, select.getTrueValue()),
          rounded(rewriter, narrow, select.getFalseValue()));
    APFloat number(0.0);
    matchPattern(value, m_ConstantFloat(&number));
    auto element = cast<FloatType>(getElementTypeOrSelf(narrow.getType()));
    auto wide = cast<FloatType>(getElementTypeOrSelf(value.getType()));
    bool isAway =
        narrow.getRoundingmode() == arith::RoundingMode::to_nearest_away;
    bool losesDigits;
    number.convert(element.getFloatSemantics(),
                   isAway ? APFloat::rmNearestTiesToAway
                          : APFloat::rmNearestTiesToEven,
                   &losesDigits);
    number.convert(wide.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                   &losesDigits);
    return act::constantLike(rewriter, loc, value.getType(),
                             rewriter.getFloatAttr(wide, number));
  }
};

/// One of two numbers of f16 that is chosen in f32 is chosen as it is, and not
/// rounded. Identities: max(x, c) = x > c or x is NaN ? x : c unless c is -0,
/// and min(x, c) = x < c or x is NaN ? x : c unless c is +0. Exact.
struct ChooseHalves : OpRewritePattern<arith::TruncFOp> {
  // Before the expansions of conversions.
  explicit ChooseHalves(MLIRContext *context)
      : OpRewritePattern(context, /*benefit=*/3) {}

  LogicalResult matchAndRewrite(arith::TruncFOp narrow,
                                PatternRewriter &rewriter) const override {
    Operation *choice = narrow.getIn().getDefiningOp();
    bool isMaximum = isa_and_nonnull<arith::MaximumFOp>(choice);
    if (!getElementTypeOrSelf(narrow.getType()).isF16() ||
        !(isMaximum || isa_and_nonnull<arith::MinimumFOp>(choice)))
      return rewriter.notifyMatchFailure(narrow,
                                         "expected a maximum rounded to f16");
    auto x = choice->getOperand(0).getDefiningOp<arith::ExtFOp>();
    APFloat bound(0.0f);
    if (!x || x.getIn().getType() != narrow.getType() ||
        !matchPattern(choice->getOperand(1), m_ConstantFloat(&bound)) ||
        bound.isNaN() || (bound.isZero() && bound.isNegative() == isMaximum))
      return rewriter.notifyMatchFailure(
          narrow, "expected one of an f16 and a constant");
    bool losesDigits;
    bound.convert(APFloat::IEEEhalf(), APFloat::rmNearestTiesToEven,
                  &losesDigits);
    if (losesDigits)
      return rewriter.notifyMatchFailure(narrow, "the constant is no f16");
    Location loc = narrow.getLoc();
    Value keeps = arith::CmpFOp::create(rewriter, loc,
                                        isMaximum ? arith::CmpFPredicate::UGT
                                                  : arith::CmpFPredicate::ULT,
                                        x, choice->getOperand(1));
    Value otherwise =
        act::constantLike(rewriter, loc, narrow.getType(),
                          rewriter.getFloatAttr(rewriter.getF16Type(), bound));
    rewriter.replaceOpWithNewOp<arith::SelectOp>(narrow, keeps, x.getIn(),
                                                 otherwise);
    return success();
  }
};

/// bf16 reaches f64 by way of f32, whose upper half it is. Exact. Of a direct
/// extension LLVM compares the operand instead, and where it makes a branch of
/// the comparison it freezes a bf16 by a call of __truncsfbf2.
struct ExtendThroughSingle : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ExtFOp extend,
                                PatternRewriter &rewriter) const override {
    Value narrow = extend.getIn();
    if (!getElementTypeOrSelf(narrow.getType()).isBF16() ||
        !getElementTypeOrSelf(extend.getType()).isF64())
      return rewriter.notifyMatchFailure(extend, "expected bf16 to f64");
    Value single = act::convertFloat(rewriter, extend.getLoc(), narrow,
                                     rewriter.getF32Type());
    rewriter.replaceOpWithNewOp<arith::ExtFOp>(extend, extend.getType(),
                                               single);
    return success();
  }
};

/// A scope of stack memory in which nothing takes any is its body. Exact.
/// Upstream puts one around what a thread does, which no branch may be in, and
/// keeps it where a function is called, whose stack is its own.
struct DropUnusedScope : OpRewritePattern<memref::AllocaScopeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(memref::AllocaScopeOp scope,
                                PatternRewriter &rewriter) const override {
    WalkResult allocates =
        scope.walk([](memref::AllocaOp) { return WalkResult::interrupt(); });
    if (allocates.wasInterrupted())
      return rewriter.notifyMatchFailure(scope, "stack is allocated in it");
    Block *body = &scope.getBodyRegion().front();
    Operation *exit = body->getTerminator();
    ValueRange results = exit->getOperands();
    rewriter.inlineBlockBefore(body, scope);
    rewriter.replaceOp(scope, results);
    rewriter.eraseOp(exit);
    return success();
  }
};

class Legalize : public act::impl::ActLegalizeBase<Legalize> {
public:
  using Base::Base;

  void runOnOperation() override {
    FailureOr<const act::Isa *> chosen =
        act::parseIsa(getOperation()->getLoc(), isa);
    if (failed(chosen))
      return signalPassFailure();
    pairsBrainFloats = (*chosen)->lanes != 0;
    if (failed(verifyRoundings()) || failed(callLibm()) ||
        failed(rewriteBuffersAndFloats()))
      signalPassFailure();
  }

private:
  /// Upstream lowers other modes to intrinsics that set no mode, which round to
  /// nearest or find no instruction.
  LogicalResult verifyRoundings() {
    WalkResult walked = getOperation()->walk([](arith::TruncFOp op) {
      arith::RoundingMode mode =
          op.getRoundingmode().value_or(arith::RoundingMode::to_nearest_even);
      bool isBrainFloat = getElementTypeOrSelf(op.getType()).isBF16() &&
                          getElementTypeOrSelf(op.getIn().getType()).isF32();
      if (mode == arith::RoundingMode::to_nearest_even ||
          (mode == arith::RoundingMode::to_nearest_away && isBrainFloat))
        return WalkResult::advance();
      op.emitOpError(
          "expected rounding to the nearest number, ties to the even "
          "one, got '")
          << stringifyRoundingMode(mode) << "'";
      return WalkResult::interrupt();
    });
    return failure(walked.wasInterrupted());
  }

  LogicalResult callLibm() {
    RewritePatternSet patterns(&getContext());
    populateMathToLibmConversionPatterns(patterns);
    ConversionTarget target(getContext());
    target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
    // A call for each lane needs to know how many there are.
    target.addDynamicallyLegalOp<math::ExpM1Op>([](math::ExpM1Op op) {
      auto vector = dyn_cast<VectorType>(op.getType());
      return vector && vector.isScalable();
    });
    return applyPartialConversion(getOperation(), target, std::move(patterns));
  }

  LogicalResult rewriteBuffersAndFloats() {
    RewritePatternSet patterns(&getContext());
    patterns.add<DropUnusedScope, ExpandDenseBuffer, ExtendThroughSingle,
                 NarrowThroughOdd, ChooseHalves, RoundChosenConstants,
                 StridedCopyToLoops>(&getContext());
    act::populateBrainFloatRoundingPatterns(patterns, pairsBrainFloats);
    arith::populateExpandBFloat16Patterns(patterns);
    if (expandHalf)
      act::populateExpandHalfConversionPatterns(patterns);
    if (pairsBrainFloats)
      act::populateBrainFloatPairPatterns(patterns);
    return applyPatternsGreedily(getOperation(), std::move(patterns));
  }

  bool pairsBrainFloats = false;
};

} // namespace

//===- ExpandHalfConversions.cpp - f16 to and from f32 by integers --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/Emission.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace {

// Patterns of f32, whose fraction has 13 bits more than that of f16 and whose
// bias is larger by 112.
constexpr uint32_t kSign = 0x80000000;
constexpr uint32_t kInfinity = 0x7f800000;
constexpr uint32_t kExponentUnit = 1u << 23;
constexpr uint32_t kRebias = 112 * kExponentUnit;
constexpr unsigned kCutBits = 13;
/// 2^-14, the smallest normal f16.
constexpr uint32_t kSmallestNormal = 113 * kExponentUnit;
/// 2^16, from which no f16 is but infinity.
constexpr uint32_t kBeyondLargest = 143 * kExponentUnit;
constexpr uint32_t kHalfInfinity = 0x7c00;
constexpr uint32_t kHalfNaN = 0x7e00;

/// Builds arithmetic on i32 and f32 elements in the shape of a value.
class WordBuilder {
public:
  WordBuilder(PatternRewriter &rewriter, Location loc, Type shape)
      : b(loc, rewriter), shape(shape) {}

  Type like(Type element) const { return act::withElementType(shape, element); }
  Value constant(uint32_t value) {
    return act::constantLike(b, b.getLoc(), shape,
                             b.getI32IntegerAttr(static_cast<int32_t>(value)));
  }
  Value add(Value a, Value c) { return arith::AddIOp::create(b, a, c); }
  Value add(Value a, uint32_t c) { return add(a, constant(c)); }
  Value bitAnd(Value a, uint32_t c) {
    return arith::AndIOp::create(b, a, constant(c));
  }
  Value bitOr(Value a, Value c) { return arith::OrIOp::create(b, a, c); }
  Value left(Value a, unsigned n) {
    return arith::ShLIOp::create(b, a, constant(n));
  }
  Value right(Value a, unsigned n) {
    return arith::ShRUIOp::create(b, a, constant(n));
  }
  Value isLess(Value a, uint32_t c) {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, a, constant(c));
  }
  Value select(Value condition, Value a, Value c) {
    return arith::SelectOp::create(b, condition, a, c);
  }
  Value asFloat(Value a) {
    return arith::BitcastOp::create(b, like(b.getF32Type()), a);
  }
  Value asWord(Value a) {
    return arith::BitcastOp::create(b, like(b.getI32Type()), a);
  }
  ImplicitLocOpBuilder b;

private:
  Type shape;
};

/// f16 to f32 and wider. Exact. A subnormal f16 is read behind a leading one
/// that is subtracted, in f32, where both are normal.
struct ExtendHalf : OpRewritePattern<arith::ExtFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::ExtFOp extend,
                                PatternRewriter &rewriter) const override {
    Value half = extend.getIn();
    if (!getElementTypeOrSelf(half.getType()).isF16())
      return rewriter.notifyMatchFailure(extend, "expected f16");
    WordBuilder w(rewriter, extend.getLoc(), half.getType());
    Value pattern = arith::ExtUIOp::create(
        w.b, w.like(w.b.getI32Type()),
        arith::BitcastOp::create(w.b, w.like(w.b.getI16Type()), half));
    Value magnitude = w.left(w.bitAnd(pattern, 0x7fff), kCutBits);
    Value normal = w.add(magnitude, kRebias);
    Value subnormal = w.asWord(
        arith::SubFOp::create(w.b, w.asFloat(w.add(magnitude, kSmallestNormal)),
                              w.asFloat(w.constant(kSmallestNormal))));
    // The exponents of infinity and NaN are the largest of both formats.
    Value infinite = w.add(normal, kRebias);
    Value finite =
        w.select(w.isLess(magnitude, kExponentUnit), subnormal, normal);
    Value value = w.select(w.isLess(magnitude, kHalfInfinity << kCutBits),
                           finite, infinite);
    Value sign = w.left(w.bitAnd(pattern, 0x8000), 16);
    Value single = w.asFloat(w.bitOr(value, sign));
    if (single.getType() == extend.getType())
      rewriter.replaceOp(extend, single);
    else
      rewriter.replaceOpWithNewOp<arith::ExtFOp>(extend, extend.getType(),
                                                 single);
    return success();
  }
};

/// f32 to f16, to nearest even. Exact: what is below the normal numbers is
/// rounded by adding the number whose last digit is the last of a subnormal
/// f16, what is not by adding half a digit less the parity.
struct NarrowToHalf : OpRewritePattern<arith::TruncFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::TruncFOp narrow,
                                PatternRewriter &rewriter) const override {
    Value single = narrow.getIn();
    if (!getElementTypeOrSelf(narrow.getType()).isF16() ||
        !getElementTypeOrSelf(single.getType()).isF32() ||
        narrow.getRoundingmode())
      return rewriter.notifyMatchFailure(narrow,
                                         "expected f32 rounded to nearest f16");
    WordBuilder w(rewriter, narrow.getLoc(), single.getType());
    Value pattern = w.asWord(single);
    Value magnitude = w.bitAnd(pattern, ~kSign);
    // 1/2: its last digit, 2^-24, is that of a subnormal f16.
    constexpr uint32_t kOneHalf = 126 * kExponentUnit;
    Value shifted = w.asWord(arith::AddFOp::create(
        w.b, w.asFloat(magnitude), w.asFloat(w.constant(kOneHalf))));
    Value subnormal = w.add(shifted, 0u - kOneHalf);
    constexpr uint32_t kLessThanHalfADigit = (1u << (kCutBits - 1)) - 1;
    Value parity = w.bitAnd(w.right(magnitude, kCutBits), 1);
    Value normal =
        w.right(w.add(w.add(magnitude, kLessThanHalfADigit - kRebias), parity),
                kCutBits);
    Value special = w.select(w.isLess(magnitude, kInfinity + 1),
                             w.constant(kHalfInfinity), w.constant(kHalfNaN));
    Value finite =
        w.select(w.isLess(magnitude, kSmallestNormal), subnormal, normal);
    Value value =
        w.select(w.isLess(magnitude, kBeyondLargest), finite, special);
    Value sign = w.right(w.bitAnd(pattern, kSign), 16);
    Value bits = arith::TruncIOp::create(w.b, w.like(w.b.getI16Type()),
                                         w.bitOr(value, sign));
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(narrow, narrow.getType(),
                                                  bits);
    return success();
  }
};

} // namespace

void act::populateExpandHalfConversionPatterns(RewritePatternSet &patterns) {
  patterns.add<ExtendHalf, NarrowToHalf>(patterns.getContext());
}

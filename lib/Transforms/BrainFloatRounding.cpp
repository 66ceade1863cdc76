//===- BrainFloatRounding.cpp - f32 rounded to bf16 by integers -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How is an f32 rounded to its upper half? A number is added to its pattern.
// That of a NaN could become another's; it does not where the lower half of
// every NaN is empty, as of those that come from a bf16.
//
//===----------------------------------------------------------------------===//

#include "BrainFloatRounding.h"

#include "act/IR/Emission.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace {

//===----------------------------------------------------------------------===//
// What is known of lower halves
//===----------------------------------------------------------------------===//

/// What is known of the lower half of a pattern, from nothing to all.
enum class LowerHalf { Unknown, EmptyInNaN, Empty };

constexpr uint32_t kLowerHalf = 0xffff, kSign = 0x80000000,
                   kQuietNaN = 0x7fc00000;

/// Reads the code that computes a value of f32 or of its patterns.
class LowerHalfReader {
public:
  LowerHalf read(Value value) {
    auto [known, isNew] = memo.try_emplace(value, LowerHalf::Unknown);
    if (!isNew)
      return known->second;
    LowerHalf result = compute(value);
    return memo[value] = result;
  }

private:
  LowerHalf least(ValueRange values) {
    LowerHalf result = LowerHalf::Empty;
    for (Value value : values)
      result = std::min(result, read(value));
    return result;
  }

  LowerHalf compute(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return LowerHalf::Unknown;
    if (Attribute constant; matchPattern(value, m_Constant(&constant)))
      return ofConstant(constant);
    if (auto extend = dyn_cast<arith::ExtFOp>(op))
      return getElementTypeOrSelf(extend.getIn().getType()).isBF16()
                 ? LowerHalf::Empty
                 : LowerHalf::Unknown;
    if (auto branch = dyn_cast<scf::IfOp>(op)) {
      unsigned i = cast<OpResult>(value).getResultNumber();
      return least(
          {branch.thenYield().getOperand(i), branch.elseYield().getOperand(i)});
    }
    if (auto select = dyn_cast<arith::SelectOp>(op))
      return ofSelect(select);
    // What moves lanes or changes the sign.
    if (isa<arith::BitcastOp, vector::BroadcastOp, vector::ShapeCastOp,
            vector::ExtractOp, vector::ExtractStridedSliceOp,
            vector::InsertStridedSliceOp, vector::ShuffleOp, arith::NegFOp,
            math::AbsFOp, arith::MaximumFOp, arith::MinimumFOp>(op))
      return least(op->getOperands());
    if (getElementTypeOrSelf(value.getType()).isInteger(32))
      return ofPattern(op);
    return ofArithmetic(op);
  }

  static LowerHalf ofConstant(Attribute constant) {
    auto ofPattern = [](const APInt &pattern, bool isNaN) {
      if (pattern.getBitWidth() != 32)
        return LowerHalf::Unknown;
      if ((pattern.getZExtValue() & kLowerHalf) == 0)
        return LowerHalf::Empty;
      return isNaN ? LowerHalf::Unknown : LowerHalf::EmptyInNaN;
    };
    auto ofNumber = [&](const APFloat &number) {
      return ofPattern(number.bitcastToAPInt(), number.isNaN());
    };
    if (auto number = dyn_cast<FloatAttr>(constant))
      return ofNumber(number.getValue());
    auto elements = dyn_cast<DenseElementsAttr>(constant);
    if (!elements)
      return LowerHalf::Unknown;
    if (elements.getElementType().isF32() && elements.isSplat())
      return ofNumber(elements.getSplatValue<APFloat>());
    if (elements.getElementType().isInteger(32) && elements.isSplat())
      return ofPattern(elements.getSplatValue<APInt>(), /*isNaN=*/true);
    if (!elements.getElementType().isF32())
      return LowerHalf::Unknown;
    LowerHalf result = LowerHalf::Empty;
    for (APFloat number : elements.getValues<APFloat>())
      result = std::min(result, ofNumber(number));
    return result;
  }

  /// A selection; of one that gives a constant for every NaN, what that is.
  LowerHalf ofSelect(arith::SelectOp select) {
    Value x = select.getFalseValue();
    auto compare = select.getCondition().getDefiningOp<arith::CmpFOp>();
    bool testsNaN = compare &&
                    compare.getPredicate() == arith::CmpFPredicate::UNO &&
                    compare.getLhs() == x && compare.getRhs() == x;
    if (testsNaN)
      return std::min(LowerHalf::EmptyInNaN, read(select.getTrueValue()));
    return least({select.getTrueValue(), x});
  }

  static std::optional<uint32_t> splatOf(Value value) {
    APInt number;
    if (matchPattern(value, m_ConstantInt(&number)))
      return number.getZExtValue();
    return std::nullopt;
  }

  LowerHalf ofPattern(Operation *op) {
    if (isa<arith::ShLIOp>(op)) {
      std::optional<uint32_t> count = splatOf(op->getOperand(1));
      return count && *count >= 16 && *count < 32 ? LowerHalf::Empty
                                                  : LowerHalf::Unknown;
    }
    if (isa<arith::AndIOp>(op))
      return llvm::any_of(op->getOperands(),
                          [&](Value x) { return read(x) == LowerHalf::Empty; })
                 ? LowerHalf::Empty
                 : LowerHalf::Unknown;
    // Another sign makes a NaN of no number.
    if (isa<arith::XOrIOp>(op)) {
      auto masked = op->getOperand(1).getDefiningOp<arith::AndIOp>();
      if (masked && splatOf(masked.getRhs()) == kSign)
        return read(op->getOperand(0));
    }
    return LowerHalf::Unknown;
  }

  /// x * 0, x * 1 and x * -1 are exact, and so is x * NaN.
  static bool isUnit(Value value) {
    // No rounding changes these.
    if (Operation *op = value.getDefiningOp();
        isa_and_nonnull<arith::ExtFOp, arith::TruncFOp>(op))
      return isUnit(op->getOperand(0));
    if (auto select = value.getDefiningOp<arith::SelectOp>())
      return isUnit(select.getTrueValue()) && isUnit(select.getFalseValue());
    APFloat number(0.0f);
    if (!matchPattern(value, m_ConstantFloat(&number)))
      return false;
    return number.isZero() || number.isNaN() || abs(number).isExactlyValue(1.0);
  }

  LowerHalf ofArithmetic(Operation *op) {
    if (auto product = dyn_cast<arith::MulFOp>(op)) {
      bool isExact = isUnit(product.getLhs()) || isUnit(product.getRhs());
      LowerHalf known = least(op->getOperands());
      return isExact ? known : std::min(known, LowerHalf::EmptyInNaN);
    }
    if (isa<arith::AddFOp, arith::SubFOp, arith::DivFOp, math::FmaOp>(op))
      return std::min(least(op->getOperands()), LowerHalf::EmptyInNaN);
    // The instructions of forms: permutations, fractions, scaling.
    if (auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
        call && getElementTypeOrSelf(op->getResult(0).getType()).isF32() &&
        (call.getIntrin().contains("perm") ||
         call.getIntrin().contains("reduce") ||
         call.getIntrin().contains("scalef"))) {
      LowerHalf result = LowerHalf::EmptyInNaN;
      for (Value operand : op->getOperands())
        if (getElementTypeOrSelf(operand.getType()).isF32())
          result = std::min(result, read(operand));
      return result;
    }
    return LowerHalf::Unknown;
  }

  llvm::DenseMap<Value, LowerHalf> memo;
};

//===----------------------------------------------------------------------===//
// Rounding
//===----------------------------------------------------------------------===//

Value patternConstant(OpBuilder &b, Location loc, Value like, uint32_t value) {
  return act::constantLike(b, loc, like.getType(),
                           b.getI32IntegerAttr(static_cast<int32_t>(value)));
}

/// `x` with 0x7fc00000 for every NaN.
Value withOneNaN(OpBuilder &b, Location loc, Value x) {
  Value isNaN = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO, x, x);
  Value quiet = act::constantLike(
      b, loc, x.getType(),
      b.getFloatAttr(b.getF32Type(), llvm::bit_cast<float>(kQuietNaN)));
  return arith::SelectOp::create(b, loc, isNaN, quiet, x);
}

/// Where NaNs of other payloads come from a branch alone, they are replaced
/// there: what is computed far out is out of the way.
void cleanBranches(PatternRewriter &rewriter, Value x) {
  auto branch = x.getDefiningOp<scf::IfOp>();
  if (!branch)
    return;
  unsigned i = cast<OpResult>(x).getResultNumber();
  for (scf::YieldOp yield : {branch.thenYield(), branch.elseYield()}) {
    Value value = yield.getOperand(i);
    if (LowerHalfReader().read(value) != LowerHalf::Unknown)
      continue;
    OpBuilder::InsertionGuard restore(rewriter);
    rewriter.setInsertionPoint(yield);
    Value clean = withOneNaN(rewriter, yield.getLoc(), value);
    rewriter.modifyOpInPlace(yield, [&] { yield.setOperand(i, clean); });
  }
}

} // namespace

bool act::roundsToBrainFloat(arith::TruncFOp narrow) {
  std::optional<arith::RoundingMode> mode = narrow.getRoundingmode();
  return getElementTypeOrSelf(narrow.getType()).isBF16() &&
         getElementTypeOrSelf(narrow.getIn().getType()).isF32() &&
         (!mode || *mode == arith::RoundingMode::to_nearest_even ||
          *mode == arith::RoundingMode::to_nearest_away);
}

Value act::roundToUpperHalf(PatternRewriter &rewriter, arith::TruncFOp narrow,
                            bool keepsPayload) {
  ImplicitLocOpBuilder b(narrow.getLoc(), rewriter);
  Value x = narrow.getIn();
  if (keepsPayload)
    cleanBranches(rewriter, x);
  LowerHalf known =
      keepsPayload ? LowerHalfReader().read(x) : LowerHalf::Unknown;
  if (known == LowerHalf::Unknown)
    x = withOneNaN(b, b.getLoc(), x);
  Value pattern = arith::BitcastOp::create(
      b, withElementType(x.getType(), b.getI32Type()), x);
  auto constant = [&](uint32_t value) {
    return patternConstant(b, b.getLoc(), pattern, value);
  };
  if (known == LowerHalf::Empty)
    return pattern;
  if (narrow.getRoundingmode() == arith::RoundingMode::to_nearest_away)
    return arith::AddIOp::create(b, pattern, constant(0x8000));
  // Half of the last place, less one where that is even: ties go to even.
  Value last = arith::AndIOp::create(
      b, arith::ShRUIOp::create(b, pattern, constant(16)), constant(1));
  Value biased = arith::AddIOp::create(b, pattern, constant(0x7fff));
  return arith::AddIOp::create(b, biased, last);
}

namespace {

/// The upper half of the rounded pattern. Exact.
struct RoundInAnyOrder : OpRewritePattern<arith::TruncFOp> {
  // Before upstream's, which knows ties to even alone and tests for NaN.
  RoundInAnyOrder(MLIRContext *context, bool keepsPayload)
      : OpRewritePattern(context, /*benefit=*/2), keepsPayload(keepsPayload) {}

  LogicalResult matchAndRewrite(arith::TruncFOp narrow,
                                PatternRewriter &rewriter) const override {
    if (!act::roundsToBrainFloat(narrow))
      return rewriter.notifyMatchFailure(
          narrow, "expected f32 rounded to nearest bf16");
    Location loc = narrow.getLoc();
    Value rounded = act::roundToUpperHalf(rewriter, narrow, keepsPayload);
    Value upper = arith::ShRUIOp::create(
        rewriter, loc, rounded, patternConstant(rewriter, loc, rounded, 16));
    Value half = arith::TruncIOp::create(
        rewriter, loc,
        act::withElementType(narrow.getType(), rewriter.getI16Type()), upper);
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(narrow, narrow.getType(),
                                                  half);
    return success();
  }

private:
  bool keepsPayload;
};

} // namespace

void act::populateBrainFloatRoundingPatterns(RewritePatternSet &patterns,
                                             bool keepsPayload) {
  patterns.add<RoundInAnyOrder>(patterns.getContext(), keepsPayload);
}

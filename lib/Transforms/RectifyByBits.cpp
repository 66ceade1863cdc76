//===- RectifyByBits.cpp - The positive part of 16-bit floats -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"

#include "act/Formula/Canonical.h"
#include "act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include <cmath>

namespace act {
#define GEN_PASS_DEF_ACTRECTIFYBYBITS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// Whether `op` is max(x, 0) of its operand, NaN of NaN.
bool isPositivePart(act::ScalarFunctionOpInterface op) {
  const act::Expression x = act::Expression::variable(0);
  std::optional<act::Expression> formula = op.composeExpression({x});
  std::optional<double> ofNaN = op.evaluateWithNaN({std::nan("")});
  return formula && ofNaN && std::isnan(*ofNaN) &&
         act::canonicalize(*formula) == act::canonicalize(act::max(x, 0.0));
}

/// Identity: max(x, 0) is x where the bits of x, as a signed integer, are above
/// those of -inf, else 0. Below lie the negative numbers and -0; above the
/// others, and NaN of either sign. Exact, and NaN stays as it is.
struct RectifyLoaded
    : OpInterfaceRewritePattern<act::ScalarFunctionOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(act::ScalarFunctionOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (op->getNumOperands() != 1 || op->getNumResults() != 1)
      return rewriter.notifyMatchFailure(op, "expected one operand and result");
    auto type = dyn_cast<VectorType>(op->getResult(0).getType());
    if (!type || type != op->getOperand(0).getType() ||
        !isa<Float16Type, BFloat16Type>(type.getElementType()))
      return rewriter.notifyMatchFailure(op,
                                         "expected a vector of f16 or bf16");
    if (!isPositivePart(op))
      return rewriter.notifyMatchFailure(op, "expected max(x, 0)");
    Value x = op->getOperand(0);
    // In a chain it is one more step of what is computed in f32.
    if (!x.getDefiningOp<vector::TransferReadOp>() ||
        !llvm::all_of(op->getUsers(), llvm::IsaPred<vector::TransferWriteOp>))
      return rewriter.notifyMatchFailure(
          op, "expected an operand that is loaded and a result that is stored");
    Location loc = op->getLoc();
    Type integers = type.clone(rewriter.getI16Type());
    APFloat lowest = APFloat::getInf(
        cast<FloatType>(type.getElementType()).getFloatSemantics(),
        /*Negative=*/true);
    Value bound = arith::ConstantOp::create(
        rewriter, loc,
        DenseElementsAttr::get(cast<ShapedType>(integers),
                               lowest.bitcastToAPInt()));
    Value bits = arith::BitcastOp::create(rewriter, loc, integers, x);
    Value isKept = arith::CmpIOp::create(
        rewriter, loc, arith::CmpIPredicate::sgt, bits, bound);
    // bf16 itself is no type that every target can choose among.
    Value zero = arith::ConstantOp::create(rewriter, loc,
                                           rewriter.getZeroAttr(integers));
    Value kept = arith::SelectOp::create(rewriter, loc, isKept, bits, zero);
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, type, kept);
    return success();
  }
};

struct RectifyByBits : act::impl::ActRectifyByBitsBase<RectifyByBits> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RectifyLoaded>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

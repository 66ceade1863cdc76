//===- VectorizeRows.cpp - Rows of probabilities to vector loops ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which row-wise ops become loops of their own, and for which instruction set.
// The other ones are decomposed into linalg ops.
//
//===----------------------------------------------------------------------===//

#include "RowLoops.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace act {
#define GEN_PASS_DEF_ACTVECTORIZEROWS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

class VectorizeRows : public act::impl::ActVectorizeRowsBase<VectorizeRows> {
public:
  using Base::Base;

  void runOnOperation() override {
    Location loc = getOperation()->getLoc();
    FailureOr<const Isa *> chosen = parseIsa(loc, isa);
    FailureOr<std::optional<Accuracy>> everywhere =
        parseAccuracy(loc, accuracy);
    if (failed(chosen) || failed(everywhere))
      return signalPassFailure();
    if (unroll == 0 || vectorBits < 64 || !llvm::isPowerOf2_32(vectorBits)) {
      emitError(loc, "expected unroll of at least 1 and vector-bits that are a "
                     "power of two from 64 on, got ")
          << unroll.getValue() << " and " << vectorBits.getValue();
      return signalPassFailure();
    }
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](RowwiseOpInterface op) {
      if (const char *reason = reasonAgainstRowLoops(op)) {
        remark::missed(
            op.getLoc(),
            remark::RemarkOpts::name("no-row-loops").category(getArgument()))
            << remark::reason("{0}", reason);
        return;
      }
      rewriter.setInsertionPoint(op);
      rewriter.replaceOp(
          op, buildRowLoops(rewriter, op, shapeFor(op, **chosen, *everywhere)));
    });
  }

private:
  RowLoopShape shapeFor(RowwiseOpInterface op, const Isa &chosen,
                        std::optional<Accuracy> everywhere) {
    auto element =
        cast<FloatType>(getElementTypeOrSelf(op->getResultTypes().front()));
    // The widest registers and the forms of the narrowest serve all.
    const bool same = reproducible && chosen.lanes > 0;
    constexpr unsigned kWidest = 512;
    const unsigned bits = same ? kWidest : vectorBits.getValue();
    const Isa &formIsa = same ? *findIsa("avx2") : chosen;
    const double ulps = ulpsAllowed(op, everywhere);
    if (ulps < kUlpsOfParts && element.isF32())
      op->emitWarning(llvm::formatv(
          "expected an accuracy of {0} ulp or more for rows, got {1}; results "
          "are within {0}",
          kUlpsOfParts, ulps));
    RowLoopShape shape;
    shape.lanes = bits / rowComputeType(element).getWidth();
    shape.unroll = unroll;
    shape.fuses = chosen.lanes > 0;
    shape.lanesInOrder = same;
    shape.keepsDigits =
        element.getWidth() == 64 || (element.isF32() && ulps < kUlpsOfPlain);
    std::optional<Format> format = formatOf(element);
    if (formIsa.lanes > 0 && format && *format != Format::F64)
      shape.exponential =
          synthesize({exp(Expression::variable(0)), *format,
                      accuracyOfWeights(*format, shape.keepsDigits), &formIsa});
    return shape;
  }

  /// Of a result in f32. An absolute bound allows an ulp or more.
  static double ulpsAllowed(RowwiseOpInterface op,
                            std::optional<Accuracy> everywhere) {
    std::optional<Accuracy> asked = accuracyAskedBy(op);
    if (!asked)
      asked = everywhere;
    if (!asked || asked->kind != Accuracy::Kind::Ulp)
      return kUlpsOfParts;
    return asked->bound;
  }

  /// Half an ulp is the rounding of the quotient. An error of so many ulps of a
  /// weight is one of up to twice as many of the quotient, whose ulp may be
  /// half of that beside the number; less than 0.8 has no form in two parts.
  /// Weights that are rounded, and so summed, are seen twice.
  static Accuracy accuracyOfWeights(Format format, bool keepsDigits) {
    if (format != Format::F32)
      return Accuracy::defaultFor(format);
    return {Accuracy::Kind::Ulp, keepsDigits ? 0.8 : 1.0};
  }

  /// What results are within where steps keep their digits, and where not.
  static constexpr double kUlpsOfParts = 2.0, kUlpsOfPlain = 4.0;
};

} // namespace

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
#include "act/Approx/FormStore.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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
    FailureOr<SynthesisTarget> target = parseTarget(loc, isa, accuracy);
    if (failed(target))
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
      rewriter.replaceOp(op,
                         buildRowLoops(rewriter, op, shapeFor(op, *target)));
    });
  }

private:
  RowLoopShape shapeFor(RowwiseOpInterface op, const SynthesisTarget &target) {
    auto element =
        cast<FloatType>(getElementTypeOrSelf(op->getResultTypes().front()));
    const Isa &formIsa = formIsaOf(*target.isa, reproducible);
    // Sums over as many lanes everywhere are the same: the widest registers.
    const bool fuses = target.isa->lanes > 0, same = reproducible && fuses;
    constexpr unsigned kWidest = 512;
    const unsigned bits = same ? kWidest : vectorBits.getValue();
    const double ulps = ulpsAllowed(op, target.everywhere);
    if (ulps < kUlpsOfParts && element.isF32())
      op->emitWarning(llvm::formatv(
          "expected an accuracy of {0} ulp or more for rows, got {1}; results "
          "are within {0}",
          kUlpsOfParts, ulps));
    RowLoopShape shape;
    shape.lanes = bits / rowComputeType(element).getWidth();
    shape.unroll = unroll;
    shape.fuses = fuses;
    shape.lanesInOrder = same;
    shape.keepsDigits =
        element.getWidth() == 64 || (element.isF32() && ulps < kUlpsOfPlain);
    std::optional<Format> format = formatOf(element);
    if (fuses && format && *format != Format::F64)
      shape.exponential = FormStore::get().answer(
          {exp(Expression::variable(0)), *format,
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
  /// half of that beside the number.
  /// Weights that are rounded, and so summed, are seen twice.
  static Accuracy accuracyOfWeights(Format format, bool keepsDigits) {
    if (format != Format::F32)
      return Accuracy::defaultFor(format);
    return {Accuracy::Kind::Ulp, keepsDigits ? kUlpsOfRowParts : 1.0};
  }

  /// What results are within where steps keep their digits, and where not.
  static constexpr double kUlpsOfParts = 2.0, kUlpsOfPlain = 4.0;
};

} // namespace

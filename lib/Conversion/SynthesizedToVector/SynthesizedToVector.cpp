//===- SynthesizedToVector.cpp - Synthesized forms as vector code ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arithmetic stays as wide as the op, so that LLVM interleaves its registers;
// what is the instruction set's own (looking up in a register, scaling by a
// power of two) is done register by register.
//
//===----------------------------------------------------------------------===//

#include "ExponentialCode.h"
#include "LogDomainCode.h"
#include "PiecewiseCode.h"
#include "RegisterCode.h"
#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/SynthesizedForms.h"
#include "act/IR/TargetOptions.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace act {
#define GEN_PASS_DEF_ACTSYNTHESIZEDTOVECTOR
#include "act/Conversion/Passes.h.inc"

namespace {

constexpr StringLiteral kNeedsRegisters =
    "expected an instruction set with registers for the form's tables; "
    "synthesize for the one at hand";

/// Identity: the op's own definition, step by step. Exact.
template <typename OpT, typename EmitFn>
struct ExpandForm : OpRewritePattern<OpT> {
  ExpandForm(MLIRContext *context, const Isa &isa, EmitFn emit)
      : OpRewritePattern<OpT>(context), isa(isa), emit(emit) {}

  LogicalResult matchAndRewrite(OpT op,
                                PatternRewriter &rewriter) const override {
    if (isa.lanes == 0)
      return rewriter.notifyMatchFailure(op, kNeedsRegisters);
    Location loc = op.getLoc();
    Type type = op.getType();
    auto shaped = dyn_cast<VectorType>(type);
    int64_t count = shaped ? shaped.getNumElements() : 1;
    RegisterCode code(rewriter, loc, isa, llvm::alignTo(count, isa.lanes));
    Value x = code.widen(op.getX());
    Value y = emit(code, op, x);
    rewriter.replaceOp(op, code.narrow(y, type));
    return success();
  }

private:
  const Isa &isa;
  EmitFn emit;
};

/// The same of two results.
struct ExpandExponentialBelow : OpRewritePattern<ExponentialBelowOp> {
  ExpandExponentialBelow(MLIRContext *context, const Isa &isa)
      : OpRewritePattern(context), isa(isa) {}

  LogicalResult matchAndRewrite(ExponentialBelowOp op,
                                PatternRewriter &rewriter) const override {
    if (isa.lanes == 0)
      return rewriter.notifyMatchFailure(op, kNeedsRegisters);
    Type type = op.getX().getType();
    auto shaped = dyn_cast<VectorType>(type);
    int64_t count = shaped ? shaped.getNumElements() : 1;
    RegisterCode code(rewriter, op.getLoc(), isa,
                      llvm::alignTo(count, isa.lanes));
    auto [power, growth] =
        emitExponentialBelow(code, formOf(op), code.widen(op.getX()),
                             code.widen(op.getTop()), op.getNear());
    rewriter.replaceOp(op,
                       {code.narrow(power, type), code.narrow(growth, type)});
    return success();
  }

private:
  const Isa &isa;
};

/// Identity: the op's own definition, step by step. Exact where the target
/// fuses as it says.
struct ExpandLogDomain : OpRewritePattern<LogDomainOp> {
  ExpandLogDomain(MLIRContext *context, const Isa &isa)
      : OpRewritePattern<LogDomainOp>(context), isa(isa) {}

  LogicalResult matchAndRewrite(LogDomainOp op,
                                PatternRewriter &rewriter) const override {
    Operation *scope = SymbolTable::getNearestSymbolTable(op);
    if (!scope)
      return rewriter.notifyMatchFailure(op, "has no module for its table");
    Location loc = op.getLoc();
    Value x = op.getX();
    auto shaped = dyn_cast<VectorType>(op.getType());
    int64_t count = shaped ? shaped.getNumElements() : 1;
    // A register of the widest instruction set holds eight.
    int64_t padded = llvm::alignTo(count, std::max(isa.lanes / 2, 1u));
    auto flat = VectorType::get({count}, rewriter.getF64Type());
    if (!shaped)
      x = vector::BroadcastOp::create(rewriter, loc, flat, x);
    else if (shaped != flat)
      x = vector::ShapeCastOp::create(rewriter, loc, flat, x);
    if (padded != count) {
      auto wide = VectorType::get({padded}, rewriter.getF64Type());
      Value zeros =
          arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(wide));
      x = vector::InsertStridedSliceOp::create(rewriter, loc, x, zeros, 0, 1);
    }
    LogDomainForm form = formOf(op);
    Value y = LogDomainCode(rewriter, loc, isa, scope, form).emit(x);
    if (padded != count)
      y = vector::ExtractStridedSliceOp::create(rewriter, loc, y, 0, count, 1);
    if (!shaped)
      y = vector::ExtractOp::create(rewriter, loc, y, 0);
    else if (shaped != flat)
      y = vector::ShapeCastOp::create(rewriter, loc, shaped, y);
    rewriter.replaceOp(op, y);
    return success();
  }

private:
  const Isa &isa;
};

struct SynthesizedToVectorPass
    : impl::ActSynthesizedToVectorBase<SynthesizedToVectorPass> {
  using Base::Base;

  void runOnOperation() override {
    FailureOr<const Isa *> chosen = parseIsa(getOperation()->getLoc(), isa);
    if (failed(chosen))
      return signalPassFailure();
    RewritePatternSet patterns(&getContext());
    populateSynthesizedToVectorPatterns(patterns, **chosen);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void populateSynthesizedToVectorPatterns(RewritePatternSet &patterns,
                                         const Isa &isa) {
  auto piecewise = [](RegisterCode &code, PiecewiseOp op, Value x) {
    PiecewiseForm form = formOf(op);
    Value factor = op.getFactor() ? code.widen(op.getFactor()) : Value();
    return emitPiecewise(code, form, x, factor);
  };
  auto exponential = [](RegisterCode &code, ExponentialOp op, Value x) {
    return emitExponential(code, formOf(op), x);
  };
  auto exponentialLinear = [](RegisterCode &code, ExponentialLinearOp op,
                              Value x) {
    return emitExponentialLinear(code, formOf(op), x);
  };
  patterns.add<ExpandExponentialBelow, ExpandLogDomain>(patterns.getContext(),
                                                        isa);
  patterns.add<ExpandForm<PiecewiseOp, decltype(piecewise)>>(
      patterns.getContext(), isa, piecewise);
  patterns.add<ExpandForm<ExponentialOp, decltype(exponential)>>(
      patterns.getContext(), isa, exponential);
  patterns.add<ExpandForm<ExponentialLinearOp, decltype(exponentialLinear)>>(
      patterns.getContext(), isa, exponentialLinear);
}

} // namespace act

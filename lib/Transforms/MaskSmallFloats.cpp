//===- MaskSmallFloats.cpp - Masked access to 16-bit floats as integers ---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTMASKSMALLFLOATS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// The vector of i16 with the bits of a vector of bf16 or f16; null for others.
VectorType integersFor(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  if (!vector || !isa<BFloat16Type, Float16Type>(vector.getElementType()))
    return {};
  return VectorType::get(vector.getShape(),
                         IntegerType::get(type.getContext(), 16),
                         vector.getScalableDims());
}

/// masked.load of <N x bfloat> -> bitcast of masked.load of <N x i16>. Exact.
struct LoadIntegers : OpRewritePattern<LLVM::MaskedLoadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(LLVM::MaskedLoadOp load,
                                PatternRewriter &rewriter) const override {
    VectorType integers = integersFor(load.getType());
    if (!integers)
      return rewriter.notifyMatchFailure(load, "no vector of 16-bit floats");
    Location loc = load.getLoc();
    Value otherwise =
        LLVM::BitcastOp::create(rewriter, loc, integers, load.getPassThru());
    Operation *narrow = rewriter.clone(*load);
    rewriter.modifyOpInPlace(narrow, [&] {
      cast<LLVM::MaskedLoadOp>(narrow).getPassThruMutable().assign(otherwise);
      narrow->getResult(0).setType(integers);
    });
    rewriter.replaceOpWithNewOp<LLVM::BitcastOp>(load, load.getType(),
                                                 narrow->getResult(0));
    return success();
  }
};

/// A masked or non-temporal store of <N x bfloat> -> that of its bits. Exact.
template <typename StoreOpT>
struct StoreIntegers : OpRewritePattern<StoreOpT> {
  using OpRewritePattern<StoreOpT>::OpRewritePattern;

  LogicalResult matchAndRewrite(StoreOpT store,
                                PatternRewriter &rewriter) const override {
    if constexpr (std::is_same_v<StoreOpT, LLVM::StoreOp>)
      if (!store.getNontemporal())
        return rewriter.notifyMatchFailure(store, "a plain store");
    VectorType integers = integersFor(store.getValue().getType());
    if (!integers)
      return rewriter.notifyMatchFailure(store, "no vector of 16-bit floats");
    Value bits = LLVM::BitcastOp::create(rewriter, store.getLoc(), integers,
                                         store.getValue());
    rewriter.modifyOpInPlace(store,
                             [&] { store.getValueMutable().assign(bits); });
    return success();
  }
};

struct MaskSmallFloats : act::impl::ActMaskSmallFloatsBase<MaskSmallFloats> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<LoadIntegers, StoreIntegers<LLVM::MaskedStoreOp>,
                 StoreIntegers<LLVM::StoreOp>>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

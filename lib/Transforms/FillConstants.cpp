//===- FillConstants.cpp - Large constants of one number ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

namespace act {
#define GEN_PASS_DEF_ACTFILLCONSTANTS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

class FillConstants : public act::impl::ActFillConstantsBase<FillConstants> {
public:
  using Base::Base;

  void runOnOperation() override {
    getOperation()->walk([&](arith::ConstantOp constant) {
      auto splat = dyn_cast<SplatElementsAttr>(constant.getValue());
      if (splat && isa<RankedTensorType>(splat.getType()) && isLarge(splat))
        fill(constant, splat);
    });
  }

private:
  bool isLarge(SplatElementsAttr splat) const {
    Type element = splat.getElementType();
    if (!element.isIntOrIndexOrFloat())
      return false;
    uint64_t bytes = element.isIndex()
                         ? 8
                         : llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
    return uint64_t(splat.getNumElements()) > mostBytes / bytes;
  }

  static void fill(arith::ConstantOp constant, SplatElementsAttr splat) {
    OpBuilder builder(constant);
    Location loc = constant.getLoc();
    auto type = cast<RankedTensorType>(splat.getType());
    Value number = arith::ConstantOp::create(
        builder, loc, cast<TypedAttr>(splat.getSplatValue<Attribute>()));
    Value empty = tensor::EmptyOp::create(builder, loc, type.getShape(),
                                          type.getElementType());
    auto filled = linalg::FillOp::create(builder, loc, number, empty);
    constant.getResult().replaceAllUsesWith(filled.getResult(0));
    constant.erase();
  }
};

} // namespace

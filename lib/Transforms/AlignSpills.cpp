//===- AlignSpills.cpp - Frames in which spilled registers are aligned ----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinTypes.h"

namespace act {
#define GEN_PASS_DEF_ACTALIGNSPILLS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

/// To which the ABIs of 64-bit x86, Arm and RISC-V align a frame, as LLVM does.
constexpr int64_t kStackBits = 128;

bool isWide(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  if (!vector || !vector.getElementType().isIntOrFloat())
    return false;
  return vector.isScalable() ||
         vector.getNumElements() * vector.getElementTypeBitWidth() > kStackBits;
}

bool computesOnWideVectors(LLVM::LLVMFuncOp function) {
  return function
      .walk([](Operation *op) {
        return llvm::any_of(op->getResultTypes(), isWide)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

struct AlignSpills : act::impl::ActAlignSpillsBase<AlignSpills> {
  using Base::Base;

  void runOnOperation() override {
    if (vectorBits <= kStackBits)
      return;
    auto all = LLVM::FramePointerKindAttr::get(
        &getContext(), LLVM::framePointerKind::FramePointerKind::All);
    getOperation()->walk([&](LLVM::LLVMFuncOp function) {
      if (!function.isExternal() && !function.getFramePointer() &&
          computesOnWideVectors(function))
        function.setFramePointerAttr(all);
    });
  }
};

} // namespace

//===- RareBranch.cpp - Code for the rare lane ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/RareBranch.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace act {

Value emitIsAny(OpBuilder &builder, Location loc, Value lanes) {
  return vector::ReductionOp::create(builder, loc, vector::CombiningKind::OR,
                                     lanes);
}

Value emitRarely(OpBuilder &builder, Location loc, Value condition) {
  Value never =
      arith::ConstantOp::create(builder, loc, builder.getBoolAttr(false));
  return LLVM::ExpectOp::create(builder, loc, condition, never);
}

SmallVector<Value>
emitBranch(OpBuilder &builder, Location loc, Value condition,
           llvm::function_ref<SmallVector<Value>()> emitThen,
           llvm::function_ref<SmallVector<Value>()> emitElse) {
  auto emitInto = [&](llvm::function_ref<SmallVector<Value>()> emit) {
    return [&builder, loc, emit](OpBuilder &inner, Location) {
      OpBuilder::InsertionGuard restore(builder);
      builder.setInsertionPoint(inner.getInsertionBlock(),
                                inner.getInsertionPoint());
      scf::YieldOp::create(builder, loc, emit());
    };
  };
  auto branch = scf::IfOp::create(builder, loc, condition, emitInto(emitThen),
                                  emitInto(emitElse));
  return branch.getResults();
}

Value emitBranch(OpBuilder &builder, Location loc, Value condition,
                 llvm::function_ref<Value()> emitThen,
                 llvm::function_ref<Value()> emitElse) {
  auto single = [](llvm::function_ref<Value()> emit) {
    return [emit] { return SmallVector<Value>{emit()}; };
  };
  return emitBranch(builder, loc, condition, single(emitThen), single(emitElse))
      .front();
}

} // namespace act

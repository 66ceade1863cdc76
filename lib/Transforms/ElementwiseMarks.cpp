//===- ElementwiseMarks.cpp - Activations that linalg vectorizes ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementwiseMarks.h"
#include "act/IR/Act.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace act {

static constexpr int64_t kNoBody = -1;

static bool needsMark(Operation *op) {
  return isa<ScalarFunctionOpInterface>(op) &&
         isa<linalg::LinalgOp>(op->getParentOp()) && op->getNumResults() == 1 &&
         !OpTrait::hasElementwiseMappableTraits(op) &&
         llvm::all_of(op->getOperandTypes(), [&](Type type) {
           return type == op->getResult(0).getType();
         });
}

unsigned ElementwiseMarks::keepBody(Operation *op) {
  bodies.push_back(std::make_unique<Region>());
  bodies.back()->takeBody(op->getRegion(0));
  return bodies.size() - 1;
}

void ElementwiseMarks::mark(Operation *root) {
  SmallVector<Operation *> found;
  root->walk([&](Operation *op) {
    if (needsMark(op))
      found.push_back(op);
  });
  for (Operation *op : found) {
    OpBuilder builder(op);
    int64_t body = op->getNumRegions() == 1 ? int64_t(keepBody(op)) : kNoBody;
    auto apply = ApplyOp::create(
        builder, op->getLoc(), op->getResult(0).getType(), op->getOperands(),
        op->getName().getStringRef(), op->getAttrDictionary(),
        builder.getI64IntegerAttr(body));
    op->replaceAllUsesWith(apply);
    op->erase();
  }
}

void ElementwiseMarks::unmark(Operation *root) {
  SmallVector<ApplyOp> found;
  root->walk([&](ApplyOp apply) { found.push_back(apply); });
  for (ApplyOp apply : found) {
    std::optional<int64_t> body = apply.getKeptBody();
    if (!body || *body < kNoBody || *body >= int64_t(bodies.size()))
      continue;
    OpBuilder builder(apply);
    OperationState state(apply.getLoc(), apply.getCallee(), apply.getInputs(),
                         apply->getResultTypes(),
                         apply.getParameters().getValue());
    // Peeling made several of one.
    IRMapping mapping;
    if (*body != kNoBody)
      bodies[*body]->cloneInto(state.addRegion(), mapping);
    apply->replaceAllUsesWith(builder.create(state));
    apply->erase();
  }
}

} // namespace act

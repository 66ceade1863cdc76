//===- EliminateEmptyTensors.cpp - Compute in the memory of results -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream finds the fresh memory that what is stored was computed in, and
// takes the destination in its place. A store to memory is no write that
// bufferization orders with reads of tensors: what else of that memory is
// stored after it would be read when it is overwritten.
//
//===----------------------------------------------------------------------===//

#include "act/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SetVector.h"

namespace act {
#define GEN_PASS_DEF_ACTELIMINATEEMPTYTENSORS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace mlir::bufferization;

namespace {

/// Whether a store that may come after `store` takes another value that may lie
/// in the memory of `empty`.
bool isStoredLater(tensor::EmptyOp empty, MaterializeInDestinationOp store,
                   const AnalysisState &state) {
  auto isBefore = [&](Operation *other) {
    return other->getBlock() == store->getBlock() &&
           other->isBeforeInBlock(store);
  };
  llvm::SetVector<Value> inMemory;
  inMemory.insert(empty.getResult());
  for (unsigned i = 0; i < inMemory.size(); ++i)
    for (OpOperand &use : inMemory[i].getUses()) {
      auto other = dyn_cast<MaterializeInDestinationOp>(use.getOwner());
      if (other && other != store && !isBefore(other) &&
          use.get() != store.getSource())
        return true;
      for (AliasingValue alias : state.getAliasingValues(use))
        inMemory.insert(alias.value);
    }
  return false;
}

class EliminateEmptyTensors
    : public act::impl::ActEliminateEmptyTensorsBase<EliminateEmptyTensors> {
public:
  void runOnOperation() override {
    OneShotBufferizationOptions options;
    options.allowReturnAllocsFromLoops = true;
    OneShotAnalysisState state(getOperation(), options);
    if (failed(analyzeOp(getOperation(), state)))
      return signalPassFailure();
    auto build = [&](RewriterBase &rewriter, SubsetInsertionOpInterface op,
                     tensor::EmptyOp empty, Operation *user) -> Value {
      auto store = dyn_cast<MaterializeInDestinationOp>(op.getOperation());
      if (store && isStoredLater(empty, store, state))
        return Value();
      return buildSubsetExtraction(rewriter, op, empty, user);
    };
    IRRewriter rewriter(&getContext());
    if (failed(eliminateEmptyTensors(rewriter, getOperation(), state, build)))
      signalPassFailure();
  }
};

} // namespace

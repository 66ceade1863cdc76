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
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "llvm/ADT/SetVector.h"

namespace act {
#define GEN_PASS_DEF_ACTELIMINATEEMPTYTENSORS
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace mlir::bufferization;

namespace {

/// Values that may lie in the memory in which `use` lets its op write.
llvm::SetVector<Value> valuesIn(OpOperand &use, const AnalysisState &state) {
  llvm::SetVector<Value> values;
  auto addAliases = [&](OpOperand &operand) {
    for (AliasingValue alias : state.getAliasingValues(operand))
      values.insert(alias.value);
  };
  addAliases(use);
  for (unsigned i = 0; i < values.size(); ++i)
    for (OpOperand &next : values[i].getUses())
      addAliases(next);
  return values;
}

/// Whether a store that may come after `store` takes another of `values`.
bool isStoredLater(const llvm::SetVector<Value> &values,
                   MaterializeInDestinationOp store) {
  return llvm::any_of(values, [&](Value value) {
    return value != store.getSource() &&
           llvm::any_of(value.getUsers(), [&](Operation *user) {
             bool isBefore = user->getBlock() == store->getBlock() &&
                             user->isBeforeInBlock(store);
             return isa<MaterializeInDestinationOp>(user) && user != store &&
                    !isBefore;
           });
  });
}

/// Whether `user` becomes one loop over its result. Of nested ones, each with
/// its part of the result, bufferization does not see that they end in the
/// memory that they begin with, as what a loop carries must.
bool becomesOneLoop(Operation *user) {
  auto op = dyn_cast<linalg::LinalgOp>(user);
  return op && (op.getNumLoops() <= 1 ||
                llvm::all_of(op.getIndexingMapsArray(), [](AffineMap map) {
                  return map.isIdentity() || map.getNumResults() == 0;
                }));
}

/// Whether `store` may give its memory to `user` in place of `empty`. Of other
/// uses nothing is said: no data is passed by fresh memory.
bool mayTakeMemory(tensor::EmptyOp empty, Operation *user,
                   MaterializeInDestinationOp store,
                   const AnalysisState &state) {
  auto carried = dyn_cast<BlockArgument>(store.getDest());
  if (carried && isa<LoopLikeOpInterface>(carried.getOwner()->getParentOp()) &&
      !becomesOneLoop(user))
    return false;
  for (OpOperand &use : empty->getUses()) {
    if (use.getOwner() != user)
      continue;
    llvm::SetVector<Value> values = valuesIn(use, state);
    if (values.contains(store.getSource()) && isStoredLater(values, store))
      return false;
  }
  return true;
}

/// The branches of an scf.if whose result `store` takes may begin with the same
/// fresh memory. Where that of `user` is `memory`, that of the use in the other
/// branch that ends in the same result is, too.
void giveToBothBranches(RewriterBase &rewriter, Value memory,
                        tensor::EmptyOp empty, Operation *user,
                        MaterializeInDestinationOp store,
                        const AnalysisState &state) {
  auto branch = store.getSource().getDefiningOp<scf::IfOp>();
  if (!memory || !branch || memory.getParentBlock() != branch->getBlock())
    return;
  rewriter.replaceUsesWithIf(empty.getResult(), memory, [&](OpOperand &use) {
    if (use.getOwner() == user || !branch->isProperAncestor(use.getOwner()))
      return false;
    llvm::SetVector<Value> values = valuesIn(use, state);
    return values.contains(store.getSource()) && !isStoredLater(values, store);
  });
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
      if (store && !mayTakeMemory(empty, user, store, state))
        return Value();
      Value memory = buildSubsetExtraction(rewriter, op, empty, user);
      if (store)
        giveToBothBranches(rewriter, memory, empty, user, store, state);
      return memory;
    };
    IRRewriter rewriter(&getContext());
    if (failed(eliminateEmptyTensors(rewriter, getOperation(), state, build)))
      signalPassFailure();
  }
};

} // namespace

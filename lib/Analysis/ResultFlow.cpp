//===- ResultFlow.cpp - Which results depend on inputs, and how -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResultFlow.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace act {

/// Whether `op` itself, without the ops in its regions, may have an effect.
/// What does not say counts.
template <typename Effect>
static bool mayHave(Operation *op) {
  if (auto effects = dyn_cast<MemoryEffectOpInterface>(op))
    return effects.hasEffect<Effect>();
  return !op->hasTrait<OpTrait::HasRecursiveMemoryEffects>();
}

namespace {
/// The values that may depend on a function's arguments when one op is cut out:
/// never too few.
class Reach {
public:
  Reach(FunctionOpInterface function, Operation *cut)
      : function(function), cut(cut) {
    for (BlockArgument argument : function.getArguments())
      add(argument);
    while (!worklist.empty())
      for (OpOperand &use : worklist.pop_back_val().getUses())
        visit(use);
  }

  llvm::BitVector results() {
    llvm::BitVector found(function.getNumResults());
    for (Block &block : function.getFunctionBody()) {
      Operation *terminator = block.getTerminator();
      if (!terminator->hasTrait<OpTrait::ReturnLike>())
        continue;
      for (auto [index, value] : llvm::enumerate(terminator->getOperands()))
        if (index < found.size() &&
            (values.contains(value) || blocks.contains(&block)))
          found.set(index);
    }
    return found;
  }

private:
  void add(Value value) {
    if (values.insert(value).second)
      worklist.push_back(value);
  }
  void addArguments(Block &block) {
    for (BlockArgument argument : block.getArguments())
      add(argument);
  }
  void visit(OpOperand &use);
  void reach(Operation *op);
  void decide(Operation *branch);
  void reachBlock(Block *block);
  void reachMemory();

  FunctionOpInterface function;
  Operation *cut;
  PostDominanceInfo postDominance;
  llvm::DenseSet<Value> values;
  /// Whether these are executed may depend.
  llvm::DenseSet<Block *> blocks;
  /// Ops that were reached with all that is in their regions.
  llvm::DenseSet<Operation *> ops;
  bool isMemoryReached = false;
  SmallVector<Value> worklist;
};
} // namespace

/// A use inside a region is one of the op around it.
void Reach::visit(OpOperand &use) {
  Operation *user = use.getOwner();
  for (Operation *op = user; op && op != function; op = op->getParentOp()) {
    if (op == cut)
      return;
    reach(op);
  }
  if (user->getNumSuccessors() == 0)
    return;
  std::optional<BlockArgument> passed;
  if (auto branch = dyn_cast<BranchOpInterface>(user))
    passed = branch.getSuccessorBlockArgument(use.getOperandNumber());
  if (passed)
    add(*passed);
  else
    decide(user);
}

/// What `op` computes and writes depends, and which of its regions it executes.
void Reach::reach(Operation *op) {
  if (op == cut || !ops.insert(op).second)
    return;
  for (Value result : op->getResults())
    add(result);
  for (Region &region : op->getRegions())
    for (Block &block : region)
      addArguments(block);
  bool writes = op->walk([](Operation *inner) {
                    return mayHave<MemoryEffects::Write>(inner)
                               ? WalkResult::interrupt()
                               : WalkResult::advance();
                  }).wasInterrupted();
  if (writes)
    reachMemory();
}

/// Which successor a branch takes depends. What comes behind it in any case,
/// and once, does not, but for what it is passed.
void Reach::decide(Operation *branch) {
  Block *from = branch->getBlock();
  llvm::SmallSetVector<Block *, 8> behind;
  behind.insert_range(branch->getSuccessors());
  for (unsigned i = 0; i < behind.size(); ++i)
    behind.insert_range(behind[i]->getSuccessors());
  bool isLoop = behind.contains(from);
  for (Block *successor : branch->getSuccessors())
    addArguments(*successor);
  for (Block *block : behind)
    if (isLoop || !postDominance.postDominates(block, from))
      reachBlock(block);
}

void Reach::reachBlock(Block *block) {
  if (!blocks.insert(block).second)
    return;
  for (Operation &op : *block)
    reach(&op);
  for (Block *successor : block->getSuccessors())
    addArguments(*successor);
  addArguments(*block);
  // It may be a terminator in here that the op around returns from.
  if (Operation *parent = block->getParentOp(); parent != function)
    reach(parent);
}

void Reach::reachMemory() {
  if (std::exchange(isMemoryReached, true))
    return;
  function.walk([&](Operation *op) {
    if (op == function || !mayHave<MemoryEffects::Read>(op))
      return;
    reach(op);
  });
}

SmallVector<unsigned> ResultFlow::resultsThrough(Operation *op) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (!function)
    return {};
  auto [known, isNew] = dependent.try_emplace(function);
  if (isNew)
    known->second = Reach(function, nullptr).results();
  llvm::BitVector through = known->second;
  through.reset(Reach(function, op).results());
  return SmallVector<unsigned>(through.set_bits());
}

} // namespace act

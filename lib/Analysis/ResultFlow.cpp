//===- ResultFlow.cpp - Which results depend on the inputs through one op
//--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

using namespace mlir;

namespace act {

namespace {
/// The values that may depend on a function's arguments when one op is cut out:
/// never too few.
class Reach {
public:
  Reach(FunctionOpInterface function, Operation *cut) : cut(cut) {
    for (BlockArgument argument : function.getArguments())
      add(argument);
    while (!worklist.empty())
      for (Operation *user : worklist.pop_back_val().getUsers())
        visit(user);
  }
  bool contains(Value value) const { return reached.contains(value); }

private:
  void add(Value value) {
    if (reached.insert(value).second)
      worklist.push_back(value);
  }
  void addAll(Operation *op) {
    for (Value result : op->getResults())
      add(result);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument argument : block.getArguments())
          add(argument);
  }
  void visit(Operation *user) {
    // A use inside a region is one of the op around it.
    for (Operation *op = user; op && !isa<FunctionOpInterface>(op);
         op = op->getParentOp()) {
      if (op == cut)
        return;
      addAll(op);
    }
    for (Block *successor : user->getSuccessors())
      for (BlockArgument argument : successor->getArguments())
        add(argument);
  }

  Operation *cut;
  llvm::DenseSet<Value> reached;
  SmallVector<Value> worklist;
};
} // namespace

SmallVector<unsigned> resultsThrough(Operation *op) {
  SmallVector<unsigned> results;
  auto function = op->getParentOfType<FunctionOpInterface>();
  if (!function)
    return results;
  Reach all(function, nullptr), without(function, op);
  for (unsigned i = 0; i < function.getNumResults(); ++i) {
    bool depends = false, around = false;
    for (Block &block : function.getFunctionBody()) {
      Operation *terminator = block.getTerminator();
      if (!terminator->hasTrait<OpTrait::ReturnLike>() ||
          i >= terminator->getNumOperands())
        continue;
      depends |= all.contains(terminator->getOperand(i));
      around |= without.contains(terminator->getOperand(i));
    }
    if (depends && !around)
      results.push_back(i);
  }
  return results;
}

} // namespace act

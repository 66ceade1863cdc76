//===- ExpandedProgram.cpp - A program without calls and loops ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExpandedProgram.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Transforms/Inliner.h"
#include "mlir/Transforms/InliningUtils.h"

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// Calls and loops
//===----------------------------------------------------------------------===//

namespace {

class Expander {
public:
  explicit Expander(Operation *root) : root(root), inliner(root->getContext()) {
    root->walk([&](CallableOpInterface callable) { expand(callable); });
    // What all calls were replaced of executes nothing any more; callers come
    // behind what they call.
    for (Operation *op : llvm::reverse(expanded))
      if (auto symbol = dyn_cast<SymbolOpInterface>(op);
          symbol && op != root && symbol.isPrivate() &&
          symbol.symbolKnownUseEmpty(root))
        op->erase();
  }

  static bool hasWork(Operation *root) {
    return root
        ->walk([](Operation *op) {
          auto loop = dyn_cast<scf::ForOp>(op);
          bool isWork =
              isa<CallOpInterface>(op) || (loop && loop.getStaticTripCount());
          return isWork ? WalkResult::interrupt() : WalkResult::advance();
        })
        .wasInterrupted();
  }

private:
  /// More ops than this are not added: what is left is bounded as it stands.
  static constexpr uint64_t kMaxOps = 1 << 14;
  /// Nor are calls followed deeper: each takes some of the stack.
  static constexpr unsigned kMaxDepth = 256;

  /// Expands callees before they are copied. What calls itself, directly or
  /// not, is met while it is being expanded.
  void expand(CallableOpInterface callable) {
    Region *body = callable.getCallableRegion();
    if (!body || !visited.insert(callable).second)
      return;
    active.insert(callable);
    SmallVector<CallOpInterface> calls;
    body->walk([&](CallOpInterface call) { calls.push_back(call); });
    for (CallOpInterface call : calls)
      inlineCallee(call);
    SmallVector<scf::ForOp> loops;
    // Inner loops come first.
    body->walk([&](scf::ForOp loop) { loops.push_back(loop); });
    for (scf::ForOp loop : loops)
      unroll(loop);
    active.erase(callable);
    expanded.push_back(callable);
  }

  void inlineCallee(CallOpInterface call) {
    auto callee = dyn_cast_or_null<CallableOpInterface>(
        call.resolveCallableInTable(&symbols));
    if (!callee || !root->isAncestor(callee) || active.size() > kMaxDepth)
      return;
    expand(callee);
    Region *body = callee.getCallableRegion();
    // Several blocks have no place in the regions of structured control flow.
    if (!body || !body->hasOneBlock() || active.contains(callee) ||
        !afford(countOps(*body)))
      return;
    if (succeeded(
            inlineCall(inliner, config.getCloneCallback(), call, callee, body)))
      call.erase();
  }

  void unroll(scf::ForOp loop) {
    std::optional<APInt> count = loop.getStaticTripCount();
    if (!count || count->getActiveBits() > 32)
      return;
    uint64_t ops = countOps(loop.getRegion());
    Block *block = loop->getBlock();
    if (ops > kMaxOps || !afford(ops * count->getZExtValue()) ||
        failed(loopUnrollFull(loop)))
      return;
    // Of what was an induction variable a slice wants to know the number.
    for (Operation &op : llvm::make_early_inc_range(*block)) {
      SmallVector<Value> folded;
      if (op.getNumResults() != 1 || !op.getResult(0).getType().isIndex() ||
          failed(OpBuilder(&op).tryFold(&op, folded)) || folded.empty())
        continue;
      op.replaceAllUsesWith(folded);
      op.erase();
    }
  }

  static uint64_t countOps(Region &region) {
    uint64_t count = 0;
    region.walk([&](Operation *) { ++count; });
    return count;
  }

  bool afford(uint64_t ops) {
    if (ops > left)
      return false;
    left -= ops;
    return true;
  }

  Operation *root;
  InlinerInterface inliner;
  InlinerConfig config;
  SymbolTableCollection symbols;
  llvm::SmallPtrSet<Operation *, 8> visited, active;
  SmallVector<Operation *> expanded;
  uint64_t left = kMaxOps;
};

} // namespace

//===----------------------------------------------------------------------===//
// Executions
//===----------------------------------------------------------------------===//

/// The operands that lead from a value to one that it is computed from, by as
/// few ops as there can be between.
static SmallVector<unsigned> findPath(Value from, Value to) {
  struct Step {
    Value user;
    unsigned operand;
  };
  llvm::DenseMap<Value, Step> reached = {{from, Step()}};
  SmallVector<Value> open = {from};
  for (size_t i = 0; !reached.contains(to); ++i) {
    assert(i < open.size() && "a site is a function of its leaf");
    if (Operation *op = open[i].getDefiningOp())
      for (OpOperand &operand : op->getOpOperands())
        if (reached
                .try_emplace(operand.get(),
                             Step{open[i], operand.getOperandNumber()})
                .second)
          open.push_back(operand.get());
  }
  SmallVector<unsigned> path;
  for (; to != from; to = reached.lookup(to).user)
    path.push_back(reached.lookup(to).operand);
  std::reverse(path.begin(), path.end());
  return path;
}

static constexpr llvm::StringLiteral kLayerName = "act.layer";

ExpandedProgram::ExpandedProgram(Operation *root, ArrayRef<Layer> layers)
    : program(root) {
  if (Expander::hasWork(root))
    expand(layers);
  else
    for (auto [index, layer] : llvm::enumerate(layers))
      all.push_back({unsigned(index), layer.site});
  ofLayer.resize(layers.size());
  for (auto [index, execution] : llvm::enumerate(all))
    ofLayer[execution.layer].push_back(index);
}

/// Each copy of an op of a layer is a site, the same function of the value in
/// the place of the leaf: numbers of the program are numbers in each execution.
void ExpandedProgram::expand(ArrayRef<Layer> layers) {
  IRMapping mapping;
  copy = program->clone(mapping);
  program = copy.get();
  Builder builder(program->getContext());
  std::vector<SmallVector<unsigned>> paths(layers.size());
  for (auto [index, layer] : llvm::enumerate(layers)) {
    mapping.lookup(layer.site.op)
        ->setDiscardableAttr(kLayerName, builder.getI64IntegerAttr(index));
    paths[index] = findPath(layer.site.root(), layer.site.leaf);
  }
  Expander expander(program);
  program->walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto tag = op->getAttrOfType<IntegerAttr>(kLayerName);
    if (!tag)
      return;
    LayerExecution execution{unsigned(tag.getInt()), layers[tag.getInt()].site};
    execution.site.op = op;
    execution.site.leaf = execution.site.root();
    for (unsigned operand : paths[execution.layer])
      execution.site.leaf =
          execution.site.leaf.getDefiningOp()->getOperand(operand);
    all.push_back(std::move(execution));
  });
}

std::vector<const ActivationSite *> ExpandedProgram::sites() const {
  std::vector<const ActivationSite *> sites;
  for (const LayerExecution &execution : all)
    sites.push_back(&execution.site);
  return sites;
}

std::vector<UnitSummary> ExpandedProgram::summarize(
    unsigned layer,
    llvm::function_ref<Bounds(unsigned execution)> bounds) const {
  std::vector<UnitSummary> result;
  for (unsigned index : ofLayer[layer]) {
    std::vector<UnitSummary> one =
        act::summarize(all[index].site, bounds(index));
    if (result.empty())
      result = std::move(one);
    else
      for (auto [summary, other] : llvm::zip(result, one))
        summary.add(other);
  }
  return result;
}

} // namespace act

//===- ValueBounds.cpp - The bounds of every value of a program -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/ValueBounds.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/Analysis/Domains.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Analysis/DataFlow/ConstantPropagationAnalysis.h"
#include "mlir/Analysis/DataFlow/DeadCodeAnalysis.h"
#include "mlir/Analysis/DataFlow/SparseAnalysis.h"
#include "mlir/Analysis/DataFlow/Utils.h"
#include "mlir/Analysis/DataFlowFramework.h"
#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

namespace act {

//===----------------------------------------------------------------------===//
// The data-flow analysis
//===----------------------------------------------------------------------===//

namespace {

/// What is known of a value, for each of the boxes of arguments.
class BoundsLattice : public dataflow::AbstractSparseLattice {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(BoundsLattice)
  using AbstractSparseLattice::AbstractSparseLattice;

  Bounds of(size_t box) const {
    return box < entries.size() ? entries[box].bounds : Bounds();
  }

  ChangeResult join(size_t box, const Bounds &next) {
    entries.resize(std::max(entries.size(), box + 1));
    Bounds &bounds = entries[box].bounds;
    Bounds joined = Bounds::join(bounds, next);
    if (joined == bounds)
      return ChangeResult::NoChange;
    bounds = std::move(joined);
    return ChangeResult::Change;
  }

  ChangeResult join(const AbstractSparseLattice &other) override {
    const auto &others = static_cast<const BoundsLattice &>(other).entries;
    ChangeResult result = ChangeResult::NoChange;
    for (size_t box = 0; box < others.size(); ++box)
      result |= widen(box, others[box].bounds);
    return result;
  }

  void print(raw_ostream &os) const override {
    llvm::interleave(
        entries, os, [&](const Entry &entry) { entry.bounds.print(os); }, "; ");
  }

private:
  struct Entry {
    Bounds bounds;
    unsigned updates = 0;
  };

  /// In a loop that lets a bound grow without end, the growing stops at top.
  ChangeResult widen(size_t box, const Bounds &next) {
    constexpr unsigned kLimit = 16;
    ChangeResult result = join(box, next);
    // What was widened may be at top by now: it has changed all the same.
    if (result == ChangeResult::Change && ++entries[box].updates > kLimit)
      result |= join(box, Bounds::top());
    return result;
  }

  std::vector<Entry> entries;
};

class BoundsAnalysis
    : public dataflow::SparseForwardDataFlowAnalysis<BoundsLattice> {
public:
  BoundsAnalysis(DataFlowSolver &solver, ArrayRef<ArgumentBounds> boxes,
                 Semantics semantics, BoundsDetail detail)
      : SparseForwardDataFlowAnalysis(solver), boxes(boxes),
        semantics(semantics), detail(detail) {}

  LogicalResult initialize(Operation *top) override {
    if (failed(SparseForwardDataFlowAnalysis::initialize(top)))
      return failure();
    top->walk([&](RegionBranchOpInterface op) {
      if (!isLeftByBranches(op))
        for (Value result : op->getResults())
          setUnknown(result);
    });
    for (FunctionOpInterface function : referencedFunctions(top))
      for (BlockArgument argument : function.getArguments())
        setUnknown(argument);
    return success();
  }

  LogicalResult visitOperation(Operation *op,
                               ArrayRef<const BoundsLattice *> operands,
                               ArrayRef<BoundsLattice *> results) override {
    // The body of a structured op is read as a formula, not walked.
    if (op->getParentOfType<linalg::LinalgOp>()) {
      setAllToEntryStates(results);
      return success();
    }
    std::vector<SmallVector<Bounds>> known(boxes.size());
    for (size_t box = 0; box < boxes.size(); ++box)
      for (const BoundsLattice *operand : operands) {
        known[box].push_back(operand->of(box));
        // What reaches one box reaches all.
        if (known[box].back().isBottom())
          return success();
      }
    for (auto [box, bounds] : llvm::enumerate(boundsOf(op, known)))
      for (auto [result, each] : llvm::zip(results, bounds))
        propagateIfChanged(result, result->join(box, each));
    return success();
  }

  /// Where anyone may call a function, its arguments are those of its domain,
  /// and what the program itself calls it with.
  void visitCallableOperation(
      CallableOpInterface callable,
      ArrayRef<dataflow::AbstractSparseLattice *> arguments) override {
    SparseForwardDataFlowAnalysis::visitCallableOperation(callable, arguments);
    Block *entry = &callable.getCallableRegion()->front();
    const auto *calls = getOrCreateFor<dataflow::PredecessorState>(
        getProgramPointBefore(entry), getProgramPointAfter(callable));
    if (calls->allPredecessorsKnown())
      return;
    for (Operation *call : calls->getKnownPredecessors())
      for (auto [argument, operand] :
           llvm::zip(arguments, cast<CallOpInterface>(call).getArgOperands()))
        join(argument,
             *getLatticeElementFor(getProgramPointBefore(entry), operand));
  }

  void setToEntryState(BoundsLattice *lattice) override {
    Value value = lattice->getAnchor();
    for (auto [box, arguments] : llvm::enumerate(boxes)) {
      auto domain = arguments.find(value);
      Bounds bounds = domain != arguments.end()   ? domain->second
                      : isFunctionArgument(value) ? Bounds::splat(Element())
                                                  : Bounds::top();
      propagateIfChanged(lattice, lattice->join(box, bounds));
    }
  }

private:
  /// Whether the solver sees what the regions of `op` give its results: not
  /// where they end as those of scf.forall, whose results nothing else sets.
  static bool isLeftByBranches(RegionBranchOpInterface op) {
    return llvm::all_of(op->getRegions(), [](Region &region) {
      return llvm::any_of(region, [](Block &block) {
        return block.mightHaveTerminator() &&
               isa<RegionBranchTerminatorOpInterface>(block.getTerminator());
      });
    });
  }

  /// Also as a constant, which what yields it waits for.
  void setUnknown(Value value) {
    using Constant = dataflow::Lattice<dataflow::ConstantValue>;
    BoundsLattice *lattice = getLatticeElement(value);
    for (size_t box = 0; box < boxes.size(); ++box)
      propagateIfChanged(lattice, lattice->join(box, Bounds::top()));
    auto *constant = getOrCreate<Constant>(value);
    propagateIfChanged(
        constant,
        constant->join(dataflow::ConstantValue::getUnknownConstant()));
  }

  static bool isFunctionArgument(Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    return argument && argument.getOwner()->isEntryBlock() &&
           isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
  }

  std::vector<SmallVector<Bounds>>
  boundsOf(Operation *op, ArrayRef<SmallVector<Bounds>> operands) {
    if (detail != BoundsDetail::Numbers)
      return inferBounds(op, operands, semantics, [&](Value value, size_t box) {
        // Asked again when these change.
        return getLatticeElementFor(getProgramPointAfter(op), value)->of(box);
      });
    std::vector<SmallVector<Bounds>> results(operands.size());
    for (auto [known, bounds] : llvm::zip_equal(operands, results))
      for (const Transfer &transfer : transferOf(op, known, semantics))
        bounds.push_back(transfer.loops && !isUniform(*transfer.loops)
                             ? Bounds::top()
                             : transfer.evaluate(semantics));
    return results;
  }

  ArrayRef<ArgumentBounds> boxes;
  Semantics semantics;
  BoundsDetail detail;
};

} // namespace

/// Solved for all boxes at once.
static std::shared_ptr<DataFlowSolver> solve(Operation *root,
                                             ArrayRef<ArgumentBounds> boxes,
                                             Semantics semantics,
                                             BoundsDetail detail) {
  auto solver = std::make_shared<DataFlowSolver>();
  // Without these two nothing counts as executable, and all stays bottom.
  dataflow::loadBaselineAnalyses(*solver);
  solver->load<BoundsAnalysis>(boxes, semantics, detail);
  // Fails only if an analysis does; none of these can.
  [[maybe_unused]] LogicalResult solved = solver->initializeAndRun(root);
  assert(succeeded(solved) && "data-flow analyses do not fail");
  return solver;
}

ValueBounds::ValueBounds(Operation *root, const ArgumentBounds &arguments,
                         Semantics semantics, BoundsDetail detail)
    : solver(solve(root, arguments, semantics, detail)) {}

std::vector<ValueBounds> ValueBounds::ofBoxes(Operation *root,
                                              ArrayRef<ArgumentBounds> boxes,
                                              Semantics semantics) {
  std::shared_ptr<DataFlowSolver> solver =
      solve(root, boxes, semantics, BoundsDetail::Elements);
  std::vector<ValueBounds> all;
  for (size_t box = 0; box < boxes.size(); ++box)
    all.push_back(ValueBounds(solver, box));
  return all;
}

Bounds ValueBounds::lookup(Value value) const {
  const auto *lattice = solver->lookupState<BoundsLattice>(value);
  return lattice ? lattice->of(box) : Bounds();
}

//===----------------------------------------------------------------------===//
// Weights that are there
//===----------------------------------------------------------------------===//

static LogicalResult verifyWeight(Operation *op,
                                  DenseResourceElementsAttr weight) {
  StringRef key = weight.getRawHandle().getKey();
  AsmResourceBlob *blob = weight.getRawHandle().getBlob();
  if (!blob)
    return op->emitError() << "expected weights, got dense_resource<" << key
                           << "> without data; print the program with its "
                              "resources (no --mlir-elide-elementsattrs)";
  std::optional<Format> format = formatOf(weight.getElementType());
  if (!format)
    return success();
  uint64_t expected =
      weight.size() * (weight.getElementType().getIntOrFloatBitWidth() / 8);
  if (blob->getData().size() == expected)
    return success();
  return op->emitError() << "expected " << expected
                         << " bytes of weights in dense_resource<" << key
                         << ">, got " << blob->getData().size();
}

LogicalResult verifyWeights(Operation *root) {
  bool valid = true;
  root->walk([&](Operation *op) {
    for (NamedAttribute attribute : op->getAttrs())
      if (auto weight =
              dyn_cast<DenseResourceElementsAttr>(attribute.getValue()))
        valid &= succeeded(verifyWeight(op, weight));
  });
  return success(valid);
}

} // namespace act

//===- ValueBounds.cpp - The bounds of every value of a program -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/ValueBounds.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/FloatFormat.h"
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

class BoundsLattice : public dataflow::Lattice<Bounds> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(BoundsLattice)
  using Lattice::Lattice;

  /// In a loop that lets a bound grow without end, the growing stops at top.
  ChangeResult widen(const Bounds &next) {
    constexpr unsigned kLimit = 16;
    if (++updates > kLimit)
      return Lattice::join(Bounds::top());
    return Lattice::join(next);
  }
  ChangeResult join(const AbstractSparseLattice &other) override {
    const Bounds &next = static_cast<const BoundsLattice &>(other).getValue();
    Bounds joined = Bounds::join(getValue(), next);
    return joined == getValue() ? ChangeResult::NoChange : widen(next);
  }
  using Lattice::join;

private:
  unsigned updates = 0;
};

class BoundsAnalysis
    : public dataflow::SparseForwardDataFlowAnalysis<BoundsLattice> {
public:
  BoundsAnalysis(DataFlowSolver &solver, const ArgumentBounds &arguments,
                 Semantics semantics, BoundsDetail detail)
      : SparseForwardDataFlowAnalysis(solver), arguments(arguments),
        semantics(semantics), detail(detail) {}

  LogicalResult visitOperation(Operation *op,
                               ArrayRef<const BoundsLattice *> operands,
                               ArrayRef<BoundsLattice *> results) override {
    // The body of a structured op is read as a formula, not walked.
    if (op->getParentOfType<linalg::LinalgOp>()) {
      setAllToEntryStates(results);
      return success();
    }
    SmallVector<Bounds> known;
    for (const BoundsLattice *operand : operands) {
      if (operand->getValue().isBottom())
        return success();
      known.push_back(operand->getValue());
    }
    for (auto [result, bounds] : llvm::zip(results, boundsOf(op, known)))
      propagateIfChanged(result, result->join(bounds));
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
    auto domain = arguments.find(value);
    propagateIfChanged(lattice,
                       lattice->join(domain != arguments.end() ? domain->second
                                     : isFunctionArgument(value)
                                         ? Bounds::splat(Element())
                                         : Bounds::top()));
  }

private:
  static bool isFunctionArgument(Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    return argument && argument.getOwner()->isEntryBlock() &&
           isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
  }

  SmallVector<Bounds> boundsOf(Operation *op, ArrayRef<Bounds> operands) {
    if (detail != BoundsDetail::Numbers)
      return inferBounds(op, operands, semantics, [&](Value value) {
        // Asked again when these change.
        return getLatticeElementFor(getProgramPointAfter(op), value)
            ->getValue();
      });
    SmallVector<Bounds> results;
    for (const Transfer &transfer : transferOf(op, operands, semantics))
      results.push_back(transfer.loops && !isUniform(*transfer.loops)
                            ? Bounds::top()
                            : transfer.evaluate(semantics));
    return results;
  }

  const ArgumentBounds &arguments;
  Semantics semantics;
  BoundsDetail detail;
};

} // namespace

ValueBounds::ValueBounds(Operation *root, const ArgumentBounds &arguments,
                         Semantics semantics, BoundsDetail detail)
    : solver(std::make_unique<DataFlowSolver>()) {
  // Without these two nothing counts as executable, and all stays bottom.
  dataflow::loadBaselineAnalyses(*solver);
  solver->load<BoundsAnalysis>(arguments, semantics, detail);
  // Fails only if an analysis does; none of these can.
  [[maybe_unused]] LogicalResult solved = solver->initializeAndRun(root);
  assert(succeeded(solved) && "data-flow analyses do not fail");
}

ValueBounds::~ValueBounds() = default;

Bounds ValueBounds::lookup(Value value) const {
  const auto *lattice = solver->lookupState<BoundsLattice>(value);
  return lattice ? lattice->getValue() : Bounds();
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

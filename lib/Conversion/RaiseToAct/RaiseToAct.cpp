//===- RaiseToAct.cpp - Activations recognized by what they compute -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops of each block are tried from the last to the first as the end of a
// chain, the longest chain first, so that an activation is found before its
// parts.
//
//===----------------------------------------------------------------------===//

#include "Chains.h"
#include "RaiseRemarks.h"
#include "RecordMatcher.h"
#include "Rows.h"
#include "SpecialValues.h"
#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/Record.h"
#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace act {
#define GEN_PASS_DEF_RAISETOACT
#include "act/Conversion/Passes.h.inc"

namespace {

/// Raises the activations below one op.
class Raiser {
public:
  Raiser(MLIRContext *context, bool ignoreNaN)
      : matcher(context), ignoreNaN(ignoreNaN) {}

  void raiseIn(Block &block);

private:
  /// Each raises what ends in `root` if it can, and returns whether it did.
  bool raiseNamed(Operation *root);
  bool raiseRows(Operation *root);
  bool raiseChain(Operation *root);

  void replace(Operation *root, Operation *activation);

  RecordMatcher matcher;
  bool ignoreNaN;
  /// Dead ops of the block at hand. They are freed when it is done, so that no
  /// new op has the address of one.
  llvm::SetVector<Operation *> erased;
  llvm::DenseSet<Operation *> blamed; ///< reductions told of in a remark
};

/// Whether activations have the type.
bool isRaisable(Type type) {
  return formatOf(type) && isa<FloatType, VectorType, RankedTensorType>(type);
}

void Raiser::raiseIn(Block &block) {
  SmallVector<Operation *> roots;
  for (Operation &op : llvm::reverse(block))
    if (isa<ScalarFunctionOpInterface, linalg::SoftmaxOp>(op) &&
        op.getNumResults() == 1 && isRaisable(op.getResult(0).getType()))
      roots.push_back(&op);
  blamed.clear();
  for (Operation *root : roots)
    if (!erased.contains(root))
      raiseNamed(root) || raiseRows(root) || raiseChain(root);
  for (Operation *op : erased)
    op->erase();
  erased.clear();
}

bool Raiser::raiseNamed(Operation *root) {
  auto softmax = dyn_cast<linalg::SoftmaxOp>(root);
  if (!softmax)
    return false;
  RowMatch match{plainRowRecord(root->getContext(), RowForm::Probability),
                 softmax.getInput(),
                 static_cast<unsigned>(softmax.getDimension())};
  if (!match.record || match.x.getType() != root->getResult(0).getType())
    return false;
  remarkRaised(root, match);
  OpBuilder builder(root);
  replace(root, createRowwise(builder, root->getLoc(), *match.record, match.x,
                              match.axis));
  return true;
}

bool Raiser::raiseRows(Operation *root) {
  RowRecognition found = recognizeRows(root);
  if (!found.match) {
    // All that uses a reduction fails with it.
    if (found.blamed && blamed.insert(found.blamed).second)
      remarkRefused(root, found.whyNot);
    return false;
  }
  remarkRaised(root, *found.match);
  OpBuilder builder(root);
  replace(root, createRowwise(builder, root->getLoc(), *found.match->record,
                              found.match->x, found.match->axis));
  return true;
}

bool Raiser::raiseChain(Operation *root) {
  Format format = *formatOf(root->getResult(0).getType());
  std::optional<Resemblance> nearMiss;
  for (const Chain &chain : chainsEndingAt(root)) {
    // An activation is what it is.
    if (chain.ops.size() == 1 && isa<ActivationOpInterface>(root))
      continue;
    std::optional<Expression> formula =
        ScalarReader(chain.leaf).read(root->getResult(0));
    if (!formula)
      continue;
    const Recognition &found = matcher.recognize(*formula, format);
    if (!nearMiss)
      nearMiss = found.nearMiss;
    if (!found.match)
      continue;
    std::optional<std::string> refusal = whyNaNDiffers(chain);
    if (refusal && !ignoreNaN) {
      remarkRefused(chain, found.match->match, *refusal);
      return false;
    }
    remarkRaised(chain, *found.match, format);
    const auto &[record, parameters] = found.match->match;
    OpBuilder builder(root);
    replace(root, createActivation(builder, root->getLoc(), *record, chain.leaf,
                                   parameters));
    return true;
  }
  if (nearMiss)
    remarkNear(root, *nearMiss, format);
  return false;
}

/// Replaces `root` and erases what nothing uses any more.
void Raiser::replace(Operation *root, Operation *activation) {
  root->getResult(0).replaceAllUsesWith(activation->getResult(0));
  SmallVector<Operation *> unused{root};
  while (!unused.empty()) {
    Operation *op = unused.pop_back_val();
    if (erased.contains(op) || !isOpTriviallyDead(op))
      continue;
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (Operation *producer = operand.getDefiningOp();
            producer && !op->isAncestor(producer))
          unused.push_back(producer);
    });
    erased.insert(op);
    op->dropAllReferences();
  }
}

/// A named linalg op implies its body: nothing in it can be replaced.
bool hasImpliedBody(Operation *op) {
  return isa<linalg::LinalgOp>(op) &&
         !isa<linalg::GenericOp, linalg::MapOp, linalg::ReduceOp>(op);
}

struct RaiseToActPass : impl::RaiseToActBase<RaiseToActPass> {
  using RaiseToActBase::RaiseToActBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    RaiseToActBase::getDependentDialects(registry);
    registerScalarFunctions(registry);
  }

  void runOnOperation() override {
    Raiser raiser(&getContext(), ignoreNaN);
    getOperation()->walk<WalkOrder::PreOrder>([&](Block *block) {
      if (!hasImpliedBody(block->getParentOp()) &&
          mayHaveSSADominance(*block->getParent()))
        raiser.raiseIn(*block);
    });
  }
};

} // namespace

} // namespace act

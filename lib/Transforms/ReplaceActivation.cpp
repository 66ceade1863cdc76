//===- ReplaceActivation.cpp - Another activation in a relu's place -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReplaceActivation.h"
#include "NarrowDimension.h"
#include "act/Formula/Canonical.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;

namespace act {

bool isRelu(const ActivationSite &site) {
  return canonicalize(site.function->expression()) ==
         canonicalize(max(Expression::variable(0), 0.0));
}

std::optional<RecordMatch> findLeaky(MLIRContext *context, double slope) {
  Expression x = Expression::variable(0);
  return RecordTable(context).find(
      canonicalize(where(x > 0.0, x, Expression(slope) * x)));
}

FailureOr<RecordMatch> findLively(Operation *root, StringRef name) {
  name.consume_front("act.");
  RecordTable table(root->getContext());
  const auto *found = llvm::find_if(table.records(), [&](const Record *record) {
    return record->opName.split('.').second == name;
  });
  if (found == table.records().end())
    return emitError(root->getLoc(),
                     "expected the name of an activation of one "
                     "variable, got '")
           << name << "'";
  RecordMatch match{*found, {}};
  for (const Parameter &parameter : match.record->parameters) {
    if (!parameter.defaultValue)
      return emitError(root->getLoc(),
                       "expected an activation whose parameters have "
                       "defaults, got '")
             << name << "' with " << parameter.name;
    match.parameters.push_back(*parameter.defaultValue);
  }
  Expression formula = instantiate(*match.record, match.parameters);
  std::vector<DeadInterval> zones = deadZone(formula, match.record->kinkSides);
  if (!zones.empty())
    return emitError(root->getLoc(),
                     "expected an activation with a gradient everywhere, "
                     "got '")
           << name << "', which has none on " << str(zones);
  return match;
}

void replaceActivation(RewriterBase &rewriter, const ActivationSite &site,
                       const RecordMatch &activation) {
  Operation *op = site.op;
  OpBuilder::InsertionGuard guard(rewriter);
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  Operation *last = structured ? structured.getBlock()->getTerminator() : op;
  rewriter.setInsertionPoint(last);
  Value result = createActivation(rewriter, op->getLoc(), *activation.record,
                                  site.leaf, activation.parameters)
                     ->getResult(0);
  if (!structured) {
    rewriter.replaceAllUsesWith(op->getResult(0), result);
    eraseUnused(rewriter, op);
    return;
  }
  Operation *before = last->getOperand(0).getDefiningOp();
  rewriter.modifyOpInPlace(last, [&] { last->setOperand(0, result); });
  eraseUnused(rewriter, before);
}

} // namespace act

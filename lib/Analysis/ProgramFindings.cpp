//===- ProgramFindings.cpp - What a program leaves unknown ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/Act.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

void diagnoseDomains(Operation *root, const ArgumentBounds &domains,
                     ArrayRef<Layer> layers, std::vector<Finding> &findings) {
  for (FunctionOpInterface function : entryFunctions(root)) {
    bool hasLayers = llvm::any_of(layers, [&](const Layer &layer) {
      return function->isAncestor(layer.site.op) && !layer.units.empty();
    });
    if (!hasLayers)
      continue;
    for (BlockArgument argument : function.getArguments()) {
      auto domain = domains.find(argument);
      bool isBounded = domain != domains.end() && domain->second.size() > 0 &&
                       domain->second.hull().range.isBounded();
      if (isBounded || !formatOf(argument.getType()))
        continue;
      Finding finding;
      finding.code = "DR011";
      finding.level = Level::Warning;
      finding.op = function;
      unsigned number = argument.getArgNumber();
      finding.message =
          llvm::formatv("argument {0} of '{1}' has {2} domain: nothing can be "
                        "proved about what depends on it",
                        number, function.getName(),
                        domain == domains.end() ? "no" : "an unbounded");
      finding.evidence = "the function's signature";
      finding.subject = llvm::formatv("argument {0}", number);
      finding.fixes.push_back(
          {llvm::formatv("give its domain as --domain='{0}:[lo,hi]' or as "
                         "attribute {1} = #act.box<[lo], [hi]>",
                         number, kDomainAttrName),
           true});
      findings.push_back(std::move(finding));
    }
  }
}

/// The first of some ops, and how many they are.
using FirstAndCount = std::pair<Operation *, unsigned>;

static Finding unknownFinding(FirstAndCount ops, std::string subject,
                              std::string what, StringRef consequence,
                              StringRef evidence, StringRef fix) {
  Finding finding;
  finding.code = "DR015";
  finding.level = Level::Note;
  finding.op = ops.first;
  finding.subject = std::move(subject);
  finding.message =
      llvm::formatv("nothing is known of {0} ({1} {2}): {3}", what, ops.second,
                    ops.second == 1 ? "op" : "ops", consequence);
  finding.evidence = evidence.str();
  finding.fixes.push_back({fix.str(), true});
  return finding;
}

/// Names the formats whose activations are no layers.
static void diagnoseUnknownFormats(Operation *root,
                                   std::vector<Finding> &findings) {
  llvm::MapVector<Type, FirstAndCount> unknown;
  root->walk([&](Operation *op) {
    if (!isa<ScalarFunctionOpInterface>(op) || op->getNumResults() != 1 ||
        matchPattern(op, m_Constant()))
      return;
    Type type = getElementTypeOrSelf(op->getResult(0).getType());
    if (isa<FloatType>(type) && !formatOf(type))
      ++unknown.try_emplace(type, std::pair(op, 0u)).first->second.second;
  });
  for (auto &[type, where] : unknown)
    findings.push_back(unknownFinding(
        where, llvm::formatv("{0}", type),
        llvm::formatv("functions of {0}", type),
        "their units are not judged, and what depends on them stays unknown",
        "formats that are judged: f16, bf16, f32, f64",
        "judge the network before its numbers are narrowed"));
}

void diagnoseUnknownOps(Operation *root, ArrayRef<Layer> layers,
                        std::vector<Finding> &findings) {
  diagnoseUnknownFormats(root, findings);
  llvm::MapVector<StringRef, FirstAndCount> unknown;
  if (layers.empty())
    return;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    // The body of a structured op is read as a formula.
    if (isa<linalg::LinalgOp>(op))
      return WalkResult::skip();
    bool isFlow =
        isa<CallOpInterface, RegionBranchOpInterface, BranchOpInterface>(op);
    // What takes sizes alone leaves its elements open.
    auto isSize = [](Type type) { return type.isIndex(); };
    bool computes = !llvm::all_of(op->getOperandTypes(), isSize) &&
                    llvm::any_of(op->getResultTypes(), [](Type type) {
                      return formatOf(type).has_value();
                    });
    if (!isFlow && computes && !hasTransfer(op)) {
      auto [entry, isNew] =
          unknown.try_emplace(op->getName().getStringRef(), std::pair(op, 0u));
      ++entry->second.second;
    }
    return WalkResult::advance();
  });
  for (auto &[opName, where] : unknown)
    findings.push_back(unknownFinding(
        where, opName.str(), llvm::formatv("what '{0}' computes", opName),
        "units that depend on it stay unknown",
        "the op has no BoundsOpInterface and no formula",
        "lower the op to linalg, arith or math, or attach an external model "
        "of BoundsOpInterface"));
}

} // namespace act

//===- Suppressions.cpp - Findings that the program marks -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Suppressions.h"
#include "act/Analysis/Rules.h"
#include "act/IR/Act.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

static constexpr llvm::StringLiteral kUnusedCode = "DR013";

FailureOr<Suppressions> Suppressions::collect(Operation *root) {
  Suppressions result;
  WalkResult walked = root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto reasons = op->getAttrOfType<DictionaryAttr>(kSuppressAttrName);
    if (!reasons)
      return WalkResult::advance();
    for (NamedAttribute entry : reasons) {
      StringRef code = entry.getName().getValue();
      if (!findRule(code)) {
        op->emitError() << "expected a code from " << rules().front().code
                        << " to " << rules().back().code << " in '"
                        << kSuppressAttrName << "', got '" << code << "'";
        return WalkResult::interrupt();
      }
      // The verifier has seen that it is a string.
      StringRef reason = cast<StringAttr>(entry.getValue()).getValue();
      result.at[op].push_back(result.entries.size());
      result.entries.push_back({op, code, reason});
    }
    return WalkResult::advance();
  });
  if (walked.wasInterrupted())
    return failure();
  return result;
}

void Suppressions::suppress(Finding &finding) {
  for (Operation *op = finding.op; op; op = op->getParentOp())
    for (unsigned index : at.lookup(op)) {
      Entry &entry = entries[index];
      if (entry.code != finding.code)
        continue;
      entry.isUsed = true;
      finding.suppression = {Suppression::Origin::Source, entry.reason.str()};
      return;
    }
}

void Suppressions::reportUnused(bool aboutUnused,
                                std::vector<Finding> &findings) {
  for (const Entry &entry : entries) {
    if (entry.isUsed || (entry.code == kUnusedCode) != aboutUnused)
      continue;
    Finding finding;
    finding.code = kUnusedCode.data();
    finding.level = Level::Warning;
    finding.op = entry.op;
    finding.message = llvm::formatv(
        "unused suppression: {0} is not found here or inside", entry.code);
    finding.evidence = "all findings were compared";
    finding.subject = entry.code.str();
    finding.fixes.push_back(
        {llvm::formatv("remove {0} from '{1}'", entry.code, kSuppressAttrName),
         true});
    findings.push_back(std::move(finding));
  }
}

void Suppressions::apply(std::vector<Finding> &findings) {
  if (entries.empty())
    return;
  for (Finding &finding : findings)
    suppress(finding);
  size_t first = findings.size();
  reportUnused(/*aboutUnused=*/false, findings);
  for (Finding &finding : llvm::MutableArrayRef(findings).drop_front(first))
    suppress(finding);
  reportUnused(/*aboutUnused=*/true, findings);
}

} // namespace act

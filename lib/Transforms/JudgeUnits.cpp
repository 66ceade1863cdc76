//===- JudgeUnits.cpp - Verdicts for passes that rewrite layers -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "JudgeUnits.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/Act.h"
#include "act/IR/ScalarModels.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace act {

void registerVerdictDialects(DialectRegistry &registry) {
  registry.insert<ActDialect, arith::ArithDialect>();
  registerScalarFunctions(registry);
  registerBoundsModels(registry);
}

FailureOr<DeadUnitTable> judgeUnits(Operation *root,
                                    ArrayRef<std::string> domains,
                                    uint64_t budget, Semantics semantics) {
  DeadUnitOptions options;
  options.budget = budget;
  options.semantics = semantics;
  llvm::Expected<std::vector<DomainText>> parsed = parseDomains(domains);
  if (!parsed)
    return emitError(root->getLoc(), llvm::toString(parsed.takeError()));
  options.domains = std::move(*parsed);
  return findDeadUnits(root, options);
}

std::string listUnits(const llvm::SmallBitVector &units) {
  std::string text = units.count() == 1 ? "unit " : "units ";
  llvm::raw_string_ostream os(text);
  unsigned shown = 0;
  for (unsigned unit : units.set_bits()) {
    if (shown == kListedUnits) {
      os << ", and " << units.count() - kListedUnits << " more";
      break;
    }
    os << (shown++ ? ", " : "") << unit;
  }
  return text;
}

} // namespace act

//===- FindDeadUnits.cpp - Report units that can never fire ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/BoundsOpInterface.h"
#include "act/Analysis/DeadUnits.h"
#include "act/Analysis/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/ScalarModels.h"

namespace act {
#define GEN_PASS_DEF_ACTFINDDEADUNITS
#include "act/Analysis/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace act {
namespace {

InFlightDiagnostic emit(const Finding &finding) {
  switch (finding.level) {
  case Level::Error:
    return finding.op->emitError();
  case Level::Warning:
    return finding.op->emitWarning();
  case Level::Note:
    return finding.op->emitRemark();
  }
  llvm_unreachable("unknown level");
}

struct FindDeadUnits : impl::ActFindDeadUnitsBase<FindDeadUnits> {
  using ActFindDeadUnitsBase::ActFindDeadUnitsBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<ActDialect>();
    registerScalarFunctions(registry);
    registerBoundsModels(registry);
  }

  void runOnOperation() override {
    markAllAnalysesPreserved();
    DeadUnitOptions options;
    options.semantics = semantics;
    options.budget = budget;
    llvm::Expected<std::vector<DomainText>> parsed = parseDomains(domains);
    if (!parsed) {
      getOperation()->emitError(llvm::toString(parsed.takeError()));
      return signalPassFailure();
    }
    options.domains = std::move(*parsed);
    FailureOr<DeadUnitTable> table = findDeadUnits(getOperation(), options);
    if (failed(table))
      return signalPassFailure();
    for (const Finding &finding : table->findings) {
      if (finding.suppression)
        continue;
      InFlightDiagnostic diagnostic = emit(finding);
      diagnostic << finding.code << ": " << finding.message;
      for (const Fix &fix : finding.fixes)
        diagnostic.attachNote() << fix.description;
      if (finding.level == Level::Error)
        signalPassFailure();
    }
  }
};

} // namespace
} // namespace act

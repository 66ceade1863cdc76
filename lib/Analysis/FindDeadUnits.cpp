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
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace act {
#define GEN_PASS_DEF_ACTFINDDEADUNITS
#include "act/Analysis/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace act {
namespace {

/// At the op and without it, which may hold megabytes of weights.
InFlightDiagnostic emit(const Finding &finding) {
  Location loc = finding.op->getLoc();
  switch (finding.level) {
  case Level::Error:
    return mlir::emitError(loc);
  case Level::Warning:
    return mlir::emitWarning(loc);
  case Level::Note:
    return mlir::emitRemark(loc);
  }
  llvm_unreachable("unknown level");
}

/// The same through the engine of remarks: missed is what could be changed
/// without loss, the rest is analysis.
void emitRemark(const Finding &finding, StringRef pass) {
  remark::RemarkOpts options =
      remark::RemarkOpts::name(finding.code).category(pass);
  auto function = dyn_cast<FunctionOpInterface>(finding.op);
  if (!function)
    function = finding.op->getParentOfType<FunctionOpInterface>();
  if (function)
    options = options.function(function.getName());
  bool isMissed =
      llvm::any_of(finding.fixes, [](const Fix &fix) { return fix.isSafe; });
  Location loc = finding.op->getLoc();
  remark::detail::InFlightRemark remark =
      isMissed ? remark::missed(loc, options) : remark::analysis(loc, options);
  if (!remark)
    return;
  remark << remark::add("{0}", finding.message)
         << remark::metric("Level", name(finding.level))
         << remark::reason("{0}", finding.evidence);
  for (const Fix &fix : finding.fixes)
    remark << remark::suggest("{0}", fix.description);
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
      emitError(getOperation()->getLoc(), llvm::toString(parsed.takeError()));
      return signalPassFailure();
    }
    options.domains = std::move(*parsed);
    FailureOr<DeadUnitTable> table = findDeadUnits(getOperation(), options);
    if (failed(table))
      return signalPassFailure();
    for (const Finding &finding : table->findings) {
      if (finding.suppression)
        continue;
      emitRemark(finding, getArgument());
      InFlightDiagnostic diagnostic = emit(finding);
      diagnostic << finding.code << ": " << finding.message;
      if (!finding.cause.empty())
        diagnostic.attachNote() << "because " << finding.cause;
      for (const Fix &fix : finding.fixes)
        diagnostic.attachNote() << fix.description;
      if (finding.level == Level::Error)
        signalPassFailure();
    }
  }
};

} // namespace
} // namespace act

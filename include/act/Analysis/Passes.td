//===- Passes.td - Passes that analyse and change nothing --*- tablegen -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_PASSES_TD
#define ACT_ANALYSIS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ActFindDeadUnits : Pass<"act-find-dead-units"> {
  let summary = "Report units that can never fire";
  let description = [{
    Bounds the pre-activation of every unit over the domain of the inputs and
    reports, at the op of each layer, units that are dead, saturated, stably
    active or poisoned: errors, warnings and remarks, each with its code. The
    program does not change; errors fail the pass.

    Domains are attributes of arguments (`act.domain = #act.box<[-1.0], [1.0]>`)
    or the option `domain`. Codes listed in an op's attribute `act.suppress =
    {DR002 = "the reason"}` are not reported at it and inside it; an entry that
    suppresses nothing is reported.
  }];
  let options = [
    ListOption<"domains", "domain", "std::string",
               "Domain of an argument of the entry function: "
               "ARG:[lo,hi], or ARG:[lo,hi],[lo,hi],... with one interval per "
               "element">,
    Option<"semantics", "semantics", "::act::Semantics",
           "::act::Semantics::Ieee",
           "Which program is judged: as executed, or over the reals",
           [{::llvm::cl::values(
             clEnumValN(::act::Semantics::Ieee, "ieee", "with rounding, any order of summation"),
             clEnumValN(::act::Semantics::Real, "real", "over the reals"))}]>,
    Option<"budget", "budget", "uint64_t",
           "::act::kDefaultBudget",
           "How many parts of the domain, or cases of kinks where the inputs are "
           "more than 16 numbers, may be bounded to settle one unit">,
  ];
}

#endif // ACT_ANALYSIS_PASSES_TD

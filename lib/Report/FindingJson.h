//===- FindingJson.h - Parts of a finding in JSON and SARIF ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_FINDINGJSON_H
#define ACT_LIB_REPORT_FINDINGJSON_H

#include "act/Analysis/DeadUnits.h"
#include "llvm/Support/JSON.h"

namespace act {

/// The attributes "units" and "bounds", their pre-activations' intervals.
void writeUnits(const DeadUnitTable &table, const Finding &finding,
                llvm::json::OStream &json);

/// The attribute "fixes".
void writeFixes(const Finding &finding, llvm::json::OStream &json);

} // namespace act

#endif // ACT_LIB_REPORT_FINDINGJSON_H

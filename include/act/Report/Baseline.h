//===- Baseline.h - Findings that are known already ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A JSON object: version (1), and fingerprints, an object from the fingerprint
// of a finding to what it says. People read the text, programs ignore it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_REPORT_BASELINE_H
#define ACT_REPORT_BASELINE_H

#include "act/Report/DeadUnitReport.h"
#include "llvm/Support/Error.h"
#include <map>

namespace act {

/// From fingerprint to description.
using Baseline = std::map<std::string, std::string>;

llvm::Expected<Baseline> parseBaseline(llvm::StringRef text);

/// Suppresses the findings that `baseline` lists.
void applyBaseline(const Baseline &baseline, DeadUnitReport &report);

/// Lists all findings but those that are suppressed in the source.
void writeBaseline(const DeadUnitReport &report, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_REPORT_BASELINE_H

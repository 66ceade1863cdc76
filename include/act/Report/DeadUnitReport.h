//===- DeadUnitReport.h - The verdict table as text and JSON ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_REPORT_DEADUNITREPORT_H
#define ACT_REPORT_DEADUNITREPORT_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// For people: one line per layer with a bar of its verdicts, then each
/// finding with what, why, how sure and what to do. `file` names the program.
void writeDeadUnitText(const DeadUnitTable &table, llvm::StringRef file,
                       llvm::raw_ostream &os);

/// For programs. One object:
///
///   layers    in order of execution: name, op, location ("file:line:column"),
///             units (their number), and per verdict a list of unit indices
///   findings  code, level ("note", "warning", "error"), layer (a name, or
///             null), message, evidence (method; units; bounds of their
///             pre-activations, with "inf" and "-inf" as strings), fixes
///             (description; safe: keeps what the network computes)
void writeDeadUnitJson(const DeadUnitTable &table, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_REPORT_DEADUNITREPORT_H

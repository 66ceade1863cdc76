//===- DeadUnitReport.h - The verdict table for its readers ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_REPORT_DEADUNITREPORT_H
#define ACT_REPORT_DEADUNITREPORT_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// What all formats say in their own way.
struct DeadUnitReport {
  /// Takes the fingerprints of the findings. `file` names the program.
  DeadUnitReport(DeadUnitTable table, std::string file);

  DeadUnitTable table;
  std::string file;
  /// One for each finding, unique, and the same for as long as the finding is
  /// about the same units of the same layer, wherever in the file that is.
  std::vector<std::string> fingerprints;
  /// Whether every unit that is not proved is listed with its bounds; of a
  /// page some are, whatever this says.
  bool listsUnits = false;
  bool hasBaseline = false;
  /// What the baseline lists and was not found.
  std::vector<std::string> absent;

  size_t countSuppressed(Suppression::Origin origin) const;
  /// Of the findings that are not suppressed.
  size_t count(Level level) const;
};

/// For people: one line per layer with a bar of its verdicts (and one per unit
/// if units are listed), then each
/// finding with what, why, how sure and what to do. Suppressed findings are
/// counted.
void writeDeadUnitText(const DeadUnitReport &report, llvm::raw_ostream &os);

/// For programs. One object:
///
///   layers    in order of execution: name, op, location ("file:line:column"),
///             units (their number), and per verdict a list of unit indices;
///             of an initial network expected_silent_share and, exact, the
///             born_dead_probability of a unit; with normal inputs
///             active_probability, per unit; with samples firings, per unit on
///             how many of them it fires; if units are listed bounds, of the
///             pre-activation of each
///   findings  code, level ("note", "warning", "error"), layer (a name, or
///             null), message, cause (where the bounds do not tell), evidence
///             (method; units; bounds of their pre-activations, with "inf" and
///             "-inf" as strings), fixes (description; safe: keeps what the
///             network computes), fingerprint, suppression (kind: "inSource" or
///             "baseline"; reason; or null)
///   samples   how many there are, if any
///   baseline  absent: fingerprints, with what they stood for, that no finding
///             has any more; or null
void writeDeadUnitJson(const DeadUnitReport &report, llvm::raw_ostream &os);

/// SARIF 2.1.0, for code scanning. What SARIF has no place for stands in the
/// properties of a result, as in JSON: units, bounds, evidence, fixes.
void writeDeadUnitSarif(const DeadUnitReport &report, llvm::raw_ostream &os);

/// For browsers: one page of HTML, which is well-formed XML as well, with
/// charts of the verdicts and bounds of each network and a table of findings.
void writeDeadUnitHtml(const DeadUnitReport &report, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_REPORT_DEADUNITREPORT_H

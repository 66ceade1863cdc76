//===- DeadUnitText.cpp - The verdict table as text -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeadUnitLocation.h"
#include "VerdictWords.h"
#include "act/Report/DeadUnitReport.h"
#include "mlir/IR/Operation.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

/// One character per verdict, in the order of Verdict.
static constexpr char kMarks[kNumVerdicts + 1] = "x=s++!.";
static constexpr const char *kLegend =
    "x dead  s saturated  = stably active  + alive or mixed  ! poisoned  "
    ". unknown";

/// The shares of the verdicts.
static std::string barOf(const Layer &layer) {
  constexpr size_t kWidth = 24;
  std::string marks;
  for (Verdict verdict : verdictsWorstFirst())
    marks.append(layer.indices(verdict).size(), kMarks[unsigned(verdict)]);
  std::string bar;
  for (size_t cell = 0; cell < kWidth && !marks.empty(); ++cell)
    bar += marks[cell * marks.size() / kWidth];
  return bar;
}

/// What is expected of a layer of an initial network.
static std::string initialText(const Layer &layer) {
  std::string text;
  llvm::raw_string_ostream os(text);
  constexpr double kWorthSaying = 1e-6;
  if (layer.bornDead && *layer.bornDead >= kWorthSaying)
    os << "; each born dead with probability "
       << llvm::format("%.3g", *layer.bornDead);
  if (layer.silentShare)
    os << llvm::formatv("; about {0:f0} % silent on {1} inputs",
                        100.0 * *layer.silentShare, kEstimateInputs);
  return text;
}

/// What samples have shown of a layer.
static std::string samplesText(const Layer &layer, size_t numSamples) {
  size_t silent = llvm::count(layer.firings, 0u);
  if (silent == 0)
    return "";
  return llvm::formatv("; {0} silent on {1}", silent,
                       plural(numSamples, "sample"));
}

static std::string intervalText(Interval bounds) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("[%.6g, %.6g]", bounds.lo, bounds.hi);
  return text;
}

static void writeWhy(const DeadUnitTable &table, const Finding &finding,
                     raw_ostream &os) {
  if (!finding.cause.empty())
    os << "    why:      " << finding.cause << '\n';
  if (!finding.cause.empty() || !finding.layer || finding.units.empty())
    return;
  constexpr size_t kShown = 4;
  os << "    why:      pre-activation ";
  llvm::interleaveComma(
      ArrayRef(finding.units).take_front(kShown), os, [&](unsigned unit) {
        os << "of unit " << unit << " in "
           << intervalText(table.layers[*finding.layer].units[unit].bounds);
      });
  if (finding.units.size() > kShown)
    os << ", ...";
  os << '\n';
}

static void writeFinding(const DeadUnitTable &table, const Finding &finding,
                         raw_ostream &os) {
  os << '\n' << name(finding.level) << ' ' << finding.code << ' ';
  if (finding.layer)
    os << table.layers[*finding.layer].name << ' ';
  os << "at " << describe(finding.op->getLoc()) << '\n'
     << "    what:     " << finding.message << '\n';
  writeWhy(table, finding, os);
  os << "    how sure: " << finding.evidence << '\n';
  for (const Fix &fix : finding.fixes)
    os << "    to do:    " << fix.description
       << (fix.isSafe ? "" : " (changes what the network computes)") << '\n';
}

/// The units of a layer that are not proved, with their bounds.
static void writeUnitsOf(const Layer &layer, raw_ostream &os) {
  for (unsigned unit : unitsNotProved(layer))
    os << "    unit " << unit << ' ' << words(layer.units[unit].verdict)
       << ", pre-activation in " << boundsWords(layer.units[unit]) << '\n';
}

static void writeLayers(const DeadUnitReport &report, raw_ostream &os) {
  const DeadUnitTable &table = report.table;
  size_t units = 0, nameWidth = 0, activationWidth = 0;
  for (const Layer &layer : table.layers) {
    units += layer.units.size();
    nameWidth = std::max(nameWidth, layer.name.size());
    activationWidth = std::max(activationWidth, layer.site.activation.size());
  }
  os << report.file << ": " << plural(table.layers.size(), "layer") << ", "
     << plural(units, "unit");
  if (table.numSamples)
    os << ", executed on " << plural(table.numSamples, "sample");
  os << '\n';
  if (units)
    os << "  " << kLegend << '\n';
  for (const Layer &layer : table.layers) {
    os << "  " << llvm::left_justify(layer.name, nameWidth) << "  "
       << llvm::left_justify(layer.site.activation, activationWidth) << "  |"
       << llvm::left_justify(barOf(layer), 24) << "|  " << countsOf(layer)
       << initialText(layer) << samplesText(layer, table.numSamples) << '\n';
    if (report.listsUnits)
      writeUnitsOf(layer, os);
  }
}

static void writeCounts(const DeadUnitReport &report, raw_ostream &os) {
  os << '\n'
     << plural(report.count(Level::Error), "error") << ", "
     << plural(report.count(Level::Warning), "warning") << ", "
     << plural(report.count(Level::Note), "note") << '\n';
  if (size_t count = report.countSuppressed(Suppression::Origin::Source))
    os << plural(count, "finding") << " suppressed in the source\n";
  if (!report.hasBaseline)
    return;
  os << plural(report.countSuppressed(Suppression::Origin::Baseline), "finding")
     << " in the baseline\n";
  for (const std::string &entry : report.absent)
    os << "note: no longer found, but in the baseline: " << entry << '\n';
}

void writeDeadUnitText(const DeadUnitReport &report, raw_ostream &os) {
  writeLayers(report, os);
  for (const Finding &finding : report.table.findings)
    if (!finding.suppression)
      writeFinding(report.table, finding, os);
  writeCounts(report, os);
}

} // namespace act

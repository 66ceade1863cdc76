//===- DeadUnitHtml.cpp - The verdict table as a page ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The page loads nothing and runs nothing, so that it can be mailed and opened
// anywhere.
//
//===----------------------------------------------------------------------===//

#include "DeadUnitCharts.h"
#include "DeadUnitLocation.h"
#include "HtmlEscape.h"
#include "VerdictWords.h"
#include "act/Report/DeadUnitReport.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace act {

/// The colours of verdicts stay apart for eyes that do not tell red from green.
static constexpr const char *kStyle = R"(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c1c1c; --faint: #5c5c5c; --rule: #d4d4d4;
  --dead: #d55e00; --poisoned: #7b2d8b; --saturated: #c7689f;
  --unknown: #9a9a9a; --stably_active: #0072b2; --mixed: #56b4e9;
  --alive: #009e73; --error: #b3261e; --warning: #8a5a00; --note: #3b5b8c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17191c; --ink: #e8e8e8; --faint: #a8a8a8; --rule: #3c4045;
    --dead: #e8762c; --poisoned: #b87fd0; --saturated: #e08fbf;
    --unknown: #7d7d7d; --stably_active: #3a94d6; --mixed: #7cc6f2;
    --alive: #2bb58c; --error: #ff8a80; --warning: #e5b45a; --note: #9db8e8;
  }
}
body {
  margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif;
}
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; overflow-x: auto; }
figcaption, .faint { color: var(--faint); font-size: 0.9rem; }
svg { display: block; margin-top: 0.7rem; max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg text.tick, svg text.axis { fill: var(--faint); }
.silent { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.grid { stroke: var(--rule); }
.origin { stroke: var(--ink); stroke-dasharray: 3 3; }
line.range { stroke: var(--stably_active); stroke-width: 2; }
path.range { fill: var(--stably_active); }
.median { fill: var(--mixed); stroke: var(--stably_active); }
.swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.35em; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.7rem 0.4rem 0;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
.level, .code { white-space: nowrap; }
td.level { font-weight: 600; }
td.layer { width: 30%; }
td.level.error { color: var(--error); }
td.level.warning { color: var(--warning); }
td.level.note { color: var(--note); }
tr.suppressed td { color: var(--faint); font-weight: 400; }
td ul { margin: 0.3rem 0 0; padding-left: 1.1rem; }
td p { margin: 0; }
)";

static void writeHead(StringRef title, raw_ostream &os) {
  os << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
     << "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\"/>\n"
     << "<title>" << title << "</title>\n<style>" << kStyle;
  for (Verdict verdict : verdictsWorstFirst())
    os << "." << name(verdict) << " { fill: var(--" << name(verdict)
       << "); background: var(--" << name(verdict) << "); }\n";
  os << "</style>\n</head>\n";
}

static void writeSummary(const DeadUnitReport &report, raw_ostream &os) {
  size_t units = 0;
  for (const Layer &layer : report.table.layers)
    units += layer.units.size();
  os << "<p>" << plural(report.table.layers.size(), "layer") << ", "
     << plural(units, "unit") << ": "
     << plural(report.count(Level::Error), "error") << ", "
     << plural(report.count(Level::Warning), "warning") << ", "
     << plural(report.count(Level::Note), "note") << "</p>\n";
  if (size_t count = report.countSuppressed(Suppression::Origin::Source))
    os << "<p>" << plural(count, "finding")
       << " suppressed in the source</p>\n";
  if (!report.hasBaseline)
    return;
  os << "<p>"
     << plural(report.countSuppressed(Suppression::Origin::Baseline), "finding")
     << " in the baseline</p>\n";
  for (const std::string &entry : report.absent)
    os << "<p>No longer found, but in the baseline: " << escapeHtml(entry)
       << "</p>\n";
}

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

static void writeLegend(raw_ostream &os) {
  os << "<ul class=\"legend\">\n";
  for (Verdict verdict : verdictsWorstFirst())
    os << "<li><span class=\"swatch " << name(verdict) << "\"></span>"
       << words(verdict) << "</li>\n";
  os << "</ul>\n";
}

/// The units of a layer that are not proved, with their bounds, to be unfolded.
static void writeUnitsOf(const Layer &layer, bool listsAll, raw_ostream &os) {
  constexpr size_t kShown = 64;
  SmallVector<unsigned> units = unitsNotProved(layer);
  if (units.empty())
    return;
  size_t shown = listsAll ? units.size() : std::min(units.size(), kShown);
  os << "<details>\n<summary>" << escapeHtml(layer.name) << ": "
     << plural(units.size(), "unit")
     << " not proved</summary>\n<table>\n<thead><tr><th>Unit</th><th>Verdict"
        "</th><th>Bounds of the pre-activation</th></tr></thead>\n<tbody>\n";
  for (unsigned unit : ArrayRef(units).take_front(shown))
    os << "<tr><td>" << unit << "</td><td>" << words(layer.units[unit].verdict)
       << "</td><td>" << boundsWords(layer.units[unit]) << "</td></tr>\n";
  os << "</tbody>\n</table>\n";
  if (shown < units.size())
    os << "<p class=\"faint\">and " << units.size() - shown
       << " more, which --units lists</p>\n";
  os << "</details>\n";
}

static void writeNetwork(StringRef name, ArrayRef<const Layer *> layers,
                         bool listsUnits, raw_ostream &os) {
  os << "<section>\n<h2>" << escapeHtml(name) << "</h2>\n"
     << "<figure>\n<figcaption>Verdicts on the units of each layer, in order "
        "of execution.";
  if (llvm::any_of(layers,
                   [](const Layer *layer) { return layer->silentShare; }))
    os << " Circle: about which share is silent on " << kEstimateInputs
       << " inputs, an estimate.";
  os << "</figcaption>\n";
  writeLegend(os);
  writeShareChart(layers, os);
  os << "</figure>\n<figure>\n<figcaption>Bounds of the pre-activations. Line: "
        "from the least to the greatest bound of any unit. Bar: from the "
        "median "
        "of the lower to the median of the upper bounds. Arrow: beyond the "
        "axis.</figcaption>\n";
  writeBoundsChart(layers, os);
  os << "</figure>\n";
  for (const Layer *layer : layers)
    writeUnitsOf(*layer, listsUnits, os);
  os << "</section>\n";
}

/// A function is a network.
static void writeNetworks(const DeadUnitReport &report, raw_ostream &os) {
  llvm::MapVector<Operation *, SmallVector<const Layer *>> networks;
  for (const Layer &layer : report.table.layers)
    networks[layer.site.op->getParentOfType<FunctionOpInterface>()].push_back(
        &layer);
  for (const auto &[function, layers] : networks)
    writeNetwork(function ? llvm::join(symbolPath(function), ".")
                          : std::string("Network"),
                 layers, report.listsUnits, os);
}

//===----------------------------------------------------------------------===//
// Findings
//===----------------------------------------------------------------------===//

static void writeFinding(const DeadUnitTable &table, const Finding &finding,
                         raw_ostream &os) {
  StringRef level = name(finding.level);
  os << "<tr" << (finding.suppression ? " class=\"suppressed\"" : "")
     << "><td class=\"level " << level << "\">" << level
     << "</td><td class=\"code\">" << finding.code
     << "</td><td class=\"layer\">"
     << escapeHtml(finding.layer ? table.layers[*finding.layer].name : "")
     << "<p class=\"faint\">" << escapeHtml(describe(finding.op->getLoc()))
     << "</p></td>\n<td><p>" << escapeHtml(finding.message) << "</p>";
  if (!finding.cause.empty())
    os << "<p>Why: " << escapeHtml(finding.cause) << "</p>";
  os << "<p class=\"faint\">How sure: " << escapeHtml(finding.evidence)
     << "</p>";
  if (finding.suppression) {
    os << "<p>suppressed: " << escapeHtml(finding.suppression->reason)
       << "</p>";
  } else if (!finding.fixes.empty()) {
    os << "<ul>";
    for (const Fix &fix : finding.fixes)
      os << "<li>" << escapeHtml(fix.description)
         << (fix.isSafe ? "" : " (changes what the network computes)")
         << "</li>";
    os << "</ul>";
  }
  os << "</td></tr>\n";
}

static void writeFindings(const DeadUnitTable &table, raw_ostream &os) {
  os << "<section>\n<h2>Findings</h2>\n";
  if (table.findings.empty()) {
    os << "<p>None.</p>\n</section>\n";
    return;
  }
  os << "<table>\n<thead><tr><th class=\"level\">Level</th><th "
        "class=\"code\">Code</th><th>Layer</th>"
        "<th>What, how sure, and what to do</th></tr></thead>\n<tbody>\n";
  for (const Finding &finding : table.findings)
    writeFinding(table, finding, os);
  os << "</tbody>\n</table>\n</section>\n";
}

void writeDeadUnitHtml(const DeadUnitReport &report, raw_ostream &os) {
  std::string title = "Units of " + escapeHtml(report.file);
  writeHead(title, os);
  os << "<body>\n<h1>" << title << "</h1>\n";
  writeSummary(report, os);
  writeNetworks(report, os);
  writeFindings(report.table, os);
  os << "</body>\n</html>\n";
}

} // namespace act

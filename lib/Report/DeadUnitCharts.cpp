//===- DeadUnitCharts.cpp - Verdicts and bounds as SVG --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeadUnitCharts.h"
#include "ChartAxis.h"
#include "HtmlEscape.h"
#include "VerdictWords.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;

namespace act {

using llvm::formatv;

/// Pixels: layers are named on the left, told in words on the right.
static constexpr double kWidth = 960, kLeft = 170, kPlot = 480, kRow = 26,
                        kBar = 16, kTop = 22, kFoot = 46;

static std::string number(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.4g", value);
  return text;
}

static double rowTop(size_t row) { return kTop + row * kRow; }

static double xOf(double share) { return kLeft + kPlot * share; }

/// Long names lose their middle; the whole one is the row's title.
static std::string shortened(StringRef name) {
  constexpr size_t kShown = 22;
  if (name.size() <= kShown)
    return escapeHtml(name);
  return escapeHtml(name.take_front(11)) + "…" + escapeHtml(name.take_back(10));
}

//===----------------------------------------------------------------------===//
// What both charts have
//===----------------------------------------------------------------------===//

static void openChart(size_t rows, StringRef title, raw_ostream &os) {
  double height = rowTop(rows) + kFoot;
  os << formatv(
            "<svg role=\"img\" viewBox=\"0 0 {0:f0} {1:f0}\" width=\"{0:f0}"
            "\" height=\"{1:f0}\" aria-label=\"{2}\">\n<title>{2}</title>\n",
            kWidth, height, escapeHtml(title))
     << formatv("<text class=\"axis\" x=\"{0:f0}\" y=\"14\" "
                "text-anchor=\"end\">layer</text>\n",
                kLeft - 10);
}

static void writeTick(double x, StringRef label, size_t rows, bool isOrigin,
                      raw_ostream &os) {
  double bottom = rowTop(rows);
  os << formatv("<line class=\"{0}\" x1=\"{1:f1}\" y1=\"{2:f0}\" x2=\"{1:f1}\" "
                "y2=\"{3:f0}\"/>\n",
                isOrigin ? "origin" : "grid", x, kTop - 2, bottom)
     << formatv("<text class=\"tick\" x=\"{0:f1}\" y=\"{1:f0}\" "
                "text-anchor=\"middle\">{2}</text>\n",
                x, bottom + 16, label);
}

static void closeChart(size_t rows, StringRef label, raw_ostream &os) {
  os << formatv("<text class=\"axis\" x=\"{0:f0}\" y=\"{1:f0}\" "
                "text-anchor=\"middle\">{2}</text>\n</svg>\n",
                xOf(0.5), rowTop(rows) + 38, label);
}

static void writeRowWords(size_t row, const Layer &layer, StringRef right,
                          raw_ostream &os) {
  double base = rowTop(row) + kBar - 3;
  os << formatv("<text class=\"name\" x=\"{0:f0}\" y=\"{1:f0}\" "
                "text-anchor=\"end\"><title>{2}</title>{3}</text>\n",
                kLeft - 10, base, escapeHtml(layer.name), shortened(layer.name))
     << formatv("<text class=\"words\" x=\"{0:f0}\" y=\"{1:f0}\">{2}</text>\n",
                xOf(1) + 12, base, escapeHtml(right));
}

//===----------------------------------------------------------------------===//
// Verdicts
//===----------------------------------------------------------------------===//

static void writeShares(size_t row, const Layer &layer, raw_ostream &os) {
  double before = 0;
  for (Verdict verdict : verdictsWorstFirst()) {
    size_t count = layer.indices(verdict).size();
    if (count == 0)
      continue;
    double share = double(count) / layer.units.size();
    os << formatv("<rect class=\"{0}\" x=\"{1:f2}\" y=\"{2:f0}\" "
                  "width=\"{3:f2}\" height=\"{4:f0}\"><title>{5}: {6} of {7} "
                  "{8}</title></rect>\n",
                  name(verdict), xOf(before), rowTop(row), kPlot * share, kBar,
                  escapeHtml(layer.name), count, layer.units.size(),
                  words(verdict));
    before += share;
  }
}

/// A mark where the share of silent units that is expected of an initial
/// network ends.
static void writeSilentShare(size_t row, const Layer &layer, raw_ostream &os) {
  if (!layer.silentShare)
    return;
  os << formatv("<circle class=\"silent\" cx=\"{0:f1}\" cy=\"{1:f1}\" "
                "r=\"4\"><title>{2}: about {3:f0} % silent on {4} "
                "inputs</title></circle>\n",
                xOf(*layer.silentShare), rowTop(row) + kBar / 2,
                escapeHtml(layer.name), 100.0 * *layer.silentShare,
                kEstimateInputs);
}

void writeShareChart(ArrayRef<const Layer *> layers, raw_ostream &os) {
  openChart(layers.size(), "Share of the verdicts in each layer", os);
  for (int percent = 0; percent <= 100; percent += 25)
    writeTick(xOf(percent / 100.0), formatv("{0} %", percent).str(),
              layers.size(), false, os);
  for (auto [row, layer] : llvm::enumerate(layers)) {
    writeShares(row, *layer, os);
    writeSilentShare(row, *layer, os);
    writeRowWords(row, *layer, countsOf(*layer), os);
  }
  closeChart(layers.size(), "share of the units", os);
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

namespace {
/// The bounds of a layer's units taken together.
struct BoundsSummary {
  Interval hull, median;
  Interval shown = 0.0; ///< the hull of the ends that are not unbounded
};
} // namespace

static double medianOf(std::vector<double> &values) {
  auto middle = values.begin() + (values.size() - 1) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

static BoundsSummary summarize(const Layer &layer) {
  std::vector<double> lower, upper;
  for (const Unit &unit : layer.units) {
    lower.push_back(unit.bounds.lo);
    upper.push_back(unit.bounds.hi);
  }
  BoundsSummary summary;
  summary.hull = {*llvm::min_element(lower), *llvm::max_element(upper)};
  summary.median = {medianOf(lower), medianOf(upper)};
  for (const std::vector<double> &ends : {lower, upper})
    for (double end : ends)
      if (!ChartAxis::isUnbounded(end))
        summary.shown = hull(summary.shown, end);
  return summary;
}

static std::string intervalWords(Interval interval) {
  return formatv("{0} to {1}", number(interval.lo), number(interval.hi));
}

/// A triangle at the end of the plot: the bound lies beyond it.
static void writeArrow(double y, bool isLeft, raw_ostream &os) {
  double tip = xOf(isLeft ? 0 : 1), base = tip + (isLeft ? 9 : -9);
  os << formatv(
      "<path class=\"range\" d=\"M{0:f1} {1:f1} L{2:f1} {3:f1} L{2:f1} "
      "{4:f1} Z\"/>\n",
      tip, y, base, y - 5, y + 5);
}

static void writeBounds(size_t row, const Layer &layer,
                        const BoundsSummary &summary, const ChartAxis &axis,
                        raw_ostream &os) {
  Interval hull = summary.hull, median = summary.median;
  double y = rowTop(row) + kBar / 2;
  double left = xOf(axis.position(median.lo));
  double right = xOf(axis.position(median.hi));
  // A point is drawn as well.
  double width = std::max(right - left, 1.5);
  os << formatv("<g><title>{0}: all units {1}, median bounds {2}</title>\n",
                escapeHtml(layer.name), intervalWords(hull),
                intervalWords(median))
     << formatv("<line class=\"range\" x1=\"{0:f1}\" y1=\"{1:f1}\" "
                "x2=\"{2:f1}\" y2=\"{1:f1}\"/>\n",
                xOf(axis.position(hull.lo)), y, xOf(axis.position(hull.hi)))
     << formatv("<rect class=\"median\" x=\"{0:f1}\" y=\"{1:f1}\" "
                "width=\"{2:f1}\" height=\"10\"/>\n",
                left, y - 5, width);
  if (ChartAxis::isUnbounded(hull.lo))
    writeArrow(y, /*isLeft=*/true, os);
  if (ChartAxis::isUnbounded(hull.hi))
    writeArrow(y, /*isLeft=*/false, os);
  os << "</g>\n";
}

void writeBoundsChart(ArrayRef<const Layer *> layers, raw_ostream &os) {
  std::vector<BoundsSummary> summaries;
  std::vector<Interval> shown;
  for (const Layer *layer : layers) {
    bool hasUnits = !layer->units.empty();
    summaries.push_back(hasUnits ? summarize(*layer) : BoundsSummary());
    if (hasUnits) // the bar should be more than a point
      llvm::append_values(shown, summaries.back().shown,
                          summaries.back().median);
  }
  ChartAxis axis(shown);
  openChart(layers.size(), "Bounds of the pre-activations in each layer", os);
  for (double tick : axis.ticks())
    writeTick(xOf(axis.position(tick)), number(tick), layers.size(), tick == 0,
              os);
  for (auto [row, layer] : llvm::enumerate(layers)) {
    bool hasUnits = !layer->units.empty();
    if (hasUnits)
      writeBounds(row, *layer, summaries[row], axis, os);
    writeRowWords(row, *layer,
                  hasUnits ? intervalWords(summaries[row].hull) : "no units",
                  os);
  }
  closeChart(layers.size(),
             axis.isLogarithmic() ? "pre-activation (logarithmic away from 0)"
                                  : "pre-activation",
             os);
}

} // namespace act

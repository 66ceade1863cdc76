//===- ResultWriters.cpp - Tables, JSON and a plot of results -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResultWriters.h"

#include "Contestants.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

#include <cmath>

using namespace act;
using namespace act::bench;
using llvm::format;
using llvm::raw_ostream;

static std::string titleOf(const Contest &contest) {
  return (llvm::Twine(contest.function->name) + " " +
          layoutOf(contest.format).name + " " + llvm::Twine(contest.size) +
          " " + nameOf(contest.inputs))
      .str();
}

void act::bench::printTable(const Contest &contest, raw_ostream &os) {
  const Result &copy = contest.results.front();
  const Result *best = contest.bestPeer();
  os << titleOf(contest) << '\n'
     << format("  %-24s %10s %10s %8s %8s %11s %11s\n", "", "min ns/el",
               "median", "x copy", "x best", "ulp inputs", "ulp tail");
  for (const Result &result : contest.results) {
    os << format("  %-24s %10.4f %10.4f %8.2f", result.contestant.c_str(),
                 result.minimum, result.median, result.minimum / copy.minimum);
    if (result.accuracy && best)
      os << format(" %8.2f", result.minimum / best->minimum);
    else
      os << format(" %8s", "-");
    if (result.accuracy)
      os << format(" %11.4g %11.4g", result.accuracy->inputs,
                   result.accuracy->tail);
    os << '\n';
  }
}

/// JSON has no infinity: null stands for it.
static llvm::json::Value number(double value) {
  return std::isfinite(value) ? llvm::json::Value(value) : nullptr;
}

void act::bench::writeJson(llvm::ArrayRef<Contest> contests,
                           const ContestOptions &options, raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("seed", options.seed);
    json.attribute("rounds", options.rounds);
    json.attributeArray("contests", [&] {
      for (const Contest &contest : contests)
        json.object([&] {
          json.attribute("function", contest.function->name);
          json.attribute("format", layoutOf(contest.format).name);
          json.attribute("size", contest.size);
          json.attribute("inputs", contest.inputs == Inputs::Normal
                                       ? "normal(0, 1)"
                                       : "uniform[-8, 8]");
          json.attributeArray("results", [&] {
            for (const Result &result : contest.results)
              json.object([&] {
                json.attribute("name", result.contestant);
                json.attribute("minimum_ns_per_element", result.minimum);
                json.attribute("median_ns_per_element", result.median);
                if (!result.accuracy)
                  return;
                json.attribute("ulp_inputs", number(result.accuracy->inputs));
                json.attribute("ulp_tail", number(result.accuracy->tail));
              });
          });
        });
    });
  });
  os << '\n';
}

namespace {
/// The plot's measures in pixels.
constexpr unsigned leftMargin = 190, barLength = 480, rightMargin = 230;
constexpr unsigned barHeight = 11, rowHeight = 34, topMargin = 30;
} // namespace

/// A bar of the length that `ratio` has on a scale to `largest`, with a label.
static void writeBar(raw_ostream &os, unsigned y, double ratio, double largest,
                     llvm::StringRef colour, llvm::StringRef name) {
  double length = barLength * std::log1p(ratio) / std::log1p(largest);
  os << format("<rect x=\"%u\" y=\"%u\" width=\"%.1f\" height=\"%u\" fill=\"",
               leftMargin, y, length, barHeight)
     << colour << "\"/>\n"
     << format("<text x=\"%.1f\" y=\"%u\">", leftMargin + length + 5,
               y + barHeight - 1)
     << name << format(" %.2f</text>\n", ratio);
}

void act::bench::writeSvg(llvm::ArrayRef<Contest> contests, raw_ostream &os) {
  double largest = 1.0;
  for (const Contest &contest : contests)
    for (const Result *result : {contest.find(ownName), contest.bestPeer()})
      if (result)
        largest = std::max(largest,
                           result->minimum / contest.results.front().minimum);
  unsigned width = leftMargin + barLength + rightMargin;
  unsigned height = topMargin + rowHeight * contests.size() + 10;
  os << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width
     << "\" height=\"" << height
     << "\" font-family=\"sans-serif\" font-size=\"11\">\n"
     << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
     << "<text x=\"10\" y=\"18\">time relative to a copy of the same size "
        "(logarithmic; shorter is better)</text>\n";
  unsigned y = topMargin;
  for (const Contest &contest : contests) {
    double copy = contest.results.front().minimum;
    os << "<text x=\"10\" y=\"" << y + barHeight + 4 << "\">"
       << titleOf(contest) << "</text>\n";
    if (const Result *own = contest.find(ownName))
      writeBar(os, y, own->minimum / copy, largest, "#1f6fb2", own->contestant);
    if (const Result *best = contest.bestPeer())
      writeBar(os, y + barHeight + 2, best->minimum / copy, largest, "#b0b0b0",
               best->contestant);
    y += rowHeight;
  }
  os << "</svg>\n";
}

//===- DeadUnitJson.cpp - The verdict table as JSON -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeadUnitLocation.h"
#include "FindingJson.h"
#include "act/Report/DeadUnitReport.h"
#include <cmath>

using namespace mlir;

namespace act {

/// JSON has no infinities: they are strings.
static llvm::json::Value endOf(double end) {
  if (std::isfinite(end))
    return end;
  return end > 0 ? "inf" : "-inf";
}

static void writeBounds(Interval bounds, llvm::json::OStream &json) {
  json.array([&] {
    json.value(endOf(bounds.lo));
    json.value(endOf(bounds.hi));
  });
}

static void writeLayer(const Layer &layer, bool listsUnits,
                       llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("name", llvm::json::fixUTF8(layer.name));
    json.attribute("op", layer.site.op->getName().getStringRef());
    json.attribute("location",
                   llvm::json::fixUTF8(describe(layer.site.op->getLoc())));
    json.attribute("units", int64_t(layer.units.size()));
    if (layer.bornDead)
      json.attribute("born_dead_probability", *layer.bornDead);
    if (layer.silentShare)
      json.attribute("expected_silent_share", *layer.silentShare);
    if (!layer.activeProbability.empty())
      json.attributeArray("active_probability", [&] {
        for (double probability : layer.activeProbability)
          json.value(probability);
      });
    if (!layer.firings.empty())
      json.attributeArray("firings", [&] {
        for (uint64_t firings : layer.firings)
          json.value(firings);
      });
    if (listsUnits)
      json.attributeArray("bounds", [&] {
        for (const Unit &unit : layer.units)
          writeBounds(unit.bounds, json);
      });
    for (unsigned i = 0; i < kNumVerdicts; ++i) {
      Verdict verdict = static_cast<Verdict>(i);
      json.attributeArray(name(verdict), [&] {
        for (unsigned unit : layer.indices(verdict))
          json.value(unit);
      });
    }
  });
}

void writeUnits(const DeadUnitTable &table, const Finding &finding,
                llvm::json::OStream &json) {
  json.attributeArray("units", [&] {
    for (unsigned unit : finding.units)
      json.value(unit);
  });
  json.attributeArray("bounds", [&] {
    for (unsigned unit : finding.units)
      writeBounds(table.layers[*finding.layer].units[unit].bounds, json);
  });
}

void writeFixes(const Finding &finding, llvm::json::OStream &json) {
  json.attributeArray("fixes", [&] {
    for (const Fix &fix : finding.fixes)
      json.object([&] {
        json.attribute("description", llvm::json::fixUTF8(fix.description));
        json.attribute("safe", fix.isSafe);
      });
  });
}

static void writeSuppression(const Finding &finding,
                             llvm::json::OStream &json) {
  if (!finding.suppression)
    return json.attribute("suppression", nullptr);
  bool isInSource = finding.suppression->origin == Suppression::Origin::Source;
  json.attributeObject("suppression", [&] {
    json.attribute("kind", isInSource ? "inSource" : "baseline");
    json.attribute("reason", llvm::json::fixUTF8(finding.suppression->reason));
  });
}

static void writeFinding(const DeadUnitTable &table, const Finding &finding,
                         StringRef fingerprint, llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("code", finding.code);
    json.attribute("level", name(finding.level));
    if (finding.layer)
      json.attribute("layer",
                     llvm::json::fixUTF8(table.layers[*finding.layer].name));
    else
      json.attribute("layer", nullptr);
    json.attribute("message", llvm::json::fixUTF8(finding.message));
    if (!finding.cause.empty())
      json.attribute("cause", llvm::json::fixUTF8(finding.cause));
    json.attributeObject("evidence", [&] {
      json.attribute("method", finding.evidence);
      writeUnits(table, finding, json);
    });
    writeFixes(finding, json);
    json.attribute("fingerprint", fingerprint);
    writeSuppression(finding, json);
  });
}

static void writeBaselineState(const DeadUnitReport &report,
                               llvm::json::OStream &json) {
  if (!report.hasBaseline)
    return json.attribute("baseline", nullptr);
  json.attributeObject("baseline", [&] {
    json.attributeArray("absent", [&] {
      for (const std::string &entry : report.absent)
        json.value(entry);
    });
  });
}

void writeDeadUnitJson(const DeadUnitReport &report, raw_ostream &os) {
  const DeadUnitTable &table = report.table;
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attributeArray("layers", [&] {
      for (const Layer &layer : table.layers)
        writeLayer(layer, report.listsUnits, json);
    });
    json.attributeArray("findings", [&] {
      for (auto [finding, fingerprint] :
           llvm::zip_equal(table.findings, report.fingerprints))
        writeFinding(table, finding, fingerprint, json);
    });
    if (table.numSamples > 0)
      json.attribute("samples", table.numSamples);
    writeBaselineState(report, json);
  });
  os << '\n';
}

} // namespace act

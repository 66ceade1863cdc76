//===- DeadUnitJson.cpp - The verdict table as JSON -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeadUnitLocation.h"
#include "act/Report/DeadUnitReport.h"
#include "mlir/IR/Operation.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include <cmath>

using namespace mlir;

namespace act {

std::string describe(Location location) {
  std::string text = "unknown";
  location->walk([&](Location part) {
    auto place = dyn_cast<FileLineColLoc>(part);
    if (!place)
      return WalkResult::advance();
    text = llvm::formatv("{0}:{1}:{2}", place.getFilename().getValue(),
                         place.getLine(), place.getColumn());
    return WalkResult::interrupt();
  });
  return text;
}

/// JSON has no infinities: they are strings.
static llvm::json::Value endOf(double end) {
  if (std::isfinite(end))
    return end;
  return end > 0 ? "inf" : "-inf";
}

static void writeLayer(const Layer &layer, llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("name", layer.name);
    json.attribute("op", layer.site.op->getName().getStringRef());
    json.attribute("location", describe(layer.site.op->getLoc()));
    json.attribute("units", int64_t(layer.units.size()));
    if (layer.silentShare)
      json.attribute("expected_silent_share", *layer.silentShare);
    for (unsigned i = 0; i < kNumVerdicts; ++i) {
      Verdict verdict = static_cast<Verdict>(i);
      json.attributeArray(name(verdict), [&] {
        for (unsigned unit : layer.indices(verdict))
          json.value(unit);
      });
    }
  });
}

static void writeEvidence(const DeadUnitTable &table, const Finding &finding,
                          llvm::json::OStream &json) {
  json.attributeObject("evidence", [&] {
    json.attribute("method", finding.evidence);
    json.attributeArray("units", [&] {
      for (unsigned unit : finding.units)
        json.value(unit);
    });
    json.attributeArray("bounds", [&] {
      for (unsigned unit : finding.units) {
        Interval bounds = table.layers[*finding.layer].units[unit].bounds;
        json.array([&] {
          json.value(endOf(bounds.lo));
          json.value(endOf(bounds.hi));
        });
      }
    });
  });
}

static void writeFinding(const DeadUnitTable &table, const Finding &finding,
                         llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("code", finding.code);
    json.attribute("level", name(finding.level));
    if (finding.layer)
      json.attribute("layer", table.layers[*finding.layer].name);
    else
      json.attribute("layer", nullptr);
    json.attribute("message", finding.message);
    writeEvidence(table, finding, json);
    json.attributeArray("fixes", [&] {
      for (const Fix &fix : finding.fixes)
        json.object([&] {
          json.attribute("description", fix.description);
          json.attribute("safe", fix.isSafe);
        });
    });
  });
}

void writeDeadUnitJson(const DeadUnitTable &table, raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attributeArray("layers", [&] {
      for (const Layer &layer : table.layers)
        writeLayer(layer, json);
    });
    json.attributeArray("findings", [&] {
      for (const Finding &finding : table.findings)
        writeFinding(table, finding, json);
    });
  });
  os << '\n';
}

} // namespace act

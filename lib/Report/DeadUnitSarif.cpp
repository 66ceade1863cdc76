//===- DeadUnitSarif.cpp - The verdict table as SARIF ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// SARIF 2.1.0, as the standard of OASIS has it. Fixes there are replacements of
// text, which act-lint does not know: it describes them among the properties.
//
//===----------------------------------------------------------------------===//

#include "DeadUnitLocation.h"
#include "FindingJson.h"
#include "act/Analysis/Rules.h"
#include "act/Report/DeadUnitReport.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace act {

static constexpr const char *kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json";

static void writeText(StringRef key, StringRef text,
                      llvm::json::OStream &json) {
  json.attributeObject(
      key, [&] { json.attribute("text", llvm::json::fixUTF8(text)); });
}

/// A path as a URI: relative to wherever it was given, or of scheme file.
static std::string uriOf(StringRef path) {
  std::string uri = path.starts_with("/") ? "file://" : "";
  for (unsigned char c : path) {
    if (llvm::isAlnum(c) || StringRef("/-._~").contains(c))
      uri += c;
    else
      uri += {'%', llvm::hexdigit(c >> 4), llvm::hexdigit(c & 15)};
  }
  return uri;
}

//===----------------------------------------------------------------------===//
// The tool
//===----------------------------------------------------------------------===//

static void writeRule(const Rule &rule, llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("id", rule.code);
    json.attribute("name", rule.name);
    writeText("shortDescription", rule.summary, json);
    writeText("fullDescription", rule.description, json);
    writeText("help", rule.help, json);
    json.attributeObject("defaultConfiguration",
                         [&] { json.attribute("level", name(rule.level)); });
  });
}

static void writeTool(llvm::json::OStream &json) {
  json.attributeObject("tool", [&] {
    json.attributeObject("driver", [&] {
      json.attribute("name", "act-lint");
      json.attribute("version", ACT_VERSION);
      json.attributeArray("rules", [&] {
        for (const Rule &rule : rules())
          writeRule(rule, json);
      });
    });
  });
}

/// What is no longer found is no result: it is told about the run.
static void writeInvocation(const DeadUnitReport &report,
                            llvm::json::OStream &json) {
  json.attributeArray("invocations", [&] {
    json.object([&] {
      json.attribute("executionSuccessful", true);
      json.attributeArray("toolExecutionNotifications", [&] {
        for (const std::string &entry : report.absent)
          json.object([&] {
            json.attribute("level", "note");
            writeText("message",
                      "no longer found, but in the baseline: " + entry, json);
          });
      });
    });
  });
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

static void writePlace(FileLineColLoc place, llvm::json::OStream &json) {
  json.attributeObject("physicalLocation", [&] {
    json.attributeObject("artifactLocation", [&] {
      json.attribute("uri", uriOf(place.getFilename().getValue()));
    });
    // Generated programs may say line 0, which SARIF does not have.
    if (place.getLine() == 0)
      return;
    json.attributeObject("region", [&] {
      json.attribute("startLine", int64_t(place.getLine()));
      if (place.getColumn() != 0)
        json.attribute("startColumn", int64_t(place.getColumn()));
    });
  });
}

/// The layer by its full name, or the innermost symbol.
static void writeLogicalLocation(const DeadUnitTable &table,
                                 const Finding &finding,
                                 llvm::json::OStream &json) {
  SmallVector<StringRef> symbols = symbolPath(finding.op);
  if (!finding.layer && symbols.empty())
    return;
  std::string last;
  if (!symbols.empty())
    last = symbols.pop_back_val().str();
  // The name of a layer begins with that of its function.
  if (finding.layer)
    last = table.layers[*finding.layer].name;
  std::string outer = llvm::join(symbols, ".");
  json.attributeArray("logicalLocations", [&] {
    json.object([&] {
      json.attribute("name", llvm::json::fixUTF8(last));
      json.attribute(
          "fullyQualifiedName",
          llvm::json::fixUTF8(outer.empty() ? last : outer + "." + last));
      json.attribute("kind", finding.layer ? "layer" : "function");
    });
  });
}

static void writeLocations(const DeadUnitTable &table, const Finding &finding,
                           llvm::json::OStream &json) {
  json.attributeArray("locations", [&] {
    json.object([&] {
      if (FileLineColLoc place = placeOf(finding.op->getLoc()))
        writePlace(place, json);
      writeLogicalLocation(table, finding, json);
    });
  });
}

static void writeSuppressions(const Finding &finding,
                              llvm::json::OStream &json) {
  if (!finding.suppression)
    return;
  bool isInSource = finding.suppression->origin == Suppression::Origin::Source;
  json.attributeArray("suppressions", [&] {
    json.object([&] {
      json.attribute("kind", isInSource ? "inSource" : "external");
      json.attribute("justification",
                     llvm::json::fixUTF8(finding.suppression->reason));
    });
  });
}

static void writeResult(const DeadUnitTable &table, const Finding &finding,
                        StringRef fingerprint, llvm::json::OStream &json) {
  std::optional<unsigned> index = findRule(finding.code);
  assert(index && "expected a rule for every code");
  bool isProved = rules()[*index].isProved;
  json.object([&] {
    json.attribute("ruleId", finding.code);
    json.attribute("ruleIndex", *index);
    // Only what failed has a level; a probability is for people to judge.
    json.attribute("kind", isProved ? "fail" : "review");
    json.attribute("level", isProved ? name(finding.level) : "none");
    writeText("message", finding.message, json);
    writeLocations(table, finding, json);
    json.attributeObject("partialFingerprints",
                         [&] { json.attribute("actinium/v1", fingerprint); });
    writeSuppressions(finding, json);
    json.attributeObject("properties", [&] {
      json.attribute("level", name(finding.level));
      if (!finding.cause.empty())
        json.attribute("cause", llvm::json::fixUTF8(finding.cause));
      json.attribute("evidence", finding.evidence);
      writeUnits(table, finding, json);
      writeFixes(finding, json);
    });
  });
}

void writeDeadUnitSarif(const DeadUnitReport &report, raw_ostream &os) {
  const DeadUnitTable &table = report.table;
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("$schema", kSchema);
    json.attribute("version", "2.1.0");
    json.attributeArray("runs", [&] {
      json.object([&] {
        writeTool(json);
        writeInvocation(report, json);
        json.attribute("columnKind", "unicodeCodePoints");
        json.attributeArray("results", [&] {
          for (auto [finding, fingerprint] :
               llvm::zip_equal(table.findings, report.fingerprints))
            writeResult(table, finding, fingerprint, json);
        });
      });
    });
  });
  os << '\n';
}

} // namespace act

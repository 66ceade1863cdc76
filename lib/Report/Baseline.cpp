//===- Baseline.cpp - Findings that are known already ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Report/Baseline.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace act {

static constexpr int64_t kVersion = 1;

static Error malformed(const Twine &what) {
  return createStringError(inconvertibleErrorCode(), what);
}

/// The parser of JSON recurses, so that brackets without end would end in a
/// crash.
static bool isNestedDeeply(StringRef text) {
  constexpr int kDeep = 64;
  int depth = 0;
  bool inString = false;
  for (size_t i = 0; i < text.size() && depth <= kDeep; ++i) {
    char c = text[i];
    if (inString && c == '\\')
      ++i;
    else if (c == '"')
      inString = !inString;
    else if (!inString)
      depth += (c == '[' || c == '{') - (c == ']' || c == '}');
  }
  return depth > kDeep;
}

static bool isFingerprint(StringRef text) {
  return text.size() == 16 && all_of(text, [](char c) {
           return isDigit(c) || (c >= 'a' && c <= 'f');
         });
}

Expected<Baseline> parseBaseline(StringRef text) {
  if (isNestedDeeply(text))
    return malformed("expected a baseline, got deeply nested JSON");
  Expected<json::Value> value = json::parse(text);
  if (!value)
    return malformed("expected a baseline in JSON, got an error: " +
                     toString(value.takeError()));
  const json::Object *object = value->getAsObject();
  std::optional<int64_t> version =
      object ? object->getInteger("version") : std::nullopt;
  if (!version)
    return malformed("expected a baseline as an object with a 'version'");
  if (*version != kVersion)
    return malformed("expected a baseline of version " + Twine(kVersion) +
                     ", got " + Twine(*version));
  const json::Object *entries = object->getObject("fingerprints");
  if (!entries)
    return malformed("expected an object 'fingerprints' in the baseline");
  Baseline baseline;
  for (const auto &[key, description] : *entries) {
    if (!isFingerprint(key))
      return malformed("expected a fingerprint of 16 lower-case hexadecimal "
                       "digits, got '" +
                       StringRef(key) + "'");
    std::optional<StringRef> words = description.getAsString();
    if (!words)
      return malformed("expected text for fingerprint " + StringRef(key));
    baseline[StringRef(key).str()] = words->str();
  }
  return baseline;
}

static std::string descriptionOf(const DeadUnitTable &table,
                                 const Finding &finding) {
  std::string layer =
      finding.layer ? table.layers[*finding.layer].name + " " : "";
  return formatv("{0} {1}{2}", finding.code, layer, finding.message);
}

void applyBaseline(const Baseline &baseline, DeadUnitReport &report) {
  Baseline absent = baseline;
  for (auto [fingerprint, finding] :
       zip_equal(report.fingerprints, report.table.findings)) {
    // What is suppressed in the source as well is not absent.
    if (absent.erase(fingerprint) && !finding.suppression)
      finding.suppression = {Suppression::Origin::Baseline,
                             "listed in the baseline"};
  }
  report.hasBaseline = true;
  for (const auto &[fingerprint, description] : absent)
    report.absent.push_back(fingerprint + ": " + description);
}

void writeBaseline(const DeadUnitReport &report, raw_ostream &os) {
  json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("version", kVersion);
    json.attributeObject("fingerprints", [&] {
      for (auto [fingerprint, finding] :
           zip_equal(report.fingerprints, report.table.findings))
        if (!finding.suppression ||
            finding.suppression->origin != Suppression::Origin::Source)
          json.attribute(fingerprint,
                         json::fixUTF8(descriptionOf(report.table, finding)));
    });
  });
  os << '\n';
}

} // namespace act

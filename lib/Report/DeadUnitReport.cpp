//===- DeadUnitReport.cpp - The verdict table for its readers -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Report/DeadUnitReport.h"
#include "DeadUnitLocation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;

namespace act {

/// What tells a finding from all others, without its place in the file and
/// without words that may be improved.
static std::string identityOf(const DeadUnitTable &table,
                              const Finding &finding) {
  llvm::json::Array symbols, units;
  for (StringRef symbol : symbolPath(finding.op))
    symbols.push_back(llvm::json::fixUTF8(symbol));
  for (unsigned unit : finding.units)
    units.push_back(unit);
  std::string layer =
      finding.layer ? table.layers[*finding.layer].name : std::string();
  llvm::json::Array identity{std::move(symbols), llvm::json::fixUTF8(layer),
                             finding.code, std::move(units),
                             llvm::json::fixUTF8(finding.subject)};
  return llvm::formatv("{0}", llvm::json::Value(std::move(identity)));
}

DeadUnitReport::DeadUnitReport(DeadUnitTable judged, std::string file)
    : table(std::move(judged)), file(std::move(file)) {
  llvm::StringMap<unsigned> repeats;
  for (const Finding &finding : table.findings) {
    std::string identity = identityOf(table, finding);
    // Functions of the same name in modules without one, for example.
    if (unsigned earlier = repeats[identity]++)
      identity += llvm::utostr(earlier);
    fingerprints.push_back(
        llvm::utohexstr(llvm::xxh3_64bits(StringRef(identity)),
                        /*LowerCase=*/true, /*Width=*/16));
  }
}

size_t DeadUnitReport::countSuppressed(Suppression::Origin origin) const {
  return llvm::count_if(table.findings, [&](const Finding &finding) {
    return finding.suppression && finding.suppression->origin == origin;
  });
}

size_t DeadUnitReport::count(Level level) const {
  return llvm::count_if(table.findings, [&](const Finding &finding) {
    return finding.level == level && !finding.suppression;
  });
}

} // namespace act

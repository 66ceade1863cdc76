//===- VerdictWords.cpp - How verdicts are told to people -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerdictWords.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>

using namespace mlir;

namespace act {

ArrayRef<Verdict> verdictsWorstFirst() {
  static constexpr Verdict kOrder[kNumVerdicts] = {
      Verdict::Dead,    Verdict::Poisoned,     Verdict::Saturated,
      Verdict::Unknown, Verdict::StablyActive, Verdict::Mixed,
      Verdict::Alive};
  return kOrder;
}

std::string words(Verdict verdict) {
  std::string text = name(verdict).str();
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string countsOf(const Layer &layer) {
  std::string text;
  for (unsigned i = 0; i < kNumVerdicts; ++i) {
    Verdict verdict = static_cast<Verdict>(i);
    if (size_t count = layer.indices(verdict).size())
      text += llvm::formatv("{0}{1} {2}", text.empty() ? "" : ", ", count,
                            words(verdict));
  }
  return text.empty() ? "no units" : text;
}

SmallVector<unsigned> unitsNotProved(const Layer &layer) {
  SmallVector<unsigned> units;
  for (Verdict verdict : {Verdict::Unknown, Verdict::Mixed, Verdict::Alive})
    llvm::append_range(units, layer.indices(verdict));
  return units;
}

std::string boundsWords(const Unit &unit) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format("[%.6g, %.6g]", unit.bounds.lo, unit.bounds.hi);
  // Infinite where no input was tried. What is known of both is a bound: where
  // these cross, the runs tell nothing.
  if (std::isfinite(unit.lowestSeen) && std::isfinite(unit.highestSeen) &&
      unit.lowestSeen <= unit.highestSeen)
    os << llvm::format("; reached %.6g and %.6g", unit.lowestSeen,
                       unit.highestSeen);
  return text;
}

std::string plural(size_t count, StringRef noun) {
  return llvm::formatv("{0} {1}{2}", count, noun, count == 1 ? "" : "s");
}

} // namespace act

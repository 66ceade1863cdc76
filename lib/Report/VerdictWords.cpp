//===- VerdictWords.cpp - How verdicts are told to people -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VerdictWords.h"
#include "llvm/Support/FormatVariadic.h"

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

std::string plural(size_t count, StringRef noun) {
  return llvm::formatv("{0} {1}{2}", count, noun, count == 1 ? "" : "s");
}

} // namespace act

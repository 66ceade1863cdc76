//===- VerdictWords.h - How verdicts are told to people --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_VERDICTWORDS_H
#define ACT_LIB_REPORT_VERDICTWORDS_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// The verdicts as bars show them, so that one dead unit among many is seen.
llvm::ArrayRef<Verdict> verdictsWorstFirst();

/// "stably active"
std::string words(Verdict verdict);

/// "1 dead, 2 stably active", or "no units".
std::string countsOf(const Layer &layer);

/// "1 layer", "2 layers"
std::string plural(size_t count, llvm::StringRef noun);

} // namespace act

#endif // ACT_LIB_REPORT_VERDICTWORDS_H

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

/// The units that are not proved, unknown ones first.
llvm::SmallVector<unsigned> unitsNotProved(const Layer &layer);

/// "[-1, 0.5]; reached -0.9 and 0.4": where the pre-activation of a unit lies,
/// and how far down and up it surely is for inputs that were tried.
std::string boundsWords(const Unit &unit);

/// "1 layer", "2 layers"
std::string plural(size_t count, llvm::StringRef noun);

} // namespace act

#endif // ACT_LIB_REPORT_VERDICTWORDS_H

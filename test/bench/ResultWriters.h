//===- ResultWriters.h - Tables, JSON and a plot of results - -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_RESULTWRITERS_H
#define ACT_BENCH_RESULTWRITERS_H

#include "Contest.h"

#include "llvm/Support/raw_ostream.h"

namespace act::bench {

/// A line for each contestant of `contest`.
void printTable(const Contest &contest, llvm::raw_ostream &os);

void writeJson(llvm::ArrayRef<Contest> contests, const ContestOptions &options,
               llvm::raw_ostream &os);

/// Bars of the time relative to the copy, this compiler's beside the best
/// peer's, one pair for each contest.
void writeSvg(llvm::ArrayRef<Contest> contests, llvm::raw_ostream &os);

} // namespace act::bench

#endif // ACT_BENCH_RESULTWRITERS_H

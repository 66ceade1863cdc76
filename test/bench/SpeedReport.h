//===- SpeedReport.h - Results beside the targets ----------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_SPEEDREPORT_H
#define ACT_BENCH_SPEEDREPORT_H

#include "Contest.h"

#include "llvm/Support/raw_ostream.h"

namespace act::bench {

/// Writes a document in Markdown: `contests` beside their targets, by what they
/// are compared with; tables of which nothing was timed are left out. `notes`,
/// text in Markdown, comes last.
void writeReport(llvm::ArrayRef<Contest> contests,
                 const ContestOptions &options, llvm::StringRef notes,
                 llvm::raw_ostream &os);

} // namespace act::bench

#endif // ACT_BENCH_SPEEDREPORT_H

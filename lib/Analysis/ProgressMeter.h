//===- ProgressMeter.h - How far a step of the analysis is -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_PROGRESSMETER_H
#define ACT_LIB_ANALYSIS_PROGRESSMETER_H

#include "act/Analysis/DeadUnits.h"
#include <mutex>

namespace act {

/// Counts what threads have done of a step, and tells it.
class ProgressMeter {
public:
  /// `report` may be empty; it outlives this.
  ProgressMeter(const std::function<void(const Progress &)> &report,
                llvm::StringRef step, uint64_t total)
      : report(report), progress{step, 0, total} {}

  void advance(uint64_t count = 1) {
    if (!report)
      return;
    std::lock_guard<std::mutex> lock(mutex);
    progress.done += count;
    report(progress);
  }

private:
  const std::function<void(const Progress &)> &report;
  Progress progress;
  std::mutex mutex;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_PROGRESSMETER_H

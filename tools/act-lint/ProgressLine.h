//===- ProgressLine.h - How far the analysis is ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTLINT_PROGRESSLINE_H
#define ACT_TOOLS_ACTLINT_PROGRESSLINE_H

#include "act/Analysis/DeadUnits.h"
#include <chrono>

/// One line of stderr that says how far the analysis is, several times a
/// second; short work has none.
class ProgressLine {
public:
  ~ProgressLine() { clear(); }
  void show(const act::Progress &step);
  void clear();

private:
  using Clock = std::chrono::steady_clock;
  std::string step;
  Clock::time_point begin, shown;
  size_t width = 0; ///< of what stands there
};

#endif // ACT_TOOLS_ACTLINT_PROGRESSLINE_H

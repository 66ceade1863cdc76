//===- ProgressLine.cpp - How far the analysis is -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgressLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

void ProgressLine::clear() {
  if (width)
    errs() << '\r' << std::string(width, ' ') << '\r';
  width = 0;
}

void ProgressLine::show(const act::Progress &now) {
  Clock::time_point time = Clock::now();
  if (now.step != step || now.done <= 1) {
    step = now.step.str();
    begin = shown = time;
  }
  std::chrono::duration<double> spent = time - begin;
  if (time - shown < std::chrono::milliseconds(250))
    return;
  shown = time;
  double left = spent.count() * (now.total - now.done) / now.done;
  std::string text = formatv("{0}: {1} of {2}, about {3:f0} s left", now.step,
                             now.done, now.total, left);
  clear();
  errs() << text;
  width = text.size();
}

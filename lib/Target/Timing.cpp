//===- Timing.cpp - How long a call takes ---------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Target/Timing.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <chrono>
#include <cstdint>

using Clock = std::chrono::steady_clock;

/// Nanoseconds that `calls` calls take.
static double timeBatch(llvm::function_ref<void()> call, uint64_t calls) {
  Clock::time_point start = Clock::now();
  for (uint64_t i = 0; i < calls; ++i)
    call();
  return std::chrono::duration<double, std::nano>(Clock::now() - start).count();
}

act::Timing act::measure(llvm::function_ref<void()> call) {
  // The clock ticks in tens of nanoseconds: a batch of this length is timed to
  // about a thousandth.
  constexpr double shortestBatch = 5e4;
  constexpr double total = 5e8;
  constexpr size_t fewest = 5;
  uint64_t calls = 1;
  while (timeBatch(call, calls) < shortestBatch)
    calls *= 2;
  llvm::SmallVector<double> times;
  for (double spent = 0; spent < total || times.size() < fewest;) {
    double batch = timeBatch(call, calls);
    spent += batch;
    times.push_back(batch / calls);
  }
  llvm::sort(times);
  return {times[times.size() / 2], times.front()};
}

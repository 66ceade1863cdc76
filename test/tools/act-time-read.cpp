//===- act-time-read.cpp - How long reading a file's numbers takes --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   act-time-read FILE
//
// Prints the seconds that one thread takes to add up a file that is in memory,
// as if all of it was f32: the shortest of five.
//
//===----------------------------------------------------------------------===//

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

static llvm::cl::opt<std::string> file(llvm::cl::Positional,
                                       llvm::cl::Required);

/// The sum of the numbers, many side by side so that memory is the limit. The
/// bits are added up as integers: some are NaN.
static uint32_t sumOf(llvm::StringRef bytes) {
  constexpr size_t kLanes = 64;
  uint32_t lanes[kLanes] = {};
  for (size_t i = 0; i + sizeof(lanes) <= bytes.size(); i += sizeof(lanes)) {
    uint32_t next[kLanes];
    std::memcpy(next, bytes.data() + i, sizeof(lanes));
    for (size_t k = 0; k < kLanes; ++k)
      lanes[k] += next[k];
  }
  uint32_t sum = 0;
  for (uint32_t lane : lanes)
    sum += lane;
  return sum;
}

int main(int argc, char **argv) {
  using Clock = std::chrono::steady_clock;
  llvm::cl::ParseCommandLineOptions(argc, argv);
  auto buffer = llvm::MemoryBuffer::getFile(file);
  if (!buffer) {
    llvm::errs() << file << ": " << buffer.getError().message() << '\n';
    return 1;
  }
  volatile uint32_t sum;
  double shortest = HUGE_VAL;
  for (int round = 0; round < 6; ++round) {
    Clock::time_point start = Clock::now();
    sum = sumOf((*buffer)->getBuffer());
    double seconds =
        std::chrono::duration<double>(Clock::now() - start).count();
    // The first round brings the pages in.
    if (round > 0)
      shortest = std::min(shortest, seconds);
  }
  (void)sum;
  llvm::outs() << llvm::format("%.4f\n", shortest);
}

//===- NeighboursTest.cpp - Bits that do not depend on neighbours ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code branches where some lane is rare: beyond the window of a form, or with a
// result that may be subnormal. A number is to have the same bits whichever
// branch its neighbours make it take; of NaN they may be any NaN's.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "act/Target/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

using namespace act;
using namespace act::test;

namespace {

/// Patterns of numbers in ascending order: all of 16 bits, of f32 each exponent
/// and where exponentials end.
std::vector<uint64_t> ascendingInputs(Format format) {
  std::vector<uint64_t> patterns;
  if (format != Format::F32) {
    for (uint64_t bits = 0; bits < 0x10000; ++bits)
      patterns.push_back(bits);
  } else {
    std::mt19937_64 random(11);
    for (float bound : {1.0f, 16.0f, 130.0f, 400.0f}) {
      std::uniform_real_distribution<float> uniform(-bound, bound);
      for (int i = 0; i < 4096; ++i)
        patterns.push_back(llvm::bit_cast<uint32_t>(uniform(random)));
    }
    for (uint64_t bits = 0; bits < 0x100000000; bits += 0x300001)
      patterns.push_back(bits);
  }
  llvm::erase_if(patterns, [&](uint64_t bits) {
    return std::isnan(decode(bits, format));
  });
  llvm::sort(patterns, [&](uint64_t a, uint64_t b) {
    return decode(a, format) < decode(b, format);
  });
  return patterns;
}

/// The bits of the results, in the order of `order`'s numbers.
std::vector<uint64_t> run(const Kernel &kernel, Format format,
                          const std::vector<uint64_t> &values,
                          const std::vector<size_t> &order) {
  NpyArray x = llvm::cantFail(kernel.allocate(values.size()));
  NpyArray y = llvm::cantFail(kernel.allocate(values.size()));
  for (size_t i = 0; i < values.size(); ++i)
    storeBits(x, i, format, values[order[i]]);
  kernel.bind(x, y)();
  std::vector<uint64_t> results(values.size());
  for (size_t i = 0; i < values.size(); ++i)
    results[order[i]] = loadBits(y, i, format);
  return results;
}

/// Numbers far apart become neighbours.
void check(const mlir::DialectRegistry &registry, const Subject &subject,
           llvm::StringRef cpu, Format format,
           const std::vector<uint64_t> &values) {
  auto kernel = Kernel::create(registry, subject, cpu, "");
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  std::vector<size_t> ascending(values.size());
  std::iota(ascending.begin(), ascending.end(), size_t(0));
  std::vector<size_t> mixed = ascending;
  std::shuffle(mixed.begin(), mixed.end(), std::mt19937(3));
  std::vector<uint64_t> expected = run(*kernel, format, values, ascending);
  std::vector<uint64_t> results = run(*kernel, format, values, mixed);
  for (size_t i = 0; i < values.size(); ++i)
    ASSERT_EQ(results[i], expected[i]) << subject.name << " on " << cpu.str()
                                       << " at " << decode(values[i], format);
}

class Neighbours : public testing::TestWithParam<Format> {};

TEST_P(Neighbours, LeaveTheBitsOfAValue) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  std::vector<uint64_t> values = ascendingInputs(GetParam());
  bool ran = false;
  for (const char *cpu : {"x86-64-v3", "x86-64-v4"}) {
    auto machine = createHostMachine(cpu);
    if (!machine) {
      llvm::consumeError(machine.takeError());
      continue;
    }
    ran = true;
    for (const Record *record : allRecords(&testContext()))
      if (record->variables.size() == 1)
        check(registry, subjectOf(*record, GetParam()), cpu, GetParam(),
              values);
  }
  if (!ran)
    GTEST_SKIP() << "neither level here";
}

INSTANTIATE_TEST_SUITE_P(SynthesizedFormats, Neighbours,
                         testing::Values(Format::F32, Format::BF16,
                                         Format::F16),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

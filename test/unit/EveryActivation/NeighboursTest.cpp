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

#include "KernelRuns.h"
#include "ScalarJit.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "act/Target/Machine.h"
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

using namespace act;
using namespace act::test;

namespace {

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

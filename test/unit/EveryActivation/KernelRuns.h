//===- KernelRuns.h - Kernels on patterns of all kinds ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_EVERYACTIVATION_KERNELRUNS_H
#define ACT_TEST_UNIT_EVERYACTIVATION_KERNELRUNS_H

#include "Kernel.h"
#include <cstdint>
#include <vector>

namespace act::test {

/// Patterns of numbers in ascending order: all of 16 bits, of f32 each exponent
/// and where exponentials end.
std::vector<uint64_t> ascendingInputs(Format format);

/// The bits of the results of `values`, which the kernel gets in `order`.
std::vector<uint64_t> run(const Kernel &kernel, Format format,
                          const std::vector<uint64_t> &values,
                          const std::vector<size_t> &order);

} // namespace act::test

#endif // ACT_TEST_UNIT_EVERYACTIVATION_KERNELRUNS_H

//===- Targets.h - How fast this compiler's kernels are to be - -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The goals that were set for f32 on a machine with AVX-512, as multiples of
// the time that a copy of 64 Ki elements takes, and of other kernels' times.
// They are where the best of a trial's hand-written kernels and of the other
// libraries stood on an AMD Zen 5, whose copy took 0.032 ns per element.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_TARGETS_H
#define ACT_BENCH_TARGETS_H

#include "Contest.h"

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace act::bench {

/// A gradient's time over its function's.
constexpr double gradientTarget = 1.5;
/// A kernel's time in 16 bits over that in f32.
constexpr double smallFormatTarget = 1.0;
/// The time over a copy's where both stream through memory.
constexpr double streamTarget = 1.3;
/// The time with AVX2 over that with AVX-512.
constexpr double avx2Target = 2.2;

/// The largest multiple of the copy's time that `function` may take in f32 at
/// 64 Ki elements with `accuracy`, as act-bench spells it; none was set for
/// some.
std::optional<double> copyTarget(llvm::StringRef function,
                                 llvm::StringRef accuracy, Inputs inputs);

} // namespace act::bench

#endif // ACT_BENCH_TARGETS_H

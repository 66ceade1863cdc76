//===- Inputs.h - Seeded arrays of any float format --------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_INPUTS_H
#define ACT_BENCH_INPUTS_H

#include "act/Formula/Format.h"
#include "act/Formula/Moments.h"
#include "act/Target/Npy.h"

namespace act::bench {

/// Longer arrays repeat their first elements.
constexpr int64_t distinctInputs = 1 << 16;
/// Inputs of the left tail.
constexpr int64_t tailSize = 1024;

NpyArray zeroArray(Format format, llvm::ArrayRef<int64_t> shape);

/// Numbers drawn from `law` and rounded to `format`: the same on every machine.
NpyArray drawArray(Format format, llvm::ArrayRef<int64_t> shape,
                   Distribution law, unsigned seed);

/// The element `index` as a double.
double elementAt(const NpyArray &array, Format format, int64_t index);

} // namespace act::bench

#endif // ACT_BENCH_INPUTS_H

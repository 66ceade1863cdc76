//===- Timing.h - How long a call takes ------------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How long does a call take? Many calls are timed in batches long enough for
// the clock.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TARGET_TIMING_H
#define ACT_TARGET_TIMING_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// Of batches of calls one after the other, in nanoseconds per call.
struct Timing {
  double median;
  double minimum;
};

/// Calls `call` for about half a second, at least six times; the first calls
/// warm up and do not count.
Timing measure(llvm::function_ref<void()> call);

} // namespace act

#endif // ACT_TARGET_TIMING_H

//===- Copy.cpp - The copy that times are compared with -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Compiled for this machine, and not into a call of memcpy, whose strategy
// differs between sizes.
//
//===----------------------------------------------------------------------===//

#include "Copy.h"

void act::bench::copyWords(const uint64_t *__restrict from,
                           uint64_t *__restrict to, size_t count) {
  for (size_t i = 0; i < count; ++i)
    to[i] = from[i];
}

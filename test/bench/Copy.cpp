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

#include <cstring>

void act::bench::copyWords(const uint64_t *__restrict from,
                           uint64_t *__restrict to, size_t count) {
  for (size_t i = 0; i < count; ++i)
    to[i] = from[i];
}

void act::bench::streamWords(const uint64_t *__restrict from,
                             uint64_t *__restrict to, size_t count) {
  size_t streamed = 0;
#if __has_builtin(__builtin_nontemporal_store)
  // A line of the cache, which such a store has to fill.
  using Line = uint64_t __attribute__((vector_size(64)));
  constexpr size_t words = sizeof(Line) / sizeof(uint64_t);
  if (reinterpret_cast<uintptr_t>(to) % sizeof(Line) == 0)
    for (; streamed + words <= count; streamed += words) {
      Line line;
      std::memcpy(&line, from + streamed, sizeof line);
      __builtin_nontemporal_store(line,
                                  reinterpret_cast<Line *>(to + streamed));
    }
#endif
  copyWords(from + streamed, to + streamed, count - streamed);
}

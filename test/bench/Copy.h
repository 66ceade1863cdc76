//===- Copy.h - The copy that times are compared with ------- -*- C++ -*---===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_BENCH_COPY_H
#define ACT_BENCH_COPY_H

#include <cstddef>
#include <cstdint>

namespace act::bench {

/// The least any kernel does: each input byte is read and written once.
void copyWords(const uint64_t *from, uint64_t *to, size_t count);

/// The same by stores that go round the cache, where the compiler has them.
void streamWords(const uint64_t *from, uint64_t *to, size_t count);

} // namespace act::bench

#endif // ACT_BENCH_COPY_H

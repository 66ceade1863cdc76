//===- ThreadCache.h - What a reader keeps for each formula ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Readers that evaluate one formula at many points prepare it once. What they
// prepare is kept for each thread, so that no call takes a lock.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_THREADCACHE_H
#define ACT_LIB_FORMULA_THREADCACHE_H

#include "act/Formula/Expression.h"
#include <memory>
#include <unordered_map>

namespace act {

/// This thread's `Prepared(expression)`, made at the first call; valid until
/// the next one. Few are kept: a search that makes up ever new formulas must
/// not keep what all of them need.
template <typename Prepared>
Prepared &cachedInThread(Expression expression) {
  // Most callers evaluate one formula many times in a row.
  thread_local const void *lastId = nullptr;
  thread_local Prepared *last = nullptr;
  if (lastId == expression.id())
    return *last;
  thread_local std::unordered_map<const void *, std::unique_ptr<Prepared>>
      cache;
  constexpr size_t mostKept = 1024;
  if (cache.size() >= mostKept)
    cache.clear();
  std::unique_ptr<Prepared> &prepared = cache[expression.id()];
  if (!prepared)
    prepared = std::make_unique<Prepared>(expression);
  lastId = expression.id();
  last = prepared.get();
  return *last;
}

} // namespace act

#endif // ACT_LIB_FORMULA_THREADCACHE_H

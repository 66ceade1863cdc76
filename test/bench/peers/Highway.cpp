//===- Highway.cpp - Highway's contrib/math -------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// This module is for this machine alone.
#define HWY_COMPILE_ONLY_STATIC

#include "Composed.h"

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

namespace {
namespace hn = hwy::HWY_NAMESPACE;

struct Highway {
  using Vector = act::bench::Vector;
  using Tag = hn::FixedTag<float, 16>;
  static constexpr bool hasErf = false;
  static hn::Vec<Tag> wrap(Vector x) { return hn::Vec<Tag>{x}; }
  static Vector exp(Vector x) { return hn::Exp(Tag(), wrap(x)).raw; }
  static Vector expm1(Vector x) { return hn::Expm1(Tag(), wrap(x)).raw; }
  static Vector log1p(Vector x) { return hn::Log1p(Tag(), wrap(x)).raw; }
  static Vector tanh(Vector x) { return hn::Tanh(Tag(), wrap(x)).raw; }
};
} // namespace

act::bench::Peer *actBenchPeer() {
  static act::bench::Composed<Highway> peer;
  return &peer;
}

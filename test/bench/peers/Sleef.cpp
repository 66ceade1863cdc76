//===- Sleef.cpp - SLEEF's functions, at most 1 ulp -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Composed.h"

#include <sleef.h>

namespace {
struct Sleef {
  using Vector = act::bench::Vector;
  static constexpr bool hasErf = true;
  static Vector exp(Vector x) { return Sleef_expf16_u10avx512f(x); }
  static Vector expm1(Vector x) { return Sleef_expm1f16_u10avx512f(x); }
  static Vector log1p(Vector x) { return Sleef_log1pf16_u10avx512f(x); }
  static Vector tanh(Vector x) { return Sleef_tanhf16_u10avx512f(x); }
  static Vector erf(Vector x) { return Sleef_erff16_u10avx512f(x); }
};
} // namespace

act::bench::Peer *actBenchPeer() {
  static act::bench::Composed<Sleef> peer;
  return &peer;
}

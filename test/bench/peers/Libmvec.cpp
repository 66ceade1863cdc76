//===- Libmvec.cpp - glibc's vector functions -----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// The vector ABI's names: no header declares them.
//
//===----------------------------------------------------------------------===//

#include "Composed.h"

extern "C" {
__m512 _ZGVeN16v_expf(__m512);
__m512 _ZGVeN16v_expm1f(__m512);
__m512 _ZGVeN16v_log1pf(__m512);
__m512 _ZGVeN16v_tanhf(__m512);
__m512 _ZGVeN16v_erff(__m512);
}

namespace {
struct Libmvec {
  using Vector = act::bench::Vector;
  static constexpr bool hasErf = true;
  static Vector exp(Vector x) { return _ZGVeN16v_expf(x); }
  static Vector expm1(Vector x) { return _ZGVeN16v_expm1f(x); }
  static Vector log1p(Vector x) { return _ZGVeN16v_log1pf(x); }
  static Vector tanh(Vector x) { return _ZGVeN16v_tanhf(x); }
  static Vector erf(Vector x) { return _ZGVeN16v_erff(x); }
};
} // namespace

act::bench::Peer *actBenchPeer() {
  static act::bench::Composed<Libmvec> peer;
  return &peer;
}

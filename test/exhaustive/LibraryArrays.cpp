//===- LibraryArrays.cpp - The C library's functions on arrays ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibraryArrays.h"
#include <cmath>

#if defined(__AVX512F__) && defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 35)
#define ACT_HAS_LIBMVEC 1
#include <immintrin.h>
#endif
#endif

#ifdef ACT_HAS_LIBMVEC
// The names are those of the x86-64 vector function ABI: AVX-512 (e), no mask
// (N), 8 lanes, one vector argument (v).
#define ACT_ARRAY_FUNCTION(NAME)                                               \
  extern "C" __m512d _ZGVeN8v_##NAME(__m512d);                                 \
  void act::test::NAME##Of(const double *x, double *y, unsigned count) {       \
    for (unsigned i = 0; i < count; i += 8)                                    \
      _mm512_storeu_pd(y + i, _ZGVeN8v_##NAME(_mm512_loadu_pd(x + i)));        \
  }
#else
#define ACT_ARRAY_FUNCTION(NAME)                                               \
  void act::test::NAME##Of(const double *x, double *y, unsigned count) {       \
    for (unsigned i = 0; i < count; ++i)                                       \
      y[i] = std::NAME(x[i]);                                                  \
  }
#endif

ACT_ARRAY_FUNCTION(exp)
ACT_ARRAY_FUNCTION(expm1)
ACT_ARRAY_FUNCTION(log)
ACT_ARRAY_FUNCTION(log1p)
ACT_ARRAY_FUNCTION(tanh)
ACT_ARRAY_FUNCTION(erf)
ACT_ARRAY_FUNCTION(erfc)
ACT_ARRAY_FUNCTION(sin)
ACT_ARRAY_FUNCTION(cos)
ACT_ARRAY_FUNCTION(atan)

//===- VectorVersions.h - A function for each width of vectors -*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_VECTORVERSIONS_H
#define ACT_FORMULA_VECTORVERSIONS_H

// Compiles a function for the vectors of several machines; the one at hand
// takes its own. Without contraction of floating point (-ffp-contract=off) all
// give the same bits.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define ACT_VECTOR_VERSIONS                                                    \
  __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
// Functions for one machine's vectors may be chosen by hand as well.
#define ACT_HAS_VECTOR_VERSIONS
#else
#define ACT_VECTOR_VERSIONS
#endif

#endif // ACT_FORMULA_VECTORVERSIONS_H

//===- LibraryArrays.h - The C library's functions on arrays ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// glibc's libmvec where it is there, eight doubles at once and some ten times
// faster than a call for each; else its scalar functions. Neither is off by
// more than 5 ulps: the manual of glibc, "Known Maximum Errors in Math
// Functions", and for libmvec its release notes of 2.22 and 2.35 (4 ulps).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_LIBRARYARRAYS_H
#define ACT_TEST_EXHAUSTIVE_LIBRARYARRAYS_H

namespace act::test {

/// y[i] = f(x[i]) for i < count; both have room for `count` rounded up to a
/// multiple of 8, and y may be x.
using ArrayFunction = void (*)(const double *x, double *y, unsigned count);

void expOf(const double *x, double *y, unsigned count);
void expm1Of(const double *x, double *y, unsigned count);
void logOf(const double *x, double *y, unsigned count);
void log1pOf(const double *x, double *y, unsigned count);
void tanhOf(const double *x, double *y, unsigned count);
void erfOf(const double *x, double *y, unsigned count);
void erfcOf(const double *x, double *y, unsigned count);
void sinOf(const double *x, double *y, unsigned count);
void cosOf(const double *x, double *y, unsigned count);
void atanOf(const double *x, double *y, unsigned count);

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_LIBRARYARRAYS_H

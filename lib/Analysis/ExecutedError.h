//===- ExecutedError.h - What rounding adds to a bound ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The error of the program as executed in its own format, added to bounds that
// hold in the reals. Subnormals are kept (no flush to zero).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_EXECUTEDERROR_H
#define ACT_LIB_ANALYSIS_EXECUTEDERROR_H

#include "act/Formula/ExactValue.h"
#include "act/Formula/Interval.h"
#include "act/Relaxation/Network.h"
#include "llvm/ADT/ArrayRef.h"

namespace act {

/// Where the numbers of `range` lie when each is rounded to nearest, which is
/// monotone.
Interval converted(Interval range, Format format);

/// Where the result of an op lies whose exact result lies in `range` and
/// which is wrong by at most `ulps` of it, but of no other sign where these are
/// no more than is promised without an `accuracy`; an end beyond the format is
/// infinite. Half an ulp means correct rounding, or none
/// where the op is compiled into one function with the next.
Interval executed(Interval range, double ulps, Format format);

/// An upper bound of the error of a sum of `terms` products (start value
/// included) in any order, fused or not: g(n+1) M + (n+1) h with g(k) =
/// k u / (1 - k u) (Higham, Accuracy and Stability of Numerical Algorithms,
/// 2nd ed., 3.1) and h half the smallest subnormal; M >= sum |a_i b_i|. Each
/// step may round to any of `formats`: u and h are the largest of theirs.
/// Infinite where there is no bound.
SumError summationError(double terms, llvm::ArrayRef<Format> formats);
/// The same for a given M; infinite as well where a partial sum may overflow
/// one of the formats.
double summationError(double terms, double magnitude,
                      llvm::ArrayRef<Format> formats);

} // namespace act

#endif // ACT_LIB_ANALYSIS_EXECUTEDERROR_H

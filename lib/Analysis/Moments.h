//===- Moments.h - Mean, variance and kurtosis of numbers ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What millions of weights look like, read where they lie.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_MOMENTS_H
#define ACT_LIB_ANALYSIS_MOMENTS_H

#include "act/Analysis/Bounds.h"

namespace act {

/// Moments of a sample about its own mean, each divided by `count`; all 0 for
/// an empty one. The kurtosis, the fourth moment over the squared variance, has
/// no unit and is 0 where all numbers are the same.
struct Moments {
  size_t count = 0;
  double mean = 0.0, variance = 0.0, kurtosis = 0.0;
  double largest = 0.0; ///< magnitude
};

/// The moments of numbers, one for a splat: to some ulp, variance and kurtosis
/// of themselves unless the numbers differ in their last digits only. Some are
/// NaN if a number is infinite or NaN. The same for any number of threads and
/// width of vectors.
Moments momentsOf(const Bounds &numbers);
Moments momentsOf(llvm::ArrayRef<double> numbers);
/// Those of a sample of at most about `most` numbers: blocks of 2048, the same
/// distance apart. What is drawn independently of the same law has a variance
/// that is sqrt((kurtosis - 1) / most) of itself off.
Moments sampledMoments(const Bounds &numbers, size_t most);

} // namespace act

#endif // ACT_LIB_ANALYSIS_MOMENTS_H

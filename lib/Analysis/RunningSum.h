//===- RunningSum.h - A sum that bounds its own rounding -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_RUNNINGSUM_H
#define ACT_LIB_ANALYSIS_RUNNINGSUM_H

namespace act {

/// A sum of products with a running bound of its own rounding: exact sums stay
/// exact, which keeps bounds at 0.
class RunningSum {
public:
  void add(double term);
  void addProduct(double a, double b);
  /// Ends beyond which the exact sum does not lie; infinite where a partial sum
  /// leaves the doubles.
  double lower() const;
  double upper() const;

private:
  double error() const;
  double sum = 0.0, lost = 0.0;
  unsigned steps = 0;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_RUNNINGSUM_H

//===- ChartAxis.h - Where a number stands in a chart ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_REPORT_CHARTAXIS_H
#define ACT_LIB_REPORT_CHARTAXIS_H

#include "act/Formula/Interval.h"
#include <vector>

namespace act {

/// An axis that shows 0 and all of some intervals. Those of very different size
/// make it logarithmic on both sides of 0, linear near it.
class ChartAxis {
public:
  explicit ChartAxis(const std::vector<Interval> &intervals);

  /// From 0, its left end, to 1; what is unbounded lies at an end.
  double position(double value) const;
  /// Round numbers, in order.
  std::vector<double> ticks() const;
  bool isLogarithmic() const { return logarithmic; }
  /// Whether `value` is too large to be shown to scale.
  static bool isUnbounded(double value);

private:
  double transform(double value) const;

  bool logarithmic = false;
  double unit = 1;          ///< up to which a logarithmic axis is about linear
  double low = 0, high = 0; ///< transformed
};

} // namespace act

#endif // ACT_LIB_REPORT_CHARTAXIS_H

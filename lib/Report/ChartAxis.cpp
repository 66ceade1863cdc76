//===- ChartAxis.cpp - Where a number stands in a chart -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChartAxis.h"
#include <algorithm>
#include <cmath>

namespace act {

bool ChartAxis::isUnbounded(double value) {
  // Beyond this nothing is told apart any more, and no difference overflows.
  return !(std::abs(value) < 1e30);
}

ChartAxis::ChartAxis(const std::vector<Interval> &intervals) {
  // Tiny intervals would only stretch a logarithmic axis.
  constexpr double kTiny = 1e-6, kFar = 50;
  double smallest = INFINITY, largest = 0, left = 0, right = 0;
  for (Interval interval : intervals) {
    double size = 0;
    for (double end : {interval.lo, interval.hi}) {
      if (isUnbounded(end))
        continue;
      left = std::min(left, end);
      right = std::max(right, end);
      size = std::max(size, std::abs(end));
    }
    largest = std::max(largest, size);
    if (size > 0)
      smallest = std::min(smallest, size);
  }
  // Steps between ticks must not underflow either.
  if (largest < 1e-30)
    left = -1, right = 1;
  else if (largest > kFar * smallest) {
    logarithmic = true;
    double least = std::max(smallest, std::min(1.0, kTiny * largest));
    unit = std::pow(10, std::floor(std::log10(least)));
  }
  low = transform(left);
  high = transform(right);
  // Room for the marks of what lies at an end.
  double margin = 0.04 * (high - low);
  low -= margin;
  high += margin;
}

double ChartAxis::transform(double value) const {
  if (!logarithmic)
    return value;
  return std::copysign(std::log10(1 + std::abs(value) / unit), value);
}

double ChartAxis::position(double value) const {
  if (isUnbounded(value))
    return value < 0 ? 0 : 1;
  return std::clamp((transform(value) - low) / (high - low), 0.0, 1.0);
}

/// The multiples of 1, 2 or 5 times a power of 10 between the ends.
static std::vector<double> linearTicks(double low, double high) {
  double rough = (high - low) / 6;
  double power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough) {
      step = factor * power;
      break;
    }
  std::vector<double> ticks;
  for (double count = std::ceil(low / step); count * step <= high; ++count)
    ticks.push_back(count == 0 ? 0.0 : count * step);
  return ticks;
}

std::vector<double> ChartAxis::ticks() const {
  if (!logarithmic)
    return linearTicks(low, high);
  // At most four powers of 10 on each side leave room for their labels.
  double decades = std::max(-low, high);
  int stride = std::max(1, int(std::ceil(decades / 4)));
  std::vector<double> ticks{0};
  for (int power = stride; power <= decades; power += stride) {
    double value = unit * std::pow(10, power);
    if (transform(value) <= high)
      ticks.push_back(value);
    if (transform(-value) >= low)
      ticks.push_back(-value);
  }
  std::sort(ticks.begin(), ticks.end());
  return ticks;
}

} // namespace act

//===- ExecutedPoint.cpp - Inputs near points of the reals ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutedPoint.h"
#include "act/Formula/ExactValue.h"

namespace act {

/// A number of `format` within `range` close to `x`, if there is one.
static std::optional<double> numberNear(double x, Interval range,
                                        Format format) {
  double rounded = roundTo(x, format), step = ulp(rounded, format);
  for (double candidate : {rounded, rounded - step, rounded + step})
    if (range.contains(candidate) && roundTo(candidate, format) == candidate)
      return candidate;
  return std::nullopt;
}

std::optional<SourcePoint> representable(const Network &network,
                                         const SourceBox &domain,
                                         const SourcePoint &point) {
  SourcePoint result = point;
  for (unsigned each = 0; each < point.size(); ++each) {
    if (const SourceSet *set = network[each].set.get()) {
      if (!point[each].empty() &&
          !set->makeRepresentable(result[each], network[each].format))
        return std::nullopt;
      continue;
    }
    for (unsigned i = 0; i < point[each].size(); ++i) {
      auto number =
          numberNear(point[each][i], domain[each][i], network[each].format);
      if (!number)
        return std::nullopt;
      result[each][i] = *number;
    }
  }
  return result;
}

SourceBox boxAt(const SourcePoint &point) {
  SourceBox box(point.size());
  for (unsigned each = 0; each < point.size(); ++each)
    for (double x : point[each])
      box[each].push_back(Interval(x));
  return box;
}

} // namespace act

//===- Witnesses.cpp - Inputs to try on a network -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Witnesses.h"
#include "act/IR/FloatFormat.h"
#include "act/Relaxation/PointSearch.h"
#include <cmath>

using namespace mlir;

namespace act {

/// A finite part of a domain that may have no ends.
static Interval finitePart(Interval domain) {
  if (std::isfinite(domain.lo))
    return {domain.lo, std::isfinite(domain.hi) ? domain.hi : domain.lo + 1.0};
  if (std::isfinite(domain.hi))
    return {domain.hi - 1.0, domain.hi};
  return {-1.0, 1.0};
}

WitnessPoints::WitnessPoints(ArrayRef<FunctionOpInterface> functions,
                             const ArgumentDomains &domains)
    : sets(domains.sets) {
  for (FunctionOpInterface function : functions)
    for (BlockArgument argument : function.getArguments()) {
      // An argument without a point keeps nothing known of it.
      if (!formatOf(argument.getType()) ||
          boundsSize(argument.getType()) > kMaxBoundsSize / 16)
        continue;
      auto domain = domains.bounds.find(argument);
      for (int64_t i = 0, e = boundsSize(argument.getType()); i < e; ++i)
        axes.push_back({argument, domain == domains.bounds.end()
                                      ? Interval()
                                      : domain->second[i].range});
    }
}

double WitnessPoints::coordinate(unsigned point, unsigned axis,
                                 Interval range) const {
  if (axes.size() <= kFewAxes)
    return (point >> axis) & 1 ? range.hi : range.lo;
  if (point == 0)
    return range.middle();
  if (point <= 2)
    return point == 1 ? range.lo : range.hi;
  uint64_t random = mixed((uint64_t(point) << 32) + axis);
  if (point % 2)
    return random & 1 ? range.hi : range.lo;
  // Few different ones, so that functions are evaluated at few.
  return range.lo + (range.hi - range.lo) * ((random >> 54) * 0x1p-10);
}

/// A number of `format` close to `x` and within `range`; all of `range` if
/// there is none, which a witness then holds for as a whole.
static Interval representable(double x, Interval range, Format format) {
  double rounded = roundTo(x, format);
  double step = ulp(rounded, format);
  for (double candidate : {rounded, rounded - step, rounded + step})
    if (std::isfinite(candidate) && range.contains(candidate))
      return Interval(candidate);
  return range;
}

ArgumentBounds WitnessPoints::operator[](unsigned index) const {
  return point([&](unsigned axis, Interval range) {
    return coordinate(index, axis, range);
  });
}

ArgumentBounds WitnessPoints::towards(ArrayRef<double> weights) const {
  return point([&](unsigned axis, Interval range) {
    double slope = 0.0;
    for (auto [index, weight] : llvm::enumerate(weights))
      slope += weight * (coordinate(index, axis, range) - range.middle());
    return slope > 0 ? range.hi : range.lo;
  });
}

/// Moves numbers to a point of the set; false where none of the format is
/// found.
static bool moveInto(const SourceSet &set, std::vector<Element> &elements,
                     Format format) {
  std::vector<double> point;
  for (const Element &element : elements)
    point.push_back(element.range.middle());
  set.project(point);
  if (!set.makeRepresentable(point, format))
    return false;
  for (auto [element, number] : llvm::zip(elements, point))
    element.range = Interval(number);
  return true;
}

ArgumentBounds WitnessPoints::point(
    llvm::function_ref<double(unsigned axis, Interval range)> at) const {
  llvm::DenseMap<Value, std::vector<Element>> elements;
  for (auto [axis, part] : llvm::enumerate(axes)) {
    double x = at(axis, finitePart(part.range));
    Format format = *formatOf(part.argument.getType());
    elements[part.argument].push_back({representable(x, part.range, format)});
  }
  ArgumentBounds arguments;
  for (auto &[argument, list] : elements) {
    std::shared_ptr<const SourceSet> set = sets.lookup(argument);
    // Of an argument without a point nothing is known.
    if (set && !moveInto(*set, list, *formatOf(argument.getType())))
      continue;
    arguments[argument] = list.size() == 1 ? Bounds::splat(list.front())
                                           : Bounds::elements(std::move(list));
  }
  return arguments;
}

} // namespace act

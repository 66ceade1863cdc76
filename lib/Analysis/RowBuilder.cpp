//===- RowBuilder.cpp - The rows of an affine node ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowBuilder.h"
#include <cmath>

namespace act {

/// What of an interval its middle leaves out, at most.
static double radius(Interval range, double middle) {
  if (range.isPoint())
    return 0.0;
  return roundedUp(std::max(range.hi - middle, middle - range.lo));
}

LinearMap &RowBuilder::mapOf(unsigned node) {
  for (LinearTerm &term : terms)
    if (term.node == node)
      return term.map;
  terms.push_back({node, LinearMap(network[node].size())});
  for (size_t row = 0; row < offset.size(); ++row)
    terms.back().map.endRow();
  return terms.back().map;
}

void RowBuilder::add(unsigned node, unsigned element, Interval factor) {
  double middle = factor.middle();
  double most = network[node].range[element].magnitude();
  if (middle != 0.0) {
    mapOf(node).addEntry(element, middle);
    Interval range = network[node].range[element];
    low += middle > 0 ? middle * range.lo : middle * range.hi;
    high += middle > 0 ? middle * range.hi : middle * range.lo;
    size += std::abs(middle) * most;
    ++count;
    ++entries;
  }
  identity &= middle == 1.0 && element == offset.size() && inRow == 0;
  ++inRow;
  if (double rest = radius(factor, middle); rest != 0.0)
    factorError = roundedUp(factorError + roundedUp(rest * most));
}

void RowBuilder::addConstant(Interval value) {
  if (value == Interval(0.0))
    return;
  constant = constant + value;
  size += value.magnitude();
  ++count;
  identity = false;
}

void RowBuilder::endRow(double error) {
  double middle = constant.middle();
  offset.push_back(middle);
  errors.push_back(roundedUp(error + factorError + radius(constant, middle)));
  if (error == 0.0 && factorError == 0.0 && constant.isPoint())
    errors.back() = 0.0;
  identity &= errors.back() == 0.0 && inRow == 1;
  double rounding = relativeSumError(2 * count + 4) * magnitude();
  Interval off(-roundedUp(errors.back() + rounding),
               roundedUp(errors.back() + rounding));
  ranges.push_back(Interval(low, high) + constant + off);
  for (LinearTerm &term : terms)
    term.map.endRow();
  low = high = 0.0;
  constant = Interval(0.0);
  size = count = factorError = 0.0;
  inRow = 0;
}

bool RowBuilder::isIdentity() const {
  return identity && terms.size() == 1 &&
         network[onlyNode()].size() == offset.size();
}

unsigned RowBuilder::finish(Network &target, std::vector<Interval> range) {
  for (LinearTerm &term : terms)
    term.map.finish();
  for (size_t row = 0; row < range.size(); ++row)
    if (Interval common = intersect(range[row], ranges[row]);
        common.lo <= common.hi)
      range[row] = common;
  return target.addAffine(std::move(terms), std::move(offset), std::move(range),
                          std::move(errors));
}

} // namespace act

//===- RowBuilder.cpp - The rows of an affine node ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowBuilder.h"
#include <algorithm>
#include <cmath>
#include <limits>

namespace act {

/// What of an interval its middle leaves out, at most.
static double radius(Interval range, double middle) {
  if (range == Interval(middle))
    return 0.0;
  return roundedUp(std::max(range.hi - middle, middle - range.lo));
}

/// A number close to `middle` that is not 0: an offset of 0 says that there is
/// none, and with it that the network may be homogeneous.
static double nonZero(double middle) {
  return middle == 0.0 ? std::numeric_limits<double>::min() : middle;
}

LinearMap &RowBuilder::mapOf(unsigned node) {
  for (auto &[known, map] : maps)
    if (known == node)
      return map;
  LinearMap map(network[node].size());
  for (size_t row = 0; row < offset.size(); ++row)
    map.endRow();
  maps.emplace_back(node, std::move(map));
  return maps.back().second;
}

void RowBuilder::add(unsigned node, unsigned element, Interval factor) {
  double middle = factor.middle();
  Interval range = network[node].range[element];
  double most = range.magnitude();
  if (middle != 0.0) {
    mapOf(node).addEntry(element, middle);
    low += middle > 0 ? middle * range.lo : middle * range.hi;
    high += middle > 0 ? middle * range.hi : middle * range.lo;
    ++entries;
  }
  // The program rounds the products of the factor, not of its middle.
  if (!(factor == Interval(0.0))) {
    size += factor.magnitude() * most;
    ++count;
  }
  shift &= factor == Interval(1.0) && element == offset.size() && inRow == 0;
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
}

void RowBuilder::endRow(SumError error) {
  double middle = constant.middle();
  if (!constant.isPoint())
    middle = nonZero(middle);
  offset.push_back(middle);
  // What the middles leave out rounds as well.
  auto leftOut = [&](double rest) {
    return rest == 0.0 ? 0.0
                       : roundedUp(roundedUp(rest * error.relative) + rest);
  };
  double ofConstant = leftOut(radius(constant, middle));
  double ofFactors = leftOut(factorError);
  error = error + SumError{0.0, ofConstant, 0.0, ofFactors};
  errors.push_back(error);
  shift &= inRow == 1;
  SumError all = error + SumError{relativeSumError(2 * count + 4), 0.0, 0.0};
  double off = all.of(magnitude());
  ranges.push_back(Interval(low, high) + constant + Interval(-off, off));
  for (auto &[node, map] : maps)
    map.endRow();
  low = high = 0.0;
  constant = Interval(0.0);
  size = count = factorError = 0.0;
  inRow = 0;
}

bool RowBuilder::isShift() const {
  return shift && maps.size() == 1 &&
         network[onlyNode()].size() == offset.size();
}

bool RowBuilder::isIdentity() const {
  return isShift() &&
         std::all_of(errors.begin(), errors.end(),
                     [](const SumError &error) { return error.isZero(); }) &&
         std::all_of(offset.begin(), offset.end(),
                     [](double each) { return each == 0.0; });
}

/// The maps of an affine node of which this is a shift serve it as well: the
/// offsets and errors of both add up.
std::vector<LinearTerm> RowBuilder::takeTerms() {
  std::vector<LinearTerm> terms;
  if (isShift() && network[onlyNode()].kind == NetworkNode::Kind::Affine) {
    const NetworkNode &node = network[onlyNode()];
    for (size_t i = 0; i < offset.size(); ++i) {
      bool isNone = offset[i] == 0.0 && node.offset[i] == 0.0;
      Interval sum = Interval(offset[i]) + Interval(node.offset[i]);
      offset[i] = isNone ? 0.0 : nonZero(sum.middle());
      // The magnitudes that the relative error is of lack the old offset.
      const SumError &inner = node.sumError[i];
      double moved =
          inner.relative * std::abs(node.offset[i]) + radius(sum, offset[i]);
      errors[i] = errors[i] + inner +
                  SumError{0.0, moved == 0.0 ? 0.0 : roundedUp(moved), 0.0};
    }
    return node.terms;
  }
  for (auto &[node, map] : maps) {
    map.finish();
    terms.push_back({node, std::make_shared<LinearMap>(std::move(map))});
  }
  return terms;
}

unsigned RowBuilder::finish(Network &target, std::vector<Interval> range) {
  std::vector<LinearTerm> terms = takeTerms();
  for (size_t row = 0; row < range.size(); ++row)
    range[row] = narrowed(range[row], ranges[row]);
  return target.addAffine(std::move(terms), std::move(offset), std::move(range),
                          std::move(errors));
}

} // namespace act

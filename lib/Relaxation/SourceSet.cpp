//===- SourceSet.cpp - What elements of a source satisfy together ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/SourceSet.h"
#include "OneHotRows.h"
#include "act/Relaxation/Network.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace act {

using Kind = RowSet::Kind;

//===----------------------------------------------------------------------===//
// Sets of rows
//===----------------------------------------------------------------------===//

RowSet RowSet::ellipsoid(std::vector<double> center,
                         std::vector<double> radius) {
  return {Kind::Ellipsoid, std::move(center), std::move(radius), Interval()};
}

RowSet RowSet::simplex(Interval sum) { return {Kind::Simplex, {}, {}, sum}; }

RowSet RowSet::oneHot() { return {Kind::OneHot, {}, {}, Interval(1.0)}; }

RowSet RowSet::normalized(unsigned size, double norm, Interval sum) {
  RowSet set = ellipsoid(std::vector<double>(size, 0.0),
                         std::vector<double>(size, norm));
  set.sum = sum;
  return set;
}

Interval RowSet::range(unsigned element) const {
  switch (kind) {
  case Kind::Ellipsoid: {
    Interval own(-radius[element], radius[element]);
    // Of numbers of a norm r that add up to s one is at most s / n from its
    // part that adds up to 0, the norm of whose unit vector is sqrt((n - 1) /
    // n).
    double n = radius.size(), most = sum.magnitude();
    if (std::isfinite(most))
      own = intersect(own, Interval(-1.0, 1.0) *
                               Interval(radius[element] * std::sqrt(1 - 1 / n) *
                                            (1 + 0x1p-50) +
                                        most / n * (1 + 0x1p-50)));
    return Interval(center[element]) + own;
  }
  case Kind::Simplex:
    return {0.0, sum.hi};
  case Kind::OneHot:
    return {0.0, 1.0};
  }
  return Interval();
}

SourceSet SourceSet::alongAxis(RowSet set, const std::vector<int64_t> &shape,
                               unsigned axis) {
  auto product = [&](unsigned begin, unsigned end) {
    return std::accumulate(shape.begin() + begin, shape.begin() + end,
                           int64_t(1), std::multiplies<int64_t>());
  };
  unsigned outer = product(0, axis), size = shape[axis],
           stride = product(axis + 1, shape.size());
  std::vector<Row> rows;
  for (unsigned i = 0; i < outer; ++i)
    for (unsigned k = 0; k < stride; ++k)
      rows.push_back({i * size * stride + k, stride, size});
  return SourceSet(std::move(set), std::move(rows));
}

//===----------------------------------------------------------------------===//
// Boxes around parts of a set
//===----------------------------------------------------------------------===//

/// Where x lies if it does in both; false if it cannot.
static bool narrowSide(Interval &side, Interval known) {
  side = {std::max(side.lo, known.lo), std::min(side.hi, known.hi)};
  return side.lo <= side.hi;
}

/// What the other elements leave of the sum for each.
static bool narrowBySum(Interval sum, std::vector<Interval> &box) {
  double low = 0.0, high = 0.0, most = sum.magnitude();
  for (Interval side : box) {
    low += side.lo;
    high += side.hi;
    most += 2 * side.magnitude();
  }
  double off = roundedUp(2 * relativeSumError(box.size() + 8) * most);
  if (std::isnan(low) || std::isnan(high) || !std::isfinite(off))
    return true;
  for (Interval &side : box)
    if (!narrowSide(side, {sum.lo - (high - side.hi) - off,
                           sum.hi - (low - side.lo) + off}))
      return false;
  return true;
}

/// What the other elements leave of the radius for each.
static bool narrowByEllipsoid(const RowSet &set, std::vector<Interval> &box) {
  // The least square of each scaled distance from the center.
  std::vector<double> least(box.size(), 0.0);
  for (size_t i = 0; i < box.size(); ++i) {
    if (!narrowSide(box[i], set.range(i)))
      return false;
    double gap =
        std::max({box[i].lo - set.center[i], set.center[i] - box[i].hi, 0.0});
    if (gap > 0.0 && set.radius[i] > 0.0)
      least[i] = std::pow(gap / set.radius[i], 2);
  }
  double sum = std::accumulate(least.begin(), least.end(), 0.0);
  double off = 2 * relativeSumError(box.size() + 8) * (1.0 + sum);
  if (sum - off > 1.0)
    return false;
  for (size_t i = 0; i < box.size(); ++i) {
    double left = std::max(1.0 - (sum - least[i]) + off, 0.0);
    double reach = roundedUp(roundedUp(std::sqrt(left)) * set.radius[i]);
    if (!narrowSide(box[i], Interval(set.center[i]) + Interval(-reach, reach)))
      return false;
  }
  return true;
}

std::vector<unsigned> possibleOnes(const std::vector<Interval> &box) {
  std::vector<unsigned> ones, notZero;
  for (size_t i = 0; i < box.size(); ++i) {
    if (box[i].contains(1.0))
      ones.push_back(i);
    if (!box[i].contains(0.0))
      notZero.push_back(i);
  }
  if (notZero.empty())
    return ones;
  if (notZero.size() == 1 && box[notZero.front()].contains(1.0))
    return notZero;
  return {};
}

static bool narrowOneHot(std::vector<Interval> &box) {
  std::vector<unsigned> ones = possibleOnes(box);
  std::fill(box.begin(), box.end(), Interval(0.0));
  for (unsigned i : ones)
    box[i] = ones.size() == 1 ? Interval(1.0) : Interval(0.0, 1.0);
  return !ones.empty();
}

bool SourceSet::narrow(std::vector<Interval> &box) const {
  for (const Row &row : all) {
    std::vector<Interval> part;
    for (unsigned i = 0; i < row.size; ++i)
      part.push_back(box[row[i]]);
    bool isLeft = true;
    if (set.kind == Kind::OneHot)
      isLeft = narrowOneHot(part);
    if (set.kind == Kind::Ellipsoid)
      isLeft = narrowByEllipsoid(set, part);
    if (set.kind != Kind::OneHot && set.sum.isBounded())
      isLeft = isLeft && narrowBySum(set.sum, part);
    if (!isLeft)
      return false;
    for (unsigned i = 0; i < row.size; ++i)
      box[row[i]] = part[i];
  }
  return true;
}

} // namespace act

//===- SourceSetPoints.cpp - Points of sets of rows -----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Points that are tried are moved into the set; what is handed out as an input
// lies in it exactly, whatever was rounded on the way.
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ExactValue.h"
#include "act/Relaxation/PointSearch.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace act {

using Kind = RowSet::Kind;
using RowPoint = std::vector<double>;

/// Replaces each row of `point` by what `move` makes of it; false where that
/// fails.
template <typename Move>
static bool moveRows(const SourceSet &set, RowPoint &point, Move move) {
  RowPoint x;
  for (const SourceSet::Row &row : set.rows()) {
    x.resize(row.size);
    for (unsigned i = 0; i < row.size; ++i)
      x[i] = point[row[i]];
    if (!move(x))
      return false;
    for (unsigned i = 0; i < row.size; ++i)
      point[row[i]] = x[i];
  }
  return true;
}

static void setVertex(RowPoint &x, size_t one) {
  std::fill(x.begin(), x.end(), 0.0);
  if (!x.empty())
    x[one] = 1.0;
}

static size_t highest(const RowPoint &x) {
  return std::max_element(x.begin(), x.end()) - x.begin();
}

//===----------------------------------------------------------------------===//
// Points nearby
//===----------------------------------------------------------------------===//

/// Moves `x` towards the center until it lies inside; from inside too, to the
/// surface, where `isStretched`.
static void scaleToEllipsoid(const RowSet &set, RowPoint &x, bool isStretched) {
  double sum = 0.0;
  for (size_t i = 0; i < x.size(); ++i)
    if (set.radius[i] > 0.0)
      sum += std::pow((x[i] - set.center[i]) / set.radius[i], 2);
  double scale =
      sum > 1.0 || (isStretched && sum > 0.0) ? 1 / std::sqrt(sum) : 1.0;
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = set.radius[i] > 0.0 ? set.center[i] + scale * (x[i] - set.center[i])
                               : set.center[i];
}

/// The nearest point: max(x - t, 0) with t such that the elements add up to 1
/// (Duchi, Shalev-Shwartz, Singer, Chandra, ICML 2008).
static void projectOnSimplex(RowPoint &x) {
  RowPoint sorted = x;
  std::sort(sorted.begin(), sorted.end(), std::greater<double>());
  double sum = 0.0, threshold = 0.0;
  for (size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    double candidate = (sum - 1.0) / double(k + 1);
    if (sorted[k] > candidate)
      threshold = candidate;
  }
  for (double &each : x)
    each = std::max(each - threshold, 0.0);
}

void SourceSet::project(std::vector<double> &point) const {
  moveRows(*this, point, [&](RowPoint &x) {
    if (set.kind == Kind::Ellipsoid)
      scaleToEllipsoid(set, x, /*isStretched=*/false);
    else if (set.kind == Kind::Simplex)
      projectOnSimplex(x);
    else
      setVertex(x, highest(x));
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Random points
//===----------------------------------------------------------------------===//

/// Weights of an exponential law, divided by their sum, are uniform on the
/// simplex; their powers lie near its vertices.
static void drawWeights(RowPoint &x, uint64_t state, double power) {
  for (double &each : x) {
    state = mixed(state);
    each = std::pow(-std::log((double(state >> 11) + 0.5) * 0x1p-53), power);
  }
  double sum = std::accumulate(x.begin(), x.end(), 0.0);
  for (double &each : x)
    each /= sum;
}

void SourceSet::spread(std::vector<double> &point, uint64_t number) const {
  bool isAtEnd = number % 2 == 0;
  uint64_t state = mixed(number);
  moveRows(*this, point, [&](RowPoint &x) {
    state = mixed(state);
    bool isVertex = set.kind == Kind::OneHot || (isAtEnd && state % 2);
    if (set.kind == Kind::Ellipsoid)
      scaleToEllipsoid(set, x, isAtEnd);
    else if (isVertex)
      setVertex(x, x.empty() ? 0 : (state >> 1) % x.size());
    else
      drawWeights(x, state, isAtEnd ? 4.0 : 1.0);
    return true;
  });
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

/// A number of `format` near `x` that is no farther from `center`, if one of
/// the two around x is.
static double roundTowards(double x, double center, Format format) {
  double nearest = roundTo(x, format);
  if (std::abs(nearest - center) <= std::abs(x - center))
    return nearest;
  double next = nearest + std::copysign(ulp(nearest, format), center - nearest);
  return std::abs(next - center) < std::abs(nearest - center) ? next : nearest;
}

static bool isInEllipsoid(const RowSet &set, const RowPoint &x) {
  Interval sum = 0.0;
  for (size_t i = 0; i < x.size(); ++i) {
    Interval distance = Interval(x[i]) - Interval(set.center[i]);
    if (distance == Interval(0.0))
      continue;
    if (set.radius[i] == 0.0)
      return false;
    Interval ratio = distance / Interval(set.radius[i]);
    sum = sum + ratio * ratio;
  }
  return sum.hi <= 1.0;
}

/// Shrinks the distance to the center until what is rounded lies inside.
static bool representInEllipsoid(const RowSet &set, RowPoint &x,
                                 Format format) {
  scaleToEllipsoid(set, x, /*isStretched=*/false);
  RowPoint tried(x.size());
  double least = std::ldexp(1.0, -layoutOf(format).precision);
  for (double shrink = 0.0; shrink <= 1.0;
       shrink = shrink == 0.0 ? least : 4 * shrink) {
    for (size_t i = 0; i < x.size(); ++i)
      tried[i] =
          roundTowards(set.center[i] + (1.0 - shrink) * (x[i] - set.center[i]),
                       set.center[i], format);
    if (isInEllipsoid(set, tried)) {
      x = tried;
      return true;
    }
  }
  return false;
}

/// Multiples of 2^-p with p bits of precision are numbers of the format up to
/// 1, and so are their sums: what rounding leaves goes to the largest.
static bool representOnSimplex(RowPoint &x, Format format) {
  projectOnSimplex(x);
  double unit = std::ldexp(1.0, -layoutOf(format).precision), left = 1.0;
  for (double &each : x) {
    each = std::floor(each / unit) * unit;
    left -= each;
  }
  if (x.empty())
    return false;
  double &largest = x[highest(x)];
  largest += left;
  return largest >= 0.0;
}

bool SourceSet::makeRepresentable(std::vector<double> &point,
                                  Format format) const {
  return moveRows(*this, point, [&](RowPoint &x) {
    if (set.kind == Kind::Ellipsoid)
      return representInEllipsoid(set, x, format);
    if (set.kind == Kind::Simplex)
      return representOnSimplex(x, format);
    setVertex(x, highest(x));
    return !x.empty();
  });
}

} // namespace act

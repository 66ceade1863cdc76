//===- SourceSetSupport.cpp - Linear bounds over a set of rows ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OneHotRows.h"
#include "act/Relaxation/Network.h"
#include "act/Relaxation/SourceSet.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace act {

using Kind = RowSet::Kind;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();

//===----------------------------------------------------------------------===//
// Support functions
//===----------------------------------------------------------------------===//

namespace {

/// The coefficients of a row and the box around it.
struct RowForm {
  std::vector<double> w;
  std::vector<Interval> box;

  RowForm(const SourceSet::Row &row, const double *coefficients,
          const std::vector<Interval> &source) {
    for (unsigned i = 0; i < row.size; ++i) {
      w.push_back(coefficients[row[i]]);
      box.push_back(source[row[i]]);
    }
  }
  size_t size() const { return w.size(); }
};

} // namespace

static double endTowards(Interval side, double direction) {
  return direction > 0 ? side.hi : side.lo;
}

/// The largest value over the box. What rounding adds is the caller's.
static SourceSet::Bound boxSupport(const RowForm &row) {
  SourceSet::Bound bound;
  for (size_t i = 0; i < row.size(); ++i)
    if (row.w[i] != 0.0)
      bound.value += row.w[i] * endTowards(row.box[i], row.w[i]);
  return bound;
}

/// Adds terms and knows by how much their sum may be off.
class ErrorSum {
public:
  /// `magnitude` is at least that of what `term` was computed from.
  void add(double term, double magnitude) {
    value += term;
    total += magnitude;
    ++count;
  }
  void add(double term) { add(term, std::abs(term)); }
  SourceSet::Bound bound() const {
    // A few roundings in each term, and products that underflow.
    return {value, 1.001 * relativeSumError(count + 8) * total +
                       (count + 8) * std::numeric_limits<double>::min()};
  }

private:
  double value = 0.0, total = 0.0, count = 0.0;
};

/// Adds the largest product of a multiplier of the sum with one of `sum`.
static void addSum(double multiplier, Interval sum, ErrorSum &bound) {
  if (multiplier != 0.0)
    bound.add(multiplier * endTowards(sum, multiplier));
}

/// The Euclidean norm, without overflow; rounded.
static double norm(const std::vector<double> &x) {
  double largest = 0.0, sum = 0.0;
  for (double each : x)
    largest = std::max(largest, std::abs(each));
  if (largest == 0.0 || std::isinf(largest))
    return largest;
  for (double each : x)
    sum += (each / largest) * (each / largest);
  return largest * std::sqrt(sum);
}

/// The multiplier of the sum of the elements with which the bound of an
/// ellipsoid around 0 of one radius is least: the rest of the coefficients is
/// their mean's part d and a part of norm W that adds up to 0, and |mean - d|
/// s + r sqrt(n d^2 + W^2) is least at n d^2 (r^2 n - s^2) = s^2 W^2.
static double sumMultiplier(const RowSet &set, const std::vector<double> &w) {
  if (!set.sum.isBounded() || w.empty())
    return 0.0;
  double n = w.size(), r = set.radius.front(), s = set.sum.magnitude();
  double mean = std::accumulate(w.begin(), w.end(), 0.0) / n;
  std::vector<double> rest;
  for (double each : w)
    rest.push_back(each - mean);
  double room = r * r * n - s * s;
  if (!(room > 0.0))
    return 0.0;
  double d = s * norm(rest) / std::sqrt(n * room);
  return std::copysign(std::max(std::abs(mean) - d, 0.0), mean);
}

/// Multipliers of the elements' ranges where these cut into the ellipsoid: what
/// is left of the coefficients is a multiple m of the gradient at
/// x = clamp(c + w r^2 / m), with m such that x lies on the surface.
static std::vector<double> rangeMultipliers(const RowSet &set,
                                            const RowForm &row) {
  std::vector<double> v(row.size(), 0.0), scaled;
  bool isCut = false;
  for (size_t i = 0; i < row.size(); ++i) {
    Interval side = row.box[i];
    isCut |= !(side.lo <= set.center[i] - set.radius[i] &&
               side.hi >= set.center[i] + set.radius[i]);
    scaled.push_back(row.w[i] * set.radius[i]);
  }
  double first = norm(scaled);
  if (!isCut || set.sum.isBounded() || !(first > 0.0))
    return v;
  auto place = [&](size_t i, double m) {
    double r = set.radius[i];
    return std::clamp(set.center[i] + row.w[i] * r * r / m, row.box[i].lo,
                      row.box[i].hi);
  };
  double low = first * 0x1p-32, high = first * 0x1p32;
  for (unsigned step = 0; step < 48; ++step) {
    double m = std::sqrt(low * high), sum = 0.0;
    for (size_t i = 0; i < row.size(); ++i)
      if (set.radius[i] > 0.0)
        sum += std::pow((place(i, m) - set.center[i]) / set.radius[i], 2);
    (sum > 1.0 ? low : high) = m;
  }
  for (size_t i = 0; i < row.size(); ++i) {
    double r = set.radius[i], x = place(i, high);
    if (r > 0.0 && (x == row.box[i].lo || x == row.box[i].hi))
      v[i] = row.w[i] - high * (x - set.center[i]) / r / r;
  }
  return v;
}

/// Of an ellipsoid alone w c + |w r|.
static SourceSet::Bound ellipsoidSupport(const RowSet &set,
                                         const RowForm &row) {
  ErrorSum bound;
  double ofSum = sumMultiplier(set, row.w);
  addSum(ofSum, set.sum, bound);
  std::vector<double> ofRange = rangeMultipliers(set, row), scaled;
  for (size_t i = 0; i < row.size(); ++i) {
    double shifted = row.w[i] - ofSum, rest = shifted - ofRange[i];
    if (ofRange[i] != 0.0)
      bound.add(ofRange[i] * endTowards(row.box[i], ofRange[i]));
    double magnitude = std::abs(shifted) + std::abs(ofRange[i]);
    bound.add(rest * set.center[i],
              magnitude * (std::abs(set.center[i]) + set.radius[i]));
    scaled.push_back(rest * set.radius[i]);
  }
  bound.add(norm(scaled));
  return bound.bound();
}

/// The positions of a row, highest coefficient first.
static std::vector<unsigned> descending(const std::vector<double> &w) {
  std::vector<unsigned> order(w.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) {
    return w[a] != w[b] ? w[a] > w[b] : a < b;
  });
  return order;
}

/// The coefficient of the element that is raised last, where elements are
/// raised from their lower ends, the highest coefficient first, until they add
/// up to `sum`.
static double lastRaised(const RowForm &row, double sum) {
  double left = sum;
  size_t first = 0;
  for (size_t i = 0; i < row.size(); ++i) {
    left -= row.box[i].lo;
    if (row.w[i] > row.w[first])
      first = i;
  }
  // Most often the first is enough.
  if (!(left > row.box[first].width()))
    return row.w[first];
  double last = row.w[first];
  for (unsigned i : descending(row.w)) {
    last = row.w[i];
    left -= row.box[i].width();
    if (left <= 0.0)
      break;
  }
  return last;
}

/// Of the standard simplex alone the largest coefficient. In general the least
/// of l sum + sup (w - l) x over l, which is piecewise linear and convex.
static SourceSet::Bound simplexSupport(const RowSet &set, const RowForm &row) {
  ErrorSum bound;
  if (row.w.empty())
    return bound.bound();
  double multiplier = lastRaised(row, set.sum.hi);
  if (multiplier < 0.0)
    multiplier = std::min(lastRaised(row, set.sum.lo), 0.0);
  addSum(multiplier, set.sum, bound);
  for (size_t i = 0; i < row.size(); ++i)
    if (double rest = row.w[i] - multiplier; rest != 0.0)
      bound.add(rest * endTowards(row.box[i], rest));
  return bound.bound();
}

static SourceSet::Bound oneHotSupport(const RowForm &row) {
  SourceSet::Bound bound{-kInfinity, 0.0};
  for (unsigned i : possibleOnes(row.box))
    bound.value = std::max(bound.value, row.w[i]);
  return bound;
}

static SourceSet::Bound rowSupport(const RowSet &set, const RowForm &row) {
  SourceSet::Bound ofBox = boxSupport(row), ofSet;
  switch (set.kind) {
  case Kind::Ellipsoid:
    ofSet = ellipsoidSupport(set, row);
    break;
  case Kind::Simplex:
    ofSet = simplexSupport(set, row);
    break;
  case Kind::OneHot:
    ofSet = oneHotSupport(row);
    break;
  }
  // NaN compares as no improvement.
  return ofSet.value + ofSet.error < ofBox.value ? ofSet : ofBox;
}

SourceSet::Bound SourceSet::support(const double *coefficients,
                                    const std::vector<Interval> &box) const {
  Bound sum;
  for (const Row &row : all) {
    Bound each = rowSupport(set, RowForm(row, coefficients, box));
    sum.value += each.value;
    sum.error += each.error;
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Where a support function is attained
//===----------------------------------------------------------------------===//

static std::vector<double> highestOfEllipsoid(const RowSet &set,
                                              const RowForm &row) {
  std::vector<double> scaled, x;
  for (size_t i = 0; i < row.size(); ++i)
    scaled.push_back(row.w[i] * set.radius[i]);
  double length = norm(scaled);
  for (size_t i = 0; i < row.size(); ++i) {
    double step = length > 0.0 ? set.radius[i] * (scaled[i] / length) : 0.0;
    x.push_back(std::clamp(set.center[i] + step, row.box[i].lo, row.box[i].hi));
  }
  return x;
}

static std::vector<double> highestOfSimplex(const RowForm &row) {
  std::vector<double> x;
  double left = 1.0;
  for (Interval side : row.box) {
    x.push_back(side.lo);
    left -= side.lo;
  }
  for (unsigned i : descending(row.w)) {
    double step = std::clamp(left, 0.0, row.box[i].width());
    x[i] += step;
    left -= step;
  }
  return x;
}

static std::vector<double> highestOneHot(const RowForm &row) {
  std::vector<double> x(row.size(), 0.0);
  std::vector<unsigned> ones = possibleOnes(row.box);
  auto highest =
      std::max_element(ones.begin(), ones.end(), [&](unsigned a, unsigned b) {
        return row.w[a] < row.w[b];
      });
  if (highest != ones.end())
    x[*highest] = 1.0;
  return x;
}

std::vector<double>
SourceSet::maximizer(const double *coefficients,
                     const std::vector<Interval> &box) const {
  std::vector<double> point(box.size());
  for (const Row &row : all) {
    RowForm form(row, coefficients, box);
    std::vector<double> x = set.kind == Kind::Ellipsoid
                                ? highestOfEllipsoid(set, form)
                            : set.kind == Kind::Simplex ? highestOfSimplex(form)
                                                        : highestOneHot(form);
    for (unsigned i = 0; i < row.size; ++i)
      point[row[i]] = x[i];
  }
  return point;
}

} // namespace act

//===- PairSeries.cpp - Polynomials beyond f64 ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PairSeries.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <limits>
#include <optional>

using namespace act;

std::vector<long double> act::interpolate(Expression f, unsigned count,
                                          long double *last) {
  constexpr long double kPi = 3.14159265358979323846264338327950288L;
  std::vector<long double> values(count), coefficients(count, 0.0L);
  for (unsigned i = 0; i < count; ++i) {
    long double t = std::cos(kPi * (i + 0.5L) / count);
    double tHi = t, tLo = t - tHi;
    Expression value = f.substitute({Expression(tHi) + tLo});
    double hi = exactValue(value, {}, Format::F64);
    values[i] =
        hi + static_cast<long double>(exactValue(value - hi, {}, Format::F64));
  }
  // The polynomials T_j, by T_(j+1) = 2 t T_j - T_(j-1).
  std::vector<long double> before(count, 0.0L), current(count, 0.0L);
  current[0] = 1.0L;
  for (unsigned j = 0; j < count; ++j) {
    long double weight = 0.0L;
    for (unsigned i = 0; i < count; ++i)
      weight += values[i] * std::cos(kPi * j * (i + 0.5L) / count);
    weight *= (j == 0 ? 1.0L : 2.0L) / count;
    if (last)
      *last = std::abs(weight);
    std::vector<long double> next(count, 0.0L);
    for (unsigned i = 0; i < count; ++i) {
      coefficients[i] += weight * current[i];
      next[i] = (i > 0 ? (j == 0 ? 1 : 2) * current[i - 1] : 0.0L) - before[i];
    }
    before = std::move(current);
    current = std::move(next);
  }
  return coefficients;
}

/// The place x in [lo, hi] where `holds`, which is true at lo and false at hi,
/// changes: the last number where it is true.
template <typename PredicateT>
static double bisect(double lo, double hi, PredicateT holds) {
  while (true) {
    // In the middle of the binades, then of the numbers.
    double middle = lo / 2 + hi / 2;
    if (lo > 0.0 && hi > 4.0 * lo)
      middle = std::sqrt(lo) * std::sqrt(hi);
    else if (hi < 0.0 && lo < 4.0 * hi)
      middle = -std::sqrt(-lo) * std::sqrt(-hi);
    if (middle <= lo || middle >= hi)
      return lo;
    (holds(middle) ? lo : hi) = middle;
  }
}

/// The root inside a piece that rises or falls through 0, as a pair; none at
/// numbers of f64, where sums are exact enough.
static std::optional<std::pair<double, double>> rootOf(const Piece &piece) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  auto value = [&](Expression x) {
    return exactValue(piece.formula.substitute({x}), {}, Format::F64);
  };
  double from = std::max(piece.from.hi, -kLargest);
  double to = std::min(piece.to.lo, kLargest);
  double atFrom = value(from), atTo = value(to);
  if (!(atFrom < 0.0 && atTo > 0.0) && !(atFrom > 0.0 && atTo < 0.0))
    return std::nullopt;
  if (from < 0.0 && to > 0.0 && value(0.0) == 0.0)
    return std::nullopt;
  auto isBefore = [&](Expression x) {
    double y = value(x);
    return y != 0.0 && (y < 0.0) == (atFrom < 0.0);
  };
  double hi = bisect(from, to, isBefore);
  double next = std::nextafter(hi, kLargest);
  if (value(next) == 0.0)
    return std::nullopt;
  double lo = bisect(0.0, next - hi,
                     [&](double x) { return isBefore(Expression(hi) + x); });
  return std::pair(hi, lo);
}

/// f(x) / (x - root) for |x - root| < width; none where it comes near 0 or
/// needs more terms.
static std::optional<PairSeries>
seriesAt(Expression f, std::pair<double, double> root, double width) {
  Expression distance = Expression(width) * Expression::variable(0);
  Expression slope =
      f.substitute({Expression(root.first) + root.second + distance}) /
      distance;
  constexpr unsigned kCount = 18;
  long double last;
  std::vector<long double> coefficients = interpolate(slope, kCount, &last);
  long double sum = 0.0L, first = std::abs(coefficients.front());
  for (long double c : llvm::drop_begin(coefficients))
    sum += std::abs(c);
  if (sum >= first / 2 || last >= std::ldexp(first, -58))
    return std::nullopt;
  return PairSeries(coefficients);
}

std::vector<RootSeries> act::seriesAtRoots(Expression formula) {
  std::vector<RootSeries> found;
  for (const Piece &piece : profile(formula).pieces) {
    // Of arithmetic alone, sums of pairs are exact enough.
    if (llvm::none_of(piece.formula.postorder(), [](Expression e) {
          return e.numVariables() > 0 && isElementary(e.primitive());
        }))
      continue;
    if (piece.direction != Direction::Rising &&
        piece.direction != Direction::Falling)
      continue;
    auto root = rootOf(piece);
    if (!root)
      continue;
    auto [hi, lo] = *root;
    double most = std::min((hi - piece.from.hi) / 2, (piece.to.lo - hi) / 2);
    // Beyond the series digits cancel as before: the wider the better.
    for (double width : {0.5, 0.25, 0.125})
      if (auto series = seriesAt(piece.formula, *root, std::min(width, most))) {
        found.push_back({hi, lo, std::min(width, most), std::move(*series)});
        break;
      }
  }
  return found;
}

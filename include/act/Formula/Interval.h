//===- Interval.h - Outward-rounded enclosure of a formula ------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In which interval does the value lie? Ends are doubles and always rounded
// outward; an operation whose result is exact keeps it exact, so closed ends
// (relu at 0, clip at its limits) are not lost.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_INTERVAL_H
#define ACT_FORMULA_INTERVAL_H

#include "act/Formula/Expression.h"
#include <limits>
#include <vector>

namespace act {

/// The closed set [lo, hi] of extended reals, lo <= hi. Never NaN: an
/// operation without an answer (0/0, inf-inf) gives the whole line.
struct Interval {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();

  Interval() = default; // the whole line
  Interval(double point) : lo(point), hi(point) {}
  Interval(double lo, double hi) : lo(lo), hi(hi) {}

  bool isPoint() const { return lo == hi; }
  bool isBounded() const {
    return lo > -std::numeric_limits<double>::infinity() &&
           hi < std::numeric_limits<double>::infinity();
  }
  bool contains(double x) const { return lo <= x && x <= hi; }
  bool contains(Interval other) const {
    return lo <= other.lo && other.hi <= hi;
  }
  double width() const { return hi - lo; }
  /// A finite double inside, halfway on the scale of the floats far from 0.
  double middle() const;
  /// The larger of |lo| and |hi|.
  double magnitude() const;
  bool operator==(Interval other) const {
    return lo == other.lo && hi == other.hi;
  }
};

Interval hull(Interval, Interval);
/// The common part; the caller knows that there is one (both enclose a value).
Interval intersect(Interval, Interval);
/// The common part of two enclosures of one value; `range` where their
/// roundings leave none.
Interval narrowed(Interval range, Interval other);
Interval operator+(Interval, Interval);
Interval operator-(Interval, Interval);
Interval operator*(Interval, Interval);
Interval operator/(Interval, Interval);
Interval operator-(Interval);

/// Next double towards the given side.
double roundedDown(double);
double roundedUp(double);

/// The enclosure of `expression` that interval arithmetic gives when variable
/// i lies in `box[i]`. Sound, not tight: see Profile.h for tight ranges. An
/// untaken side of a `where` is not evaluated, and the variable compared with
/// a constant is narrowed on each side.
Interval enclose(Expression expression, const std::vector<Interval> &box);

} // namespace act

#endif // ACT_FORMULA_INTERVAL_H

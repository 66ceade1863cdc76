//===- Profile.h - Kinks, monotone pieces, range, dead zone -----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape of a function of one variable, found once per Expression and
// cached: where it has kinks, between them on which pieces it rises or falls,
// and where its derivative is exactly zero.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_PROFILE_H
#define ACT_FORMULA_PROFILE_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include <string>
#include <string_view>
#include <vector>

namespace act {

/// How a function runs over a piece.
enum class Direction { Constant, Rising, Falling, Unknown };

/// A piece [from, to] of the line on which `formula` (free of where, min, max
/// and abs as far as they could be decided) equals the function.
struct Piece {
  /// Enclosures of the two ends; points where the end is a double, infinite
  /// at the ends of the line.
  Interval from, to;
  Expression formula;
  Direction direction = Direction::Unknown;
};

/// A point where the function or its derivative jumps.
struct Kink {
  Interval at;            ///< a point where a double hits it
  Interval left, right;   ///< the one-sided derivatives
  bool continuous = true; ///< of the function itself
};

struct Profile {
  std::vector<Piece> pieces; ///< ascending, covering the line
  std::vector<Kink> kinks;   ///< ascending
  /// False when the budget ran out: pieces may be Unknown, answers are wider.
  bool complete = true;
};

/// The profile of a function of variable 0. Cached per expression.
const Profile &profile(Expression expression);

/// Whether a function of variable 0 has at some point a value that neither side
/// has, as where x = 3 is chosen; true also where that is not known.
bool hasIsolatedValue(Expression expression);

/// The range over `domain` (ends may be infinite): contains every value, and
/// is tight to 1e-6 relative where the profile is complete. Closure of the
/// value set: a limit that is not attained is contained.
Interval range(Expression expression, Interval domain);

/// Range of a function of several variables: enclosure with bisection under
/// a budget, or the exact profile range where only one variable is used.
Interval range(Expression expression, const std::vector<Interval> &box);

/// A maximal interval on which the derivative is exactly zero. An end is
/// closed when the kink there belongs to the zone by the record's convention
/// (see derivative()).
struct DeadInterval {
  double lo, hi;
  bool loClosed, hiClosed;
};
std::vector<DeadInterval> deadZone(Expression expression,
                                   std::string_view kinkSides);

/// "(-inf, 0] u [6, inf)" or "none".
std::string str(const std::vector<DeadInterval> &zone);

/// An enclosure of the smallest global Lipschitz constant, sup |f'|.
Interval lipschitz(Expression expression);

} // namespace act

#endif // ACT_FORMULA_PROFILE_H

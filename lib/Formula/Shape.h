//===- Shape.h - A profile with the values at its ends ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What range() reads: the profile of a function and, for each piece, the
// values that bound it, so that a query evaluates the function at no more than
// the two ends of its domain.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_SHAPE_H
#define ACT_LIB_FORMULA_SHAPE_H

#include "act/Formula/Profile.h"
#include <vector>

namespace act {

struct PieceValues {
  /// Of the piece's formula, as limits from inside, at the two ends.
  Interval atFrom, atTo;
  /// All values; tight only where the direction is known.
  Interval all;
  /// Enclosures of the coefficients of 1, x, x^2, ... if it is a polynomial.
  std::vector<Interval> polynomial;
};

/// The shape of a function; immutable once built.
struct FunctionShape {
  Profile profile;
  std::vector<PieceValues> values; ///< one for each piece
  /// The function's own value between pieces i and i + 1; all its values where
  /// that end is not a point.
  std::vector<Interval> between;
};

/// The shape of a function of variable 0. Cached; thread-safe.
const FunctionShape &shapeOf(Expression expression);

/// The pieces of `expression`, in order, with their directions.
std::vector<Piece> findPieces(Expression expression, bool &complete);

/// The values that bound `piece`.
PieceValues valuesOf(const Piece &piece);

/// The value of `function` at a point, or all its values on a tiny interval.
Interval valueNear(Expression function, Interval at);

/// Two enclosures that may be of one value.
inline bool overlap(Interval a, Interval b) {
  return a.lo <= b.hi && b.lo <= a.hi;
}

} // namespace act

#endif // ACT_LIB_FORMULA_SHAPE_H

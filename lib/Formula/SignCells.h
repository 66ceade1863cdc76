//===- SignCells.h - Where a function has which sign ------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Splits an interval into cells on which the sign of a function is known, by
// bisection under a budget. What the budget does not resolve is said to be
// unknown.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_SIGNCELLS_H
#define ACT_LIB_FORMULA_SIGNCELLS_H

#include "Sign.h"
#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include <vector>

namespace act {

/// A stretch of the line whose ends are known to within an interval.
struct Cell {
  Interval from, to;
  Sign sign;
};

/// Whether a cell may contain zeros of the function inside.
enum class Zeros { Allowed, Excluded };

/// The cells of `function` of variable 0 on the open interval `domain`,
/// ascending and covering it, neighbours of different sign. A zero that is a
/// double is an end that is a point. Cells of unknown sign are tiny (see
/// isTiny) unless the budget ran out. Each evaluation
/// on a box takes the size of the function off the `budget`.
std::vector<Cell> signCells(Expression function, Interval domain, Zeros zeros,
                            unsigned &budget);

/// As above, for the sign of `derivative` where `function` is differentiable:
/// a cell that may hold a pole of `function` is unknown.
std::vector<Cell> slopeCells(Expression function, Expression derivative,
                             Interval domain, unsigned &budget);

/// True for an interval too short to be split further.
bool isTiny(Interval interval);

/// The sign of `function` at a double; Unknown where the value underflows.
Sign signAt(Expression function, double x);

} // namespace act

#endif // ACT_LIB_FORMULA_SIGNCELLS_H

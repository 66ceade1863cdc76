//===- Pieces.cpp - The monotone pieces of a function ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is resolved from the inside out: the innermost where, min, max
// or abs compares two smooth functions; the zeros of their difference split
// the line, and between them one side is taken. What remains is smooth, and
// the zeros of its derivative split it once more.
//
//===----------------------------------------------------------------------===//

#include "Decision.h"
#include "Shape.h"
#include "SignCells.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"

namespace act {

/// Nodes evaluated on boxes for one profile. The catalogue's functions need
/// some thousands; this many take a quarter of a second.
static constexpr unsigned kBudget = 40000;

namespace {
/// A stretch on which decisions are taken.
struct Stretch {
  Interval from, to;
  Expression formula;
  bool decided;

  Interval inside() const { return {from.hi, to.lo}; }
};
} // namespace

static void resolve(Stretch stretch, unsigned &budget,
                    std::vector<Stretch> &resolved) {
  auto decision = innermostDecision(stretch.formula);
  if (!decision) {
    stretch.decided = true;
    resolved.push_back(stretch);
    return;
  }
  std::vector<Cell> cells = signCells(
      decision->difference, stretch.inside(),
      decision->tieMatters() ? Zeros::Excluded : Zeros::Allowed, budget);
  cells.front().from = stretch.from;
  cells.back().to = stretch.to;
  for (const Cell &cell : cells) {
    Stretch part{cell.from, cell.to, stretch.formula, false};
    auto taken = decision->take(cell.sign);
    if (!taken) {
      resolved.push_back(part);
      continue;
    }
    part.formula = replace(stretch.formula, decision->node, *taken);
    resolve(part, budget, resolved);
  }
}

static Direction directionOf(Sign slope) {
  if (slope == Sign::Zero)
    return Direction::Constant;
  if (isAtLeastZero(slope))
    return Direction::Rising;
  return isAtMostZero(slope) ? Direction::Falling : Direction::Unknown;
}

/// Splits a smooth stretch where its derivative changes sign.
static void addPieces(const Stretch &stretch, unsigned &budget,
                      std::vector<Piece> &pieces) {
  if (!stretch.decided) {
    pieces.push_back({stretch.from, stretch.to, stretch.formula});
    return;
  }
  Expression formula = canonicalize(stretch.formula);
  Expression derivative = canonicalize(differentiate(formula));
  std::vector<Cell> cells =
      slopeCells(formula, derivative, stretch.inside(), budget);
  cells.front().from = stretch.from;
  cells.back().to = stretch.to;
  for (const Cell &cell : cells)
    pieces.push_back({cell.from, cell.to, formula, directionOf(cell.sign)});
}

/// A tiny piece of unknown direction is no piece but the uncertain end of its
/// neighbours, which bound its values there.
static std::vector<Piece> absorbTiny(const std::vector<Piece> &pieces) {
  std::vector<Piece> kept;
  for (size_t i = 0; i < pieces.size(); ++i) {
    Interval extent = hull(pieces[i].from, pieces[i].to);
    bool tiny = pieces[i].direction == Direction::Unknown && isTiny(extent);
    if (!tiny || pieces.size() == 1) {
      kept.push_back(pieces[i]);
      // The end that a dropped neighbour left.
      if (kept.size() > 1)
        kept.back().from = kept[kept.size() - 2].to;
      continue;
    }
    if (!kept.empty())
      kept.back().to = hull(kept.back().to, extent);
  }
  return kept;
}

std::vector<Piece> findPieces(Expression expression, bool &complete) {
  unsigned budget = kBudget;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::vector<Stretch> stretches;
  resolve({Interval(-infinity), Interval(infinity), canonicalize(expression),
           false},
          budget, stretches);
  std::vector<Piece> pieces;
  for (const Stretch &stretch : stretches)
    addPieces(stretch, budget, pieces);
  pieces = absorbTiny(pieces);
  complete = true;
  for (const Piece &piece : pieces)
    complete &= piece.direction != Direction::Unknown;
  return pieces;
}

} // namespace act

//===- Range.cpp - Ranges from monotone pieces ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decision.h"
#include "Polynomial.h"
#include "Shape.h"
#include "Sign.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kLargest = std::numeric_limits<double>::max();

//===----------------------------------------------------------------------===//
// Branch and bound
//===----------------------------------------------------------------------===//

namespace {
/// An enclosure of a function's values on a box.
using BoxFunction = std::function<Interval(const std::vector<Interval> &)>;

/// Finds the supremum of a function on a box: the part with the largest upper
/// bound is halved until that bound is nearly attained.
class BranchAndBound {
public:
  BranchAndBound(const BoxFunction &function, const std::vector<Interval> &box)
      : function(function) {
    push(box);
  }

  /// An upper bound of the supremum, within 1e-7 of it or, near 0, within
  /// 1e-12, unless the budget of boxes ran out.
  double supremum(unsigned budget) {
    for (; budget > 0; --budget) {
      double bound = parts.front().bound;
      if (std::isfinite(bound) &&
          bound - attained <= std::max(1e-7 * std::abs(bound), 1e-12))
        break;
      std::pop_heap(parts.begin(), parts.end());
      std::vector<Interval> box = std::move(parts.back().box);
      parts.pop_back();
      if (!halve(box))
        return bound;
    }
    return parts.front().bound;
  }

private:
  struct Part {
    double bound;
    std::vector<Interval> box;
    bool operator<(const Part &other) const { return bound < other.bound; }
  };

  bool halve(std::vector<Interval> &box) {
    auto widest =
        std::max_element(box.begin(), box.end(), [](Interval a, Interval b) {
          return a.width() < b.width();
        });
    double middle = widest->middle();
    if (middle == widest->lo || middle == widest->hi)
      return false;
    Interval whole = *widest;
    *widest = {whole.lo, middle};
    push(box);
    *widest = {middle, whole.hi};
    push(box);
    return true;
  }

  void push(const std::vector<Interval> &box) {
    parts.push_back({function(box).hi, box});
    std::push_heap(parts.begin(), parts.end());
    std::vector<Interval> middle;
    for (Interval side : box)
      middle.push_back(side.middle());
    attained = std::max(attained, function(middle).lo);
  }

  const BoxFunction &function;
  std::vector<Part> parts; ///< a heap
  double attained = -kInfinity;
};
} // namespace

/// The range of a function on a box, by at most `budget` boxes for each end.
static Interval boundsOf(const BoxFunction &function,
                         const std::vector<Interval> &box, unsigned budget) {
  BoxFunction opposite = [&](const std::vector<Interval> &part) {
    return -function(part);
  };
  return {-BranchAndBound(opposite, box).supremum(budget),
          BranchAndBound(function, box).supremum(budget)};
}

/// Boxes spent on each end of an answer that no profile gives.
static constexpr unsigned kUnknownBudget = 400;

//===----------------------------------------------------------------------===//
// The values that bound a piece
//===----------------------------------------------------------------------===//

Interval valueNear(Expression function, Interval at) {
  if (at.isPoint() && std::isfinite(at.lo)) {
    // Exact even with a fraction of doubles, such as 1/6.
    Expression value = canonicalize(function.substitute({at.lo}));
    if (auto exact = readPolynomial(value))
      return (*exact)(0.0).enclosure();
    return enclosePoint(function, {at.lo});
  }
  Interval natural = enclose(function, {at});
  if (innermostDecision(function) || !at.isBounded())
    return natural;
  // The mean value form is much tighter at an extremum.
  Interval slope = enclose(differentiate(function), {at});
  double middle = at.middle();
  if (!slope.isBounded())
    return natural;
  Interval centred =
      enclosePoint(function, {middle}) + slope * (at - Interval(middle));
  return intersect(natural, centred);
}

/// The limit of a monotone piece at an infinite `end`, which is its supremum
/// or infimum: beyond the value at the largest double, within the enclosure
/// from there on.
static Interval limitAt(const Piece &piece, double end) {
  if (piece.direction == Direction::Constant)
    return valueNear(piece.formula, 0.0);
  bool up = (piece.direction == Direction::Rising) == (end > 0);
  double last = end > 0 ? kLargest : -kLargest;
  Interval beyond = enclose(piece.formula, {hull(last, end)});
  Interval at = enclosePoint(piece.formula, {last});
  Interval bound = up ? Interval(at.lo, std::max(at.lo, beyond.hi))
                      : Interval(std::min(at.hi, beyond.lo), at.hi);
  double limit = exactValue(piece.formula, {end}, Format::F64);
  if (std::isnan(limit))
    return bound;
  Interval rounded = std::isinf(limit)
                         ? Interval(limit)
                         : Interval(roundedDown(limit), roundedUp(limit));
  return narrowed(bound, rounded);
}

/// All values of a piece of unknown direction, at infinite ends too.
static Interval searched(Expression formula, Interval domain) {
  SignReader reader(formula);
  BoxFunction values = [&](const std::vector<Interval> &box) {
    return reader.enclosure(box[0]);
  };
  Interval result = boundsOf(values, {intersect(domain, {-kLargest, kLargest})},
                             kUnknownBudget);
  for (double end : {domain.lo, domain.hi}) {
    if (std::isfinite(end))
      continue;
    double limit = exactValue(formula, {end}, Format::F64);
    result = hull(result, std::isnan(limit)
                              ? enclose(formula, {domain})
                              : Interval(roundedDown(limit), roundedUp(limit)));
  }
  return result;
}

PieceValues valuesOf(const Piece &piece) {
  PieceValues values;
  if (auto polynomial = readPolynomial(piece.formula))
    for (const Rational &c : polynomial->coefficients)
      values.polynomial.push_back(c.enclosure());
  if (piece.direction == Direction::Unknown) {
    values.all = searched(piece.formula, hull(piece.from, piece.to));
    values.atFrom = values.atTo = values.all;
    return values;
  }
  auto valueAt = [&](Interval end) {
    return end.isBounded() ? valueNear(piece.formula, end)
                           : limitAt(piece, end.lo);
  };
  values.atFrom = valueAt(piece.from);
  values.atTo = valueAt(piece.to);
  values.all = hull(values.atFrom, values.atTo);
  return values;
}

//===----------------------------------------------------------------------===//
// One variable
//===----------------------------------------------------------------------===//

static Interval evaluate(const Piece &piece, const PieceValues &values,
                         double x) {
  if (values.polynomial.empty())
    return piece.direction == Direction::Constant
               ? values.all
               : intersect(enclosePoint(piece.formula, {x}), values.all);
  Interval value = values.polynomial.back();
  for (size_t i = values.polynomial.size() - 1; i-- > 0;)
    value = value * Interval(x) + values.polynomial[i];
  return intersect(value, values.all);
}

/// The values of a piece on the part of `domain` inside it.
static Interval rangeOf(const Piece &piece, const PieceValues &values,
                        Interval domain) {
  if (piece.direction == Direction::Unknown) {
    Interval inside(std::max(domain.lo, piece.from.lo),
                    std::min(domain.hi, piece.to.hi));
    // An infinite end is bounded as the rest of the piece is.
    return inside.isBounded()
               ? intersect(enclose(piece.formula, {inside}), values.all)
               : values.all;
  }
  // An end of the domain inside the uncertain end of the piece is bounded by
  // the values there.
  Interval first = domain.lo < piece.from.hi || domain.lo == piece.from.lo
                       ? values.atFrom
                       : evaluate(piece, values, domain.lo);
  Interval last = domain.hi > piece.to.lo || domain.hi == piece.to.hi
                      ? values.atTo
                  : domain.isPoint() ? first
                                     : evaluate(piece, values, domain.hi);
  return hull(first, last);
}

Interval range(Expression expression, Interval domain) {
  const FunctionShape &shape = shapeOf(expression);
  const std::vector<Piece> &pieces = shape.profile.pieces;
  // At an infinite point the values nearby stand for the limit.
  domain =
      Interval(std::min(domain.lo, kLargest), std::max(domain.hi, -kLargest));
  Interval result(kInfinity, -kInfinity); // no value yet
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece &piece = pieces[i];
    if (piece.from.lo > domain.hi)
      break;
    // A domain that ends at a jump does not reach what lies beyond it.
    if (i > 0 && overlap(piece.from, domain))
      result = hull(result, shape.between[i - 1]);
    if (domain.lo < piece.to.hi && domain.hi > piece.from.lo)
      result = hull(result, rangeOf(piece, shape.values[i], domain));
  }
  // The sign of a zero says nothing here.
  return {result.lo + 0.0, result.hi + 0.0};
}

//===----------------------------------------------------------------------===//
// Several variables
//===----------------------------------------------------------------------===//

Interval range(Expression expression, const std::vector<Interval> &box) {
  if (expression.numVariables() == 1 && !box.empty())
    return range(expression, box[0]);
  if (expression.numVariables() == 0)
    return range(expression, Interval(0.0));
  if (auto only = expression.onlyVariable()) {
    std::vector<Expression> moved(*only + 1, 0.0);
    moved[*only] = Expression::variable(0);
    return range(expression.substitute(moved),
                 *only < box.size() ? box[*only] : Interval());
  }
  BoxFunction values = [&](const std::vector<Interval> &part) {
    return enclose(expression, part);
  };
  return boundsOf(values, box, kUnknownBudget);
}

} // namespace act

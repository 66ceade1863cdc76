//===- Range.cpp - Ranges from monotone pieces ----------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Decision.h"
#include "Polynomial.h"
#include "Shape.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kLargest = std::numeric_limits<double>::max();

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
  return overlap(bound, rounded) ? intersect(bound, rounded) : bound;
}

/// All values of a piece of unknown direction: the hull over slices of it.
static Interval sliced(Expression formula, Interval domain, unsigned depth) {
  Interval whole = enclose(formula, {domain});
  double middle = domain.middle();
  if (depth == 0 || middle == domain.lo || middle == domain.hi)
    return whole;
  Interval halves = hull(sliced(formula, {domain.lo, middle}, depth - 1),
                         sliced(formula, {middle, domain.hi}, depth - 1));
  return intersect(whole, halves);
}

PieceValues valuesOf(const Piece &piece) {
  PieceValues values;
  if (auto polynomial = readPolynomial(piece.formula))
    for (const Rational &c : polynomial->coefficients)
      values.polynomial.push_back(c.enclosure());
  if (piece.direction == Direction::Unknown) {
    values.all = sliced(piece.formula, hull(piece.from, piece.to), 6);
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
    return intersect(enclose(piece.formula, {inside}), values.all);
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
  const Shape &shape = shapeOf(expression);
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
  return result;
}

//===----------------------------------------------------------------------===//
// Several variables
//===----------------------------------------------------------------------===//

/// The only variable of `expression`, if it has one.
static std::optional<unsigned> onlyVariable(Expression expression) {
  std::optional<unsigned> only;
  for (Expression e : expression.postorder()) {
    if (!e.isVariable() || only == e.variableIndex())
      continue;
    if (only)
      return std::nullopt;
    only = e.variableIndex();
  }
  return only;
}

namespace {
/// Finds the supremum of a function on a box: the box with the largest upper
/// bound is halved until that bound is nearly attained.
class BranchAndBound {
public:
  BranchAndBound(Expression function, const std::vector<Interval> &box)
      : function(function) {
    push(box);
  }

  /// An upper bound of the supremum, within 1e-6 of it unless the budget ran
  /// out.
  double supremum() {
    for (unsigned budget = 400; budget > 0; --budget) {
      double bound = boxes.front().bound;
      if (std::isfinite(bound) && bound - attained <= 1e-7 * std::abs(bound))
        break;
      std::pop_heap(boxes.begin(), boxes.end());
      std::vector<Interval> box = std::move(boxes.back().box);
      boxes.pop_back();
      if (!halve(box, bound))
        return bound;
    }
    return boxes.front().bound;
  }

private:
  struct Entry {
    double bound;
    std::vector<Interval> box;
    bool operator<(const Entry &other) const { return bound < other.bound; }
  };

  bool halve(std::vector<Interval> &box, double bound) {
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
    boxes.push_back({enclose(function, box).hi, box});
    std::push_heap(boxes.begin(), boxes.end());
    std::vector<Interval> middle;
    for (Interval side : box)
      middle.push_back(side.middle());
    attained = std::max(attained, enclose(function, middle).lo);
  }

  Expression function;
  std::vector<Entry> boxes; ///< a heap
  double attained = -kInfinity;
};
} // namespace

Interval range(Expression expression, const std::vector<Interval> &box) {
  if (expression.numVariables() == 1 && !box.empty())
    return range(expression, box[0]);
  if (expression.numVariables() == 0)
    return range(expression, Interval(0.0));
  if (auto only = onlyVariable(expression)) {
    std::vector<Expression> moved(*only + 1, 0.0);
    moved[*only] = Expression::variable(0);
    return range(expression.substitute(moved),
                 *only < box.size() ? box[*only] : Interval());
  }
  return {-BranchAndBound(-expression, box).supremum(),
          BranchAndBound(expression, box).supremum()};
}

} // namespace act

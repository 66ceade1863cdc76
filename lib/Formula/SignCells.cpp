//===- SignCells.cpp - Where a function is negative and positive ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignCells.h"
#include "Polynomial.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <queue>

namespace act {

bool isTiny(Interval interval) {
  return interval.isBounded() &&
         interval.width() <= 0x1p-40 * std::max(interval.magnitude(), 0x1p-40);
}

/// The length at which bisection stops, such that some neighbours left over
/// are tiny together.
static bool isSmallest(Interval box) {
  return box.isBounded() &&
         box.width() <= 0x1p-46 * std::max(box.magnitude(), 0x1p-46);
}

Sign signAt(Expression function, double x) {
  return signOf(enclosePoint(function, {x}));
}

//===----------------------------------------------------------------------===//
// Where a function is differentiable
//===----------------------------------------------------------------------===//

namespace {
enum class Defined { Everywhere, Nowhere, Perhaps };

/// The denominators of a function, which must not be 0 where it is continuous,
/// and the arguments of log and sqrt, which must be positive; one of sqrt may
/// touch 0, where the slope alone is unbounded.
class Definedness {
public:
  explicit Definedness(Expression function) {
    for (Expression e : function.postorder()) {
      if (e.primitive() == Primitive::Div)
        require(nonzero, e.operand(1));
      else if (e.primitive() == Primitive::Sqrt)
        require(notNegative, e.operand(0));
      else if (e.primitive() == Primitive::Log)
        require(positive, e.operand(0));
      else if (e.primitive() == Primitive::Log1p)
        require(positive, 1.0 + e.operand(0));
    }
  }

  Defined on(Interval box) const {
    Defined result = Defined::Everywhere;
    for (const SignReader &reader : nonzero)
      if (!isStrict(reader.on(box)))
        result = Defined::Perhaps;
    for (const SignReader &reader : positive)
      result = worse(result, reader.on(box), Sign::Positive);
    for (const SignReader &reader : notNegative)
      result = worse(result, reader.on(box), Sign::NonNegative);
    return result;
  }

private:
  static void require(std::vector<SignReader> &readers, Expression e) {
    if (e.numVariables() > 0)
      readers.emplace_back(e);
  }
  static Defined worse(Defined known, Sign argument, Sign least) {
    if (argument == Sign::Negative || known == Defined::Nowhere)
      return Defined::Nowhere;
    bool holds = least == Sign::Positive ? argument == Sign::Positive
                                         : isAtLeastZero(argument);
    return holds ? known : Defined::Perhaps;
  }

  std::vector<SignReader> nonzero, positive, notNegative;
};
} // namespace

//===----------------------------------------------------------------------===//
// Bisection
//===----------------------------------------------------------------------===//

/// Every f32 lies below. Beyond, products of a few values overflow, and what
/// one box does not decide, its halves do not either.
static constexpr double kFar = 0x1p128;

/// Where to halve a box: first at 0 and where the halves begin to be equal on
/// the scale of the exponents.
static double splitPoint(Interval box) {
  for (double point : {0.0, kFar, -kFar, 1.0, -1.0})
    if (box.lo < point && point < box.hi)
      return point;
  if (box.magnitude() <= 4)
    return box.lo / 2 + box.hi / 2;
  return box.middle();
}

/// The cost of searching a zero by signs at points, in boxes. A sign that
/// cancellation hides takes as long as all of them.
static constexpr unsigned kZeroCost = 64;

namespace {
/// A search for the sign cells of one function.
class CellSearch {
public:
  CellSearch(Expression function, const Definedness &defined, Zeros zeros,
             unsigned &budget)
      : function(function), sign(function),
        slope(canonicalize(differentiate(function))), defined(defined),
        zeros(zeros), cost(function.size()), budget(budget) {}

  std::vector<Cell> run(Interval domain) {
    push(domain);
    while (!open.empty()) {
      Interval box = open.top();
      open.pop();
      visit(box);
    }
    return merged();
  }

private:
  /// Boxes near 0 come first: what a budget leaves over is far out.
  struct FartherOut {
    static double distance(Interval box) {
      return box.contains(0.0) ? 0.0
                               : std::min(std::abs(box.lo), std::abs(box.hi));
    }
    bool operator()(Interval a, Interval b) const {
      return distance(a) > distance(b);
    }
  };

  void push(Interval box) { open.push(box); }

  void visit(Interval box) {
    Defined known = budget < cost ? Defined::Nowhere : defined.on(box);
    if (known == Defined::Nowhere)
      return close(box, Sign::Unknown);
    budget -= cost;
    bool regular = known == Defined::Everywhere;
    Sign found = regular ? sign.on(box) : Sign::Unknown;
    bool decided =
        zeros == Zeros::Allowed ? found != Sign::Unknown : isDecided(found);
    if (decided)
      return close(box, found);
    if (regular && box.isBounded() && isStrict(slope.on(box)) &&
        visitMonotone(box))
      return;
    double middle = splitPoint(box);
    bool isFar = box.lo >= kFar || box.hi <= -kFar;
    if (isFar || isSmallest(box) || middle == box.lo || middle == box.hi)
      return close(box, Sign::Unknown);
    push({box.lo, middle});
    push({middle, box.hi});
  }

  /// A box on which the function is strictly monotone has at most one zero,
  /// which signs at points find. False if they are not known.
  bool visitMonotone(Interval box) {
    budget -= std::min(budget, kZeroCost * cost);
    Sign atLo = signAt(function, box.lo), atHi = signAt(function, box.hi);
    if (!isDecided(atLo) || !isDecided(atHi))
      return false;
    // A zero at an end of the box is not inside.
    if (atLo == Sign::Zero || atLo == atHi)
      return close(box, atHi), true;
    if (atHi == Sign::Zero)
      return close(box, atLo), true;
    Interval zero = box;
    for (;;) {
      double middle = zero.lo / 2 + zero.hi / 2;
      if (middle <= zero.lo || middle >= zero.hi)
        break;
      Sign atMiddle = signAt(function, middle);
      if (!isDecided(atMiddle))
        return false;
      if (atMiddle == Sign::Zero)
        zero = middle;
      else if (atMiddle == atLo)
        zero.lo = middle;
      else
        zero.hi = middle;
    }
    cells.push_back({box.lo, zero, atLo});
    cells.push_back({zero, box.hi, atHi});
    return true;
  }

  static bool isDecided(Sign sign) {
    return isStrict(sign) || sign == Sign::Zero;
  }

  void close(Interval box, Sign found) {
    cells.push_back({box.lo, box.hi, found});
  }

  /// Neighbours of one sign as one cell.
  std::vector<Cell> merged() {
    std::sort(cells.begin(), cells.end(), [](const Cell &a, const Cell &b) {
      return a.from.lo != b.from.lo ? a.from.lo < b.from.lo : a.to.lo < b.to.lo;
    });
    std::vector<Cell> result;
    for (const Cell &cell : cells) {
      if (!result.empty() && joins(result.back().sign, cell.sign)) {
        result.back().to = cell.to;
        if (result.back().sign != cell.sign)
          result.back().sign =
              isAtMostZero(cell.sign) ? Sign::NonPositive : Sign::NonNegative;
      } else {
        result.push_back(cell);
      }
    }
    return result;
  }

  bool joins(Sign a, Sign b) const {
    if (a == b)
      return true;
    return zeros == Zeros::Allowed && ((isAtMostZero(a) && isAtMostZero(b)) ||
                                       (isAtLeastZero(a) && isAtLeastZero(b)));
  }

  Expression function;
  SignReader sign, slope;
  const Definedness &defined;
  Zeros zeros;
  unsigned cost;
  unsigned &budget;
  std::priority_queue<Interval, std::vector<Interval>, FartherOut> open;
  std::vector<Cell> cells;
};
} // namespace

//===----------------------------------------------------------------------===//
// Exact cases
//===----------------------------------------------------------------------===//

static Sign exactSign(const Rational &value) {
  if (value.sign() == 0)
    return Sign::Zero;
  return value.sign() < 0 ? Sign::Negative : Sign::Positive;
}

/// The cells of a polynomial of degree at most 1: its zero is not searched.
static std::vector<Cell> linearCells(const Polynomial &p, Interval domain) {
  if (!p.isLinear())
    return {{domain.lo, domain.hi,
             p.isZero() ? Sign::Zero : exactSign(p.coefficients[0])}};
  Interval zero = p.zero().enclosure();
  Sign right = exactSign(p.coefficients[1]);
  Sign left = exactSign(-p.coefficients[1]);
  if (zero.hi <= domain.lo)
    return {{domain.lo, domain.hi, right}};
  if (zero.lo >= domain.hi)
    return {{domain.lo, domain.hi, left}};
  return {{domain.lo, zero, left}, {zero, domain.hi, right}};
}

static std::vector<Cell> search(Expression function, Definedness defined,
                                Interval domain, Zeros zeros,
                                unsigned &budget) {
  auto polynomial = readPolynomial(function);
  if (polynomial && polynomial->coefficients.size() <= 2)
    return linearCells(*polynomial, domain);
  return CellSearch(function, defined, zeros, budget).run(domain);
}

std::vector<Cell> signCells(Expression function, Interval domain, Zeros zeros,
                            unsigned &budget) {
  return search(function, Definedness(function), domain, zeros, budget);
}

std::vector<Cell> slopeCells(Expression function, Expression derivative,
                             Interval domain, unsigned &budget) {
  return search(derivative, Definedness(function), domain, Zeros::Allowed,
                budget);
}

} // namespace act

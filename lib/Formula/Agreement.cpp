//===- Agreement.cpp - Whether two functions agree everywhere -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Agreement.h"
#include "Decision.h"
#include "Fraction.h"
#include "SignCells.h"
#include "Terms.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>

namespace act {
namespace {

class AgreementProof {
public:
  AgreementProof(Expression a, Expression b, Format format)
      : a(a), b(b), format(format) {}

  bool run() {
    double largest = largestFinite(format);
    return holdsOn(a, b, {-largest, largest});
  }

private:
  bool holdsAt(double x) const;
  bool holdsOn(Expression left, Expression right, Interval domain);
  bool holdsOnSides(const Decision &decision, Expression left, Expression right,
                    Interval domain);
  bool isNear(Expression left, Expression right, Interval domain) const;
  static bool isDefinedOn(Expression function, Interval domain);
  /// The smallest magnitude in `values`, 0 if none is finite.
  static double smallest(Interval values) {
    double least = values.contains(0.0)
                       ? 0.0
                       : std::fmin(std::fabs(values.lo), std::fabs(values.hi));
    return std::isfinite(least) ? least : 0.0;
  }
  double halfUlp(Interval values) const {
    return ulp(smallest(values), format) / 2;
  }

  Expression a, b;
  Format format;
  /// Nodes evaluated on boxes: the catalogue's functions need some hundreds.
  unsigned budget = 10000;
};

bool AgreementProof::holdsAt(double x) const {
  double left = exactValue(a, {x}, Format::F64);
  double right = exactValue(b, {x}, Format::F64);
  return left == right || std::fabs(left - right) <= halfUlp(Interval(right));
}

bool AgreementProof::holdsOn(Expression left, Expression right,
                             Interval domain) {
  left = canonicalize(left);
  right = canonicalize(right);
  if (left == right)
    return true;
  if (areEqualFractions(left, right))
    return isDefinedOn(left, domain) && isDefinedOn(right, domain);
  std::optional<Decision> decision = innermostDecision(left);
  if (!decision)
    decision = innermostDecision(right);
  return decision ? holdsOnSides(*decision, left, right, domain)
                  : isNear(left, right, domain);
}

/// Every double lies in a cell or is an end of one: where a cell's end is no
/// double, it is known to within two neighbours, which lie in the cells.
bool AgreementProof::holdsOnSides(const Decision &decision, Expression left,
                                  Expression right, Interval domain) {
  std::vector<Cell> cells = signCells(
      decision.difference, domain,
      decision.tieMatters() ? Zeros::Excluded : Zeros::Allowed, budget);
  for (const Cell &cell : cells) {
    std::optional<Expression> taken = decision.take(cell.sign);
    Interval end = cell.to;
    if (!taken || budget == 0 || end.hi > std::nextafter(end.lo, end.hi))
      return false;
    Interval inside(cell.from.hi, end.lo);
    // At an end the decision may be a tie.
    for (double x : {inside.lo, inside.hi})
      if (decision.take(signAt(decision.difference, x)) != taken && !holdsAt(x))
        return false;
    if (inside.lo < inside.hi &&
        !holdsOn(replace(left, decision.node, *taken),
                 replace(right, decision.node, *taken), inside))
      return false;
  }
  return true;
}

/// Whether `holds` for boxes that cover the domain: ever smaller ones.
template <typename Predicate>
bool holdsOnParts(Interval domain, Predicate holds) {
  constexpr int kMaxBoxes = 256;
  std::vector<Interval> open{domain};
  for (int boxes = 0; !open.empty(); ++boxes) {
    Interval box = open.back();
    open.pop_back();
    if (holds(box))
      continue;
    double middle = box.middle();
    if (boxes >= kMaxBoxes || middle <= box.lo || middle >= box.hi)
      return false;
    open.push_back({box.lo, middle});
    open.push_back({middle, box.hi});
  }
  return true;
}

/// Whether no denominator is 0, and no root or logarithm outside its domain.
bool AgreementProof::isDefinedOn(Expression function, Interval domain) {
  for (Expression e : function.postorder()) {
    Primitive primitive = e.primitive();
    std::optional<Expression> bounded;
    if (primitive == Primitive::Div)
      bounded = e.operand(1);
    else if (primitive == Primitive::Sqrt || primitive == Primitive::Log)
      bounded = e.operand(0);
    else if (primitive == Primitive::Log1p)
      bounded = 1.0 + e.operand(0);
    if (!bounded)
      continue;
    SignReader reader(*bounded);
    bool isDefined = holdsOnParts(domain, [&](Interval box) {
      Sign sign = reader.on(box);
      return sign == Sign::Positive ||
             (sign == Sign::Negative && primitive == Primitive::Div) ||
             (isAtLeastZero(sign) && primitive == Primitive::Sqrt);
    });
    if (!isDefined)
      return false;
  }
  return true;
}

/// Takes the factors that both have out of them; what is left on each side.
std::pair<Expression, Expression> withoutCommonFactors(Expression left,
                                                       Expression right) {
  Product a = readProduct(left), b = readProduct(right);
  auto cancel = [](std::vector<Expression> &u, std::vector<Expression> &v) {
    for (size_t i = u.size(); i-- > 0;)
      if (auto same = std::find(v.begin(), v.end(), u[i]); same != v.end()) {
        v.erase(same);
        u.erase(u.begin() + i);
      }
  };
  cancel(a.above, b.above);
  cancel(a.below, b.below);
  return {build(a), build(b)};
}

/// Encloses the difference: as it is against half an ulp, or without common
/// factors against the part 2^-(p+1) of the value, which is less.
bool AgreementProof::isNear(Expression left, Expression right,
                            Interval domain) const {
  if (!isDefinedOn(left, domain) || !isDefinedOn(right, domain))
    return false;
  auto [a, b] = withoutCommonFactors(left, right);
  double part = std::ldexp(1.0, -layoutOf(format).precision - 1);
  SignReader difference(canonicalize(left - right)), value(right);
  SignReader relative(canonicalize(a - b)), scale(b);
  return holdsOnParts(domain, [&](Interval box) {
    return difference.enclosure(box).magnitude() <=
               halfUlp(value.enclosure(box)) ||
           relative.enclosure(box).magnitude() <=
               roundedDown(part * smallest(scale.enclosure(box)));
  });
}

} // namespace

bool provablyAgree(Expression a, Expression b, Format format) {
  return AgreementProof(a, b, format).run();
}

} // namespace act

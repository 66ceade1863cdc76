//===- FitPieces.cpp - A piecewise form as polynomials in x ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FitPieces.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>
#include <cmath>
#include <functional>

using namespace act;
using namespace act::test;

using Fold = PiecewiseForm::Fold;
using Join = PiecewiseForm::Join;

namespace {

constexpr float kLargest = std::numeric_limits<float>::max();
/// So near to a zero at 0 a function is a line for all that f32 can tell.
constexpr float kNearZero = 0x1p-30f;

/// Floats by number, in order; -0 and 0 are one.
int64_t indexOf(float x) {
  int32_t bits = llvm::bit_cast<int32_t>(x);
  return bits >= 0 ? bits : -static_cast<int64_t>(bits & 0x7fffffff);
}

float floatAt(int64_t index) {
  uint32_t magnitude = std::abs(index);
  return llvm::bit_cast<float>(index < 0 ? magnitude | 0x80000000u : magnitude);
}

/// The last float of [from, to] for which `holds`, which holds for `from` and
/// for a first part of them.
float lastWhere(float from, float to, const std::function<bool(float)> &holds) {
  int64_t yes = indexOf(from), no = indexOf(to) + 1;
  while (no - yes > 1) {
    int64_t middle = yes + (no - yes) / 2;
    (holds(floatAt(middle)) ? yes : no) = middle;
  }
  return floatAt(yes);
}

/// The value of `form` around `at`, of variable 0, in the reals.
Expression polynomialAt(const PiecewiseForm &form, float at) {
  Expression x = Expression::variable(0);
  float clamped = form.folded(at);
  unsigned k = form.segmentOf(clamped);
  bool isConstant =
      form.isClamped(at) || (form.fold == Fold::NegativePart && at > 0.0f);
  Expression t = isConstant ? Expression(clamped)
                 : form.fold != Fold::Identity && at < 0.0f ? -x
                                                            : x;
  Expression u = t - Expression(form.centres[k]);
  Expression p = 0.0;
  for (unsigned power = form.degree() + 1; power-- > 0;) {
    Expression coefficient = form.coefficients[power][k];
    if (power == 1 && !form.slopes.empty())
      coefficient = coefficient + Expression(form.slopes[k]);
    if (power <= 1 && !form.lowSlopes.empty()) {
      const auto &low = power == 1 ? form.lowSlopes : form.lowConstants;
      coefficient = coefficient + Expression(low[k]);
    }
    p = p * u + coefficient;
  }
  Expression slope = form.level;
  if (form.level != 1.0f)
    slope = slope + Expression(form.levelLow);
  switch (form.join) {
  case Join::Plain:
    return p;
  case Join::Odd:
    return at < 0.0f ? -p : p;
  case Join::Reflected:
    return at < 0.0f ? p : Expression(form.level) - p;
  case Join::Ramp:
    return at < 0.0f ? -p : slope * x - p;
  case Join::LeftRamp:
    return at < 0.0f ? slope * x - p : -p;
  }
  llvm_unreachable("unknown join");
}

/// Cuts the floats of a form and of a function into pieces.
class PieceCutter {
public:
  PieceCutter(const PiecewiseForm &form, const SynthesisRequest &request)
      : form(form), request(request) {}

  std::vector<FitPiece> cut() {
    float lo = std::max(form.validLo, -kLargest);
    float hi = std::min(form.validHi, kLargest);
    if (lo < 0.0f)
      cutBranch(lo, std::min(hi, -0.0f));
    if (hi > 0.0f)
      cutBranch(std::max(lo, 0.0f), hi);
    return std::move(pieces);
  }

private:
  /// A number for each polynomial on one side of zero.
  int64_t polynomialKey(float x) const {
    float t = form.folded(x);
    return form.isClamped(x) ? (t == form.lo ? -1 : -2) : form.segmentOf(t);
  }

  void cutBranch(float lo, float hi) {
    // Of a zero the side is that of the branch.
    bool isNegative = lo < 0.0f;
    for (float from = lo;;) {
      auto same = [&, key = polynomialKey(from)](float x) {
        return polynomialKey(x) == key;
      };
      float to = lastWhere(from, hi, same);
      bool reachesEnd = indexOf(to) == indexOf(hi);
      float inside = from != 0.0f || isNegative
                         ? from
                         : std::numeric_limits<float>::denorm_min();
      cutByFormula(from, to, polynomialAt(form, inside));
      if (reachesEnd)
        return;
      from = floatAt(indexOf(to) + 1);
    }
  }

  void cutByFormula(float lo, float hi, Expression polynomial) {
    for (const Piece &piece : profile(request.formula).pieces) {
      // Of an end between two floats each has its side; one that is not known
      // so well belongs to both.
      float from = std::max<float>(lo, firstFloatFrom(piece.from.lo));
      float to = std::min<float>(hi, lastFloatTo(piece.to.hi));
      if (from <= to)
        cutByTolerance(from, to, piece.formula, polynomial);
    }
  }

  static float firstFloatFrom(double x) {
    float rounded = roundTo(x, Format::F32);
    return rounded < x ? std::nextafter(rounded, INFINITY) : rounded;
  }
  static float lastFloatTo(double x) {
    float rounded = roundTo(x, Format::F32);
    return rounded > x ? std::nextafter(rounded, -INFINITY) : rounded;
  }

  /// Infinite where the result overflows.
  double toleranceAt(Expression formula, float x) const {
    double exact = exactValue(formula, {x}, Format::F64);
    return std::abs(exact) > kLargest
               ? INFINITY
               : request.accuracy.tolerance(exact, request.format);
  }

  void cutByTolerance(float lo, float hi, Expression formula,
                      Expression polynomial) {
    if (exactValue(formula, {0.0}, Format::F64) == 0.0 && lo <= 0.0f &&
        hi >= 0.0f) {
      float nearLo = std::max(lo, -kNearZero), nearHi = std::min(hi, kNearZero);
      // An ulp is more than 2^-24 of the value.
      double relative = request.accuracy.tolerance(1.0, request.format) / 2.0;
      add(nearLo, nearHi, formula, polynomial, relative, true);
      if (lo < nearLo)
        cutByTolerance(lo, nearLo, formula, polynomial);
      if (hi > nearHi)
        cutByTolerance(nearHi, hi, formula, polynomial);
      return;
    }
    // Monotone: the tolerance falls or rises all along.
    for (float from = lo;;) {
      double tolerance = toleranceAt(formula, from);
      float to = lastWhere(from, hi, [&](float x) {
        return toleranceAt(formula, x) == tolerance;
      });
      if (std::isfinite(tolerance))
        add(from, to, formula, polynomial, tolerance, false);
      if (to == hi)
        return;
      from = floatAt(indexOf(to) + 1);
    }
  }

  void add(float lo, float hi, Expression formula, Expression polynomial,
           double tolerance, bool isBesideZero) {
    pieces.push_back({lo, hi, polynomial, formula, tolerance, isBesideZero,
                      form.isClamped(std::abs(lo) < std::abs(hi) ? hi : lo)});
  }

  const PiecewiseForm &form;
  const SynthesisRequest &request;
  std::vector<FitPiece> pieces;
};

} // namespace

std::vector<FitPiece> act::test::fitPieces(const PiecewiseForm &form,
                                           const SynthesisRequest &request) {
  return PieceCutter(form, request).cut();
}

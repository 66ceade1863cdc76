//===- RandomFormulasTest.cpp - Readers on formulas nobody wrote ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Formulas drawn at random, from fixed seeds: what the readers say of them is
// held against exact values.
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <cmath>
#include <random>

using namespace act;

namespace {

class Draw {
public:
  explicit Draw(unsigned seed) : random(seed) {}

  /// A whole number below `count`.
  unsigned below(unsigned count) { return random() % count; }

  double point() {
    double x = (static_cast<int>(below(2001)) - 1000) / 100.0;
    // One in four is huge or tiny.
    return below(4) ? x : std::ldexp(x, static_cast<int>(below(200)) - 100);
  }

  Expression formula(unsigned depth) {
    if (depth == 0 || below(8) == 0)
      return leaf();
    Expression a = formula(depth - 1);
    switch (below(16)) {
    case 0:
      return a + formula(depth - 1);
    case 1:
      return a - formula(depth - 1);
    case 2:
      return a * formula(depth - 1);
    case 3:
      return formula(depth - 1) / (1.0 + a * a);
    case 4:
      return min(a, formula(depth - 1));
    case 5:
      return max(a, formula(depth - 1));
    case 6:
      return abs(a);
    case 7:
      return where(a < formula(depth - 1), formula(depth - 1),
                   formula(depth - 1));
    case 8:
      return tanh(a);
    case 9:
      return sigmoid(a);
    case 10:
      return softplus(a);
    case 11:
      return erfc(a);
    case 12:
      return exp(-abs(a));
    case 13:
      return clip(a, -1.0, 2.0);
    case 14:
      return expm1(min(a, 3.0));
    default:
      return atan(a);
    }
  }

private:
  Expression leaf() {
    static const double constants[] = {0, 1, -1, 2, 0.5, 3, -0.25, 6, 0.1, 10};
    if (below(3))
      return Expression::variable(0);
    return constants[below(10)];
  }

  std::mt19937 random;
};

double valueAt(Expression e, double point) {
  return exactValue(e, {point}, Format::F64);
}

/// Calls `check` with some formulas and the draw they came from.
template <typename Check>
void forFormulas(unsigned seed, Check check) {
  for (unsigned i = 0; i < 150; ++i) {
    Draw draw(seed + i);
    Expression f = draw.formula(3 + draw.below(2));
    if (f.numVariables() > 0)
      check(f, draw);
  }
}

TEST(RandomFormulas, CanonicalFormIsStableAndEqual) {
  forFormulas(1000, [](Expression f, Draw &draw) {
    Expression canonical = canonicalize(f);
    EXPECT_TRUE(canonicalize(canonical) == canonical) << f.str();
    for (int i = 0; i < 20; ++i) {
      double at = draw.point();
      EXPECT_EQ(valueAt(f, at), valueAt(canonical, at))
          << f.str() << "\n"
          << canonical.str() << " at " << at;
    }
  });
}

TEST(RandomFormulas, RangeContainsValues) {
  forFormulas(2000, [](Expression f, Draw &draw) {
    for (int i = 0; i < 6; ++i) {
      double a = draw.point(), b = draw.point();
      Interval domain(std::min(a, b), std::max(a, b)), found = range(f, domain);
      for (int k = 0; k <= 20; ++k) {
        double at = domain.lo + (domain.hi - domain.lo) * (k / 20.0);
        double value = valueAt(f, std::min(at, domain.hi));
        // Exact but for its rounding to f64.
        EXPECT_TRUE(roundedDown(found.lo) <= value &&
                    value <= roundedUp(found.hi))
            << f.str() << " at " << at;
      }
    }
  });
}

TEST(RandomFormulas, DirectionsHold) {
  forFormulas(3000, [](Expression f, Draw &draw) {
    for (const Piece &piece : profile(f).pieces) {
      double lo = std::max(piece.from.hi, -100.0);
      double hi = std::min(piece.to.lo, 100.0);
      if (piece.direction == Direction::Unknown || !(lo < hi))
        continue;
      double a = lo + (hi - lo) * (draw.below(100) / 100.0);
      double b = a + (hi - a) * (draw.below(100) / 100.0);
      double first = valueAt(piece.formula, a),
             last = valueAt(piece.formula, b);
      if (piece.direction != Direction::Falling) {
        EXPECT_LE(first, last) << f.str();
      }
      if (piece.direction != Direction::Rising) {
        EXPECT_GE(first, last) << f.str();
      }
      // Inside its piece the formula is the function.
      if (piece.from.hi < a && a < piece.to.lo) {
        EXPECT_EQ(first, valueAt(f, a)) << f.str() << " at " << a;
      }
    }
  });
}

TEST(RandomFormulas, DerivativeIsTheSlope) {
  forFormulas(4000, [](Expression f, Draw &draw) {
    const Profile &shape = profile(f);
    Expression slope = derivative(f, "l");
    for (int i = 0; i < 5; ++i) {
      double at = (static_cast<int>(draw.below(2001)) - 1000) / 211.0;
      bool atKink = std::any_of(
          shape.kinks.begin(), shape.kinks.end(),
          [&](const Kink &k) { return std::abs(k.at.lo - at) < 1e-4; });
      if (atKink || !shape.complete)
        continue;
      double step = 1e-5;
      double rise = valueAt(f, at + step) - valueAt(f, at - step);
      double exact = valueAt(slope, at);
      EXPECT_NEAR(rise / (2 * step), exact, 1e-3 * (1 + std::abs(exact)))
          << f.str() << " at " << at;
    }
  });
}

} // namespace

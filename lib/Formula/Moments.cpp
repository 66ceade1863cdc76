//===- Moments.cpp - Quadrature between the kinks -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Moments.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace act {

double Moments::variance() const {
  return std::max(0.0, secondMoment - mean * mean);
}

//===----------------------------------------------------------------------===//
// Gauss-Legendre quadrature
//===----------------------------------------------------------------------===//

namespace {
constexpr unsigned kNodes = 20;

struct Rule {
  std::array<double, kNodes> nodes, weights; ///< on [-1, 1]
};
} // namespace

/// P_n(x) and its derivative by the three-term recurrence.
static std::pair<double, double> legendre(unsigned n, double x) {
  double previous = 1.0, current = x;
  for (unsigned k = 2; k <= n; ++k) {
    double next = ((2 * k - 1) * x * current - (k - 1) * previous) / k;
    previous = current;
    current = next;
  }
  return {current, n * (x * current - previous) / (x * x - 1)};
}

/// The zeros of P_n by Newton's method from Tricomi's estimate.
static Rule makeRule() {
  Rule rule;
  for (unsigned i = 0; i < kNodes; ++i) {
    double x = std::cos(M_PI * (i + 0.75) / (kNodes + 0.5));
    for (int step = 0; step < 10; ++step) {
      auto [value, slope] = legendre(kNodes, x);
      x -= value / slope;
    }
    double slope = legendre(kNodes, x).second;
    rule.nodes[i] = x;
    rule.weights[i] = 2.0 / ((1.0 - x * x) * slope * slope);
  }
  return rule;
}

namespace {
/// The integral of f and of f^2 under a density.
struct Integrals {
  double first = 0.0, second = 0.0;
  Integrals &operator+=(Integrals other) {
    first += other.first;
    second += other.second;
    return *this;
  }
};

/// Integrates one smooth piece in the standard coordinate t of the input, in
/// which x = center + scale * t.
class PieceIntegral {
public:
  PieceIntegral(Expression formula, Distribution input)
      : formula(formula), input(input) {}

  Integrals panel(double from, double to) const {
    static const Rule rule = makeRule();
    Integrals sum;
    double center = (from + to) / 2, half = (to - from) / 2;
    for (unsigned i = 0; i < kNodes; ++i) {
      double t = center + half * rule.nodes[i];
      double weight = half * rule.weights[i] * density(t);
      if (weight == 0.0)
        continue; // 0 even where the function overflows
      double value = approximateValue(formula, {pointAt(input, t)});
      sum += {weight * value, weight * value * value};
    }
    return sum;
  }

  /// Halves the panel until both halves together say the same.
  Integrals refined(double from, double to, Integrals whole,
                    Integrals tolerance, unsigned depth) const {
    double middle = (from + to) / 2;
    Integrals left = panel(from, middle), right = panel(middle, to);
    Integrals both = left;
    both += right;
    bool agree = std::abs(both.first - whole.first) <= tolerance.first &&
                 std::abs(both.second - whole.second) <= tolerance.second;
    if (agree || depth == 0 || !std::isfinite(both.second))
      return both;
    both = refined(from, middle, left, tolerance, depth - 1);
    both += refined(middle, to, right, tolerance, depth - 1);
    return both;
  }

  static double pointAt(Distribution input, double t) {
    return input.kind == Distribution::Kind::Normal
               ? input.first + input.second * t
               : input.first + (input.second - input.first) * t;
  }

  static double coordinateOf(Distribution input, double x) {
    return input.kind == Distribution::Kind::Normal
               ? (x - input.first) / input.second
               : (x - input.first) / (input.second - input.first);
  }

private:
  double density(double t) const {
    if (input.kind == Distribution::Kind::Uniform)
      return 1.0;
    return std::exp(-t * t / 2) / std::sqrt(2 * M_PI);
  }

  Expression formula;
  Distribution input;
};

struct Panel {
  PieceIntegral piece;
  double from, to;
  Integrals estimate;
};
} // namespace

/// Where panels end: every `step` in the standard coordinate; and at
/// distances 1/4, 1/2, 1, ... of 0 and of each end of a piece, for that is
/// where functions bend, however wide the input is.
static std::vector<double> makeCuts(const Profile &shape, Distribution input,
                                    double first, double last, double step) {
  std::vector<double> cuts, centers{0.0};
  for (double t = first; t < last; t += step)
    cuts.push_back(t);
  cuts.push_back(last);
  for (size_t i = 0; i + 1 < shape.pieces.size(); ++i)
    centers.push_back(shape.pieces[i].to.middle());
  double reach = std::abs(PieceIntegral::pointAt(input, first)) +
                 std::abs(PieceIntegral::pointAt(input, last));
  for (double center : centers) {
    cuts.push_back(PieceIntegral::coordinateOf(input, center));
    for (double away = 0.25; away < reach + std::abs(center); away *= 2) {
      cuts.push_back(PieceIntegral::coordinateOf(input, center - away));
      cuts.push_back(PieceIntegral::coordinateOf(input, center + away));
    }
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

/// The panels of each piece, as far as the density is not 0 in doubles.
static std::vector<Panel> makePanels(Expression expression,
                                     Distribution input) {
  bool normal = input.kind == Distribution::Kind::Normal;
  double first = normal ? -39.0 : 0.0, last = normal ? 39.0 : 1.0;
  const Profile &shape = profile(expression);
  std::vector<double> cuts =
      makeCuts(shape, input, first, last, normal ? 2.0 : 0.25);
  std::vector<Panel> panels;
  for (const Piece &piece : shape.pieces) {
    PieceIntegral integral(piece.formula, input);
    auto coordinate = [&](Interval end) {
      double x = std::isfinite(end.lo) ? end.middle() : end.lo;
      return std::clamp(PieceIntegral::coordinateOf(input, x), first, last);
    };
    double from = coordinate(piece.from), to = coordinate(piece.to);
    auto cut = std::upper_bound(cuts.begin(), cuts.end(), from);
    while (from < to) {
      double end = cut == cuts.end() ? to : std::min(to, *cut++);
      if (from < end)
        panels.push_back({integral, from, end, integral.panel(from, end)});
      from = end;
    }
  }
  return panels;
}

static bool isPoint(Distribution input) {
  return input.kind == Distribution::Kind::Normal ? input.second == 0.0
                                                  : input.first == input.second;
}

Moments moments(Expression expression, Distribution input) {
  if (isPoint(input)) {
    double value = exactValue(expression, {input.first}, Format::F64);
    return {value, value * value};
  }
  std::vector<Panel> panels = makePanels(expression, input);
  Integrals total;
  for (const Panel &panel : panels)
    total += panel.estimate;
  // The root of the second moment is the scale of the values.
  Integrals tolerance{0x1p-44 * std::sqrt(total.second),
                      0x1p-44 * total.second};
  Integrals sum;
  for (const Panel &panel : panels)
    sum += panel.piece.refined(panel.from, panel.to, panel.estimate, tolerance,
                               24);
  return {sum.first, sum.second};
}

double probability(Distribution input, double lo, double hi) {
  if (!(lo < hi))
    return 0.0;
  if (isPoint(input))
    return lo < input.first && input.first <= hi ? 1.0 : 0.0;
  double a = PieceIntegral::coordinateOf(input, lo);
  double b = PieceIntegral::coordinateOf(input, hi);
  if (input.kind == Distribution::Kind::Uniform)
    return std::clamp(b, 0.0, 1.0) - std::clamp(a, 0.0, 1.0);
  // The difference of the smaller tails: that of 1 - p and 1 - q would cancel.
  if (a > 0) {
    std::swap(a, b);
    a = -a;
    b = -b;
  }
  return (std::erfc(-b / std::sqrt(2)) - std::erfc(-a / std::sqrt(2))) / 2;
}

} // namespace act

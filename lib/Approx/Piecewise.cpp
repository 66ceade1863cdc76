//===- Piecewise.cpp - A function by polynomials on segments --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Piecewise.h"
#include <cmath>
#include <cstring>

namespace act {

static uint32_t bitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

float PiecewiseForm::folded(float x) const {
  float t = x;
  if (fold == Fold::Magnitude)
    t = std::fabs(x);
  else if (fold == Fold::NegativePart)
    t = 0.0f > -x ? 0.0f : -x;
  // A NaN fails both comparisons and stays.
  if (hi < t)
    t = hi;
  if (lo > t)
    t = lo;
  return t;
}

unsigned PiecewiseForm::segmentOf(float t) const {
  unsigned mask = segments() - 1;
  switch (spacing) {
  case Spacing::Uniform:
    return bitsOf(std::fma(t, scale, kRoundingShift + first)) & mask;
  case Spacing::Quadratic:
    return bitsOf(std::fma(t, std::fma(t, curvature, scale), kRoundingShift)) &
           mask;
  case Spacing::Logarithmic:
    return (bitsOf(std::fma(t, scale, 1.0f)) >> shift) & mask;
  }
  return 0;
}

bool PiecewiseForm::isClamped(float x) const {
  float t = folded(x);
  return t == lo || t == hi;
}

template <typename Number>
Number PiecewiseForm::onRamp(float ramp, Number p) const {
  if (level == 1.0f)
    return ramp - p;
  Number low =
      levelLow == 0.0f ? -p : std::fma(Number(ramp), Number(levelLow), -p);
  return std::fma(Number(ramp), Number(level), low);
}

/// The nearest whole number, by the addition that code uses.
static float nearestWhole(float value) {
  float shifted = value + kRoundingShift;
  return shifted - kRoundingShift;
}
static double nearestWhole(double value) { return std::nearbyint(value); }

/// A polynomial by pairs of its coefficients (Estrin 1960): a chain of half the
/// length, which is what bounds code with two polynomials in a row.
template <typename Number>
static Number byPairs(const std::vector<Number> &coefficients, Number v) {
  const size_t count = coefficients.size();
  auto pair = [&](size_t i) {
    return i + 1 < count ? std::fma(coefficients[i + 1], v, coefficients[i])
                         : coefficients[i];
  };
  size_t i = (count - 1) / 2 * 2;
  Number p = pair(i), square = v * v;
  while (i > 0) {
    i -= 2;
    p = std::fma(p, square, pair(i));
  }
  return p;
}

template <typename Number>
Number PiecewiseForm::decayed(float t, unsigned k, Number u) const {
  Number slope = slopes[k], product = slope * u;
  Number rest = std::fma(slope, u, -product) + Number(coefficients[0][k]);
  std::vector<Number> powers;
  for (unsigned i = 1; i <= degree(); ++i)
    powers.push_back(coefficients[i][k]);
  Number low = std::fma(byPairs(powers, u), u, rest);
  Number whole = nearestWhole(product + low);
  Number r = (product - whole) + low;
  powers.assign(exponential.begin(), exponential.end());
  Number growth = byPairs(powers, r) * r;
  Number factor = power == 1 ? t : 1.0f;
  Number y = std::fma(factor, growth, factor);
  if (std::isnan(y))
    return y;
  return std::ldexp(y, static_cast<int>(whole + Number(exponents[k])));
}

template <typename Number>
Number PiecewiseForm::evaluateIn(float x) const {
  float t = folded(x);
  unsigned k = segmentOf(t);
  Number u = Number(t) - Number(centres[k]);
  Number p;
  if (exponents.empty()) {
    p = coefficients.back()[k];
    for (unsigned i = degree(); i-- > 1;)
      p = std::fma(p, u, Number(coefficients[i][k]));
    Number constant = coefficients[0][k];
    if (!slopes.empty())
      constant = std::fma(Number(slopes[k]), u, constant);
    p = std::fma(p, u, constant);
  } else {
    p = decayed(t, k, u);
  }
  switch (join) {
  case Join::Plain:
    return p;
  case Join::Odd:
    return std::signbit(x) ? -p : p;
  case Join::Reflected:
    return x < 0.0f ? p : level - p;
  case Join::Ramp:
    return onRamp(-0.0f > x ? -0.0f : x, p);
  case Join::LeftRamp:
    return onRamp(-0.0f < x ? -0.0f : x, p);
  }
  return p;
}

float PiecewiseForm::evaluate(float x) const { return evaluateIn<float>(x); }

double PiecewiseForm::evaluateInDouble(float x) const {
  return evaluateIn<double>(x);
}

} // namespace act

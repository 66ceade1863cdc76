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

template <typename Number>
Number PiecewiseForm::evaluateIn(float x) const {
  float t = folded(x);
  unsigned k = segmentOf(t);
  Number u = Number(t) - Number(centres[k]);
  Number p = coefficients.back()[k];
  for (unsigned power = degree(); power-- > 1;)
    p = std::fma(p, u, Number(coefficients[power][k]));
  Number constant = coefficients[0][k];
  if (!slopes.empty())
    constant = std::fma(Number(slopes[k]), u, constant);
  p = std::fma(p, u, constant);
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

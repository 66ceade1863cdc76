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

float PiecewiseForm::onRamp(float ramp, float p) const {
  if (level == 1.0f)
    return ramp - p;
  float low = levelLow == 0.0f ? -p : std::fma(ramp, levelLow, -p);
  return std::fma(ramp, level, low);
}

float PiecewiseForm::evaluate(float x) const {
  float t = folded(x);
  unsigned k = segmentOf(t);
  float u = t - centres[k];
  float p = coefficients.back()[k];
  for (unsigned power = degree(); power-- > 1;)
    p = std::fma(p, u, coefficients[power][k]);
  float constant = coefficients[0][k];
  if (!slopes.empty())
    constant = std::fma(slopes[k], u, constant);
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

} // namespace act

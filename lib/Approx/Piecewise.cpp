//===- Piecewise.cpp - A function by polynomials on segments --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Piecewise.h"
#include <cassert>
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

/// Where the ramp is infinite or overflows, the excess is no number or infinite
/// too; any finite one does there.
template <typename Number>
PiecewiseForm::Sum<Number> PiecewiseForm::onRampExactly(float ramp,
                                                        Sum<Number> p) const {
  constexpr float kMost = std::numeric_limits<float>::max();
  Number y, excess;
  if (level == 1.0f) {
    y = ramp - p.value;
    excess = y - ramp;
  } else {
    y = std::fma(Number(ramp), Number(level), -p.value);
    excess = std::fma(Number(ramp), Number(-level), y);
  }
  excess = (excess + p.value) - p.excess;
  if (level != 1.0f && levelLow != 0.0f)
    excess = std::fma(Number(ramp), Number(-levelLow), excess);
  if (risesToInfinity())
    return {y, excess < kMost ? excess : Number(kMost)};
  return {y, excess > -kMost ? excess : Number(-kMost)};
}

/// The polynomial of v, whose square is `square`, with `row(i)` beside v^i for
/// i < count, by pairs (Estrin 1960): a chain of half the length, which is what
/// bounds code with two polynomials in a row.
template <typename Number, typename Row>
static Number byPairs(Row row, unsigned count, Number v, Number square) {
  auto pair = [&](unsigned i) {
    return i + 1 < count ? std::fma(row(i + 1), v, row(i)) : row(i);
  };
  unsigned i = (count - 1) / 2 * 2;
  Number p = pair(i);
  while (i > 0) {
    i -= 2;
    p = std::fma(p, square, pair(i));
  }
  return p;
}

/// max(x, -0); NaN of NaN.
static float positivePart(float x) { return -0.0f > x ? -0.0f : x; }

/// Where x is positive, level times this is -0.
static float negativePart(float x, float level) {
  return 0.0f < x ? std::copysign(0.0f, -level) : x;
}

// The line and the square term are large, what else there is rounds to little.
// So the whole part is taken of those two alone, and each of them is added
// where that has made the sum small.
template <typename Number>
Number PiecewiseForm::decayed(float t, unsigned k, Number u) const {
  auto power = [&](unsigned i) { return Number(coefficients[i][k]); };
  Number line = power(1) * u, square = u * u;
  Number small = std::fma(power(1), u, -line) + power(0);
  if (degree() > 2)
    small = std::fma(byPairs([&](unsigned i) { return power(i + 3); },
                             degree() - 2, u, square),
                     square * u, small);
  const float shift = kRoundingShift + exponents[k];
  float shifted = std::fma(std::fma(power(2), square, line),
                           Number(kInverseLn2), Number(shift));
  Number whole = shifted - shift;
  small = std::fma(-Number(kLn2Low), whole, small);
  Number r = std::fma(-Number(kLn2High), whole, line);
  r = std::fma(power(2), square, r) + small;
  Number growth =
      std::fma(byPairs([&](unsigned i) { return Number(exponential[i]); },
                       exponential.size(), r, r * r),
               r * r, r);
  Number factor = this->power == 1 ? t : 1.0f;
  Number y = std::fma(factor, growth, factor);
  if (std::isnan(y))
    return y;
  return std::ldexp(y,
                    static_cast<int>(shifted - kRoundingShift) + scaleBits());
}

template <typename Number>
std::pair<Number, Number> PiecewiseForm::decayArgument(Number t) const {
  if (decay.argument == Decay::Argument::Linear)
    return {t, 0};
  const Number square = t * t, squareLow = std::fma(t, t, -square);
  if (decay.argument == Decay::Argument::Quadratic)
    return {square, squareLow};
  const Number cubic = decay.cubic, factor = std::fma(cubic, square, Number(1));
  Number factorLow = std::fma(cubic, square, 1 - factor);
  factorLow = std::fma(cubic, squareLow, factorLow);
  const Number product = t * factor;
  return {product, std::fma(t, factorLow, std::fma(t, factor, -product))};
}

template <typename Number>
PiecewiseForm::Decayed<Number> PiecewiseForm::decayAt(float t) const {
  const auto [argument, low] = decayArgument<Number>(t);
  const float shifted =
      std::fma(static_cast<float>(argument), decay.inverse, kRoundingShift);
  const float n = shifted - kRoundingShift;
  Number v = std::fma(Number(-decay.hiStep), Number(n), argument);
  v = std::fma(Number(-decay.loStep), Number(n), v);
  if (decay.argument != Decay::Argument::Linear)
    v += low;
  if (std::isnan(v))
    return {0, v};
  // The line, which is most of it, does not round with the rest.
  Number growth = decay.growth.back();
  for (size_t i = decay.growth.size() - 1; i-- > 1;)
    growth = std::fma(growth, v, Number(decay.growth[i]));
  const Number line = Number(decay.growth[0]) * v;
  return {static_cast<int>(n) + scaleBits(), std::fma(growth * v, v, line)};
}

double PiecewiseForm::binadesOfDecay(float t) const {
  return decay.growth.empty() ? 0.0
                              : -decay.inverse * decayArgument<double>(t).first;
}

// What is small is added up first: then little but the last sum rounds.
template <typename Number>
Number PiecewiseForm::timesDecay(float t, Steps<Number> p) const {
  const Decayed<Number> factor = decayAt<Number>(t);
  Number small = std::fma(p.rest, factor.growth, p.rest);
  small = std::fma(p.constant, factor.growth, small);
  return std::ldexp(p.constant + small, factor.exponent);
}

template <typename Number>
PiecewiseForm::Sum<Number>
PiecewiseForm::timesDecayExactly(float t, Sum<Number> p) const {
  const Decayed<Number> factor = decayAt<Number>(t);
  const Number scaled = std::ldexp(p.value, factor.exponent);
  const Number value = std::fma(scaled, factor.growth, scaled);
  // The difference is exact: the growth is less than a half.
  const Number lost = std::fma(scaled, factor.growth, scaled - value);
  const Number excess = std::ldexp(p.excess, factor.exponent);
  return {value, std::fma(excess, factor.growth, excess) - lost};
}

template <typename Number>
Number PiecewiseForm::slopeAt(unsigned k, Number u) const {
  Number p = coefficients.back()[k];
  for (unsigned power = degree(); power-- > 1;)
    p = std::fma(p, u, Number(coefficients[power][k]));
  return p;
}

template <typename Number>
Number PiecewiseForm::constantAt(unsigned k, Number u) const {
  const Number constant = coefficients[0][k];
  return slopes.empty() ? constant : std::fma(Number(slopes[k]), u, constant);
}

template <typename Number>
PiecewiseForm::Sum<Number>
PiecewiseForm::compensatedPolynomial(unsigned k, Number u) const {
  Number slope = coefficients.back()[k], slopeExcess = 0;
  for (unsigned power = degree(); power-- > 1;) {
    Number before = slope, coefficient = coefficients[power][k];
    slope = std::fma(before, u, coefficient);
    if (power == 1)
      slopeExcess = std::fma(-before, u, slope - coefficient);
  }
  Number constant = coefficients[0][k];
  Number p = std::fma(slope, u, constant);
  // In this order: of -0 nothing is left but 0, which subtracted keeps the
  // sign.
  Number excess = std::fma(-slope, u, p - constant);
  excess = std::fma(slopeExcess, u, excess);
  if (!lowSlopes.empty())
    excess -= std::fma(Number(lowSlopes[k]), u, Number(lowConstants[k]));
  return {p, excess};
}

/// top - p.
template <typename Number>
PiecewiseForm::Sum<Number> PiecewiseForm::reflected(Number top, Sum<Number> p) {
  const Number y = top - p.value;
  return {y, ((y - top) + p.value) - p.excess};
}

template <typename Number>
PiecewiseForm::Sum<Number> PiecewiseForm::compensatedPart(float x) const {
  float t = folded(x);
  unsigned k = segmentOf(t);
  Sum<Number> p = compensatedPolynomial(k, Number(t) - Number(centres[k]));
  return decay.growth.empty() ? p : timesDecayExactly(t, p);
}

template <typename Number>
Number PiecewiseForm::evaluateIn(float x) const {
  if (compensated) {
    const Sum<Number> p = compensatedPart<Number>(x);
    if (isScaled())
      return joinedScaled(x, p);
    const Sum<Number> y = joinedExactly(x, p);
    // What is turned over is rounded first: -0 - -0 were 0.
    return join == Join::Odd && std::signbit(x) ? -(-y.value - -y.excess)
                                                : y.value - y.excess;
  }
  float t = folded(x);
  unsigned k = segmentOf(t);
  Number u = Number(t) - Number(centres[k]);
  if (!exponents.empty())
    return joinedScaled(x, decayed(t, k, u));
  const Number slope = slopeAt(k, u), constant = constantAt(k, u);
  if (decay.growth.empty())
    return joined(x, std::fma(slope, u, constant));
  const Number p = timesDecay<Number>(t, {slope * u, constant});
  return isScaled() ? joinedScaled(x, p) : joined(x, p);
}

template <typename Number>
Number PiecewiseForm::joinedScaled(float x, Number p) const {
  const Number unit = std::ldexp(Number(1), -scaleBits());
  // The ramp takes p before that is rounded.
  if (join == Join::Ramp && level == 1.0f)
    return std::fma(p, -unit, Number(positivePart(x)));
  return joined(x, p * unit);
}

template <typename Number>
Number PiecewiseForm::joinedScaled(float x, Sum<Number> p) const {
  assert((join == Join::Plain || join == Join::Reflected) && "may overflow");
  const Number top = std::ldexp(Number(level), scaleBits());
  if (join == Join::Reflected && !(x < 0.0f))
    p = reflected(top, p);
  return (p.value - p.excess) * std::ldexp(Number(1), -scaleBits());
}

template <typename Number>
Number PiecewiseForm::joined(float x, Number p) const {
  switch (join) {
  case Join::Plain:
    return p;
  case Join::Odd:
    return std::signbit(x) ? -p : p;
  case Join::Reflected:
    return x < 0.0f ? p : level - p;
  case Join::Ramp:
    return onRamp(positivePart(x), p);
  case Join::LeftRamp:
    return onRamp(negativePart(x, level), p);
  }
  return p;
}

template <typename Number>
PiecewiseForm::Sum<Number> PiecewiseForm::joinedExactly(float x,
                                                        Sum<Number> p) const {
  switch (join) {
  case Join::Plain:
    return p;
  case Join::Odd:
    return std::signbit(x) ? Sum<Number>{-p.value, -p.excess} : p;
  case Join::Reflected:
    return x < 0.0f ? p : reflected(Number(level), p);
  case Join::Ramp:
    return onRampExactly(positivePart(x), p);
  case Join::LeftRamp:
    return onRampExactly(negativePart(x, level), p);
  }
  return p;
}

float PiecewiseForm::evaluate(float x) const { return evaluateIn<float>(x); }

double PiecewiseForm::evaluateFactor(float x) const {
  assert(!isScaled() && "is no factor");
  Sum<float> y = joinedExactly(x, compensatedPart<float>(x));
  double sum = double(y.value) - y.excess;
  // The code gives a product of 0 the sign of the value.
  return sum == 0.0 ? std::copysign(0.0, double(y.value)) : sum;
}

double PiecewiseForm::evaluateInDouble(float x) const {
  return evaluateIn<double>(x);
}

} // namespace act

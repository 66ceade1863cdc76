//===- Segments.cpp - Spacing of segments and the fit on each -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Segments.h"
#include "act/Approx/Minimax.h"
#include "act/Formula/MathConstants.h"
#include <algorithm>
#include <cmath>

namespace act {

using Fold = PiecewiseForm::Fold;
using Spacing = PiecewiseForm::Spacing;

static unsigned log2Of(unsigned value) {
  unsigned log = 0;
  while ((2u << log) <= value)
    ++log;
  return log;
}

/// Sets the index of `form` so that `spread` covers the shape's range.
static bool setIndex(PiecewiseForm &form, const Shape &shape,
                     const Spread &spread) {
  double count = spread.segments;
  bool folded = shape.target.fold != Fold::Identity;
  form.spacing = spread.spacing;
  switch (spread.spacing) {
  case Spacing::Uniform:
    if (folded) {
      form.scale = (count - 0.51) / shape.hi;
    } else {
      form.scale = (count - 1.1) / (shape.hi - shape.lo);
      form.first = std::ceil(-shape.lo * form.scale - 0.5);
      if (std::nearbyint(shape.hi * form.scale) + form.first > count - 1)
        return false;
    }
    return true;
  case Spacing::Quadratic:
    form.scale = (count - 0.51) / (shape.hi * (1.0 + spread.parameter));
    form.curvature = spread.parameter * form.scale / shape.hi;
    return folded;
  case Spacing::Logarithmic: {
    unsigned octaves = spread.parameter;
    unsigned perOctave = spread.segments / octaves;
    form.scale = (std::ldexp(1.0 - 0x1p-16, octaves) - 1.0) / shape.hi;
    form.shift = 23 - log2Of(perOctave);
    return folded;
  }
  }
  return false;
}

/// Where segment `j` of the spread, counted from t = 0 (or from the left end),
/// begins.
static double startOf(const PiecewiseForm &form, const Spread &spread,
                      unsigned j) {
  switch (spread.spacing) {
  case Spacing::Uniform:
    return (j - 0.5 - form.first) / form.scale;
  case Spacing::Quadratic: {
    // t (a t + b) = j - 1/2.
    double a = form.curvature, b = form.scale, v = j - 0.5;
    return v <= 0.0 ? -0.5 / b : 2.0 * v / (b + std::sqrt(b * b + 4.0 * a * v));
  }
  case Spacing::Logarithmic: {
    unsigned perOctave = spread.segments / unsigned(spread.parameter);
    double z =
        std::ldexp(1.0 + double(j % perOctave) / perOctave, j / perOctave);
    return (z - 1.0) / form.scale;
  }
  }
  return 0.0;
}

Layout layOut(const Shape &shape, const Spread &spread) {
  Layout layout;
  PiecewiseForm &form = layout.form;
  form.fold = shape.target.fold;
  form.join = shape.target.join;
  // Rounded towards 0, so that both parts have one sign: inf - inf is NaN.
  form.level = shape.target.level;
  if (std::fabs(form.level) > std::fabs(shape.target.level))
    form.level = std::nextafterf(form.level, 0.0f);
  form.levelLow = shape.target.level - form.level;
  form.decay = shape.exponential;
  if (shape.clampsLo)
    form.lo = shape.lo;
  if (shape.clampsHi)
    form.hi = shape.hi;
  if (shape.coldLo)
    form.validLo = form.fold == Fold::Identity ? shape.lo : -shape.hi;
  if (shape.coldHi)
    form.validHi = shape.hi;
  form.centres.assign(spread.segments, 0.0f);
  layout.valid = setIndex(form, shape, spread);
  if (!layout.valid)
    return layout;
  unsigned offset =
      spread.spacing == Spacing::Logarithmic ? 127u << (23 - form.shift) : 0;
  for (unsigned j = 0; j < spread.segments; ++j) {
    double lo = startOf(form, spread, j), hi = startOf(form, spread, j + 1);
    // The index is computed with a rounding or two.
    double slack = (std::fabs(lo) + std::fabs(hi)) * 0x1p-21;
    lo = std::max(lo - slack, shape.lo);
    hi = std::min(hi + slack, shape.hi);
    if (lo <= hi)
      layout.segments.push_back({(j + offset) & (spread.segments - 1), lo, hi});
  }
  return layout;
}

/// A zero of the target inside the segment, where relative accuracy asks for a
/// centre; the middle of the segment if there is none.
static std::optional<double> findZero(const Segment &segment,
                                      const Target &target) {
  if (segment.lo <= 0.0 && segment.hi >= 0.0 && target(0.0) == 0.0)
    return 0.0;
  double lo = segment.lo, hi = segment.hi;
  double atLo = target(lo), atHi = target(hi);
  if (!(atLo * atHi < 0.0))
    return std::nullopt;
  for (int i = 0; i < 60; ++i) {
    double middle = (lo + hi) / 2;
    (target(middle) * atLo > 0.0 ? lo : hi) = middle;
  }
  return static_cast<float>(lo);
}

/// The order of the zero of the target at `zero`: lower powers must not appear,
/// or they would be all there is of a small value.
static unsigned orderOfZero(double zero, const Target &target) {
  double near = target(zero + 0x1p-20), far = target(zero + 0x1p-19);
  double order = std::nearbyint(std::log2(std::fabs(far / near)));
  return order >= 1.0 && order <= 4.0 ? order : 1;
}

/// A float near the wanted centre whose value is nearly a float too: then the
/// constant coefficient is exact (accurate tables: Gal 1986).
static float snapCentre(double wanted, const Segment &segment,
                        const Target &target) {
  float best = wanted, up = best, down = best;
  double least = INFINITY;
  constexpr unsigned kTries = 160;
  for (unsigned i = 0; i < kTries && least > 0.015; ++i) {
    for (float candidate : {up, down}) {
      if (candidate < segment.lo || candidate > segment.hi)
        continue;
      double value = target(candidate);
      double off = std::fabs(value - static_cast<float>(value));
      float size = std::fabs(static_cast<float>(value));
      off /= std::nextafterf(size, INFINITY) - size;
      if (off < least) {
        least = off;
        best = candidate;
      }
    }
    up = std::nextafterf(up, INFINITY);
    down = std::nextafterf(down, -INFINITY);
  }
  return best;
}

/// The float nearest to the zero: its own value is rounded, and beside larger
/// ones that is not seen.
static float snapZero(double zero, const Target &target) {
  constexpr int kTries = 3;
  float candidate = zero, best = zero;
  for (int i = 0; i < kTries; ++i)
    candidate = std::nextafterf(candidate, -INFINITY);
  double least = INFINITY;
  for (int i = -kTries; i <= kTries; ++i) {
    double value = std::fabs(target(candidate));
    if (value < least) {
      least = value;
      best = candidate;
    }
    candidate = std::nextafterf(candidate, INFINITY);
  }
  return best;
}

/// Between `small` and `large`, the ends named by the target's size there,
/// where it is of some size.
static double whereOfSize(double small, double large, double size,
                          const Target &target) {
  for (int i = 0; i < 40; ++i) {
    double middle = (small + large) / 2;
    (std::fabs(target(middle)) < size ? small : large) = middle;
  }
  return small;
}

/// With e^r between the sizes at the ends, a step of Horner's rule rounds off
/// what is seen at the large end r times half an ulp in all if the centre is at
/// the small end, where all terms have one sign; and at a distance of y in
/// logarithms from there r - y times at the large end, e^y (e^y - 1) times at
/// the small one. A quarter of the way both are less for the r of a few that
/// segments have. What is compensated wants the sum of the other terms to be no
/// larger than the constant.
static double chooseCentre(const Segment &segment, const Target &target,
                           bool compensated) {
  constexpr double kManifold = 2.7, kWay = 0.25;
  double small = segment.lo, large = segment.hi;
  double least = std::fabs(target(small)), most = std::fabs(target(large));
  if (most < least) {
    std::swap(small, large);
    std::swap(least, most);
  }
  double wanted = (segment.lo + segment.hi) / 2;
  if (compensated && most > 2.0 * least)
    wanted = whereOfSize(small, large, most / 2, target);
  else if (!compensated && most > kManifold * least && least > 0.0)
    wanted =
        whereOfSize(small, large, least * std::pow(most / least, kWay), target);
  return snapCentre(wanted, segment, target);
}

/// The power of two nearest to `slope`, with its sign.
static double powerOfTwoNear(double slope) {
  int exponent;
  double mantissa = std::frexp(slope, &exponent); // in [1/2, 1)
  return std::ldexp(std::copysign(1.0, slope),
                    std::fabs(mantissa) > 0.75 ? exponent : exponent - 1);
}

/// Gives segment `entry` a line of high and low parts, and `samples` the rest:
/// `slope`, and `anchor`, of which `constant` is the high part.
static void takeLineInParts(PiecewiseForm &form, unsigned entry, double slope,
                            double anchor, float constant, Samples &samples) {
  const float high = slope, low = slope - high;
  form.coefficients[1][entry] = high;
  form.lowSlopes[entry] = low;
  form.lowConstants[entry] = anchor - constant;
  samples.subtractLine(0.0, double(high) + low);
}

/// The constant of a polynomial in powers of t - `centre`.
static double anchorAt(double centre, bool hasZero, const Target &target) {
  double anchor = target(centre);
  return hasZero || centre == 0.0 ? static_cast<float>(anchor) : anchor;
}

/// The distance of the next float.
static double spacingAt(float centre) {
  const float size = std::fabs(centre);
  return std::nextafterf(size, INFINITY) - size;
}

/// Of a segment with a zero at `centre` as near to that as `nearest`, too.
static Samples sample(const Segment &segment, double centre, double anchor,
                      std::optional<double> nearest, const Target &target,
                      unsigned degree,
                      const std::function<double(double)> &tolerance) {
  Samples samples;
  auto add = [&](double t) {
    if (t == centre || t < segment.lo || t > segment.hi)
      return;
    double allowed = tolerance(t);
    if (allowed > 0.0 && std::isfinite(allowed))
      samples.add(t - centre, target(t) - anchor, 1.0 / allowed);
  };
  unsigned count = 5 * (degree + 2);
  for (unsigned i = 0; i < count; ++i) {
    double node = std::cos(kPi * i / (count - 1));
    add((segment.lo + segment.hi) / 2 + node * (segment.hi - segment.lo) / 2);
  }
  for (int k = 1; nearest && k < 26; ++k)
    for (double side : {segment.lo - centre, segment.hi - centre})
      if (std::fabs(std::ldexp(side, -k)) >= *nearest)
        add(centre + std::ldexp(side, -k));
  return samples;
}

bool mayFitSegments(const Layout &layout, const Target &target, unsigned degree,
                    const std::function<double(double)> &tolerance) {
  if (layout.segments.empty())
    return false;
  size_t last = layout.segments.size() - 1;
  for (size_t i : {size_t(0), last, size_t(1), last / 2, last / 4}) {
    const Segment &segment = layout.segments[std::min(i, last)];
    std::optional<double> zero = findZero(segment, target);
    double centre = zero ? *zero : (segment.lo + segment.hi) / 2;
    std::optional<double> nearest;
    if (zero)
      nearest = 0.0;
    Samples samples =
        sample(segment, centre, anchorAt(centre, zero.has_value(), target),
               nearest, target, degree, tolerance);
    unsigned lowest = zero ? orderOfZero(centre, target) : 0;
    if (lowest > degree || !mayFit(samples, lowest, degree, 1.0))
      return false;
  }
  return true;
}

double fitSegments(Layout &layout, const Target &target, unsigned degree,
                   Centring centring,
                   const std::function<double(double)> &tolerance) {
  PiecewiseForm &form = layout.form;
  form.coefficients.assign(degree + 1,
                           std::vector<float>(form.segments(), 0.0f));
  double largest = 0.0;
  for (const Segment &segment : layout.segments) {
    std::optional<double> zero = findZero(segment, target);
    // A zero elsewhere than at the origin needs digits that t alone lacks.
    bool fitsConstant = centring == Centring::Origin && !zero;
    if (centring == Centring::Origin && zero && *zero != 0.0)
      return INFINITY;
    double centre = fitsConstant ? 0.0
                    : zero ? *zero
                           : chooseCentre(segment, target, form.compensated);
    // Of a low part the last digit is seen beside the zero alone.
    const bool hasLowParts = !form.lowSlopes.empty();
    if (hasLowParts && zero && *zero != 0.0)
      centre = snapZero(*zero, target);
    double anchor =
        fitsConstant ? 0.0 : anchorAt(centre, zero && !hasLowParts, target);
    // Low parts have the zero where it is, between two floats.
    std::optional<double> nearest;
    if (zero)
      nearest = hasLowParts ? 0.0 : spacingAt(centre);
    Samples samples =
        sample(segment, centre, anchor, nearest, target, degree, tolerance);
    unsigned lowest = fitsConstant ? 0 : zero ? orderOfZero(centre, target) : 1;
    if (lowest > degree)
      return INFINITY;
    Polynomial1D exact = fitMinimax(samples, lowest, degree, kFitIsEnough);
    if (exact.error > 1.0)
      return INFINITY;
    const bool keepsLowParts = hasLowParts && lowest == 1;
    float constant = fitsConstant || (zero && keepsLowParts) ? 0.0 : anchor;
    if (!form.slopes.empty() && zero && lowest == 1) {
      double slope = powerOfTwoNear(exact.coefficients[1]);
      form.slopes[segment.entry] = slope;
      samples.subtractLine(0.0, slope);
    }
    if (keepsLowParts) {
      takeLineInParts(form, segment.entry, exact.coefficients[1], anchor,
                      constant, samples);
      lowest = 2;
    }
    Polynomial1D fit = fitMinimaxFloat(samples, lowest, degree, kFitIsEnough);
    largest = std::max(largest, fit.error);
    if (largest > 1.0)
      return INFINITY;
    form.centres[segment.entry] = centre;
    if (fitsConstant)
      constant = fit.coefficients[0];
    // u * c1 keeps the sign of u only beside -0.
    form.coefficients[0][segment.entry] = constant == 0.0f ? -0.0f : constant;
    for (unsigned power = std::max(lowest, 1u); power <= degree; ++power)
      form.coefficients[power][segment.entry] = fit.coefficients[power];
  }
  return largest;
}

} // namespace act

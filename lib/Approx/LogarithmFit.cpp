//===- LogarithmFit.cpp - The logarithm of a decay, by segments -----------===//
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

/// (exp(r) - 1 - r) / r^2 for |r| <= ln(2) / 2, to less than what rounds.
static std::vector<float> fitExponential() {
  constexpr unsigned kDegree = 6, kPoints = 60;
  Samples samples;
  for (unsigned i = 0; i < kPoints; ++i) {
    double r = 0.55 * kLn2 * std::cos(kPi * i / (kPoints - 1));
    samples.add(r, std::expm1(r) - r, std::exp(-r));
  }
  Polynomial1D fit = fitMinimaxFloat(samples, 2, kDegree);
  return {fit.coefficients.begin() + 2, fit.coefficients.end()};
}

/// Where a falling function is `value`, if that is in the segment, else
/// `otherwise`. A constant with few bits rounds less when it is added.
static float whereEqual(const Segment &segment,
                        const std::function<double(double)> &logarithm,
                        double value, float otherwise) {
  double lo = segment.lo, hi = segment.hi;
  if (logarithm(lo) < value || logarithm(hi) > value)
    return otherwise;
  for (int i = 0; i < 50; ++i) {
    double middle = (lo + hi) / 2;
    (logarithm(middle) > value ? lo : hi) = middle;
  }
  return lo;
}

/// The float beside `centre` for which a float is nearest to the slope there,
/// which is `slope` and changes by twice `curvature`.
static float whereSlopeIsExact(float centre, double slope, double curvature) {
  constexpr int kNeighbours = 256;
  const float spacing = std::nextafter(centre, INFINITY) - centre;
  double least = INFINITY;
  float best = centre;
  for (int i = -kNeighbours; i <= kNeighbours; ++i) {
    double there = slope + 2.0 * curvature * i * spacing;
    double error = std::fabs(there - static_cast<float>(there));
    if (error < least) {
      least = error;
      best = centre + i * spacing;
    }
  }
  return best;
}

/// log p - `whole` at the nodes of a segment.
static Samples sampleLogarithm(const Segment &segment, float centre,
                               double whole,
                               const std::function<double(double)> &logarithm,
                               const std::function<double(double)> &allowed,
                               unsigned degree) {
  Samples samples;
  const unsigned count = 6 * (degree + 2);
  for (unsigned i = 0; i < count; ++i) {
    double node = std::cos(kPi * i / (count - 1));
    double t = (segment.lo + segment.hi + node * (segment.hi - segment.lo)) / 2;
    double weight = 1.0 / allowed(t);
    if (weight > 0.0 && std::isfinite(weight))
      samples.add(t - centre, logarithm(t) - whole, weight);
  }
  return samples;
}

/// Of log p on one segment; the share of the tolerance that is used up.
static double fitLogarithm(PiecewiseForm &form, const Segment &segment,
                           const std::function<double(double)> &logarithm,
                           const std::function<double(double)> &allowed,
                           unsigned degree) {
  float centre = (segment.lo + segment.hi) / 2;
  const double exponent = std::nearbyint(logarithm(centre) / kLn2);
  const double whole = exponent * kLn2;
  centre = whereEqual(segment, logarithm, whole, centre);
  Samples samples =
      sampleLogarithm(segment, centre, whole, logarithm, allowed, degree);
  if (samples.points.empty() || !mayFit(samples, 0, degree, 1.0))
    return INFINITY;
  Polynomial1D first = fitMinimax(samples, 0, degree, kFitIsEnough);
  centre =
      whereSlopeIsExact(centre, first.coefficients[1], first.coefficients[2]);
  samples = sampleLogarithm(segment, centre, whole, logarithm, allowed, degree);
  Polynomial1D exact = fitMinimax(samples, 0, degree, kFitIsEnough);
  const float constant = exact.coefficients[0], slope = exact.coefficients[1];
  samples.subtractLine(constant, slope);
  Polynomial1D fit = fitMinimaxFloat(samples, 2, degree, kFitIsEnough);
  form.centres[segment.entry] = centre;
  form.exponents[segment.entry] = exponent;
  form.coefficients[0][segment.entry] = constant;
  form.coefficients[1][segment.entry] = slope;
  for (unsigned i = 2; i <= degree; ++i)
    form.coefficients[i][segment.entry] = fit.coefficients[i];
  return fit.error;
}

double fitLogarithms(Layout &layout, const Target &target, unsigned degree,
                     const std::function<double(double)> &tolerance) {
  PiecewiseForm &form = layout.form;
  // So near to 0 a function is its leading term.
  constexpr double kNearZero = 0x1p-40;
  auto positive = [&](double t) {
    t = std::max(t, kNearZero);
    return target(t) / (form.power == 1 ? t : 1.0);
  };
  auto logarithm = [&](double t) { return std::log(positive(t)); };
  auto allowed = [&](double t) {
    t = std::max(t, kNearZero);
    return tolerance(t) / target(t);
  };
  const std::vector<float> zeros(form.segments(), 0.0f);
  form.exponents = zeros;
  form.coefficients.assign(degree + 1, zeros);
  form.exponential = fitExponential();
  double largest = 0.0;
  for (const Segment &segment : layout.segments) {
    largest = std::max(largest,
                       fitLogarithm(form, segment, logarithm, allowed, degree));
    if (largest > 1.0)
      return INFINITY;
  }
  return largest;
}

} // namespace act

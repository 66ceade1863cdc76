//===- ExponentialDecay.cpp - How fast a function vanishes ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExponentialDecay.h"
#include "act/Approx/Minimax.h"
#include "act/Formula/MathConstants.h"
#include <cmath>

namespace act {

using Argument = PiecewiseForm::Decay::Argument;

/// What still counts as the same rate.
constexpr double kNearly = 0.05;

double ExponentialDecay::growthAt(double t) const {
  if (rate == 0.0)
    return 1.0;
  switch (argument) {
  case Argument::Linear:
    return std::exp(rate * t);
  case Argument::Quadratic:
    return std::exp(rate * t * t);
  case Argument::Cubic:
    return std::exp(rate * (t + cubic * t * t * t));
  }
  return 1.0;
}

/// expm1(-rate * v) over v for |v| <= `reach`, by as few powers as do.
static std::vector<float> fitGrowth(double rate, double reach,
                                    double tolerance) {
  constexpr unsigned kMostPowers = 7, kPoints = 60;
  Samples samples;
  for (unsigned i = 0; i < kPoints; ++i) {
    double v = reach * std::cos(kPi * (i + 0.5) / kPoints);
    samples.add(v, std::expm1(-rate * v), std::exp(rate * v));
  }
  for (unsigned powers = 2;; ++powers) {
    Polynomial1D fit = fitMinimaxFloat(samples, 1, powers);
    if (fit.error <= tolerance || powers == kMostPowers)
      return {fit.coefficients.begin() + 1, fit.coefficients.end()};
  }
}

PiecewiseForm::Decay ExponentialDecay::fit(int precision) const {
  PiecewiseForm::Decay decay;
  const double step = -kLn2 / rate;
  decay.argument = argument;
  decay.cubic = cubic;
  decay.inverse = 1.0 / step;
  decay.hiStep = step;
  decay.loStep = step - decay.hiStep;
  // A little more than half of it, as n is rounded.
  decay.growth = fitGrowth(rate, std::fabs(step) * 0.5001,
                           std::ldexp(1.0, -precision - 3));
  return decay;
}

double whereAsLarge(const std::function<double(double)> &p, double end,
                    double least) {
  double lo = 0.0, hi = end;
  for (int i = 0; i < 60; ++i) {
    double middle = (lo + hi) / 2;
    (std::fabs(p(middle)) >= least ? lo : hi) = middle;
  }
  return lo;
}

/// Of most functions a rate is a short number, and then nothing is left: the
/// nearest multiple of 1/64.
static double shortened(double rate) {
  const double nearby = std::nearbyint(rate * 64.0) / 64.0;
  return std::fabs(nearby - rate) < kNearly * rate ? nearby : rate;
}

ExponentialDecay findExponentialDecay(const std::function<double(double)> &p) {
  // Down to there references are right.
  constexpr double kFarthest = 0x1p10, kLeast = 0x1p-180, kStep = 0.8;
  if (!(std::fabs(p(kFarthest)) < kLeast))
    return {};
  const double far = whereAsLarge(p, kFarthest, kLeast);
  auto fallUpTo = [&](double t) {
    return std::log(std::fabs(p(kStep * t) / p(t)));
  };
  auto riseUpTo = [&](double t, int power) {
    return std::pow(t, power) - std::pow(kStep * t, power);
  };
  auto isNear = [](double value, double expected) {
    return std::fabs(value - expected) < kNearly * std::fabs(expected);
  };
  for (int power : {1, 2}) {
    const double rate = fallUpTo(far) / riseUpTo(far, power);
    if (rate > 0.0 &&
        isNear(fallUpTo(far / 2) / riseUpTo(far / 2, power), rate))
      return {power == 1 ? Argument::Linear : Argument::Quadratic,
              shortened(rate), 0.0f};
  }
  // a * t + b * t^3 - c * log(t) by three differences, of which each falls the
  // same by the last term, and a fourth to confirm it.
  auto turnUpTo = [&](auto &&changeUpTo) {
    return [=](double t) { return changeUpTo(t) - changeUpTo(kStep * t); };
  };
  auto fall = turnUpTo(fallUpTo);
  auto line = turnUpTo([&](double t) { return riseUpTo(t, 1); });
  auto cube = turnUpTo([&](double t) { return riseUpTo(t, 3); });
  const double nearer = kStep * far;
  const double determinant =
      line(far) * cube(nearer) - cube(far) * line(nearer);
  const double rate =
      (fall(far) * cube(nearer) - fall(nearer) * cube(far)) / determinant;
  const double cubic =
      (fall(nearer) * line(far) - fall(far) * line(nearer)) / determinant;
  const double expected = rate * line(far / 2) + cubic * cube(far / 2);
  if (!(rate > 0.0 && cubic > 0.0 && isNear(fall(far / 2), expected)))
    return {};
  return {Argument::Cubic, rate, static_cast<float>(cubic / rate)};
}

} // namespace act

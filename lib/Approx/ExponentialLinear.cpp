//===- ExponentialLinear.cpp - An exponential beside a line ---------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/ExponentialLinear.h"
#include "FormJudge.h"
#include "Reference.h"
#include "act/Approx/Minimax.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/MathConstants.h"
#include <cmath>
#include <random>

namespace act {

static_assert(kLn2Single == static_cast<float>(kLn2));

float ExponentialLinearForm::evaluate(float x) const {
  if (!(x < 0.0f))
    return slope * x;
  float u = std::fmax(rate * x, lo);
  float n = std::fma(u, kInverseLn2, kExponentShift) - kExponentShift;
  float r = std::fma(n, -kLn2Single, u);
  float q = coefficients.back();
  for (unsigned i = coefficients.size() - 1; i-- > 0;)
    q = std::fma(q, r, coefficients[i]);
  float p = std::fma(r * r, q, r);
  float s = level * std::ldexp(1.0f, static_cast<int>(n));
  return std::fma(s, p, s - level);
}

/// The nearest number of few bits, if it is as near as roundings are.
static double undoRounding(double value) {
  double nearby = std::nearbyint(value * 0x1p30) * 0x1p-30;
  return std::fabs(nearby - value) < 0x1p-45 * std::fabs(value) ? nearby
                                                                : value;
}

namespace {

struct Parameters {
  double rate, level, slope;
};

} // namespace

/// What `f` is made of, if it is of this family at sample points.
static std::optional<Parameters> parametersOf(const Reference &f) {
  constexpr double kLeast = 0x1p-6, kMost = 0x1p6;
  // f(-2 h) / f(-h) is 1 + exp(-rate h), of which little may cancel.
  double h = 1.0;
  constexpr double kLeastRatio = 1.25;
  while (h > kLeast && f(-2.0 * h) / f(-h) < kLeastRatio)
    h /= 2.0;
  double rate = undoRounding(-std::log(f(-2.0 * h) / f(-h) - 1.0) / h);
  double level = undoRounding(f(-h) / std::expm1(-rate * h));
  double slope = f(1.0);
  for (double parameter : {rate, level, slope})
    if (!(parameter >= kLeast && parameter <= kMost))
      return std::nullopt;
  auto agrees = [&f](double x, double expected) {
    return std::fabs(f(x) - expected) <= std::fabs(expected) * 0x1p-40;
  };
  for (double u : {-200.0, -30.0, -7.3, -2.9, -0.6, -0x1p-9, -0x1p-24})
    if (!agrees(u / rate, level * std::expm1(u)))
      return std::nullopt;
  for (double x : {0x1p-100, 0x1p-9, 0.3, 2.9, 17.0, 1e4, 1e30})
    if (!agrees(x, slope * x))
      return std::nullopt;
  return Parameters{rate, level, slope};
}

/// By how many ulps a float differs from `value`, as part of a product whose
/// ulp may be half as large.
static double roundingOf(double value) {
  return std::fabs(static_cast<float>(value) - value) / value * 0x1p24;
}

/// What the roundings of f32 add up to in ulps, as their unlucky meeting is
/// rarely among samples. Left of 0 p is off by 0.71 ulp, seen over many levels:
/// half an ulp is its own rounding, the rest that of its square term. Where
/// rate * x rounds, or the rate, those are added. Where n is 0 the product with
/// the level makes these as many times larger as its mantissa is, and rounds
/// again. Elsewhere the sum rounds, and what is subtracted, but p is off by
/// little beside it: over all floats an elu is off by 0.946.
static double roundingBound(const Parameters &parameters) {
  constexpr double kOfPower = 0.71, kOfProduct = 0.5, kOfSum = 0.95;
  int exponent;
  const double mantissa = 2.0 * std::frexp(parameters.level, &exponent);
  const bool isExact = std::frexp(parameters.rate, &exponent) == 0.5;
  double ofPower = kOfPower;
  if (!isExact)
    ofPower += kOfProduct + roundingOf(parameters.rate);
  if (mantissa == 1.0)
    return std::max(ofPower, kOfSum + (isExact ? 0.0 : kOfProduct));
  return kOfProduct + mantissa * ofPower + roundingOf(parameters.level);
}

/// Arguments at which forms are judged: all of 16 bits, and of 32 those of all
/// magnitudes and more of those up to `end`, where the function is level.
static std::vector<float> judgedPoints(Format format, double end) {
  if (layoutOf(format).bits == 16)
    return finiteNumbers(format);
  std::vector<float> points;
  std::mt19937 random(20240229);
  constexpr int kOfMost = 60000;
  addAllMagnitudes(points, random);
  std::uniform_real_distribution<double> most(2.0 * end, 0.0),
      middle(0.1 * end, 0.0);
  for (int i = 0; i < kOfMost; ++i)
    points.push_back(i % 2 ? most(random) : middle(random));
  return points;
}

/// (exp(r) - 1 - r) / r^2 of `degree`, as exact beside exp(r) - 1 as it gets.
static std::vector<float> fitGrowth(unsigned degree) {
  Samples samples;
  const unsigned count = 6 * (degree + 4);
  // Where n changes the last rounding moves r by a little.
  const double halfWidth = 0.5001 * kLn2;
  for (unsigned i = 0; i < count; ++i) {
    double r = halfWidth * std::cos(kPi * i / (count - 1));
    if (std::fabs(r) > 1e-6)
      samples.add(r, std::expm1(r) - r, 1.0 / std::fabs(std::expm1(r)));
  }
  Polynomial1D fit = fitMinimaxFloat(samples, 2, degree + 2);
  return {fit.coefficients.begin() + 2, fit.coefficients.end()};
}

std::optional<SynthesizedForm>
synthesizeExponentialLinear(const Reference &function,
                            const SynthesisRequest &request) {
  std::optional<Parameters> parameters = parametersOf(function);
  if (!parameters)
    return std::nullopt;
  if (request.format == Format::F32 &&
      roundingBound(*parameters) > request.accuracy.leastUlps())
    return std::nullopt;
  ExponentialLinearForm form;
  form.rate = parameters->rate;
  form.level = parameters->level;
  form.slope = roundedTowardZero(parameters->slope);
  // exp(lo) is half of what is lost beside 1.
  form.lo = -26.0 * kLn2;
  const std::vector<float> points =
      judgedPoints(request.format, form.lo / form.rate);
  auto evaluate = [&form](float x) { return form.evaluate(x); };
  constexpr unsigned kMostDegree = 5;
  for (unsigned degree = 0; degree <= kMostDegree; ++degree) {
    form.coefficients = fitGrowth(degree);
    double error = largestError(points, evaluate, function, request);
    if (error > 1.0 || !keepsSpecialValues(evaluate, request))
      continue;
    // Holding, n and r, 2^n, p and the join, and what is not 1.
    unsigned cost = 1 + 3 + 1 + degree + 2 + 4;
    cost += (form.rate != 1.0f) + (form.level != 1.0f) + (form.slope != 1.0f);
    return SynthesizedForm{form, {}, 0.0, error, cost};
  }
  return std::nullopt;
}

} // namespace act

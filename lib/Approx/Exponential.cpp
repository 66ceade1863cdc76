//===- Exponential.cpp - A multiple of the exponential function -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Exponential.h"
#include "FormJudge.h"
#include "Reference.h"
#include "act/Approx/Minimax.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/MathConstants.h"
#include <cmath>
#include <cstring>
#include <random>

namespace act {

float ExponentialForm::roundingShift() const {
  return 12582912.0f / table.size();
}

static float evaluateByFraction(const ExponentialForm &form, float x) {
  float t = x * form.inverse;
  if (std::isnan(t))
    return t;
  // Past this every result is 0 or infinite.
  constexpr float kFarthest = 1024.0f;
  float n = std::floor(std::fmin(std::fmax(t, -kFarthest), kFarthest));
  float f = std::isinf(t) ? 0.0f : t - std::floor(t);
  float p = form.coefficients.back();
  for (unsigned i = form.coefficients.size() - 1; i-- > 0;)
    p = std::fma(p, f, form.coefficients[i]);
  double y = std::fma(p, f, form.table.front());
  return std::ldexp(y, static_cast<int>(n));
}

float ExponentialForm::evaluate(float x) const {
  if (!hasTable())
    return evaluateByFraction(*this, x);
  float t = x;
  // A NaN fails both comparisons and stays.
  if (hi < t)
    t = hi;
  if (lo > t)
    t = lo;
  if (std::isnan(t))
    return t;
  float shifted = std::fma(t, inverse, roundingShift());
  float n = shifted - roundingShift();
  float r = std::fma(n, -hiStep, t);
  r = std::fma(n, -loStep, r);
  unsigned bits;
  std::memcpy(&bits, &shifted, sizeof(bits));
  unsigned k = bits & (table.size() - 1);
  float p = coefficients.back();
  for (unsigned i = coefficients.size() - 1; i-- > 0;)
    p = std::fma(p, r, coefficients[i]);
  float q = correction.empty() ? p * r : std::fma(p, r, correction[k]);
  double y = std::fma(table[k], q, table[k]);
  return std::ldexp(y, static_cast<int>(std::floor(n)));
}

/// The rate of `f` if it is f(0) exp(rate x) at sample points, else 0.
static double rateOf(const Reference &f) {
  double level = f(0.0);
  double rate = std::log(f(1.0) / level);
  if (!std::isfinite(level) || level == 0.0 || !std::isfinite(rate) ||
      std::fabs(rate) < 0x1p-10 || std::fabs(rate) > 0x1p10)
    return 0.0;
  // The nearest short number: the logarithm is rounded.
  double nearby = std::nearbyint(rate * 0x1p40) * 0x1p-40;
  if (std::fabs(nearby - rate) < 0x1p-50)
    rate = nearby;
  for (double step : {-60.0, -17.3, -3.1, -0.7, 0.2, 1.9, 11.0, 55.0}) {
    double expected = level * std::exp(step);
    if (!(std::fabs(f(step / rate) - expected) <=
          std::fabs(expected) * 0x1p-40))
      return 0.0;
  }
  return rate;
}

/// Arguments at which forms are judged: all of 16 bits, and of 32 those of all
/// magnitudes, of the whole range of results, and more of the few binades
/// around 1, which tell all but the rounding of n.
static std::vector<float> judgedPoints(const ExponentialForm &form,
                                       double level, double rate,
                                       Format format) {
  if (layoutOf(format).bits == 16)
    return finiteNumbers(format);
  std::mt19937 random(20240229);
  const double middle = -std::log(std::fabs(level)) / rate;
  const double reach = 3.0 * kLn2 / std::fabs(rate);
  std::uniform_real_distribution<double> wide(form.lo, form.hi),
      narrow(middle - reach, middle + reach);
  std::vector<float> points;
  constexpr int kPoints = 1 << 16;
  for (int i = 0; i < kPoints; ++i)
    points.push_back(i % 4 ? narrow(random) : wide(random));
  addAllMagnitudes(points, random);
  return points;
}

/// Whether the limits are those of the function; the sign of 0 is the level's.
static bool keepsInfinities(const ExponentialForm &form,
                            const SynthesisRequest &request) {
  for (float x : {-INFINITY, INFINITY})
    if (form.evaluate(x) != exactValue(request.formula, {x}, request.format))
      return false;
  return true;
}

static void fillTables(ExponentialForm &form, unsigned entries, double level,
                       bool corrected) {
  for (unsigned k = 0; k < entries; ++k) {
    double exact = level * std::exp2(static_cast<double>(k) / entries);
    float rounded = exact;
    form.table.push_back(rounded);
    if (corrected)
      form.correction.push_back((exact - rounded) / rounded);
  }
}

static std::vector<float> fitCoefficients(double rate, double halfWidth,
                                          unsigned degree) {
  Samples samples;
  const unsigned count = 6 * (degree + 2);
  for (unsigned i = 0; i < count; ++i) {
    double r = halfWidth * std::cos(kPi * i / (count - 1));
    if (std::fabs(r) > 1e-9)
      samples.add(r, std::expm1(rate * r), 1.0 / std::exp(rate * r));
  }
  Polynomial1D fit = fitMinimaxFloat(samples, 1, degree);
  return {fit.coefficients.begin() + 1, fit.coefficients.end()};
}

/// A form without a table for results of 16 bits, where the rounding of t does
/// not count: at most 2^-18 for all that are finite.
static std::optional<SynthesizedForm>
synthesizeByFraction(const Reference &function, const SynthesisRequest &request,
                     double rate) {
  if (!request.isa->scalesByPowerOfTwo || layoutOf(request.format).bits != 16)
    return std::nullopt;
  const double level = function(0.0);
  for (unsigned degree = 2; degree <= 6; ++degree) {
    Samples samples;
    const unsigned count = 6 * (degree + 2);
    for (unsigned i = 0; i < count; ++i) {
      double f = (1.0 - std::cos(kPi * i / (count - 1))) / 2;
      samples.add(f, level * std::exp2(f), 1.0 / (level * std::exp2(f)));
    }
    Polynomial1D fit = fitMinimaxFloat(samples, 0, degree);
    ExponentialForm form;
    form.inverse = rate / kLn2;
    form.lo = -INFINITY;
    form.hi = INFINITY;
    form.table = {static_cast<float>(fit.coefficients.front())};
    form.coefficients.assign(fit.coefficients.begin() + 1,
                             fit.coefficients.end());
    double error = largestError(
        finiteNumbers(request.format),
        [&](float x) { return form.evaluate(x); }, function, request);
    if (error <= 1.0)
      return SynthesizedForm{form, {}, 0.0, error, 4 + degree};
  }
  return std::nullopt;
}

/// The form with a table of `entries`, and P of `degree` in all.
static ExponentialForm makeForm(double level, double rate, unsigned entries,
                                unsigned degree, bool corrected) {
  ExponentialForm form;
  const double step = kLn2 / rate;
  form.inverse = rate / kLn2;
  form.hiStep = step;
  form.loStep = step - form.hiStep;
  // 2^128 and half of 2^-149, and a little more.
  const double binades = std::log2(std::fabs(level));
  form.lo = -(151.0 + binades) * std::fabs(step);
  form.hi = (130.0 - binades) * std::fabs(step);
  if (rate < 0.0)
    std::swap(form.lo = -form.lo, form.hi = -form.hi);
  fillTables(form, entries, level, corrected);
  double halfWidth = std::fabs(step) / entries * 0.5001;
  form.coefficients = fitCoefficients(rate, halfWidth, degree);
  return form;
}

std::optional<SynthesizedForm>
synthesizeExponential(const Reference &function,
                      const SynthesisRequest &request) {
  double rate = rateOf(function);
  if (rate == 0.0)
    return std::nullopt;
  if (auto form = synthesizeByFraction(function, request, rate))
    return form;
  // The table holds normal numbers.
  constexpr double kMostBinades = 125.0;
  const double level = function(0.0);
  if (!(std::fabs(std::log2(std::fabs(level))) <= kMostBinades))
    return std::nullopt;
  const Isa &isa = *request.isa;
  // Multiply-adds bound the code, so the lowest degree is the fastest, if with
  // the larger table.
  for (bool corrected : {false, true})
    for (unsigned degree = 1; degree <= 6; ++degree)
      for (unsigned entries : {isa.lookupEntries, isa.wideLookupEntries}) {
        if (entries == 0)
          continue;
        ExponentialForm form =
            makeForm(level, rate, entries, degree, corrected);
        double error = largestError(
            judgedPoints(form, level, rate, request.format),
            [&](float x) { return form.evaluate(x); }, function, request);
        if (error > 1.0 || !keepsInfinities(form, request))
          continue;
        unsigned lookups = isa.lookupCost(entries) * (corrected ? 2 : 1);
        // Holding, n and r, the polynomial and the product, and the scaling.
        unsigned cost = isa.scalesByPowerOfTwo ? 1 + 4 + 2 : 2 + 4 + 5;
        cost += lookups + degree + 1;
        return SynthesizedForm{form, {}, 0.0, error, cost};
      }
  return std::nullopt;
}

} // namespace act

//===- LogDomain.cpp - A function by its logarithm, in f64 ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/LogDomain.h"
#include "FormSearch.h"
#include "Reference.h"
#include "act/Approx/Minimax.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/MathConstants.h"
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace act {

using Side = LogDomainForm::Side;

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

static uint64_t patternOf(double value) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

/// The mantissa of a number of [1, inf), as one of [1, 2).
static double mantissaOf(double z) { return std::ldexp(z, -std::ilogb(z)); }

static double horner(const std::vector<double> &coefficients, double u) {
  double p = coefficients.back();
  for (size_t i = coefficients.size() - 1; i-- > 0;)
    p = std::fma(p, u, coefficients[i]);
  return p;
}

double LogDomainForm::evaluate(double x) const {
  if (std::isnan(x))
    return x;
  bool left = std::signbit(x);
  const Side &side = sides[left];
  double t = std::fabs(x);
  if (t > side.end)
    return side.slope == 0.0 ? side.offset
                             : std::fma(side.slope, x, side.offset);
  double z = std::fma(t, side.scale, 1.0);
  unsigned segment = (patternOf(z) >> shift) % kSegments + kSegments * left;
  double u = mantissaOf(z) - 1.5;
  double p = coefficients.back()[segment];
  for (unsigned i = degree(); i-- > 0;)
    p = std::fma(p, u, coefficients[i][segment]);
  if (std::isnan(p))
    return p;
  double n = (p + kWideRoundingShift) - kWideRoundingShift;
  double y = horner(exponential, p - n) * std::ldexp(1.0, n);
  return y * (side.sign * std::pow(t, side.power));
}

//===----------------------------------------------------------------------===//
// Search
//===----------------------------------------------------------------------===//

namespace {

/// One side of a function, by t = |x|.
struct HalfLine {
  const Reference &function;
  double direction; ///< 1 or -1

  double operator()(double t) const { return function(direction * t); }
};

/// The share of the tolerance beyond rounding that a line may use up before
/// the polynomials do.
constexpr double kShareOfLine = 0.2;

/// How far a value may be from `exact` before it is rounded.
double toleranceBeforeRounding(double exact, const SynthesisRequest &request) {
  // A factor rounds in its product alone.
  const bool isFactor = request.accuracy.kind == Accuracy::Kind::Factor;
  double rounding = isFactor ? 0.0 : 0.5 * ulp(exact, request.format);
  return request.accuracy.tolerance(exact, request.format) - rounding;
}

bool isOnLine(const HalfLine &f, double t, const Side &side,
              const SynthesisRequest &request) {
  double exact = f(t);
  if (std::isinf(side.offset))
    return roundTo(exact, request.format) == side.offset;
  double line = side.offset + side.slope * f.direction * t;
  return std::fabs(line - exact) <=
         kShareOfLine * toleranceBeforeRounding(exact, request);
}

/// The line that `f` nears, an infinite constant where it overflows, and from
/// where on it serves; false if it nears none within 2^10.
bool findLine(const HalfLine &f, Side &side, const SynthesisRequest &request) {
  constexpr double kFarthestEnd = 0x1p10, kFar = 0x1p60;
  double last = roundTo(f(kFarthestEnd), request.format);
  if (std::isinf(last)) {
    side.offset = last;
  } else {
    double slope = f.direction * f(kFar) / kFar;
    if (!std::isfinite(slope))
      return false;
    side.slope = std::fabs(slope) < 0x1p-20 ? 0.0 : slope;
    side.offset = f(kFarthestEnd) - side.slope * f.direction * kFarthestEnd;
    if (std::fabs(side.offset) < 0x1p-40)
      side.offset = std::copysign(0.0, f(64.0));
  }
  for (double t = kFarthestEnd; t < 0x1p120; t *= 1.37)
    if (!isOnLine(f, t, side, request))
      return false;
  double settled = kFarthestEnd, open = 0.0;
  for (double t = kFarthestEnd; t > 0x1p-8; t *= 0.97) {
    if (!isOnLine(f, t, side, request)) {
      open = t;
      break;
    }
    settled = t;
  }
  for (int i = 0; i < 30 && open > 0.0; ++i) {
    double middle = (settled + open) / 2;
    (isOnLine(f, middle, side, request) ? settled : open) = middle;
  }
  side.end = open > 0.0 ? settled : 0.0;
  return true;
}

/// The power of t and the sign that leave a positive function; false if none
/// does.
bool findFactor(const HalfLine &f, Side &side) {
  if (side.end == 0.0)
    return true;
  side.sign = f(0x1p-20) < 0.0 ? -1.0 : 1.0;
  double power = std::log2(f(0x1p-20) / f(0x1p-21));
  constexpr unsigned kHighestPower = 3;
  if (!(power > -0.01 && power < kHighestPower + 0.01))
    return false;
  side.power = std::lround(power);
  if (std::fabs(power - side.power) > 0.01)
    return false;
  constexpr int kProbes = 400;
  for (int i = 1; i <= kProbes; ++i)
    if (!(f(side.end * i / kProbes) * side.sign > 0.0))
      return false;
  return true;
}

double logarithmAt(const HalfLine &f, const Side &side, double t) {
  return std::log2(side.sign * f(t) / std::pow(t, side.power));
}

/// The polynomial of u = m - 1.5 on the mantissas [lo, hi) that interpolates
/// `target` at Chebyshev points, within a small factor of minimax.
template <typename TargetFn>
std::vector<double> interpolate(double lo, double hi, unsigned degree,
                                TargetFn &&target) {
  Samples samples;
  for (unsigned i = 0; i <= degree; ++i) {
    double m = (lo + hi) / 2 +
               (hi - lo) / 2 * std::cos(kPi * (i + 0.5) / (degree + 1));
    samples.add(m - 1.5, target(m), 1.0);
  }
  return fitMinimax(samples, 0, degree).coefficients;
}

/// Fills the side's half of the table: `octaves` groups that double in width.
void fitSide(LogDomainForm &form, bool left, const HalfLine &f,
             unsigned octaves, unsigned degree) {
  constexpr unsigned kSegments = LogDomainForm::kSegments;
  Side &side = form.sides[left];
  unsigned perOctave = kSegments / octaves;
  // z stays below the power of two where the segments end.
  side.scale = side.end == 0.0
                   ? 0.0
                   : (std::ldexp(1.0 - 0x1p-40, octaves) - 1.0) / side.end;
  for (unsigned k = 0; k < kSegments; ++k) {
    // The exponent's pattern of 1.0 is odd in its lowest bit.
    unsigned octave = k / perOctave, part = k % perOctave;
    double lo = 1.0 + double(part) / perOctave;
    double hi = 1.0 + double(part + 1) / perOctave;
    auto target = [&](double m) {
      double t = (std::ldexp(m, octave) - 1.0) / side.scale;
      return logarithmAt(f, side, std::fmin(t, side.end));
    };
    std::vector<double> row(degree + 1, 0.0);
    if (side.end > 0.0)
      row = interpolate(lo, hi, degree, target);
    unsigned entry = (k + (0x3FFull << (52 - form.shift))) % kSegments;
    for (unsigned i = 0; i <= degree; ++i)
      form.coefficients[i][entry + kSegments * left] = row[i];
  }
}

/// 2^r for |r| <= 1/2 with a relative error of at most `tolerance`, where f64
/// allows it.
std::vector<double> fitExponential(double tolerance) {
  constexpr unsigned kLowest = 2, kHighest = 11, kPoints = 60;
  Samples samples;
  for (unsigned i = 0; i < kPoints; ++i) {
    double r = 0.5 * std::cos(kPi * i / (kPoints - 1));
    samples.add(r, std::exp2(r), std::exp2(-r));
  }
  for (unsigned degree = kLowest;; ++degree) {
    Polynomial1D fit = fitMinimax(samples, 0, degree);
    if (fit.error <= tolerance || degree == kHighest)
      return fit.coefficients;
  }
}

/// What is left for 2^r, relative to the result.
double toleranceOfExponential(const SynthesisRequest &request) {
  constexpr double kShare = 0.1;
  const int precision = layoutOf(request.format).precision;
  double left = request.accuracy.kind == Accuracy::Kind::Absolute
                    ? 0.5
                    : request.accuracy.bound - 0.5;
  return kShare * std::ldexp(left, -precision);
}

/// The largest error at sample points, in tolerances; infinite above `limit`.
double judge(const LogDomainForm &form, const Reference &function,
             const SynthesisRequest &request, double limit) {
  std::mt19937 random(20240229);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  double largest = 0.0;
  auto look = [&](double at) {
    double x = roundTo(at, request.format);
    double exact = function(x), got = form.evaluate(x);
    if (!std::isfinite(roundTo(exact, request.format)))
      return got == exact;
    double error =
        std::fabs(got - exact) / toleranceBeforeRounding(exact, request);
    if (x == 0.0 && exact == 0.0)
      error = std::signbit(got) == std::signbit(exact) && got == 0.0 ? 0.0
                                                                     : INFINITY;
    largest = std::fmax(largest, error);
    return error <= limit;
  };
  for (double x : {0.0, -0.0})
    if (!look(x))
      return INFINITY;
  for (bool left : {false, true}) {
    double direction = left ? -1.0 : 1.0, end = form.sides[left].end;
    constexpr int kPoints = 4000;
    for (int i = 0; i < kPoints; ++i)
      if (!look(direction * end * 1.05 * unit(random)) ||
          !look(direction * end * std::exp2(-30.0 * unit(random))))
        return INFINITY;
  }
  return largest;
}

/// Two slots a register of f64, and two registers for one of f32.
unsigned costOf(const LogDomainForm &form) {
  constexpr unsigned kFixed = 20;
  return 2 * (kFixed + 2 * form.degree() + form.exponential.size());
}

} // namespace

std::optional<SynthesizedForm>
synthesizeLogDomain(const Reference &function,
                    const SynthesisRequest &request) {
  LogDomainForm form;
  const HalfLine halves[] = {{function, 1.0}, {function, -1.0}};
  for (bool left : {false, true})
    if (!findLine(halves[left], form.sides[left], request) ||
        !findFactor(halves[left], form.sides[left]))
      return std::nullopt;
  form.exponential = fitExponential(toleranceOfExponential(request));
  // Rounding is left its half ulp, and what f64 loses is of no account.
  const double limit = 0.9;
  constexpr unsigned kLowest = 3, kHighest = 12;
  for (unsigned degree = kLowest; degree <= kHighest; ++degree)
    for (unsigned octaves : {8, 4, 2, 1}) {
      unsigned perOctave = LogDomainForm::kSegments / octaves;
      form.shift = 52 - std::ilogb(perOctave);
      form.coefficients.assign(
          degree + 1, std::vector<double>(2 * LogDomainForm::kSegments));
      for (bool left : {false, true})
        fitSide(form, left, halves[left], octaves, degree);
      double error = judge(form, function, request, limit);
      if (error <= limit) {
        SynthesizedForm found;
        found.form = form;
        found.fitError = found.error = error;
        found.cost = costOf(form);
        return found;
      }
    }
  return std::nullopt;
}

} // namespace act

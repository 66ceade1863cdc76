//===- PiecewiseJudge.cpp - How far a form by segments is off -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PiecewiseJudge.h"
#include "FormJudge.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <random>

namespace act {

bool isKept(const PiecewiseForm &form, Accuracy accuracy) {
  return accuracy.kind == Accuracy::Kind::Factor && form.compensated;
}

namespace {

/// The arguments at which a form is judged: around every joint, inside every
/// segment, along all binades on both sides; each argument where there are
/// only 2^16.
class JudgedPoints {
public:
  JudgedPoints(const Layout &layout, Format format) : form(layout.form) {
    for (const Segment &segment : layout.segments) {
      addSegment(segment);
      addFloatsAround(form.centres[segment.entry], 8);
    }
    for (int exponent = -149; exponent < 127; ++exponent)
      for (float mantissa : {1.0f, 1.375f, 1.99f})
        addBoth(std::ldexp(mantissa, exponent));
    addBinades(-24, 5, 200);
    for (float &x : points)
      x = roundTo(x, format);
    // What the format does not hold is infinite in it, and no argument to be
    // judged by an error.
    points.erase(std::remove_if(points.begin(), points.end(),
                                [](float x) { return std::isinf(x); }),
                 points.end());
  }

  /// Densely where most inputs are, so that no unlucky rounding is missed.
  void addBinades(int begin, int end, unsigned pointsEach) {
    std::uniform_real_distribution<float> mantissa(1.0f, 2.0f);
    for (int exponent = begin; exponent < end; ++exponent)
      for (unsigned i = 0; i < pointsEach; ++i)
        addBoth(std::ldexp(mantissa(random), exponent));
  }

  /// Wherever the error is large some unlucky rounding is met, and the nearer
  /// the larger it is.
  void addNeighbours(float x, unsigned count) {
    for (double reach : {0x1p-6, 0x1p-9, 0x1p-13}) {
      std::uniform_real_distribution<double> factor(1.0 - reach, 1.0 + reach);
      for (unsigned i = 0; i < count; ++i)
        points.push_back(x * factor(random));
    }
  }

  /// At the ends of segments, where polynomials are large beside their
  /// constant.
  void addEnds(const std::vector<Segment> &segments, unsigned pointsEach) {
    constexpr double kPart = 1.0 / 32;
    for (const Segment &segment : segments) {
      const double width = kPart * (segment.hi - segment.lo);
      std::uniform_real_distribution<double> distance(0.0, width);
      for (unsigned i = 0; i < pointsEach; ++i) {
        addBoth(segment.lo + distance(random));
        addBoth(segment.hi - distance(random));
      }
    }
  }

  /// What is asked of the form where it is not valid says nothing.
  void dropInvalid(Accuracy accuracy) {
    auto isInvalid = [&](float x) {
      return x < form.validLo || x > form.validHi ||
             (isKept(form, accuracy) &&
              std::fabs(form.evaluate(x)) < Accuracy::kLeastKeptFactor);
    };
    points.erase(std::remove_if(points.begin(), points.end(), isInvalid),
                 points.end());
  }

  std::vector<float> points;

private:
  void addBoth(float t) {
    for (float x : {t, -t})
      if (x >= form.validLo && x <= form.validHi)
        points.push_back(x);
  }

  void addFloatsAround(float t, int count) {
    float up = t, down = t;
    for (int i = 0; i < count; ++i) {
      addBoth(up);
      addBoth(down);
      up = std::nextafterf(up, INFINITY);
      down = std::nextafterf(down, -INFINITY);
    }
  }

  void addSegment(const Segment &segment) {
    for (double end : {segment.lo, segment.hi})
      addFloatsAround(end, 24);
    std::uniform_real_distribution<double> inside(segment.lo, segment.hi);
    for (int i = 0; i < 250; ++i)
      addBoth(inside(random));
    for (int k = 1; k < 24; ++k)
      addBoth(segment.lo + std::ldexp(segment.hi - segment.lo, -k));
  }

  const PiecewiseForm &form;
  std::mt19937 random{20240229};
};

/// Of what is counted in ulps the worst rounding is rarely among the samples.
/// It adds some part of an ulp: of eight forms within 2 ulp, errors by samples
/// and by all floats of [-8, 8] were 1.47 and 1.58 (gelu_tanh), 1.67 and 1.75
/// (gelu), and others nearer. An absolute error is mostly that of the
/// polynomial. By the logarithm, and beside an exponential, more steps round,
/// without a place where that is worst.
double acceptedShare(const PiecewiseForm &form,
                     const SynthesisRequest &request) {
  if (request.format != Format::F32)
    return acceptedShare(request.format);
  if (request.accuracy.kind == Accuracy::Kind::Absolute)
    return 0.98;
  constexpr double kMost = 0.93;
  // Its product's rounding is counted at its worst.
  if (isKept(form, request.accuracy))
    return kMost;
  if (!form.exponents.empty() || !form.decay.growth.empty())
    return 0.83;
  constexpr double kUnseen = 0.13;
  return std::min(kMost, 1.0 - kUnseen / request.accuracy.leastUlps());
}

/// What of `form` is to keep the accuracy.
FormFunction functionOf(const PiecewiseForm &form, Accuracy accuracy) {
  if (isKept(form, accuracy))
    return [&form](float x) { return form.evaluateFactor(x); };
  return [&form](float x) { return form.evaluate(x); };
}

} // namespace

std::optional<double> judge(const Layout &layout, const Reference &function,
                            const SynthesisRequest &request) {
  JudgedPoints judged(layout, request.format);
  const bool isSampled = request.format == Format::F32;
  const bool isMany = isSampled && function.isFast();
  const bool isExhaustive = !isSampled && function.isFast();
  const double accepted = acceptedShare(layout.form, request);
  FormFunction evaluate = functionOf(layout.form, request.accuracy);
  double largest = 0.0;
  for (unsigned round = 0;; ++round) {
    judged.dropInvalid(request.accuracy);
    std::optional<Errors> errors =
        worstErrors(judged.points, evaluate, function, request, accepted);
    if (!errors)
      return std::nullopt;
    if (!errors->empty())
      largest = std::max(largest, errors->front().first);
    if (round == (isSampled ? 3 : isExhaustive ? 1 : 0))
      return largest;
    judged.points.clear();
    if (isExhaustive)
      judged.points = finiteNumbers(request.format);
    else if (round == 0) {
      judged.addBinades(-12, 4, isMany ? 4000 : 400);
      judged.addEnds(layout.segments, isMany ? 2000 : 100);
    } else {
      for (const auto &[error, x] : *errors)
        judged.addNeighbours(x, isMany ? 500 : 50);
    }
  }
}

double boundFit(const Layout &layout, const Reference &function,
                const SynthesisRequest &request) {
  constexpr double kMargin = 1.05;
  double largest = 0.0;
  for (float x : JudgedPoints(layout, Format::F32).points) {
    if (layout.form.isClamped(x))
      continue;
    double exact = function(x);
    largest = std::max(largest,
                       std::fabs(layout.form.evaluateInDouble(x) - exact) /
                           request.accuracy.tolerance(exact, request.format));
  }
  return largest * kMargin;
}

bool keepsSpecialValues(const PiecewiseForm &form,
                        const SynthesisRequest &request) {
  return keepsSpecialValues(functionOf(form, request.accuracy), request,
                            form.validLo, form.validHi);
}

} // namespace act

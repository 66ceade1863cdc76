//===- FormJudge.cpp - How far a form is off at points --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormJudge.h"
#include "Reference.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>

namespace act {

std::optional<Errors> worstErrors(const std::vector<float> &points,
                                  const FormFunction &evaluate,
                                  const Reference &function,
                                  const SynthesisRequest &request,
                                  double accepted) {
  const double leastNormal = smallestNormal(request.format);
  Errors errors;
  errors.reserve(points.size());
  for (float x : points) {
    double exact = function(x);
    double error = errorOf(evaluate(x), exact, request);
    bool isSubnormal = std::fabs(exact) < leastNormal;
    if (!(error <= (isSubnormal ? 1.0 : accepted)))
      return std::nullopt;
    errors.push_back({isSubnormal ? error * accepted : error, x});
  }
  constexpr size_t kNumWorst = 16;
  const size_t numWorst = std::min(kNumWorst, errors.size());
  std::partial_sort(errors.begin(), errors.begin() + numWorst, errors.end(),
                    std::greater<>());
  errors.resize(numWorst);
  return errors;
}

double largestError(std::vector<float> points, const FormFunction &evaluate,
                    const Reference &function,
                    const SynthesisRequest &request) {
  constexpr size_t kNeighbours = 500;
  const unsigned rounds = request.format == Format::F32 ? 3 : 1;
  std::mt19937 random(20240229);
  double largest = 0.0;
  for (unsigned round = 0; round < rounds; ++round) {
    std::optional<Errors> errors = worstErrors(
        points, evaluate, function, request, acceptedShare(request.format));
    if (!errors)
      return INFINITY;
    points.clear();
    for (auto [error, x] : *errors) {
      largest = std::max(largest, error);
      for (double reach : {0x1p-6, 0x1p-10}) {
        std::uniform_real_distribution<double> factor(1.0 - reach, 1.0 + reach);
        for (size_t i = 0; i < kNeighbours; ++i)
          points.push_back(x * factor(random));
      }
    }
  }
  return largest;
}

/// Whether a zero has the right sign where a function is 0 or underflows. Where
/// it is 0 in f64 as well, as at infinity, nothing is left to tell its sign,
/// and that of values nearer to 0 is as good as that of the limit.
static bool keepsSignOfZero(double got, float x,
                            const SynthesisRequest &request) {
  constexpr float kNearer = 256.0f;
  auto hasSignAt = [&](float at) {
    return std::signbit(got) ==
           std::signbit(exactValue(request.formula, {at}, request.format));
  };
  return got != 0.0 || hasSignAt(x) ||
         (exactValue(request.formula, {x}, Format::F64) == 0.0 &&
          hasSignAt(std::clamp(x, -kNearer, kNearer)));
}

bool keepsSpecialValues(const FormFunction &evaluate,
                        const SynthesisRequest &request, float validLo,
                        float validHi) {
  for (float x : {0.0f, -0.0f, INFINITY, -INFINITY}) {
    if (x < validLo || x > validHi)
      continue;
    double exact = exactValue(request.formula, {x}, request.format);
    double got = roundedResult(evaluate(x), request.format);
    bool isSame = exact == got && keepsSignOfZero(got, x, request);
    double tolerance = request.accuracy.tolerance(exact, request.format);
    bool mayBeFar =
        exact != 0.0 || request.accuracy.kind == Accuracy::Kind::Absolute;
    bool isClose =
        std::isfinite(exact) && mayBeFar && std::fabs(got - exact) <= tolerance;
    if (!isSame && !isClose)
      return false;
  }
  for (int exponent = -149; exponent < 128; ++exponent)
    for (float sign : {-1.0f, 1.0f}) {
      float x = std::ldexp(sign, exponent);
      if (x < validLo || x > validHi)
        continue;
      if (!keepsSignOfZero(roundTo(evaluate(x), request.format), x, request))
        return false;
    }
  return true;
}

void addAllMagnitudes(std::vector<float> &points, std::mt19937 &random) {
  constexpr int kPoints = 8000;
  std::uniform_real_distribution<double> exponent(-149.0, 127.9);
  for (int i = 0; i < kPoints; ++i)
    points.push_back((i % 2 ? -1.0 : 1.0) * std::exp2(exponent(random)));
}

} // namespace act

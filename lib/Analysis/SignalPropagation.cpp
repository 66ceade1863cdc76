//===- SignalPropagation.cpp - Signals in random relu networks ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/SignalPropagation.h"
#include "AdaptiveQuadrature.h"
#include "act/Formula/MathConstants.h"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace act {

static constexpr double kSqrtHalf = 0.70710678118654752440;
static constexpr double kLogSqrtTwoPi = 0.91893853320467274178;

//===----------------------------------------------------------------------===//
// The normal law
//===----------------------------------------------------------------------===//

/// Where erfc is about to leave the normal numbers, and the asymptotic series
/// is exact in doubles.
static constexpr double kFarLeft = -30.0;

double normalDensity(double x) { return std::exp(-x * x / 2 - kLogSqrtTwoPi); }

double normalCdf(double x) { return std::erfc(-x * kSqrtHalf) / 2; }

/// -x Phi(x)/phi(x) for x < kFarLeft: 1 - 1/x^2 + 3/x^4 - 15/x^6 + ...; after
/// six terms 135135/30^14 is left.
static double leftTailSeries(double x) {
  double inverse = 1.0 / (x * x), sum = 1.0;
  for (int k = 6; k >= 1; --k)
    sum = 1.0 - (2 * k - 1) * inverse * sum;
  return sum;
}

double logNormalCdf(double x) {
  if (x < kFarLeft)
    return -x * x / 2 - kLogSqrtTwoPi - std::log(-x) +
           std::log(leftTailSeries(x));
  if (x > 0)
    return std::log1p(-normalCdf(-x));
  return std::log(normalCdf(x));
}

/// phi(x)/Phi(x), the slope of the logarithm.
static double logCdfSlope(double x) {
  if (x < kFarLeft)
    return -x / leftTailSeries(x);
  return normalDensity(x) / normalCdf(x);
}

double normalQuantile(double p) {
  assert(p > 0.0 && p < 1.0 && "not a probability inside");
  // On the left, where the function keeps its digits.
  if (p > 0.5)
    return -normalQuantile(1.0 - p);
  double low = -39.0, high = 0.0;
  for (unsigned step = 0; step < 64; ++step) {
    double middle = (low + high) / 2;
    (normalCdf(middle) <= p ? low : high) = middle;
  }
  return high;
}

//===----------------------------------------------------------------------===//
// One unit under normal inputs
//===----------------------------------------------------------------------===//

double probabilityActive(NormalLaw z) {
  if (z.deviation == 0.0)
    return z.mean > 0.0 ? 1.0 : 0.0;
  return normalCdf(z.mean / z.deviation);
}

double expectedRelu(NormalLaw z) {
  if (z.deviation == 0.0)
    return std::max(z.mean, 0.0);
  double r = z.mean / z.deviation;
  return std::max(0.0, z.mean * normalCdf(r) + z.deviation * normalDensity(r));
}

/// E max(z, 0)^2 by the variance, which a root and a square would round.
static double reluSquare(double mean, double variance) {
  if (variance == 0.0)
    return std::pow(std::max(mean, 0.0), 2);
  double deviation = std::sqrt(variance), r = mean / deviation;
  return std::max(0.0, (mean * mean + variance) * normalCdf(r) +
                           mean * deviation * normalDensity(r));
}

double expectedReluSquared(NormalLaw z) {
  return reluSquare(z.mean, z.deviation * z.deviation);
}

double probabilitySilent(NormalLaw z, double samples) {
  assert(samples >= 0.0 && "a number of samples");
  if (samples == 0.0)
    return 1.0;
  if (z.deviation == 0.0)
    return z.mean > 0.0 ? 0.0 : 1.0;
  return std::exp(samples * logNormalCdf(-z.mean / z.deviation));
}

double largestProbabilityActive(NormalLaw moments) {
  if (moments.mean >= 0.0)
    return moments.mean == 0.0 && moments.deviation == 0.0 ? 0.0 : 1.0;
  return 1.0 / (1.0 + std::pow(moments.mean / moments.deviation, 2));
}

//===----------------------------------------------------------------------===//
// K inputs that are silent together
//===----------------------------------------------------------------------===//

namespace {
/// The integrand of I(c, K, r) for 0 < c < 1 in logarithms, -t^2/2 + K log
/// Phi(-(a t + b)): concave, with one maximum, at t < 0.
class SilentIntegrand {
public:
  SilentIntegrand(double spread, double inputs, double shift)
      : steepness(std::sqrt((1.0 - spread) / spread)),
        offset(shift / std::sqrt(spread)), inputs(inputs) {}

  double log(double t) const {
    return -t * t / 2 + inputs * logNormalCdf(-(steepness * t + offset));
  }

  double slope(double t) const {
    return -t - inputs * steepness * logCdfSlope(-(steepness * t + offset));
  }

  /// Where the slope changes its sign, to the last bit or to 1e-16.
  double peak() const {
    double left = -1.0, right = 0.0;
    while (slope(left) < 0.0) {
      right = left;
      left *= 2;
    }
    double middle = (left + right) / 2;
    while (middle > left && middle < right && right - left > 1e-16) {
      (slope(middle) < 0.0 ? right : left) = middle;
      middle = (left + right) / 2;
    }
    return middle;
  }

  /// A point beyond which, by concavity, less than e^-40 of the integral lies;
  /// at half its distance from the peak more does.
  double reach(double peak, double direction) const {
    double least = log(peak) - 45.0, step = 1e-12;
    while (log(peak + direction * step) > least)
      step *= 2;
    return peak + direction * step;
  }

private:
  double steepness, offset, inputs;
};
} // namespace

double silentOnCorrelated(double spread, double inputs, double shift) {
  assert(spread >= 0.0 && spread <= 2.0 && inputs >= 0.0);
  if (inputs == 0.0)
    return 1.0;
  if (spread == 0.0)
    return normalCdf(-shift);
  if (spread >= 1.0)
    return std::exp(inputs * logNormalCdf(-shift));
  SilentIntegrand integrand(spread, inputs, shift);
  double peak = integrand.peak(), height = integrand.log(peak);
  // The rounding of larger logarithms would keep the rules from agreeing.
  if (height < -750.0)
    return 0.0;
  auto scaled = [&](double t) { return std::exp(integrand.log(t) - height); };
  double area = integrate(scaled, integrand.reach(peak, -1.0), peak) +
                integrate(scaled, peak, integrand.reach(peak, 1.0));
  return std::min(1.0, std::exp(height - kLogSqrtTwoPi + std::log(area)));
}

//===----------------------------------------------------------------------===//
// A pair through one relu
//===----------------------------------------------------------------------===//

double spreadAfterRelu(double spread) {
  assert(spread >= 0.0 && spread <= 2.0 && "not one minus a cosine");
  // With the angle a: 1 - kappa = (1 - cos a) - (sin a - a cos a)/pi.
  double angle = 2 * std::asin(std::sqrt(spread / 2)), lost = 0.0;
  if (angle > 1.0) {
    lost = std::sin(angle) - angle * std::cos(angle);
  } else {
    // The sum of -(-1)^k 2k a^(2k+1)/(2k+1)!, where the difference cancels.
    double term = angle;
    for (int k = 1; k <= 10; ++k) {
      term *= -angle * angle / (2 * k * (2 * k + 1));
      lost -= 2 * k * term;
    }
  }
  return spread - lost / kPi;
}

double cosineAfterRelu(double cosine) {
  return 1.0 - spreadAfterRelu(1.0 - cosine);
}

/// E max(u, 0) for u ~ N(r, 1).
static double expectedStandardRelu(double r) { return expectedRelu({r, 1.0}); }

/// The variance of max(u, 0) for u ~ N(r, 1): it rises from 0 to 1.
static double standardReluVariance(double r) {
  // max(u, 0) = u + max(-u, 0), and Cov(u, max(-u, 0)) = -P(u < 0) (Stein):
  // no cancellation of r^2 for large r.
  if (r > 0.0)
    return 1.0 - 2 * normalCdf(-r) + standardReluVariance(-r);
  double mean = expectedStandardRelu(r);
  return std::max(0.0, reluSquare(r, 1.0) - mean * mean);
}

/// E[y^2] - E[y1 y2] = E[(y1 - y2)^2]/2 for y = max(u, 0) and u ~ N(r, 1) of
/// correlation c = 1 - spread. Given what both share, u = sqrt(c) t + r + ...,
/// y1 and y2 are independent: the mean of their variance, which has a step
/// where sqrt(c) t + r changes its sign.
static double pairGap(double spread, double r) {
  if (r == 0.0)
    return spreadAfterRelu(spread) / 2;
  double root = std::sqrt(std::abs(1.0 - spread));
  double own = std::sqrt(std::min(spread, 2.0 - spread));
  // For r < 0 the mass lies towards t = -r.
  double from = -9.0, to = 9.0 + std::max(0.0, -r);
  if (spread > 1.0) {
    auto product = [&](double t) {
      return normalDensity(t) * own * own *
             expectedStandardRelu((r + root * t) / own) *
             expectedStandardRelu((r - root * t) / own);
    };
    return reluSquare(r, 1.0) - integrate(product, from, to);
  }
  if (spread == 0.0)
    return 0.0;
  auto variance = [&](double t) {
    return normalDensity(t) * standardReluVariance((root * t + r) / own);
  };
  double step = std::clamp(-r / std::max(root, 1e-300), from, to);
  return spread *
         (integrate(variance, from, step) + integrate(variance, step, to));
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

// What the bias adds is common to both inputs.
LayerSignal layerSignal(double square, double gap, const LayerLaw &layer) {
  double power = std::min(layer.gain * square + layer.biasVariance,
                          std::numeric_limits<double>::max());
  double spread =
      power > 0.0 ? gap / (square + layer.biasVariance / layer.gain) : 0.0;
  return {power, std::clamp(spread, 0.0, 2.0), layer.biasMean, 0.0};
}

LayerSignal firstLayerSignal(InputLaw inputs, const LayerLaw &layer) {
  return layerSignal(inputs.meanSquare, inputs.meanSquare - inputs.meanProduct,
                     layer);
}

PairMoments momentsAfterRelu(const LayerSignal &z) {
  double square = reluSquare(z.biasMean, z.power);
  if (z.power == 0.0)
    return {square, 0.0};
  double r = z.biasMean / std::sqrt(z.power);
  return {square, z.power * pairGap(z.spread, r)};
}

LayerSignal nextLayerSignal(const LayerSignal &before, const LayerLaw &layer) {
  PairMoments moments = momentsAfterRelu(before);
  return layerSignal(moments.square, moments.gap, layer);
}

static double deadFraction(const LayerSignal &layer, double inputs) {
  if (layer.power == 0.0)
    return layer.biasMean > 0.0 && inputs > 0.0 ? 0.0 : 1.0;
  return silentOnCorrelated(layer.spread, inputs,
                            layer.biasMean / std::sqrt(layer.power));
}

std::vector<LayerSignal> propagateSignal(InputLaw inputs,
                                         llvm::ArrayRef<LayerLaw> layers,
                                         double inputCount) {
  std::vector<LayerSignal> signals;
  for (const LayerLaw &layer : layers) {
    signals.push_back(signals.empty() ? firstLayerSignal(inputs, layer)
                                      : nextLayerSignal(signals.back(), layer));
    signals.back().deadFraction = deadFraction(signals.back(), inputCount);
  }
  return signals;
}

double differenceDecades(llvm::ArrayRef<LayerSignal> layers) {
  if (layers.size() < 2)
    return 0.0;
  // The product may underflow where its factors do not.
  auto decades = [](const LayerSignal &layer) {
    return std::log10(layer.power) + std::log10(layer.spread);
  };
  double last = decades(layers.back());
  return std::isinf(last) ? last : last - decades(layers.front());
}

} // namespace act

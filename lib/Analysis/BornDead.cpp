//===- BornDead.cpp - Dead units and networks right after init ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/BornDead.h"
#include "act/Formula/MathConstants.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

namespace act {

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

double bornDeadUpperBound(llvm::ArrayRef<unsigned> hiddenWidths,
                          double zeroAtom) {
  assert(zeroAtom >= 0.0 && zeroAtom <= 1.0 && "not a probability");
  double logAlive = 0.0;
  for (unsigned width : hiddenWidths)
    logAlive += std::log1p(-std::pow((1.0 + zeroAtom) / 2.0, width));
  return -std::expm1(logAlive);
}

/// The chain over the two rays of a one-dimensional input. The vectors of the
/// first layer on them are orthogonal; from then on they lie in the same
/// orthant, so that a unit is off on both with r >= 1/4 (Harris: both sums
/// increase in each weight). Both rays end with r^N >= 4^-N, and at most one
/// direction is left with 2 2^-N - 2 r^N + N r^N: one ray is off, or one unit
/// is on for both and all others for none. Deaths are sums of positive terms.
static double twoRayDeadProbability(llvm::ArrayRef<unsigned> hiddenWidths) {
  double dead = 0.0, oneRay = std::exp2(1.0 - hiddenWidths.front());
  double twoRays = 1.0 - oneRay;
  for (unsigned width : hiddenWidths.drop_front()) {
    double off = std::exp2(-double(width)), bothOff = off * off;
    double collapse = 2.0 * off + (width - 2.0) * bothOff;
    dead += twoRays * bothOff + oneRay * off;
    oneRay += twoRays * collapse - oneRay * off;
    twoRays *= 1.0 - collapse - bothOff;
  }
  return std::min(dead, 1.0);
}

double bornDeadLowerBound(llvm::ArrayRef<unsigned> hiddenWidths,
                          unsigned inputDimension) {
  assert(inputDimension >= 1 && "a network without input is constant");
  if (llvm::is_contained(hiddenWidths, 0u))
    return 1.0;
  if (hiddenWidths.empty())
    return 0.0;
  if (inputDimension == 1)
    return twoRayDeadProbability(hiddenWidths);
  double logAlive = 0.0, before = hiddenWidths.front();
  for (double width : hiddenWidths.drop_front()) {
    logAlive += std::log1p(-std::exp2(-width * before));
    before = width;
  }
  return -std::expm1(logAlive);
}

ProbabilityBracket bornDeadBracket(llvm::ArrayRef<unsigned> hiddenWidths,
                                   unsigned inputDimension) {
  return {bornDeadLowerBound(hiddenWidths, inputDimension),
          bornDeadUpperBound(hiddenWidths)};
}

unsigned smallestSafeWidth(double delta, unsigned layers) {
  assert(delta > 0.0 && delta < 1.0 && "not a risk");
  if (layers <= 1)
    return 1;
  double hidden = layers - 1.0;
  auto bound = [&](double width) {
    return -std::expm1(hidden * std::log1p(-std::exp2(-width)));
  };
  // 2^-N <= 1 - (1 - delta)^(1/(L-1)), from one below, since the bound itself
  // settles what the rounding of the logarithm leaves open.
  double share = -std::expm1(std::log1p(-delta) / hidden);
  double width = std::max(1.0, std::floor(-std::log2(share)) - 1.0);
  while (bound(width) > delta)
    ++width;
  return unsigned(width);
}

//===----------------------------------------------------------------------===//
// The incomplete beta function
//===----------------------------------------------------------------------===//

/// log Gamma(x) - ((x - 1/2) log x - x + log(2 pi)/2) for x > 0: DLMF 5.11.1
/// from 16 on, where five terms leave less than 2e-16, and Gamma(x + 1) = x
/// Gamma(x) below.
static double stirlingCorrection(double x) {
  double shift = 0.0;
  for (; x < 16.0; x += 1.0)
    shift += (x + 0.5) * std::log1p(1.0 / x) - 1.0;
  static constexpr double kTerms[] = {1.0 / 12, -1.0 / 360, 1.0 / 1260,
                                      -1.0 / 1680, 1.0 / 1188};
  double sum = 0.0, square = 1.0 / (x * x);
  for (unsigned k = std::size(kTerms); k-- > 0;)
    sum = sum * square + kTerms[k];
  return shift + sum / x;
}

/// x^a y^b / B(a, b) for y = 1 - x. The large parts of the three log Gamma are
/// taken together, where they nearly cancel.
static double betaWeight(double a, double b, double x, double y) {
  double sum = a + b;
  double exponent = a * std::log(x * sum / a) + b * std::log(y * sum / b) +
                    stirlingCorrection(sum) - stirlingCorrection(a) -
                    stirlingCorrection(b);
  return std::exp(exponent) * std::sqrt(a * (b / sum) / (2.0 * kPi));
}

/// 1 + d1/(1 + d2/(1 + ...)) of DLMF 8.17.22 by Lentz's method (Thompson,
/// Barnett, Coulomb and Bessel functions of complex arguments and order,
/// J. Comput. Phys. 64, 1986). Fast for x < (a + 1)/(a + b + 2), where some
/// sqrt(max(a, b)) terms are enough.
static double betaFraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300, kSettled = 3e-16;
  auto nonzero = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double above = 1.0, below = 0.0, value = 1.0;
  for (unsigned n = 1; n < 100000; ++n) {
    double m = n / 2, twice = a + 2.0 * m;
    double term = n % 2 ? -(a + m) * (a + b + m) * x / (twice * (twice + 1.0))
                        : m * (b - m) * x / ((twice - 1.0) * twice);
    below = 1.0 / nonzero(1.0 + term * below);
    above = nonzero(1.0 + term / above);
    value *= above * below;
    if (std::abs(above * below - 1.0) <= kSettled)
      break;
  }
  return value;
}

double regularizedIncompleteBeta(double a, double b, double x,
                                 double complement) {
  assert(a > 0.0 && b > 0.0 && x >= 0.0 && complement >= 0.0);
  if (x == 0.0)
    return 0.0;
  if (complement == 0.0)
    return 1.0;
  if (x > (a + 1.0) / (a + b + 2.0))
    return 1.0 - regularizedIncompleteBeta(b, a, complement, x);
  return betaWeight(a, b, x, complement) / (a * betaFraction(a, b, x));
}

//===----------------------------------------------------------------------===//
// Units of the first layer
//===----------------------------------------------------------------------===//

double deadOnBallNormal(unsigned dimension, double radius,
                        double weightDeviation, double biasDeviation) {
  assert(radius >= 0.0 && weightDeviation >= 0.0 && biasDeviation >= 0.0);
  double reach = dimension == 0 ? 0.0 : radius * weightDeviation;
  if (biasDeviation == 0.0)
    return reach == 0.0 ? 1.0 : 0.0;
  // P(T_d <= -t) = I_{d/(d+t^2)}(d/2, 1/2)/2 (DLMF 8.17.20 gives the pieces)
  // with t^2 = d square.
  double square = std::pow(reach / biasDeviation, 2);
  if (square == 0.0)
    return 0.5;
  return regularizedIncompleteBeta(dimension / 2.0, 0.5, 1.0 / (1.0 + square),
                                   1.0 / (1.0 + 1.0 / square)) /
         2.0;
}

double deadOnBoxUniform(InputBox box, unsigned dimension) {
  if (box == InputBox::Symmetric) {
    double probability = 0.5;
    for (unsigned k = 1; k <= dimension && probability > 0.0; ++k)
      probability /= k + 1.0;
    return probability;
  }
  // Beyond, the sum, about exp(2 sqrt(d)), does not lift 2^-d above 1e-308.
  if (dimension > 2000)
    return 0.0;
  double sum = 0.0, term = 1.0;
  for (unsigned k = 0; k <= dimension; ++k) {
    sum += term;
    term *= (dimension - k) / ((k + 1.0) * (k + 2.0));
  }
  return std::ldexp(sum, -int(dimension) - 1);
}

double deadOnBoxZeroBias(InputBox box, unsigned dimension) {
  if (box == InputBox::Symmetric && dimension > 0)
    return 0.0;
  return std::exp2(-double(dimension));
}

//===----------------------------------------------------------------------===//
// Further closed forms
//===----------------------------------------------------------------------===//

std::optional<double> inactiveSecondLayerUnit(unsigned inputs,
                                              unsigned firstWidth) {
  if (firstWidth <= inputs)
    return std::exp2(-(firstWidth + 1.0));
  if (firstWidth != inputs + 1)
    return std::nullopt;
  // (2^n0 + 1)/4^(n0+1), without the overflow of its parts.
  return std::exp2(-(inputs + 2.0)) + std::exp2(-2.0 * (inputs + 1.0));
}

AsymmetricInitialization asymmetricInitialization() {
  // s^2 + 2 h s - 1 = 0.
  double half = 4.0 / (3.0 * std::sqrt(2.0 * kPi));
  return {2.0 / 3.0, 0.5, std::sqrt(1.0 + half * half) - half};
}

} // namespace act

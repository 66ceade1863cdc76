//===- SignalPropagation.h - Signals in random relu networks ----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How often units y = max(z, 0) fire, and what becomes of a pair of inputs
// from layer to layer, from the laws of weights and biases alone.
//
// The layers are an estimate and no proof: widths tend to infinity (z is
// normal), all pairs of inputs are alike. At widths from 128 on, shares of
// dead units are right to some .03 in total and .15 in a layer. Residual sums
// and normalisation need maps of their own.
//
// A pair of inputs with correlation c is carried as its spread 1 - c, which
// deep layers shrink to 1e-3 and the decay of which is the result.
//
// Plain doubles, rounded to nearest and not outward. Probabilities have no
// unit; z, x and powers have the units of the network.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_SIGNALPROPAGATION_H
#define ACT_ANALYSIS_SIGNALPROPAGATION_H

#include "llvm/ADT/ArrayRef.h"
#include <vector>

namespace act {

//===----------------------------------------------------------------------===//
// The normal law
//===----------------------------------------------------------------------===//

/// exp(-x^2/2)/sqrt(2 pi).
double normalDensity(double x);
/// P(X <= x), by erfc: the relative error stays at some x^2 ulp on the left,
/// and 0 is returned below -38.6.
double normalCdf(double x);
/// The logarithm of it, to some ulp of itself on the left, where DLMF 7.12.1
/// takes over below -30, and to some x^2 ulp on the right.
double logNormalCdf(double x);

/// The x with P(X <= x) = p for 0 < p < 1, to 1e-16 + some ulp; p = 1/2 gives
/// exactly 0.
double normalQuantile(double p);

//===----------------------------------------------------------------------===//
// One unit under normal inputs
//===----------------------------------------------------------------------===//

/// The law of z = w x + b for x ~ N(mu, S): mean w mu + b, variance w' S w.
/// A deviation of 0 is legal and means z = mean.
struct NormalLaw {
  double mean, deviation;
};

/// P(z > 0) = Phi(m/s).
double probabilityActive(NormalLaw z);
/// E max(z, 0) = m Phi(m/s) + s phi(m/s). The error is some ulp of
/// max(|m|, s).
double expectedRelu(NormalLaw z);
/// E max(z, 0)^2 = (m^2 + s^2) Phi(m/s) + m s phi(m/s). The error is some ulp
/// of m^2 + s^2.
double expectedReluSquared(NormalLaw z);
/// The probability that z <= 0 for each of `samples` independent inputs:
/// Phi(-m/s)^samples, by its logarithm.
double probabilitySilent(NormalLaw z, double samples);
/// An upper bound of P(z > 0) for each law with this mean and deviation, normal
/// or not: Cantelli's s^2/(s^2 + m^2) for m < 0, 0 for z = 0, else 1.
double largestProbabilityActive(NormalLaw moments);

//===----------------------------------------------------------------------===//
// Pairs of inputs
//===----------------------------------------------------------------------===//

/// I(c, K, r): the probability that a unit is silent on `inputs` = K inputs
/// with z_k ~ N(r, 1) and pairwise correlation c = 1 - `spread`,
///
///   int phi(t) Phi(-(sqrt(c) t + r)/sqrt(1-c))^K dt,
///
/// with r = mean/deviation the share of a constant bias. A negative c, which
/// many inputs cannot have, counts as 0. Relative error below 1e-9 for K up to
/// 1e9; below 1e-308 the result is 0. Checks: I(1/2, K, 0) = 1/(K+1), I(0, K,
/// 0) = 2^-K, I(1, K, 0) = 1/2.
double silentOnCorrelated(double spread, double inputs, double shift = 0.0);

/// The correlation of max(z1, 0), max(z2, 0) about 0 for standard normal z of
/// correlation `cosine` in [-1, 1], E[y1 y2]/E[y^2] = (sqrt(1-c^2) + c (pi -
/// acos c))/pi (Cho, Saul, Kernel methods for deep learning, NIPS 2009).
double cosineAfterRelu(double cosine);
/// The same for 1 - cosine, `spread` in [0, 2], to some ulp of the result: near
/// 0 it is spread - (2 sqrt(2)/(3 pi)) spread^(3/2) + ...
double spreadAfterRelu(double spread);

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// The inputs of a network, per coordinate: the mean of x_i^2 over inputs and
/// coordinates, and that of x_i x'_i over pairs of different inputs. Zero-mean
/// noise has product 0; uniform noise in [0, 1] has 1/3 and 1/4.
struct InputLaw {
  double meanSquare, meanProduct;
};

/// The initializer of a layer, for weights of mean 0.
struct LayerLaw {
  double gain;               ///< fan_in * variance of a weight; He: 2
  double biasVariance = 0.0; ///< of random biases about biasMean
  double biasMean = 0.0;     ///< a constant added to each z
};

/// The law of z in a hidden layer, over units, for a pair of inputs.
struct LayerSignal {
  double power;        ///< q, the variance of z: without biasMean
  double spread;       ///< 1 - c for the covariance c q of a pair
  double biasMean;     ///< the mean of z
  double deadFraction; ///< of units, on the inputs of propagateSignal()
};

/// Of what a layer is given, for a pair of inputs: E[y^2], and E[y^2] - E[y1
/// y2].
struct PairMoments {
  double square, gap;
};

/// A layer of these: the power g E[y^2] + v and, of the gap g (E[y^2] - E[y1
/// y2]), the share in it. A power beyond the largest number stays there, and
/// the spread, which does not depend on the scale, stays right. deadFraction is
/// left at 0.
LayerSignal layerSignal(double square, double gap, const LayerLaw &layer);
/// Those of y = max(z, 0).
PairMoments momentsAfterRelu(const LayerSignal &z);

/// The first hidden layer: q = g x^2 + v, c q = g x x' + v, with gain g and
/// bias variance v. deadFraction is left at 0.
LayerSignal firstLayerSignal(InputLaw inputs, const LayerLaw &layer);

/// The next hidden layer: q' = g E[y^2] + v, c' q' = g E[y1 y2] + v with y =
/// max(z, 0) and z ~ N(biasMean, q) of correlation c. For biasMean = 0 this is
/// q' = g q/2 + v and the arc cosine map above; otherwise an integral that is
/// right to 1e-9 of the spread for biasMean/sqrt(q) > -8. No power at all has
/// spread 0, and power ends at the largest number. deadFraction is left at 0.
LayerSignal nextLayerSignal(const LayerSignal &before, const LayerLaw &layer);

/// All hidden layers in order, each with its share of units that are silent on
/// `inputCount` inputs.
std::vector<LayerSignal> propagateSignal(InputLaw inputs,
                                         llvm::ArrayRef<LayerLaw> layers,
                                         double inputCount);

/// log10 of q (1 - c) in the last hidden layer over that in the first: the
/// decades by which the power of the difference of two inputs grows (Glorot
/// weights lose a decade in three layers, He weights one in the first twenty).
/// 0 for less than two layers; -infinity where nothing is left of it.
double differenceDecades(llvm::ArrayRef<LayerSignal> layers);

} // namespace act

#endif // ACT_ANALYSIS_SIGNALPROPAGATION_H

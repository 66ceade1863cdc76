//===- BornDead.h - Dead units and networks right after init ----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Closed forms for what random initial weights do to units y = max(z, 0),
// z = w x + b, before any training. A unit is dead on a set of inputs where
// z <= 0 for each of them; a network is born dead where its output is constant
// on a neighbourhood of 0.
//
// All results are probabilities in plain doubles, rounded to nearest and not
// outward: relative errors stay below 1e-12 (for up to 1e4 layers, inputs and
// units), so that a probability of 1e-30 is as good as one of 0.3; what is
// below 1e-308 may become 0.
//
// Weights are independent of each other and symmetric about 0, and no two
// layers share them. Recurrent networks and tied weights are outside.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_BORNDEAD_H
#define ACT_ANALYSIS_BORNDEAD_H

#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace act {

//===----------------------------------------------------------------------===//
// Networks
//===----------------------------------------------------------------------===//

/// A probability that is known to lie in [lower, upper].
struct ProbabilityBracket {
  double lower, upper;
};

/// An upper bound of the probability that the network is born dead, for hidden
/// layers with these numbers of units (channels for a convolution) and biases
/// zero or symmetric: 1 - prod_l (1 - ((1 + P0)/2)^N_l) (Lu, Shin, Su,
/// Karniadakis, Dying ReLU and initialization, arXiv 1903.06733, with P0 = 0).
/// `zeroAtom` in [0, 1] is P0, the probability of z = 0 at an input: positive
/// for sparse or ternary weights. Only layers that each path from the input to
/// the output passes count. One minus it is, for P0 = 0, exactly the
/// probability that no layer is silent on one input.
double bornDeadUpperBound(llvm::ArrayRef<unsigned> hiddenWidths,
                          double zeroAtom = 0.0);

/// A lower bound for zero biases, weights without an atom at 0 and
/// `inputDimension` >= 1 inputs. One input: the two rays x > 0 and x < 0 as a
/// chain of the states dead, one ray, two rays (same paper; for equal widths
/// its closed form, which cancels where this sum of positive terms does not).
/// More inputs: a layer fed by nonnegative values is dead where no weight is
/// positive, 1 - prod_{l>=2} (1 - 2^(-N_l N_{l-1})) (Rister, Rubin,
/// Probabilistic bounds on neuron death, arXiv 2007.06192).
double bornDeadLowerBound(llvm::ArrayRef<unsigned> hiddenWidths,
                          unsigned inputDimension);

/// Both bounds, for zero biases and weights without an atom at 0.
ProbabilityBracket bornDeadBracket(llvm::ArrayRef<unsigned> hiddenWidths,
                                   unsigned inputDimension);

/// The smallest width N, the same in all hidden layers, with which the upper
/// bound is at most `delta` in (0, 1). `layers` counts affine layers, the
/// output layer included; without a hidden layer the answer is 1.
unsigned smallestSafeWidth(double delta, unsigned layers);

//===----------------------------------------------------------------------===//
// Units of the first layer
//===----------------------------------------------------------------------===//

/// The box of inputs of a first layer: each coordinate in [0, 1] or [-1, 1].
enum class InputBox { Unit, Symmetric };

/// The probability that a unit is dead on the ball of `radius` >= 0 about 0
/// in `dimension` coordinates, for normal weights and bias of mean 0 and these
/// standard deviations: P(T_d <= -sqrt(d) r s_w/s_b) with Student's T_d
/// (Shin, Karniadakis, Trainability of ReLU networks, arXiv 1907.09696, where
/// it is an integral of sin^(d-1)). The number of dead units of the layer is
/// binomial. Without a bias it is 0, unless z is always 0.
double deadOnBallNormal(unsigned dimension, double radius,
                        double weightDeviation, double biasDeviation);

/// The same on a box for weights and bias uniform in (-k, k), any k: the
/// default of torch.nn.Linear. P(b + sup w x <= 0) is the volume of a simplex:
/// 1/(2 (d+1)!) on [-1, 1]^d, and sum_k C(d,k) 2^(-d-1)/(k+1)! on [0, 1]^d,
/// where k counts the positive weights.
double deadOnBoxUniform(InputBox box, unsigned dimension);

/// The same for symmetric weights without an atom at 0 and no bias: 2^-d on
/// [0, 1]^d, where each weight must be negative, and 0 on each set that
/// contains a neighbourhood of 0, as [-1, 1]^d.
double deadOnBoxZeroBias(InputBox box, unsigned dimension);

//===----------------------------------------------------------------------===//
// Further closed forms
//===----------------------------------------------------------------------===//

/// The probability that a unit of the second layer is inactive on the whole
/// input space, for symmetric weights and biases: 2^-(n1+1) for n1 <= n0 and
/// (2^n0 + 1)/4^(n0+1) for n1 = n0 + 1 (Brownlowe et al., arXiv 2412.06829);
/// nothing for wider layers, where no closed form is known.
std::optional<double> inactiveSecondLayerUnit(unsigned inputs,
                                              unsigned firstWidth);

/// Randomized asymmetric initialization (arXiv 1903.06733): normal weights
/// and biases of variance s^2/fan_in, then in each row one entry, the bias
/// included, drawn from Beta(2, 1).
struct AsymmetricInitialization {
  double entryMean;    ///< of Beta(2, 1)
  double entrySquare;  ///< its second moment
  double normalFactor; ///< s: positive root of s^2/2 + 4s/(3 sqrt(2 pi)) = 1/2
};
AsymmetricInitialization asymmetricInitialization();

/// I_x(a, b) for a, b > 0, with `complement` = 1 - x given apart since it may
/// be known better than x tells: continued fraction DLMF 8.17.22. The relative
/// error is about 1e-14 + (a + b) 1e-16.
double regularizedIncompleteBeta(double a, double b, double x,
                                 double complement);

} // namespace act

#endif // ACT_ANALYSIS_BORNDEAD_H

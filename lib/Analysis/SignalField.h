//===- SignalField.h - Signals in random convolutions ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With many channels the pre-activations of a channel at all positions and for
// all inputs are jointly normal, and channels are independent: Novak et al.,
// Bayesian deep convolutional networks with many channels are Gaussian
// processes, ICLR 2019; Xiao et al., Dynamical isometry and a mean field theory
// of CNNs, ICML 2018. What is carried is their covariance.
//
// The elements of an input are taken for independent, as those of a box are.
// Weights of different taps are independent too, so that two positions of one
// input are then as alike as the same two positions of two inputs: one table
// serves both. Where nothing is padded each pair is as alike as any other, and
// a convolution is to a pair what a dense layer is. A position at a border has
// zeros in the place of some taps and shares fewer with others.
//
// Positions that cannot be told apart by what they see are one place.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SIGNALFIELD_H
#define ACT_LIB_ANALYSIS_SIGNALFIELD_H

#include "act/Analysis/SignalPropagation.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// From which places of one field those of the next are computed. Sources are
/// elements of a channel, or of all channels alike, different ones even where
/// their places are the same.
struct FieldStep {
  enum class Kind {
    Sum,    ///< of products with random weights: sums of all channels
    Mean,   ///< of products with given factors
    Maximum ///< of relu units
  };
  static constexpr int kZero = -1; ///< a 0 in the place of a source

  Kind kind = Kind::Sum;
  unsigned numTaps = 1;
  std::vector<int> sources; ///< those of a place after those of another
  /// Sum: of each tap, the share of the weights that multiply it. Mean: the
  /// factor of each source.
  std::vector<double> weights = {};
  /// Sum: of each tap, which of the few channels that a sum has it takes; none
  /// where a sum has all or many.
  std::vector<unsigned> channels = {};

  unsigned numPlaces() const { return sources.size() / numTaps; }
  llvm::ArrayRef<int> sourcesOf(unsigned place) const {
    return llvm::ArrayRef(sources).slice(size_t(place) * numTaps, numTaps);
  }
};

/// Of an element, given what all inputs have in common.
struct UnitMoments {
  double mean = 0.0, square = 0.0;

  UnitMoments operator*(double weight) const {
    return {weight * mean, weight * square};
  }
  UnitMoments &operator+=(const UnitMoments &other) {
    mean += other.mean;
    square += other.square;
    return *this;
  }
};

/// The moments of what stands at the places, for a pair of inputs, where a
/// constant bias is not counted.
class SignalField {
public:
  /// One place.
  SignalField(double square, double gap);
  /// Those of each place, for each draw of what is common.
  static SignalField fromDraws(llvm::ArrayRef<std::vector<UnitMoments>> draws,
                               llvm::function_ref<double(size_t)> weightOf);

  unsigned size() const { return squares.size(); }
  double square(unsigned place) const { return squares[place]; }
  /// Of the square, what is not common to a pair of inputs.
  double gap(unsigned place) const { return gaps[place]; }
  /// The mean product of an element at `a` and another one at `b`, of one input
  /// or of two.
  double product(unsigned a, unsigned b) const {
    return a == b ? squares[a] - gaps[a] : products[size_t(a) * size() + b];
  }
  /// It divided by the roots of the squares; 0 where one of these is 0.
  double correlation(unsigned a, unsigned b) const;

  /// Of sums of elements at the same places of which one has mean 0, whatever
  /// the other: a sum of random weights that the other does not know.
  SignalField plus(const SignalField &other) const;
  SignalField weighted(const FieldStep &sum, const LayerLaw &law) const;
  SignalField averaged(const FieldStep &mean) const;
  /// After a relu. More than one place have no constant bias.
  SignalField rectified(double biasMean) const;
  /// After a relu and the maxima of windows, in either order: with a random
  /// error of some 3 % in common to all where there are several places.
  SignalField rectifiedMaxima(const FieldStep &maximum, double biasMean) const;

  /// The probability that a unit is silent on `inputs` inputs at all of its
  /// positions, of which `counts` lie at each place. An integral for one place;
  /// else the mean of 2048 draws of what all inputs have in common, always the
  /// same ones: within .01.
  double silentShare(llvm::ArrayRef<double> counts, double inputs,
                     double biasMean) const;

private:
  /// All of them 0.
  explicit SignalField(size_t size)
      : squares(size), gaps(size), products(size * size) {}

  void setProduct(unsigned a, unsigned b, double value) {
    products[size_t(a) * size() + b] = products[size_t(b) * size() + a] = value;
  }

  std::vector<double> squares, gaps, products;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SIGNALFIELD_H

//===- PreactivationField.h - What stands in front of relus ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums with random weights of many channels are normal. Where the units of a
// layer are added to sums of weights that they do not depend on, squares and
// products add up (Yang, Schoenholz, Mean field residual networks: on the edge
// of chaos, NIPS 2017). What is added in front of its relu keeps the sum
// normal. Behind its relu it is neither normal nor of mean 0, and fewer units
// are silent than of a normal law of the same moments.
//
// Then a unit is max(x, 0) + z, with x and z normal and independent from one
// input to the next, given what these have in common. That is drawn, and what
// is read of the sum is an integral over x. It is exact where x is of sums
// alone; else x has the normal law with which max(x, 0) has its two moments,
// given what is common (as Clark does, The greatest of a finite set of random
// variables, Oper. Res. 9, 1961).
//
// A unit of a depthwise convolution, or of small groups, is a function of few
// channels, and of weights that are few. These are drawn, too, with what inputs
// have in common in the channels. Its positive terms add up to what is 0 where
// no element fires, as max(x, 0) is, and so do the negative ones; both get the
// law of that of which they have the moments.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_PREACTIVATIONFIELD_H
#define ACT_LIB_ANALYSIS_PREACTIVATIONFIELD_H

#include "SignalField.h"

namespace act {

/// The pre-activations of a layer.
class PreactivationField {
public:
  /// Sums of random weights alone.
  PreactivationField(SignalField sums, double biasMean)
      : all(std::move(sums)), biasMean(biasMean) {}
  /// The same without a constant bias, and units of a layer `before`, which
  /// `sums` do not depend on, at the places that `skip` takes them from.
  PreactivationField(const PreactivationField &before, bool isRectified,
                     const FieldStep &skip, const SignalField &sums);

  /// Sums of few channels of a layer before, such as one.
  PreactivationField(const PreactivationField &before, const FieldStep &sum,
                     const LayerLaw &law);

  /// The mean of all units.
  double meanOfBias() const { return biasMean; }
  const SignalField &moments() const { return all; }
  /// Of what is behind the relu.
  const SignalField &rectified() const;
  /// The same behind maxima of windows. Normal ones only.
  SignalField rectifiedMaxima(const FieldStep &maximum) const;
  /// See SignalField::silentShare().
  double silentShare(llvm::ArrayRef<double> counts, double inputs) const;

private:
  /// Given what inputs have in common, at each place: what is, behind the relu,
  /// max(own + sign * max(added, 0), 0).
  struct Draw {
    std::vector<NormalLaw> added, own;
  };

  bool isNormal() const { return draws.empty(); }
  std::vector<std::vector<UnitMoments>> drawUnits(unsigned stream) const;

  SignalField all;
  double biasMean = 0.0;
  double sign = 1.0;
  std::vector<Draw> draws; ///< none where all are normal
  unsigned numStreams = 0; ///< of what is drawn for these
  mutable std::optional<SignalField> behindRelu;
  /// Of each draw, at each place, behind the relu.
  mutable std::vector<std::vector<UnitMoments>> units;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_PREACTIVATIONFIELD_H

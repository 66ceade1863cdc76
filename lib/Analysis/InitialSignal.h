//===- InitialSignal.h - What initial weights let through ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A network that was not trained yet: how many units are silent, and how much
// of the difference of two inputs arrives behind its last layer? Estimates for
// a chain of dense and convolutional relu layers, from the laws of its
// initializers or from weights that look freshly drawn.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_INITIALSIGNAL_H
#define ACT_LIB_ANALYSIS_INITIALSIGNAL_H

#include "FieldReader.h"
#include "SignalPath.h"
#include "act/Analysis/DeadUnits.h"
#include "act/Analysis/SignalPropagation.h"

namespace act {

/// A chain of dense and convolutional relu layers with initial weights; of one
/// layer only where these are initializers. A unit of a convolution is a
/// channel, silent if it is at all of its positions.
struct InitialChain {
  std::vector<unsigned> layers; ///< indices into the table, in order
  std::vector<unsigned> widths; ///< of each
  SignalPath path;              ///< from layer to layer
  std::vector<LayerLaw> laws;   ///< of each of its sums
  unsigned inputDimension = 0;
  InputLaw input;
  /// Inputs are even in a box or a set, or of the normal law of their domain;
  /// without either they are taken for standard normal.
  bool hasDomain = false, isNormal = false;
  bool isDrawn = false; ///< weights are there, not only their laws
  /// Some layers have the same weights: where they are wide the law of each is
  /// as if it had its own, but not what narrow ones do together.
  bool sharesInitializers = false;
  bool isMeasured = false;       ///< by a run of drawn weights
  std::vector<LayerSignal> form; ///< by the laws
  /// The decades by which the power of the difference of two inputs grows from
  /// the first layer to the last: by the laws, and measured where it was.
  double formDecades = 0.0, decades = 0.0;
  /// The share of units silent on all inputs tried, or expected to be; none for
  /// layers that were not measured and are too narrow for the form.
  std::vector<double> silentShare;
  /// The exact probability that a unit of the first layer is dead on the
  /// domain, where a closed form is known for it.
  std::optional<double> firstLayerDead;

  /// Whether all layers are wide enough for the forms, which hold in the limit.
  bool isWide() const {
    return llvm::all_of(widths, [](unsigned width) { return width >= kWide; });
  }
};

/// The chains among `layers`. Those that are no part of one, and those whose
/// weights look trained, have no estimate. Initializers cost nothing per
/// weight; of drawn weights a sample is read where they lie, and all are copied
/// to be measured unless they are more than kMaxRelaxedWeights.
std::vector<InitialChain> findInitialChains(const ValueBounds &bounds,
                                            const ArgumentDomains &domains,
                                            llvm::ArrayRef<Layer> layers);

} // namespace act

#endif // ACT_LIB_ANALYSIS_INITIALSIGNAL_H

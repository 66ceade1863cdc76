//===- SignalPath.h - Signals from layer to layer ---------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SIGNALPATH_H
#define ACT_LIB_ANALYSIS_SIGNALPATH_H

#include "SignalField.h"

namespace act {

/// How the signal gets from the inputs of a chain of layers to its end.
class SignalPath {
public:
  struct Layer {
    /// From what the layer before gives, or the inputs, to the sums of this
    /// layer, which are the last step.
    std::vector<FieldStep> steps;
    /// How many positions of a unit lie at each place of these.
    std::vector<double> counts;

    double numPositions() const;
  };

  std::vector<Layer> layers;

  /// Whether each layer is dense, and nothing lies between them.
  bool isDense() const;
  /// Whether some sums have zeros in the place of elements.
  bool isPadded() const;
  /// Whether all positions of each layer, and of what lies between, are alike.
  bool isUniform() const;
  /// Whether means lie between the layers up to `layer`.
  bool hasMeans(unsigned layer) const;
  /// The same path where one source of each mean counts for all.
  SignalPath withoutMeans() const;
  /// The signals in all layers, means over their positions, each with its share
  /// of units that are silent at all positions for `inputCount` inputs.
  std::vector<LayerSignal> propagate(InputLaw inputs,
                                     llvm::ArrayRef<LayerLaw> laws,
                                     double inputCount) const;
  /// differenceDecades() but for what means of elements take away, since these
  /// are of independent elements here and hardly ever are.
  double decades(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws) const;

private:
  double walk(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws, double inputCount,
              std::vector<LayerSignal> &signals) const;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SIGNALPATH_H

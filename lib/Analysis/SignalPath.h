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
  /// Sums with random weights of what the relu of a layer gives, or the inputs.
  struct Sum {
    std::optional<unsigned> from;
    std::vector<FieldStep> steps; ///< from there to the sums, the last one
  };
  /// Units of a layer, in front of its relu or behind it.
  struct Skip {
    unsigned from;
    bool isRectified;
    FieldStep step; ///< takes one element
  };
  /// The sum of these, weights being independent of one another.
  struct Layer {
    std::vector<Sum> sums; ///< at least one
    std::optional<Skip> skip;
    /// How many positions of a unit lie at each place.
    std::vector<double> counts;

    double numPositions() const;
    bool isResidual() const { return skip || sums.size() > 1; }
  };

  std::vector<Layer> layers;

  /// Adds a layer that sums up what the last one gives.
  void follow(std::vector<FieldStep> steps, std::vector<double> counts);

  /// Whether something is added to the sums of a layer.
  bool isResidual() const;
  /// Whether each layer sums up all channels of the one before, and that alone.
  bool isStraight() const;
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
  /// of units that are silent at all positions for `inputCount` inputs. There
  /// is a law for each of the sums, in order.
  std::vector<LayerSignal> propagate(InputLaw inputs,
                                     llvm::ArrayRef<LayerLaw> laws,
                                     double inputCount) const;
  /// differenceDecades() but for what means of elements take away, since these
  /// are of independent elements here and hardly ever are. Means that a signal
  /// gets around count.
  double decades(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws) const;

private:
  double walk(InputLaw inputs, llvm::ArrayRef<LayerLaw> laws, double inputCount,
              std::vector<LayerSignal> &signals) const;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_SIGNALPATH_H

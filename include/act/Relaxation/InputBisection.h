//===- InputBisection.h - Proofs by splitting the inputs -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Is an element at most a number, for every input? Boxes of inputs are bounded
// by back-substitution and halved, depth first, until each is closed or an
// input is found at which the element is larger. Works for few inputs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_INPUTBISECTION_H
#define ACT_RELAXATION_INPUTBISECTION_H

#include "act/Relaxation/PointSearch.h"
#include <functional>
#include <optional>

namespace act {

struct BisectionResult {
  enum Outcome {
    Proved,    ///< the objective is at most `bound` on the whole box
    Witnessed, ///< it is larger than the goal at `point`
    Open       ///< the budget ran out
  } outcome = Open;
  double bound = 0.0;
  SourcePoint point;
  double closedShare = 0.0; ///< of the volume, where it is proved
  uint64_t boxes = 0;       ///< that were bounded
};

/// Cuts the sides of a box to where a bound that holds in it, and is more than
/// `goal` somewhere, is: the share of the volume that is left.
double clip(SourceBox &box, const LinearBound &bound, double goal);

class InputBisection {
public:
  /// Judges a candidate: returns the point, with coordinates that the program
  /// can be given, if the program exceeds the goal there.
  using Judge = std::function<std::optional<SourcePoint>(const SourcePoint &)>;

  /// `box` has finite sides.
  InputBisection(const Network &network, unsigned target, SourceBox box);

  /// Is the objective at most `goal`? Bounds at most `budget` boxes.
  BisectionResult run(Objective objective, double goal, uint64_t budget,
                      const Judge &judge) {
    return run({whole}, objective, goal, budget, judge);
  }
  /// The same on several parts of the box.
  BisectionResult run(const std::vector<SourceBox> &parts, Objective objective,
                      double goal, uint64_t budget, const Judge &judge);

private:
  struct Side {
    unsigned node, element;
  };
  struct Part {
    SourceBox box;
    std::shared_ptr<const BackSubstitution::Ranges> known;
    double share; ///< of the volume
  };
  /// First functions of the inputs: the change of each element of an operand by
  /// each side.
  struct FirstLayer {
    unsigned node, operand;
    std::vector<double> changes; ///< elements by sides
  };
  void addFirstLayer(unsigned node, unsigned operand);
  bool narrowToSets(SourceBox &box) const;
  double highestIn(const SourceBox &box, const LinearBound &bound,
                   Objective objective, double goal);
  Side longestSide(const SourceBox &box) const;
  Side chooseSide(const SourceBox &box, const LinearBound &bound) const;
  std::vector<double> openShares(const FirstLayer &layer,
                                 const std::vector<double> &weights) const;

  const Network &network;
  unsigned target;
  SourceBox whole;
  BackSubstitution bounds;
  PointSearch points;
  std::vector<Side> sides; ///< that have a width
  std::vector<FirstLayer> firstLayers;
};

} // namespace act

#endif // ACT_RELAXATION_INPUTBISECTION_H

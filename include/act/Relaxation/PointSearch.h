//===- PointSearch.h - Inputs that drive an element high -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a network on points, in plain doubles, and climbs. What is found is a
// candidate: whether the program does the same is for its caller to prove.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_POINTSEARCH_H
#define ACT_RELAXATION_POINTSEARCH_H

#include "act/Relaxation/BackSubstitution.h"

namespace act {

/// One value per element of each source; empty for other nodes.
using SourcePoint = std::vector<std::vector<double>>;

class PointSearch {
public:
  /// For points of `target` and of all it is computed from.
  PointSearch(const Network &network, unsigned target)
      : PointSearch(network, std::vector<unsigned>{target}) {}
  /// For points of several nodes; objectives are those of the last.
  PointSearch(const Network &network, const std::vector<unsigned> &targets);

  /// The values of all nodes at `point`.
  const std::vector<std::vector<double>> &run(const SourcePoint &point);
  /// The gradient of an objective by the sources at the point run last.
  SourcePoint gradient(Objective objective) const;
  /// `point` after up to `steps` steps along the signs of the gradient within
  /// `box`, each `shrink` times the one before; the first is `stride` times the
  /// width of the box. Stops where the objective exceeds `goal`. Sources with a
  /// set follow the gradient itself, and stay in the set instead of the box.
  SourcePoint climb(SourcePoint point, const SourceBox &box,
                    Objective objective, double goal, unsigned steps,
                    double stride, double shrink);
  /// The objective at the point run last.
  double value(Objective objective) const {
    return objective.sign * values[target][objective.element];
  }

private:
  bool step(SourcePoint &point, const SourceBox &box, const SourcePoint &slope,
            double stride) const;

  const Network &network;
  unsigned target;
  std::vector<unsigned> order;
  std::vector<std::vector<double>> values;
};

/// A well mixed number, the same for the same one: the finalizer of SplitMix64
/// (Steele, Lea, Flood, OOPSLA 2014).
uint64_t mixed(uint64_t number);

/// Point number `index` of a fixed sequence: each coordinate stuck to one of
/// its two ends with a probability of 1/2 for even, 1/10 for odd indices, else
/// uniform. Units that never fire inside often do on the faces of a box.
SourcePoint facePoint(const SourceBox &box, uint64_t index);
/// The same, uniform in the box.
SourcePoint uniformPoint(const SourceBox &box, uint64_t index);
/// facePoint(), with sources that have a set on a point of it.
SourcePoint domainPoint(const Network &network, const SourceBox &box,
                        uint64_t index);

} // namespace act

#endif // ACT_RELAXATION_POINTSEARCH_H

//===- KinkSplitting.h - Proofs by splitting functions ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Is an element at most a number, for every input? Where the inputs are too
// many to be halved, the cases are split by the sides of kinks: what a relu is
// applied to, as executed, is at most 0 or at least 0. On each side the
// function is a line, and the side is a constraint: it cuts the box of the
// inputs and has a multiplier in the bound (Wang et al., Beta-CROWN, NeurIPS
// 2021).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_KINKSPLITTING_H
#define ACT_RELAXATION_KINKSPLITTING_H

#include "act/Relaxation/InputBisection.h"

namespace act {

class KinkSplitting {
public:
  /// `box` has finite sides.
  KinkSplitting(const Network &network, unsigned target, SourceBox box);

  /// Is the objective at most `goal`? Bounds at most `budget` cases, depth
  /// first; `boxes` and `closedShare` of the result count cases, each split
  /// halving the share.
  BisectionResult run(Objective objective, double goal, uint64_t budget,
                      const InputBisection::Judge &judge);

private:
  /// The inputs of a box for which all constraints hold.
  struct Case {
    SourceBox box;
    std::shared_ptr<const BackSubstitution::Ranges> known;
    std::vector<Constraint> constraints;
    std::vector<double> multipliers;
    double share;
  };
  bool clipByConstraints(Case &part);
  std::vector<Case> split(const Case &part, const LinearBound &bound);
  std::vector<Case> splitAtKink(const Case &part, BackSubstitution::Gap gap);
  std::vector<Case> splitSide(const Case &part, const LinearBound &bound);

  SourceBox whole;
  std::vector<unsigned> sources; ///< those that the target is computed from
  BackSubstitution bounds;
  PointSearch points;
};

} // namespace act

#endif // ACT_RELAXATION_KINKSPLITTING_H

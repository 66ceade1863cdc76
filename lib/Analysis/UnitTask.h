//===- UnitTask.h - Settling one unit --------------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_UNITTASK_H
#define ACT_LIB_ANALYSIS_UNITTASK_H

#include "SampledExtremes.h"
#include "act/Analysis/ActivationSites.h"
#include "act/Relaxation/InputBisection.h"

namespace act {

/// Whether the inputs of a node are so few that their box is halved; else the
/// kinks of functions are split.
bool isBisected(const Network &network, unsigned node, const SourceBox &domain);

/// An end of a dead zone, beyond which a unit fires.
struct Exit {
  double sign, goal; ///< it fires if sign * element > goal
  double aim;        ///< of sign * element, in search of a witness
};
std::vector<Exit> exitsOf(const SiteFunction &function);

/// One unit of a layer of inputs that can be chosen freely from a box.
class UnitTask {
public:
  /// The unit is `elements` of `node`, to which `function` is applied.
  UnitTask(const Network &network, unsigned node, const SourceBox &domain,
           const SiteFunction &function, llvm::ArrayRef<unsigned> elements,
           const SampledExtremes &samples);

  struct Result {
    /// An input is known that certainly fires, and one that certainly does not.
    bool isWitnessed = false, isSilentToo = false;
    /// The share of the inputs, by volume, for which bisection proved an
    /// element silent that it did not settle.
    double closedShare = 0.0;
    /// Elements that lie in these ranges for every input.
    std::vector<std::pair<unsigned, Interval>> proved;
  };
  /// Bounds at most `budget` boxes, or cases of kinks.
  Result run(uint64_t budget);

private:
  Interval executedAt(const SourcePoint &point, unsigned element);
  bool fires(const SourcePoint &point, unsigned element);
  bool tryCandidates(unsigned element, Exit exit);
  bool tryBetween(unsigned element, Exit exit);
  bool climbFromMany(unsigned element, Exit exit, unsigned starts,
                     unsigned steps);
  bool findWitness();
  InputBisection::Judge judgeOf(unsigned element, Exit exit);
  bool bisect(Exit exit, uint64_t budget, Result &result);
  bool splitKinks(Exit exit, uint64_t budget, Result &result);
  void prove(uint64_t budget, Result &result);
  bool isSilentAtDeepest(unsigned element);

  const Network &network;
  unsigned node;
  const SourceBox &domain;
  const SiteFunction &function;
  llvm::ArrayRef<unsigned> elements;
  const SampledExtremes &samples;
  PointSearch search;
  BackSubstitution exact; ///< at single points
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_UNITTASK_H

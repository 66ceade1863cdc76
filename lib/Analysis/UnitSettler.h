//===- UnitSettler.h - Verdicts by linear relaxation -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What intervals leave open is settled by zonotopes and linear bounds over the
// whole domain, by points that are tried and climbed from, and by cases: by
// bisection of the inputs where they are few, else by the sides of kinks.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_UNITSETTLER_H
#define ACT_LIB_ANALYSIS_UNITSETTLER_H

#include "ExpandedProgram.h"
#include "NetworkReader.h"
#include "ProgressMeter.h"
#include "UnitTask.h"
#include "act/Analysis/DeadUnits.h"
#include "act/Relaxation/Zonotope.h"

namespace act {

class UnitSettler {
public:
  /// `bounds` are those of `program`, `sets` those of its arguments.
  UnitSettler(const ExpandedProgram &program, const ValueBounds &bounds,
              const ArgumentSets &sets, Semantics semantics,
              std::vector<Layer> &layers);

  /// Narrows the bounds of pre-activations by zonotopes and back-substitution,
  /// and sets the verdicts that follow.
  void tighten(const std::function<void(const Progress &)> &progress);
  /// Looks for proofs and witnesses of units that are still unknown; bounds at
  /// most `budget` boxes of inputs or cases of kinks for each.
  void settle(uint64_t budget,
              const std::function<void(const Progress &)> &progress);

private:
  /// An execution of a layer that is a node of the network, in order.
  struct Target {
    unsigned layer, node;
    /// Whether its sources are arguments of bounded range of a function that
    /// surely executes it, so that a point is an input.
    bool isReachable;
  };

  bool isReachable(mlir::Operation *op, unsigned node);
  bool respondsOnAll(const Target &target) const;
  void tighten(const Target &target);
  bool isBehindSet(const Target &target) const;
  std::vector<Objective> openEnds(const Target &target) const;
  void boundByZonotope(const Target &target);
  void boundByLines(const Target &target);
  void judge(unsigned layer, Method method);
  Verdict witnessed(unsigned layer, bool isSilentToo) const;
  void trySamples(const Target &target, const SourceBox &domain,
                  const SampledExtremes &samples, double &products);
  /// A unit without a verdict yet, as a target executes it.
  struct OpenUnit {
    Target target;
    unsigned unit;
  };
  /// All of `some` that `products` allow to search.
  std::vector<OpenUnit> openUnits(llvm::ArrayRef<Target> some,
                                  double &products) const;
  /// Those of which bisection has closed so much that the rest is in reach.
  std::vector<OpenUnit> promisingUnits(llvm::ArrayRef<Target> some) const;
  void settle(llvm::ArrayRef<OpenUnit> open, const SourceBox &domain,
              const std::map<unsigned, SampledExtremes> &samples,
              llvm::function_ref<uint64_t(unsigned node)> budgetOf,
              ProgressMeter &meter);
  size_t countUnknown(llvm::ArrayRef<Target> some) const;

  const ExpandedProgram &program;
  const ValueBounds &bounds;
  Semantics semantics;
  std::vector<Layer> &layers;
  NetworkReader reader;
  Zonotope zonotope;
  std::vector<Target> targets;
  /// Of units that were bisected, by layer and unit: the share of the inputs
  /// for which they were proved silent.
  std::map<std::pair<unsigned, unsigned>, double> closedShare;
  /// Of each execution that is one of them, its node.
  std::vector<std::optional<unsigned>> nodeOf;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_UNITSETTLER_H

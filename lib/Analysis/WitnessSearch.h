//===- WitnessSearch.h - Finding inputs for which units fire ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_WITNESSSEARCH_H
#define ACT_LIB_ANALYSIS_WITNESSSEARCH_H

#include "ExpandedProgram.h"
#include "Witnesses.h"

namespace act {

/// Runs the network on points of its domain and sets the verdicts of units that
/// are still open to Alive or Mixed. A run encloses every execution of the
/// program, so that a witness fires in any order of summation.
class WitnessSearch {
public:
  /// `domains` are those of the arguments of `program`.
  WitnessSearch(const ExpandedProgram &program, const ArgumentDomains &domains,
                Semantics semantics, std::vector<Layer> &layers);

  /// The general points that run() tries in any case.
  std::vector<ArgumentBounds> firstPoints() const;
  /// `first` are the bounds at some of these, from the first one on.
  void run(llvm::ArrayRef<ValueBounds> first = {});
  /// Runs the network on one more input of the domain.
  void tryInput(const ArgumentBounds &input);

private:
  /// What the runs so far have shown of a layer's units.
  struct Record {
    llvm::SmallVector<bool> fired, silent;
    /// Per unit, the middle of its pre-activation in each general run.
    std::vector<llvm::SmallVector<double>> heights;
  };

  bool isOpen(const Unit &unit) const;
  /// Of a run on a point; whether it showed anything new.
  bool learn(const ValueBounds &bounds, bool isGeneral);
  bool learn(Layer &layer, Record &record, bool isGeneral,
             llvm::ArrayRef<UnitSummary> summaries);
  void tryGeneralPoints(llvm::ArrayRef<ValueBounds> first);
  void tryGuidedPoints();

  const ExpandedProgram &program;
  double weights; ///< of the program
  WitnessPoints points;
  Semantics semantics;
  std::vector<Layer> &layers;
  std::vector<Record> records;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_WITNESSSEARCH_H

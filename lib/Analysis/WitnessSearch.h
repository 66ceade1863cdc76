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

  void run();
  /// Runs the network on one more input of the domain.
  void tryInput(const ArgumentBounds &input) { tryPoint(input, false); }

private:
  /// What the runs so far have shown of a layer's units.
  struct Record {
    llvm::SmallVector<bool> fired, silent;
    /// Per unit, the middle of its pre-activation in each general run.
    std::vector<llvm::SmallVector<double>> heights;
  };

  bool isOpen(const Unit &unit) const;
  /// One run; whether it showed anything new.
  bool tryPoint(const ArgumentBounds &point, bool isGeneral);
  bool learn(Layer &layer, Record &record, bool isGeneral,
             llvm::ArrayRef<UnitSummary> summaries);
  void tryGeneralPoints();
  void tryGuidedPoints();

  const ExpandedProgram &program;
  WitnessPoints points;
  Semantics semantics;
  std::vector<Layer> &layers;
  std::vector<Record> records;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_WITNESSSEARCH_H

//===- Findings.h - What verdicts mean for the user ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_FINDINGS_H
#define ACT_LIB_ANALYSIS_FINDINGS_H

#include "InitialSignal.h"
#include "act/Analysis/DeadUnits.h"

namespace act {

/// The findings of all layers, in order of execution, then those of the
/// arguments.
std::vector<Finding> diagnose(mlir::Operation *root,
                              const ArgumentBounds &domains,
                              llvm::ArrayRef<Layer> layers,
                              Semantics semantics);

/// Adds arguments without a bounded domain, for functions that have layers.
void diagnoseDomains(mlir::Operation *root, const ArgumentBounds &domains,
                     llvm::ArrayRef<Layer> layers,
                     std::vector<Finding> &findings);
/// Adds ops whose results may be anything, each name once.
void diagnoseUnknownOps(mlir::Operation *root, llvm::ArrayRef<Layer> layers,
                        std::vector<Finding> &findings);

/// "unit 24 of 50 is" or "units 14, 15 of 50 are".
std::string subjectOf(const Layer &layer, llvm::ArrayRef<unsigned> units);

/// How many inputs training sees before it has seen them all, roughly.
inline constexpr unsigned kEpoch = 50000;

/// A number with at most six digits.
std::string shortened(double value);
/// How the pre-activation of dead unit `index` is to move so that it fires;
/// empty where its bounds do not tell.
std::string adviceFor(const Layer &layer, unsigned index);

/// Sets Layer::activeProbability where the inputs are normal; the units that
/// hardly fire then.
std::vector<Finding> diagnoseRare(mlir::Operation *root,
                                  const ValueBounds &bounds,
                                  std::vector<Layer> &layers);

/// The units that fire on none of `numSamples` samples and are not proved to.
std::vector<Finding> diagnoseSilent(llvm::ArrayRef<Layer> layers,
                                    size_t numSamples);

/// The findings of networks that are not trained yet.
std::vector<Finding> diagnoseInitial(llvm::ArrayRef<InitialChain> chains,
                                     llvm::ArrayRef<Layer> layers);

/// Adds layers of initializers that are in none of the chains, and have no
/// estimate, for each function.
void diagnoseUnestimated(mlir::Operation *root,
                         llvm::ArrayRef<InitialChain> chains,
                         llvm::ArrayRef<Layer> layers,
                         std::vector<Finding> &findings);

/// Judges the shares of dead units by the rule of a tool: adds a finding where
/// there are too many, and makes notes of those on the units themselves.
void applyThresholds(ThresholdPreset preset, DeadUnitTable &table);

} // namespace act

#endif // ACT_LIB_ANALYSIS_FINDINGS_H

//===- UnitEstimates.h - How often units fire ------------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A domain that is a box is taken for the uniform law on it. Estimates, in
// plain doubles, of the program over the reals: fixes choose by them, verdicts
// never do.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_UNITESTIMATES_H
#define ACT_ANALYSIS_UNITESTIMATES_H

#include "act/Analysis/DeadUnits.h"

namespace act {

/// The pre-activation w x + b of a unit of a first layer.
struct PreactivationLaw {
  double fromInputs; ///< the mean of w x, w mu
  double bias;       ///< b
  double deviation;  ///< of w x: sqrt(sum (w_i s_i)^2)
};

class UnitEstimates {
public:
  /// `domains` are those of the functions below `root`, `layers` its layers.
  /// Holds for the program as it is now.
  UnitEstimates(mlir::Operation *root, const ArgumentBounds &domains,
                llvm::ArrayRef<Layer> layers);
  UnitEstimates(UnitEstimates &&);
  ~UnitEstimates();

  /// The law of each unit of a layer that is an affine function of arguments;
  /// nothing where it is not, where an argument has no law, and where the
  /// positions of a unit differ, as those at a padded border do.
  std::optional<std::vector<PreactivationLaw>>
  lawsOf(const ActivationSite &site) const;

  /// Calls `visit` with the elements of a value, row-major, on each of
  /// kEstimateInputs inputs, always the same ones. Whether it did: not where
  /// the value is computed from other than arguments with a law, or is a
  /// number.
  bool
  forEachInput(mlir::Value value,
               llvm::function_ref<void(llvm::ArrayRef<double>)> visit) const;

private:
  class Reading;
  std::unique_ptr<Reading> reading;
};

} // namespace act

#endif // ACT_ANALYSIS_UNITESTIMATES_H

//===- DependentUnits.h - Units that are combinations of others -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DEPENDENTUNITS_H
#define ACT_LIB_TRANSFORMS_DEPENDENTUNITS_H

#include "act/Analysis/ActivationSites.h"

namespace act {

/// z of `unit` = the sum of the factors times z of other units + `constant`.
struct DependentUnit {
  unsigned unit;
  llvm::SmallVector<std::pair<unsigned, double>> terms; ///< unit, factor
  double constant;
};

/// Those of `units` whose incoming weights are a combination w = K v of the
/// weights v of others of them, which are none of these; there are as many
/// others as their weights have rank. With biases b and c, the constant is b -
/// K c. Factors are rounded to nearest; what they leave of w is no more than
/// double sums leave. Nothing where the weights are not constant.
std::vector<DependentUnit> findDependentUnits(const ActivationSite &site,
                                              llvm::ArrayRef<unsigned> units);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DEPENDENTUNITS_H

//===- Confirmation.h - Two formulas compared at many points ---*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_CONFIRMATION_H
#define ACT_LIB_CONVERSION_RAISETOACT_CONFIRMATION_H

#include "RecordMatcher.h"

namespace act {

/// The points of the sieve: irregular, exact in every format, and beyond every
/// breakpoint that a record has by default.
extern const std::vector<double> kSievePoints;

/// Compares the two functions on a grid over [-16, 16], far out and near 0 to
/// the ends of the format, and beside the kinks of both. At each point half an
/// ulp of the result and the slack of the rounded constants are allowed.
/// Stops at the first point where more is needed, after deciding it exactly;
/// then `distance` tells that point, else the largest difference on [-16, 16].
bool confirm(const RoundedFormula &body, Expression record, Distance &distance);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_CONFIRMATION_H

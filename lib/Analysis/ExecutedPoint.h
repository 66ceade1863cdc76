//===- ExecutedPoint.h - Inputs near points of the reals -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_EXECUTEDPOINT_H
#define ACT_LIB_ANALYSIS_EXECUTEDPOINT_H

#include "act/Relaxation/PointSearch.h"
#include <optional>

namespace act {

/// The nearest input in the domain that the program can be given; none in a
/// domain without numbers of the format.
std::optional<SourcePoint> representable(const Network &network,
                                         const SourceBox &domain,
                                         const SourcePoint &point);

/// The box of one point.
SourceBox boxAt(const SourcePoint &point);

} // namespace act

#endif // ACT_LIB_ANALYSIS_EXECUTEDPOINT_H

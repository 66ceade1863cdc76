//===- SampledExtremes.h - Points that drive elements far ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SAMPLEDEXTREMES_H
#define ACT_LIB_ANALYSIS_SAMPLEDEXTREMES_H

#include "act/Relaxation/BackSubstitution.h"
#include <cstdint>
#include <map>

namespace act {

/// Which points of the sequence domainPoint() drove the elements of a node
/// lowest and highest, and between which values, in plain doubles.
struct SampledExtremes {
  std::vector<uint64_t> lowest, highest;
  std::vector<Interval> range;
};

/// Runs the network on a fixed number of points of its domain, on all cores.
std::map<unsigned, SampledExtremes>
sampleExtremes(const Network &network, const std::vector<unsigned> &nodes,
               const SourceBox &domain);

} // namespace act

#endif // ACT_LIB_ANALYSIS_SAMPLEDEXTREMES_H

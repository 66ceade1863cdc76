//===- DrawnSignal.h - What drawn weights let through ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_DRAWNSIGNAL_H
#define ACT_LIB_ANALYSIS_DRAWNSIGNAL_H

#include "InitialSignal.h"
#include "LayerChains.h"
#include "act/Analysis/Domains.h"

namespace act {

/// Runs a drawn network on kEstimateInputs inputs and notes in `result`, of
/// which all else is known, what they do. Leaves it as it is where weights or
/// values are too many to be copied.
void measureDrawn(const LayerChain &chain, const ValueBounds &bounds,
                  const ArgumentDomains &domains, llvm::ArrayRef<Layer> layers,
                  InitialChain &result);

} // namespace act

#endif // ACT_LIB_ANALYSIS_DRAWNSIGNAL_H

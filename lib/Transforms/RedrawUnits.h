//===- RedrawUnits.h - New incoming weights for dead units -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_REDRAWUNITS_H
#define ACT_LIB_TRANSFORMS_REDRAWUNITS_H

#include "act/Analysis/UnitEstimates.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace act {

/// Draws the incoming weights of dead units by He's law, N(0, 2/fan_in), again
/// and again until each passes a gradient on a tenth to nine tenths of the
/// inputs, with a bias of 0, and weighs their outputs with 0. The network
/// computes what it did: a dead unit added 0, and 0 times its new output is 0
/// too, exactly but for the sign of zero (Sokar et al., The dormant neuron
/// phenomenon, ICML 2023).
///
/// Equal seeds give equal weights. `estimate` reads the program as it is then.
/// Returns why nothing was changed, or nothing; `units` are then those that
/// were.
llvm::StringRef redrawUnits(mlir::RewriterBase &rewriter, const Layer &layer,
                            llvm::SmallBitVector &units, uint64_t seed,
                            llvm::function_ref<UnitEstimates()> estimate);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_REDRAWUNITS_H

//===- LayerBias.h - The parameters of a layer's pre-activation -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_LAYERBIAS_H
#define ACT_LIB_TRANSFORMS_LAYERBIAS_H

#include "act/Analysis/ActivationSites.h"

namespace act {

/// Why weights are not changed, and what to do then.
inline constexpr llvm::StringLiteral kNoWeights =
    "expected constant weights and no other summand than the bias: floats that "
    "the sum reads themselves; fix the network before weights are quantized or "
    "reshaped, or use a strategy that keeps them, as bias-lift or leaky";

/// The parameters that a pre-activation is computed from.
struct LayerBias {
  /// What is added, with an element for each unit; null where there is none.
  mlir::OpOperand *bias = nullptr;
  unsigned biasDim = 0; ///< counts units
  /// The weights, where the pre-activation is their products' sum and the bias,
  /// and nothing else; null elsewhere.
  mlir::OpOperand *factor = nullptr;
  unsigned factorDim = 0;

  /// The parameters of a layer that are constants.
  static LayerBias find(const ActivationSite &site);
  /// The same for values that `isParameter` holds for.
  static LayerBias find(const ActivationSite &site,
                        llvm::function_ref<bool(mlir::Value)> isParameter);
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LAYERBIAS_H

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

/// The constant with an element for each unit that is added to it before the
/// activation.
struct LayerBias {
  mlir::OpOperand *bias = nullptr;
  unsigned biasDim = 0; ///< counts units
  /// The constant weights, where the pre-activation is their products' sum and
  /// the bias, and nothing else; null elsewhere.
  mlir::OpOperand *factor = nullptr;
  unsigned factorDim = 0;

  /// Nothing, with the reason, where there is none.
  static std::optional<LayerBias> find(const ActivationSite &site,
                                       llvm::StringRef &reason);
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_LAYERBIAS_H

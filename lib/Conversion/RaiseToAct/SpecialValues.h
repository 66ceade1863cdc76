//===- SpecialValues.h - NaN and the infinities in a chain -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_SPECIALVALUES_H
#define ACT_LIB_CONVERSION_RAISETOACT_SPECIALVALUES_H

#include "Chains.h"
#include <string>

namespace act {

/// Why a chain may not become an op that propagates NaN, or nothing. A chain
/// whose fast-math flags make its result poison for a NaN may.
std::optional<std::string> whyNaNDiffers(const Chain &chain);

/// "; at -inf the source gives nan, not -0" for each infinity where the chain,
/// op by op, has no finite value and `function` a finite limit, or vice versa.
std::string differencesAtInfinity(const Chain &chain, Expression function);

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_SPECIALVALUES_H

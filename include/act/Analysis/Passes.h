//===- Passes.h - Passes that analyse and change nothing -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_PASSES_H
#define ACT_ANALYSIS_PASSES_H

#include "act/Analysis/DeadUnits.h"
#include "mlir/Pass/Pass.h"
#include <memory>

namespace act {

#define GEN_PASS_DECL
#include "act/Analysis/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "act/Analysis/Passes.h.inc"

} // namespace act

#endif // ACT_ANALYSIS_PASSES_H

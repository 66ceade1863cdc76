//===- AdaptiveQuadrature.h - Integrals of smooth functions ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ADAPTIVEQUADRATURE_H
#define ACT_LIB_ANALYSIS_ADAPTIVEQUADRATURE_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// The integral of a nonnegative function to about 1e-11 of itself, by panels
/// that are halved until the 7-point Gauss rule and its 15-point Kronrod
/// extension agree. Panels shrink towards both ends, where features of any
/// width down to 1e-12 of [from, to] are found; elsewhere what is narrower
/// than its distance to the next end may be missed. The points taken depend
/// on the arguments alone.
double integrate(llvm::function_ref<double(double)> function, double from,
                 double to);

} // namespace act

#endif // ACT_LIB_ANALYSIS_ADAPTIVEQUADRATURE_H

//===- PiecewiseJudge.h - How far a form by segments is off ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_PIECEWISEJUDGE_H
#define ACT_LIB_APPROX_PIECEWISEJUDGE_H

#include "Segments.h"
#include "act/Approx/Synthesis.h"
#include <optional>

namespace act {

/// Whether code by `form`, where that is a factor, multiplies what the form
/// rounds off as well.
bool isKept(const PiecewiseForm &form, Accuracy accuracy);

/// The largest error at sample points, if it is small enough. Where the first
/// are passed, many more are asked, and then the neighbours of the worst: the
/// error of the polynomial is large in few places, and there some unlucky
/// rounding is sure to be met. In tolerances.
std::optional<double> judge(const Layout &layout, const Reference &function,
                            const SynthesisRequest &request);

/// A bound of the error of the polynomials where nothing rounds, in tolerances.
/// Between the points judged first it may be larger than there by less than a
/// twentieth: act-prove-fits proves it of the catalogue.
double boundFit(const Layout &layout, const Reference &function,
                const SynthesisRequest &request);

/// Whether zeros and infinities inside the valid range come out as the limits,
/// signs of zero included.
bool keepsSpecialValues(const PiecewiseForm &form,
                        const SynthesisRequest &request);

} // namespace act

#endif // ACT_LIB_APPROX_PIECEWISEJUDGE_H

//===- ExponentialDecay.h - How fast a function vanishes --------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_EXPONENTIALDECAY_H
#define ACT_LIB_APPROX_EXPONENTIALDECAY_H

#include "act/Approx/Piecewise.h"
#include <functional>

namespace act {

/// exp(-rate * q(t)); 1 where the rate is 0.
struct ExponentialDecay {
  PiecewiseForm::Decay::Argument argument = {};
  double rate = 0.0;
  float cubic = 0.0f; ///< of an argument that is cubic

  /// One over it.
  double growthAt(double t) const;
  /// What a form computes it by, to an eighth of half an ulp of `precision`
  /// bits but for what rounds.
  PiecewiseForm::Decay fit(int precision) const;
};

/// How `p` decays far out, by differences of its logarithm: no nearer than
/// makes what is left a slow function. A rate of 0 where it decays in no such
/// way.
ExponentialDecay findExponentialDecay(const std::function<double(double)> &p);

/// Between 0 and `end` the farthest t where `p`, which falls, is as large as
/// `least`.
double whereAsLarge(const std::function<double(double)> &p, double end,
                    double least);

} // namespace act

#endif // ACT_LIB_APPROX_EXPONENTIALDECAY_H

//===- FitPieces.h - A piecewise form as polynomials in x ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On which intervals of x is the form one polynomial, the function one smooth
// formula and an ulp of it one number? There the error of the fit has a largest
// value that Sollya can enclose.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_FIT_FITPIECES_H
#define ACT_TEST_FIT_FITPIECES_H

#include "act/Approx/Synthesis.h"
#include <vector>

namespace act::test {

struct FitPiece {
  double lo, hi;         ///< the first and the last float
  Expression polynomial; ///< the value of the form if nothing rounds
  Expression formula;    ///< the function, without decisions
  /// The largest error allowed, in absolute terms or, beside a zero of the
  /// function at 0, relative to its value.
  double tolerance;
  bool isBesideZero;
  /// The argument is clamped: no polynomial was fitted here.
  bool isClamped;
};

/// Pieces that together hold every float at which `form` is valid.
std::vector<FitPiece> fitPieces(const PiecewiseForm &form,
                                const SynthesisRequest &request);

} // namespace act::test

#endif // ACT_TEST_FIT_FITPIECES_H

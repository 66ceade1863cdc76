//===- Shapes.h - Folds, joins and ranges a function allows -----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_SHAPES_H
#define ACT_LIB_APPROX_SHAPES_H

#include "ExponentialDecay.h"
#include "Reference.h"
#include "act/Approx/Accuracy.h"
#include "act/Approx/Piecewise.h"
#include <vector>

namespace act {

/// What the polynomials of a form are to compute, as a function of t.
class Target {
public:
  Target(const Reference &function, PiecewiseForm::Fold fold,
         PiecewiseForm::Join join, double level)
      : fold(fold), join(join), level(level), function(function) {}

  /// p at `t`, without the decay.
  double operator()(double t) const { return inFull(t) * decay.growthAt(t); }
  /// p with it.
  double inFull(double t) const;
  /// y from p at `x`, without rounding.
  double joined(double x, double p) const;
  /// The arguments whose results depend on p at `t`: one or two.
  unsigned argumentsOf(double t, double x[2]) const;
  double exact(double x) const { return function(x); }

  const PiecewiseForm::Fold fold;
  const PiecewiseForm::Join join;
  const double level;
  /// What a form multiplies its polynomials by.
  ExponentialDecay decay;

private:
  const Reference &function;
};

/// A target with the range of t to cover.
struct Shape {
  Target target;
  double lo, hi;
  bool clampsLo, clampsHi;  ///< past the end the value at the end serves
  bool coldLo, coldHi;      ///< arguments past the end take another road
  bool byLogarithm = false; ///< p is to be computed by its logarithm
  PiecewiseForm::Decay exponential = {}; ///< of the target's decay

  bool hasZeroAtOrigin() const { return lo <= 0.0 && target(0.0) == 0.0; }
  /// Whether p changes its sign.
  bool hasZeroInside() const;
};

/// The shapes in which `function` may be cast, the most folded one first.
std::vector<Shape> findShapes(const Reference &function, Format format,
                              Accuracy accuracy);

} // namespace act

#endif // ACT_LIB_APPROX_SHAPES_H

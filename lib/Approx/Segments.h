//===- Segments.h - Spacing of segments and the fit on each -----*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_SEGMENTS_H
#define ACT_LIB_APPROX_SEGMENTS_H

#include "Shapes.h"
#include <functional>
#include <optional>

namespace act {

/// The t that select one entry of the tables.
struct Segment {
  unsigned entry;
  double lo, hi;
};

/// How segments are spread over the range of a shape.
struct Spread {
  PiecewiseForm::Spacing spacing;
  unsigned segments;
  double parameter; ///< Quadratic: curvature * hi / scale; Logarithmic: octaves
};

/// A form with empty tables: fold, join, clamps and index of `shape`. False in
/// `valid` where the spread does not suit the shape.
struct Layout {
  bool valid;
  PiecewiseForm form;
  std::vector<Segment> segments; ///< those that some t of the range selects
};
Layout layOut(const Shape &shape, const Spread &spread);

/// The share of the tolerance below which roundings hide a fit's error.
constexpr double kFitIsEnough = 0.1;

/// What the polynomials of a form are in powers of.
enum class Centring {
  Segment, ///< t less a number of the segment: f32 cancels nothing
  Origin,  ///< t itself: saves a lookup where f32 has digits to spare
};

/// Whether polynomials of `degree` may do: tried without rounding on the ends
/// and the middle, where segments are hardest.
bool mayFitSegments(const Layout &layout, const Target &target, unsigned degree,
                    const std::function<double(double)> &tolerance);

/// Fills the tables with polynomials of `degree`, and the slopes where the form
/// has them. `tolerance(t)` is the error of p that is allowed at t. The result
/// is the largest error as a share of that; infinity as soon as it exceeds 1.
double fitSegments(Layout &layout, const Target &target, unsigned degree,
                   Centring centring,
                   const std::function<double(double)> &tolerance);

/// The same of a form with exponents: the logarithms of `target`, which is
/// positive but for a zero of order `power` at 0, are fitted. `tolerance` is as
/// above.
double fitLogarithms(Layout &layout, const Target &target, unsigned degree,
                     const std::function<double(double)> &tolerance);

} // namespace act

#endif // ACT_LIB_APPROX_SEGMENTS_H

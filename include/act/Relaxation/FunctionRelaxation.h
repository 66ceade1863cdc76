//===- FunctionRelaxation.h - Lines around a function ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Between which two lines does a function of one variable lie on an interval?
// Answered from its Expression alone: from its kinks and from the pieces on
// which it is convex or concave. Chord above and tangent below is what this
// gives for a relu (Singh et al., An Abstract Domain for Certifying Neural
// Networks, POPL 2019); no function has a case of its own.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_FUNCTIONRELAXATION_H
#define ACT_RELAXATION_FUNCTIONRELAXATION_H

#include "act/Formula/Profile.h"
#include <memory>

namespace act {

/// slope * x + offset, evaluated over the reals.
struct Line {
  double slope = 0.0, offset = 0.0;
  double at(double x) const { return slope * x + offset; }
};

struct LinearBounds {
  Line lower, upper;
};

class FunctionRelaxation {
public:
  /// The relaxation of a function of variable 0; null if it jumps, or if its
  /// pieces could not be found.
  static std::shared_ptr<const FunctionRelaxation> of(Expression function);

  /// Lines below and above the function on a bounded range, rounded so that
  /// they hold. Of the slopes tried, the one that is nearest in the middle.
  LinearBounds relax(Interval range) const;
  /// The offset of the highest line of this slope below the function.
  double offsetBelow(double slope, Interval range) const;
  /// The offset of the lowest line of this slope above the function.
  double offsetAbove(double slope, Interval range) const;

  /// Whether the function is one line on `range`.
  bool isAffineOn(Interval range) const;
  /// All values on `range`.
  Interval valuesOn(Interval range) const;
  /// The slopes that the function has on `range`, which lines below a convex
  /// function or above a concave one can take.
  Interval slopesOn(Interval range) const;

  /// Of a function that is linear between kinks: the kinks. Else none.
  const std::vector<double> &breaks() const { return points; }
  bool isPiecewiseLinear() const { return !slopes.empty(); }

  /// Value and slope at a point, rounded; for searching, not for proofs.
  double approximateAt(double x) const;
  double approximateSlope(double x) const;
  Expression expression() const { return function; }

private:
  explicit FunctionRelaxation(Expression function)
      : function(function), derivative(function) {}
  bool readSegments();
  bool readCurvature();
  unsigned segmentOf(double x) const;
  /// A kink on the segment.
  static unsigned anchorOf(unsigned segment) {
    return segment ? segment - 1 : 0;
  }

  /// An enclosure of sign * (f(x) - slope * x), from above.
  LinearBounds relaxAtKink(Interval range) const;
  double heightAt(double x, double slope, double sign) const;
  double supremum(double slope, double sign, Interval range) const;
  double supremumOnBow(double slope, double sign, Interval part) const;

  Expression function, derivative;
  /// Linear functions: slopes[i] holds from points[i - 1] to points[i], where
  /// the value is values[i].
  std::vector<double> points, values, slopes;
  /// The lines that these lie on, and how far an offset may be off.
  struct Segment {
    double offset, margin;
  };
  std::vector<Segment> segments;
  /// Others: on which pieces the derivative rises or falls.
  std::vector<Piece> curvature;
};

} // namespace act

#endif // ACT_RELAXATION_FUNCTIONRELAXATION_H

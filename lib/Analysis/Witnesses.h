//===- Witnesses.h - Inputs to try on a network ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_WITNESSES_H
#define ACT_LIB_ANALYSIS_WITNESSES_H

#include "act/Analysis/Domains.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

namespace act {

/// Points of a domain: all vertices where there are few, else the centre, two
/// opposite vertices and then vertices and inner points that look random but
/// are the same in every run. Each number is one of the argument's format. Of
/// an argument with a set the points are those of the set beside them.
class WitnessPoints {
public:
  WitnessPoints(llvm::ArrayRef<mlir::FunctionOpInterface> functions,
                const ArgumentDomains &domains);

  unsigned size() const {
    return axes.size() <= kFewAxes ? 1u << axes.size() : kPoints;
  }
  ArgumentBounds operator[](unsigned index) const;
  /// The vertex to which the sum of the points, seen from the centre and
  /// weighted, points: `weights[i]` is that of point i, of which there may be
  /// fewer than size().
  ArgumentBounds towards(llvm::ArrayRef<double> weights) const;

private:
  static constexpr unsigned kFewAxes = 5, kPoints = 32;

  struct Axis {
    mlir::Value argument;
    Interval range;
  };
  double coordinate(unsigned point, unsigned axis, Interval range) const;
  ArgumentBounds
  point(llvm::function_ref<double(unsigned axis, Interval range)> at) const;

  std::vector<Axis> axes;
  const ArgumentSets &sets;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_WITNESSES_H

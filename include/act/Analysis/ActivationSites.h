//===- ActivationSites.h - Where an activation is applied -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A site is found by value, whatever its spelling: an act op, a clamp, a
// compare-and-select, a body of linalg. What it computes is a function of one
// leaf, its pre-activation, all other operands being numbers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ANALYSIS_ACTIVATIONSITES_H
#define ACT_ANALYSIS_ACTIVATIONSITES_H

#include "act/Analysis/IndexAlong.h"
#include "act/Analysis/ValueBounds.h"
#include "act/Formula/Profile.h"
#include "mlir/IR/Operation.h"

namespace act {

/// What a site does to an element whose pre-activation lies in an interval.
enum class Response {
  Dead,      ///< the output is 0 and the gradient is 0
  Saturated, ///< the gradient is 0, at another constant or by underflow
  Active,    ///< the gradient is not 0
  Open       ///< it depends, or is not known
};

/// The function of a site, and where it passes no gradient.
class SiteFunction {
public:
  /// `function` of variable 0 with the convention at its kinks.
  SiteFunction(Expression function, llvm::StringRef kinkSides, Format format);

  Expression expression() const { return function; }
  llvm::ArrayRef<DeadInterval> zones() const { return dead; }
  /// Whether there is no interval on which the gradient is exactly 0.
  bool isSmooth() const { return dead.empty(); }
  /// The response on all of `range`; a zone's end counts as inside.
  Response respond(Interval range) const;
  /// Whether `range` has no more than end points in common with any zone.
  bool avoidsZones(Interval range) const;
  /// Whether `range` ends exactly at the end of the zone it lies in, where
  /// frameworks disagree about the gradient.
  bool touchesEnd(Interval range) const;

private:
  bool gradientUnderflows(Interval range) const;

  Expression function, derivative;
  std::vector<DeadInterval> dead;
  /// What the derivative does not tell of a zone: the function's value on it,
  /// and whether an end that is a jump of the function is no part of it.
  struct ZoneValue {
    double value;
    bool loLeaves, hiLeaves;
  };
  llvm::SmallVector<ZoneValue> values;

  bool isInside(const DeadInterval &zone, const ZoneValue &value,
                Interval range) const;
  Format format;
};

struct ActivationSite {
  mlir::Operation *op;
  std::shared_ptr<const SiteFunction> function;
  /// The record that the function equals, without the dialect's prefix, or the
  /// formula.
  std::string activation;
  /// What the function is applied to: a value of the program or, for a body of
  /// linalg, of the body.
  mlir::Value leaf;
  /// The type whose elements are the units and their positions.
  mlir::Type type;
  /// The dimension of `type` that counts units; none for scalars.
  std::optional<unsigned> unitDimension;

  /// The unit of an element of `type`, counted row-major.
  IndexAlong unitOf;

  int64_t numUnits() const { return unitOf.size(); }
  /// What the function yields: the op's result or, of a body, what it yields.
  mlir::Value root() const;
  /// Whether that has the leaf's type, so that the leaf may stand in its place:
  /// not where it is extended or broadcast on the way.
  bool keepsType() const { return root().getType() == leaf.getType(); }
  /// The bounds of the leaf's elements.
  Bounds preactivation(const ValueBounds &bounds, Semantics semantics) const;
};

/// All sites below `root`, in order of execution, the same for all domains. A
/// site inside the formula of a larger one is left out, dead code as well.
///
/// Units are channels. Where a contraction or convolution with constant
/// weights leads to the site, they are counted by the dimension that only the
/// weights index (channels first or last alike); elsewhere by the last one.
std::vector<ActivationSite> findActivationSites(mlir::Operation *root);

} // namespace act

#endif // ACT_ANALYSIS_ACTIVATIONSITES_H

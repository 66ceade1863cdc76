//===- BackSubstitution.h - Linear bounds of a network ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A linear function of a node's elements is bounded over a box of inputs by
// replacing each node, last to first, by what it is computed from: affine nodes
// exactly, elementwise ones by a line above or below as the sign of the
// coefficient asks (Zhang et al., Efficient Neural Network Robustness
// Certification with General Activation Functions, NeurIPS 2018), products and
// extrema by a plane.
//
// All bounds hold for the program as executed. The coefficients are plain
// doubles; what rounding makes of them is bounded once per element, from its
// range over the whole domain, together with the error of the execution.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_BACKSUBSTITUTION_H
#define ACT_RELAXATION_BACKSUBSTITUTION_H

#include "act/Relaxation/LineArrays.h"
#include "act/Relaxation/PlaneArrays.h"
#include <optional>

namespace act {

/// One range per element of each source; empty for other nodes.
using SourceBox = std::vector<std::vector<Interval>>;

/// sign * element: what is bounded from above.
struct Objective {
  unsigned element;
  double sign;
};

/// sign * element of a node is at least `goal` in all that matters.
struct Constraint {
  unsigned node, element;
  double sign, goal;
};

struct LinearBound {
  double value;       ///< no value of the objective is larger
  double error = 0.0; ///< how much of it is for rounding and execution
  /// Coefficients of the objective on the elements of each node, after the
  /// nodes that read it were replaced; none for nodes without influence. On
  /// the sources they and the constant are the linear function whose maximum
  /// the bound is, up to rounding.
  std::vector<std::vector<double>> coefficients;
  double constant = 0.0;
  /// Its maximum over the box alone, whatever the sets of sources.
  double overBox = 0.0;
};

/// Bounds of one node, the target, and all it is computed from. Holds the
/// ranges and lines of the box that was bounded last.
class BackSubstitution {
public:
  /// `network` outlives this, and its ranges over the domain do not change.
  BackSubstitution(const Network &network, unsigned target);
  ~BackSubstitution();

  using Ranges = std::vector<std::vector<Interval>>;

  /// Bounds every node before the target within `box`. `known` are ranges
  /// that hold there already: those of a box around it, or the network's.
  void bound(const SourceBox &box, const Ranges &known);
  /// Bounds `box` by itself: what rounding adds follows from the bounds in it.
  /// For boxes far smaller than the domain.
  void boundClosely(const SourceBox &box);
  /// After boundClosely(), before boxes that do not lie within its box.
  void forgetCloseness();
  /// Takes `known`, which hold everywhere, for the bounds.
  void adopt(const Ranges &known);
  /// From now on replaces nodes only as long as their maps have no more than
  /// `entries` together: what lies before counts with its ranges.
  void stopAfter(double entries);
  /// The ranges of all nodes over the whole domain.
  Ranges domainRanges() const;
  const Ranges &ranges() const { return current; }
  /// About how many products all bounding of boxes took so far.
  double productsTaken() const { return products; }

  /// Upper bounds of objectives of the target in the box bounded last.
  std::vector<double> maximize(const std::vector<Objective> &objectives) const;
  LinearBound maximizeOne(Objective objective) const;
  /// Like maximizeOne, with up to `steps` changes of slopes where the lines
  /// may be chosen, downhill, until the bound is at most `goal`.
  LinearBound maximizeSteeply(Objective objective, unsigned steps, double goal);
  /// An upper bound of the objective where all constraints, of nodes before the
  /// target, hold: adds each, times its multiplier, to the objective (Wang et
  /// al., Beta-CROWN, NeurIPS 2021).
  LinearBound maximizeWithin(Objective objective,
                             const std::vector<Constraint> &constraints,
                             const std::vector<double> &multipliers) const;
  /// The same, with up to `steps` changes of slopes and multipliers.
  LinearBound tuneWithin(Objective objective,
                         const std::vector<Constraint> &constraints,
                         std::vector<double> &multipliers, unsigned steps,
                         double goal);
  /// An upper bound of sign * element of any node.
  LinearBound maximizeOf(unsigned node, Objective objective) const;
  /// What the functions that are split at a kink may be off where a bound is
  /// attained, each times its coefficient.
  struct Gap {
    unsigned node, element; ///< of the operand
    double kink, size;
  };
  std::vector<Gap> gaps(const LinearBound &bound) const;
  /// Where in the box a bound is attained: one value per source element.
  std::vector<std::vector<double>> maximizer(const LinearBound &bound) const;

private:
  struct Pass;
  /// A line that may change its slope within `range`, or a plane its share.
  struct Turn {
    unsigned node, element;
    bool isUpper;
    double gradient; ///< of the bound
    Interval range;
  };

  void setSlack(const Ranges &ranges);
  void setSlack(unsigned node);
  void boundNode(unsigned node, const Ranges &known);
  void boundFunction(unsigned node, const std::vector<Interval> &known);
  void propagate(unsigned node, const std::vector<Interval> &known);
  bool isRead(unsigned node) const;
  bool isDecided(unsigned node, unsigned element) const;
  void setLines(unsigned node);
  /// The function of an elementwise node on a range of one of its elements.
  struct Curve {
    Interval range, values; ///< of the operand, and of the executed function
    LinearBounds lines;
  };
  const Curve &curveOn(unsigned node, unsigned element, Interval range);
  void setLine(unsigned node, unsigned element, const LinearBounds &both);
  void boundMultivariate(unsigned node, const std::vector<Interval> &known);
  void setPlanes(unsigned node);
  Plane planeAround(unsigned node, unsigned element, bool isUpper,
                    double share) const;
  void setPlane(unsigned node, unsigned element, bool isUpper, double share,
                const Plane &plane);

  void substitute(unsigned from, Pass &pass) const;
  LinearBound finishOne(Pass &pass) const;
  void substituteAffine(unsigned node, Pass &pass) const;
  void substituteElementwise(unsigned node, Pass &pass) const;
  void substituteMultivariate(unsigned node, Pass &pass) const;
  void concretize(unsigned node, bool withSets, Pass &pass) const;
  std::vector<double> finish(Pass &pass, bool withSets = true) const;
  void run(unsigned from, const std::vector<Objective> &objectives,
           Pass &pass) const;
  std::vector<double> maximize(unsigned from,
                               const std::vector<Objective> &objectives,
                               Pass &pass) const;

  bool isUsed(const LinearBound &bound, unsigned node, unsigned element) const;
  std::vector<std::vector<double>> relaxedValues(const LinearBound &) const;
  std::vector<Turn> turns(const LinearBound &bound) const;
  void addTurnsOfLines(unsigned node, const LinearBound &bound,
                       const std::vector<std::vector<double>> &value,
                       std::vector<Turn> &result) const;
  void addTurnsOfPlanes(unsigned node, const LinearBound &bound,
                        const std::vector<std::vector<double>> &value,
                        std::vector<Turn> &result) const;
  double parameter(const Turn &turn) const;
  void turn(const Turn &turn, double parameter);

  const Network &network;
  unsigned target;
  std::vector<unsigned> order;                ///< the target and its ancestors
  unsigned first = 0;                         ///< node that may be replaced
  std::vector<std::vector<unsigned>> readers; ///< elementwise ones, per node
  std::vector<bool> isCombined; ///< per node: whether multivariate ones read it
  std::vector<double> entriesUpTo; ///< of the maps of a node and all before
  double products = 0.0;
  bool hasSets = false;   ///< whether a source of these has one
  double longestSum = 64; ///< at least the terms of any sum
  double sumError = 0.0;
  double underflow = 0.0; ///< at least what all products lose that underflow
  /// Per element: execution error, and rounding of the bound.
  std::vector<std::vector<double>> slack;
  /// The magnitudes that this is for.
  std::vector<std::vector<double>> most;
  Ranges current;
  std::vector<LineArrays> lines; ///< of elementwise nodes
  /// Of each element of a node whose function is bent, which takes long to
  /// bound: the last one; most ranges stay from case to case.
  std::vector<std::vector<std::optional<Curve>>> curves;
  std::vector<PlaneArrays> planes; ///< of multivariate nodes
  std::unique_ptr<Pass> workspace;
};

} // namespace act

#endif // ACT_RELAXATION_BACKSUBSTITUTION_H

//===- BackSubstitution.cpp - Linear bounds of a network ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Why the rounding of the coefficients needs no care of its own: let a be the
// computed coefficients of y = W x + b + e, |e| <= error. What is computed of
// a W differs from it by at most g |a| |W|, which on |x| <= m is no more than
// g |a| (|W| m): with M = |b| + |W| m known per element of y, g |a| M bounds
// all of it, that of the sum a b included, whatever W is applied next.
//
//===----------------------------------------------------------------------===//

#include "BackSubstitutionPass.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;

BackSubstitution::BackSubstitution(const Network &network, unsigned target)
    : network(network), target(target), order(network.ancestors(target)),
      readers(target + 1), isCombined(target + 1), entriesUpTo(target + 1),
      slack(target + 1), most(target + 1), current(target + 1),
      lines(target + 1), curves(target + 1), planes(target + 1) {
  double entries = 0.0;
  for (unsigned node : order) {
    entriesUpTo[node] = entries += network.numEntries({node});
    longestSum += network[node].size() + network[node].operands.size();
    hasSets |= network[node].set != nullptr;
    for (unsigned operand : network[node].operands.nodes())
      isCombined[operand] = true;
    for (const LinearTerm &term : network[node].terms)
      longestSum += term.map->mostEntriesInLine();
    if (network[node].kind == Kind::Elementwise)
      readers[network[node].operand].push_back(node);
  }
  // Twice what a sum can have, for the sums of sums.
  sumError = relativeSumError(2 * longestSum);
  setSlack(domainRanges());
  workspace = std::make_unique<Pass>(target + 1);
}

BackSubstitution::~BackSubstitution() = default;

void BackSubstitution::stopAfter(double entries) {
  first = 0;
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    entries -= network.numEntries({*it});
    if (entries < 0) {
      first = *it + 1;
      return;
    }
  }
}

/// What rounding adds while the nodes lie within `ranges`.
void BackSubstitution::setSlack(const Ranges &ranges) {
  // A product that underflows is off by half the smallest double. Of a
  // coefficient this counts as often as the element it is of is large. (What
  // reads an element without bound has no bounded slack itself.)
  double tiny = 0x1p-1073 * longestSum;
  underflow = tiny;
  for (unsigned index : order) {
    most[index] = magnitudes(ranges[index]);
    for (double each : most[index])
      if (std::isfinite(each))
        underflow += tiny * each;
  }
  for (unsigned index : order)
    setSlack(index);
}

/// The same for one node, by what is known of its operands or, where it is not
/// affine, of itself.
void BackSubstitution::setSlack(unsigned index) {
  const NetworkNode &node = network[index];
  slack[index].resize(node.size());
  for (unsigned i = 0; i < node.size(); ++i) {
    double magnitude = most[index][i], error = node.error[i];
    if (node.kind == Kind::Affine) {
      magnitude = network.magnitude(index, i, most);
      error = std::min(error, node.sumError[i].of(magnitude));
    }
    // What is computed from zeros alone is exact.
    bool isExact = error == 0.0 && magnitude == 0.0;
    slack[index][i] =
        isExact ? 0.0 : roundedUp(error + 1.001 * sumError * magnitude);
  }
}

BackSubstitution::Ranges BackSubstitution::domainRanges() const {
  Ranges ranges(target + 1);
  for (unsigned node : order)
    ranges[node] = network[node].range;
  return ranges;
}

//===----------------------------------------------------------------------===//
// Bounding a box
//===----------------------------------------------------------------------===//

void BackSubstitution::bound(const SourceBox &box, const Ranges &known) {
  for (unsigned node : order) {
    if (network[node].kind == Kind::Source)
      current[node] = box[node];
    else
      boundNode(node, known);
  }
}

void BackSubstitution::boundClosely(const SourceBox &box) {
  Ranges known = domainRanges();
  for (unsigned node : order) {
    bool isAffine = network[node].kind == Kind::Affine;
    if (isAffine)
      setSlack(node);
    if (network[node].kind == Kind::Source)
      current[node] = box[node];
    else
      boundNode(node, known);
    most[node] = magnitudes(current[node]);
    if (!isAffine)
      setSlack(node);
  }
}

void BackSubstitution::forgetCloseness() { setSlack(domainRanges()); }

void BackSubstitution::adopt(const Ranges &known) {
  for (unsigned node : order) {
    current[node] = known[node];
    if (network[node].kind == Kind::Elementwise)
      setLines(node);
    else if (network[node].kind == Kind::Multivariate)
      setPlanes(node);
  }
}

void BackSubstitution::boundFunction(unsigned index,
                                     const std::vector<Interval> &known) {
  const NetworkNode &node = network[index];
  setLines(index);
  current[index].resize(node.size());
  for (unsigned i = 0; i < node.size(); ++i) {
    Interval range = current[node.operand][i];
    bool isBent = range.isBounded() && !node.function->isPiecewiseLinear();
    current[index][i] =
        narrowed(known[i], isBent ? curveOn(index, i, range).values
                                  : node.executedValues(i, range));
  }
}

const BackSubstitution::Curve &
BackSubstitution::curveOn(unsigned index, unsigned element, Interval range) {
  const NetworkNode &node = network[index];
  curves[index].resize(node.size());
  std::optional<Curve> &last = curves[index][element];
  if (!last || !(last->range == range))
    last = Curve{range, node.executedValues(element, range),
                 node.function->relax(range)};
  return *last;
}

void BackSubstitution::boundNode(unsigned index, const Ranges &known) {
  const NetworkNode &node = network[index];
  if (node.kind == Kind::Elementwise)
    return boundFunction(index, known[index]);
  bool isAffine = node.kind == Kind::Affine;
  if (isAffine)
    propagate(index, known[index]);
  else
    boundMultivariate(index, known[index]);
  bool isExact = isAffine && node.terms.size() <= 1 &&
                 (node.terms.empty() ||
                  (network[node.terms.front().node].kind == Kind::Source &&
                   !network[node.terms.front().node].set));
  if (index == target || !isRead(index) || isExact)
    return;
  std::vector<Objective> objectives;
  for (unsigned i = 0; i < node.size(); ++i)
    if (!isDecided(index, i))
      objectives.insert(objectives.end(), {{i, 1.0}, {i, -1.0}});
  products += objectives.size() * entriesUpTo[index];
  std::vector<double> bounds = maximize(index, objectives, *workspace);
  for (size_t k = 0; k < objectives.size(); k += 2) {
    Interval &range = current[index][objectives[k].element];
    range = narrowed(range, {-bounds[k + 1], bounds[k]});
  }
  if (!isAffine)
    setPlanes(index);
}

/// Whether functions of its elements are among the ancestors of the target.
bool BackSubstitution::isRead(unsigned node) const {
  return !readers[node].empty() || isCombined[node];
}

/// Whether all functions of the element are one line on what is known of it,
/// so that knowing more would change nothing.
bool BackSubstitution::isDecided(unsigned node, unsigned element) const {
  if (isCombined[node] && !current[node][element].isPoint())
    return false;
  return std::all_of(
      readers[node].begin(), readers[node].end(), [&](unsigned reader) {
        return network[reader].function->isAffineOn(current[node][element]);
      });
}

/// By interval arithmetic from the ranges of the operands.
void BackSubstitution::propagate(unsigned index,
                                 const std::vector<Interval> &known) {
  const NetworkNode &node = network[index];
  current[index].resize(node.size());
  for (unsigned i = 0; i < node.size(); ++i) {
    current[index][i] = known[i];
    if (index != target && isRead(index) && isDecided(index, i))
      continue;
    double lo = node.offset[i], hi = node.offset[i];
    for (const LinearTerm &term : node.terms) {
      const std::vector<Interval> &operand = current[term.node];
      term.map->forEachEntry(i, [&](unsigned column, double weight) {
        Interval x = operand[column];
        if (weight == 0.0)
          return;
        lo += weight > 0 ? weight * x.lo : weight * x.hi;
        hi += weight > 0 ? weight * x.hi : weight * x.lo;
      });
    }
    Interval range(lo, hi);
    if (double off = slack[index][i]; off != 0.0) {
      double error = roundedUp(off + underflow);
      range = {roundedDown(lo - error), roundedUp(hi + error)};
    }
    if (std::isnan(range.lo) || std::isnan(range.hi))
      range = Interval();
    current[index][i] = narrowed(known[i], range);
  }
}

void BackSubstitution::setLines(unsigned index) {
  const NetworkNode &node = network[index];
  lines[index].resize(node.size());
  for (unsigned i = 0; i < node.size(); ++i) {
    Interval range = current[node.operand][i];
    // Level lines where the operand has no end.
    Line lowest{0.0, node.range[i].lo}, highest{0.0, node.range[i].hi};
    if (!range.isBounded())
      setLine(index, i, {lowest, highest});
    else if (node.function->isPiecewiseLinear())
      setLine(index, i, node.function->relax(range));
    else
      setLine(index, i, curveOn(index, i, range).lines);
  }
}

void BackSubstitution::setLine(unsigned index, unsigned element,
                               const LinearBounds &both) {
  const NetworkNode &node = network[index];
  double operand = most[node.operand][element];
  auto slackOf = [&](const Line &line) {
    double magnitude = std::abs(line.offset);
    if (line.slope != 0.0)
      magnitude += std::abs(line.slope) * operand;
    else if (magnitude == 0.0)
      return node.error[element];
    return roundedUp(node.error[element] + 1.001 * sumError * magnitude);
  };
  LineArrays &arrays = lines[index];
  arrays.set(element, both.lower, both.upper);
  arrays.lowerSlack[element] = slackOf(both.lower);
  arrays.upperSlack[element] = slackOf(both.upper);
}

} // namespace act

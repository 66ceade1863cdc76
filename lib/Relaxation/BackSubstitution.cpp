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

#include "act/Relaxation/BackSubstitution.h"
#include "RowProduct.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Objectives on their way from the target to the sources.
struct BackSubstitution::Pass {
  explicit Pass(size_t nodes) : coefficients(nodes) {}
  /// Forgets all, but keeps the memory.
  void reset(size_t newRows) {
    rows = newRows;
    for (std::vector<double> &each : coefficients)
      each.clear();
    constant.assign(rows, 0.0);
    error.assign(rows, 0.0);
  }

  /// The coefficients on `node`, row-major; all 0 at first.
  std::vector<double> &on(unsigned node, size_t size) {
    if (coefficients[node].empty())
      coefficients[node].assign(rows * size, 0.0);
    return coefficients[node];
  }

  void add(size_t row, const ConstantPart &part) {
    constant[row] += part.value;
    error[row] += part.error;
  }

  size_t rows = 0;
  std::vector<std::vector<double>> coefficients; ///< per node; empty: all 0
  std::vector<double> constant;
  std::vector<double> error; ///< at least what the constant is too small by
};

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

Interval BackSubstitution::narrowed(Interval range, Interval known) {
  Interval common = intersect(range, known);
  return common.lo <= common.hi ? common : known;
}

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
    current[index][i] = narrowed(isBent ? curveOn(index, i, range).values
                                        : node.executedValues(i, range),
                                 known[i]);
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
    range = narrowed({-bounds[k + 1], bounds[k]}, range);
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
    current[index][i] = narrowed(range, known[i]);
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

//===----------------------------------------------------------------------===//
// Substitution
//===----------------------------------------------------------------------===//

void BackSubstitution::substituteAffine(unsigned index, Pass &pass) const {
  const NetworkNode &node = network[index];
  const std::vector<double> &a = pass.coefficients[index];
  for (size_t row = 0; row < pass.rows; ++row)
    pass.add(row, addOffsets(a.data() + row * node.size(), node.offset.data(),
                             slack[index].data(), node.size()));
  for (const LinearTerm &term : node.terms)
    addRowProducts(a, pass.rows, *term.map,
                   pass.on(term.node, network[term.node].size()));
}

void BackSubstitution::substituteElementwise(unsigned index, Pass &pass) const {
  size_t size = network[index].size();
  const std::vector<double> &a = pass.coefficients[index];
  std::vector<double> &onOperand = pass.on(network[index].operand, size);
  for (size_t row = 0; row < pass.rows; ++row)
    pass.add(row, addLines(a.data() + row * size, lines[index],
                           onOperand.data() + row * size));
}

void BackSubstitution::substituteMultivariate(unsigned index,
                                              Pass &pass) const {
  const NetworkNode &node = network[index];
  const std::vector<double> &a = pass.coefficients[index];
  for (unsigned operand : node.operands.nodes())
    pass.on(operand, network[operand].size());
  for (size_t row = 0; row < pass.rows; ++row)
    for (unsigned i = 0; i < node.size(); ++i) {
      double factor = a[row * node.size() + i];
      if (factor == 0.0)
        continue;
      const PlaneArrays::Side &side = planes[index].side(factor > 0);
      pass.add(row,
               {factor * side.offset[i], std::abs(factor) * side.slack[i]});
      for (size_t k = node.operands.begin(i); k < node.operands.end(i); ++k) {
        auto [operand, element] = node.operands[k];
        size_t place = row * network[operand].size() + element;
        pass.coefficients[operand][place] += factor * side.slope[k];
      }
    }
}

/// The largest value of the linear functions of a source over its box and, if
/// asked for, its set.
void BackSubstitution::concretize(unsigned index, bool withSets,
                                  Pass &pass) const {
  const std::vector<double> &a = pass.coefficients[index];
  const std::vector<Interval> &box = current[index];
  const SourceSet *set = withSets ? network[index].set.get() : nullptr;
  for (size_t row = 0; row < pass.rows; ++row) {
    if (set) {
      auto [value, error] = set->support(a.data() + row * box.size(), box);
      pass.add(row, {value, error});
    }
    for (size_t i = 0; i < box.size(); ++i)
      if (double factor = a[row * box.size() + i]; factor != 0.0) {
        if (!set)
          pass.constant[row] += factor * (factor > 0 ? box[i].hi : box[i].lo);
        pass.error[row] += std::abs(factor) * slack[index][i];
      }
  }
}

/// What the constant of a row says about its objective, rounded up.
static double upperEnd(double constant, double error) {
  // The sum of the errors is rounded itself, relatively by much less.
  double value = roundedUp(constant + error * (1.0 + 0x1p-20));
  return std::isnan(value) ? kInfinity : value;
}

void BackSubstitution::run(unsigned from,
                           const std::vector<Objective> &objectives,
                           Pass &pass) const {
  size_t size = network[from].size();
  std::vector<double> &start = pass.on(from, size);
  for (size_t row = 0; row < objectives.size(); ++row)
    start[row * size + objectives[row].element] = objectives[row].sign;
  pass.error.assign(objectives.size(), underflow);
  substitute(from, pass);
}

/// Replaces `from` and the nodes before it.
void BackSubstitution::substitute(unsigned from, Pass &pass) const {
  auto end = std::upper_bound(order.begin(), order.end(), from);
  for (auto it = end; it != order.begin();) {
    unsigned node = *--it;
    if (node < first)
      break;
    if (pass.coefficients[node].empty())
      continue;
    if (network[node].kind == Kind::Affine)
      substituteAffine(node, pass);
    else if (network[node].kind == Kind::Elementwise)
      substituteElementwise(node, pass);
    else if (network[node].kind == Kind::Multivariate)
      substituteMultivariate(node, pass);
  }
}

std::vector<double> BackSubstitution::finish(Pass &pass, bool withSets) const {
  for (unsigned node : order)
    if ((node < first || network[node].kind == Kind::Source) &&
        !pass.coefficients[node].empty())
      concretize(node, withSets, pass);
  std::vector<double> result;
  for (size_t row = 0; row < pass.rows; ++row)
    result.push_back(upperEnd(pass.constant[row], pass.error[row]));
  return result;
}

std::vector<double> BackSubstitution::maximize(
    unsigned from, const std::vector<Objective> &objectives, Pass &pass) const {
  // As many at a time as keep the coefficients in the cache.
  constexpr size_t kRows = 128;
  std::vector<double> result;
  for (size_t first = 0; first < objectives.size(); first += kRows) {
    size_t last = std::min(first + kRows, objectives.size());
    std::vector<Objective> some(objectives.begin() + first,
                                objectives.begin() + last);
    pass.reset(some.size());
    run(from, some, pass);
    std::vector<double> bounds = finish(pass);
    result.insert(result.end(), bounds.begin(), bounds.end());
  }
  return result;
}

std::vector<double>
BackSubstitution::maximize(const std::vector<Objective> &objectives) const {
  Pass pass(target + 1);
  return maximize(target, objectives, pass);
}

LinearBound BackSubstitution::finishOne(Pass &pass) const {
  LinearBound bound;
  bound.constant = upperEnd(pass.constant[0], pass.error[0]);
  if (hasSets) {
    Pass ofBox = pass;
    bound.overBox = finish(ofBox, /*withSets=*/false).front();
  }
  bound.value = finish(pass).front();
  if (!hasSets)
    bound.overBox = bound.value;
  bound.error = pass.error[0];
  bound.coefficients = std::move(pass.coefficients);
  return bound;
}

LinearBound BackSubstitution::maximizeOf(unsigned node,
                                         Objective objective) const {
  Pass pass(target + 1);
  pass.reset(1);
  run(node, {objective}, pass);
  return finishOne(pass);
}

LinearBound BackSubstitution::maximizeOne(Objective objective) const {
  return maximizeOf(target, objective);
}

LinearBound
BackSubstitution::maximizeWithin(Objective objective,
                                 const std::vector<Constraint> &constraints,
                                 const std::vector<double> &multipliers) const {
  Pass pass(target + 1);
  pass.reset(1);
  pass.on(target, network[target].size())[objective.element] = objective.sign;
  pass.error[0] = underflow;
  for (size_t k = 0; k < constraints.size(); ++k) {
    double factor = multipliers[k];
    if (factor == 0.0)
      continue;
    const auto &[node, element, sign, goal] = constraints[k];
    pass.on(node, network[node].size())[element] += factor * sign;
    // What is added to this coefficient, or to the constant, is rounded with
    // it, and may cancel it.
    double fixed = factor * goal;
    pass.constant[0] -= fixed;
    pass.error[0] +=
        factor * slack[node][element] + 1.001 * sumError * std::abs(fixed);
  }
  substitute(target, pass);
  return finishOne(pass);
}

} // namespace act

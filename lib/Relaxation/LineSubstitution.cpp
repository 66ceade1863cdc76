//===- LineSubstitution.cpp - Lines in the place of functions -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BackSubstitutionPass.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();

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

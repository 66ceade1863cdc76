//===- InputBisection.cpp - Proofs by splitting the inputs ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where z <= A x + c on a box, only the part with A x + c > goal matters: each
// side is cut to it before the box is split (clipping of domains).
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/InputBisection.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;

InputBisection::InputBisection(const Network &network, unsigned target,
                               SourceBox box)
    : network(network), target(target), whole(std::move(box)),
      bounds(network, target), points(network, target) {
  std::vector<unsigned> nodes = network.ancestors(target);
  for (unsigned node : nodes)
    if (network[node].kind == Kind::Source)
      for (unsigned i = 0; i < whole[node].size(); ++i)
        if (whole[node][i].lo < whole[node][i].hi)
          sides.push_back({node, i});
  for (unsigned node : nodes) {
    if (network[node].kind == Kind::Elementwise)
      addFirstLayer(node, network[node].operand);
    for (unsigned operand : network[node].operands.nodes())
      addFirstLayer(node, operand);
  }
}

/// Notes how the operand of a function depends on the inputs, if no other
/// function lies between.
void InputBisection::addFirstLayer(unsigned node, unsigned operand) {
  for (unsigned before : network.ancestors(operand))
    if (network[before].kind == Kind::Elementwise ||
        network[before].kind == Kind::Multivariate)
      return;
  FirstLayer layer{node, operand, {}};
  BackSubstitution affine(network, operand);
  affine.bound(whole, affine.domainRanges());
  for (unsigned i = 0; i < network[operand].size(); ++i) {
    LinearBound row = affine.maximizeOne({i, 1.0});
    for (const Side &side : sides) {
      bool isRead = side.node < row.coefficients.size() &&
                    !row.coefficients[side.node].empty();
      layer.changes.push_back(
          isRead ? std::abs(row.coefficients[side.node][side.element]) : 0.0);
    }
  }
  firstLayers.push_back(std::move(layer));
}

InputBisection::Side InputBisection::longestSide(const SourceBox &box) const {
  return *std::max_element(
      sides.begin(), sides.end(), [&](const Side &a, const Side &b) {
        return box[a.node][a.element].width() < box[b.node][b.element].width();
      });
}

/// Of functions with these weights in a bound, how much what is not yet decided
/// counts for each element of the operand.
std::vector<double>
InputBisection::openShares(const FirstLayer &layer,
                           const std::vector<double> &weights) const {
  const NetworkNode &node = network[layer.node];
  std::vector<double> shares(network[layer.operand].size(), 0.0);
  for (unsigned i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0.0)
      continue;
    if (node.kind == Kind::Elementwise) {
      if (!node.function->isAffineOn(bounds.ranges()[layer.operand][i]))
        shares[i] = std::abs(weights[i]);
      continue;
    }
    std::vector<Interval> box = node.operands.gather(i, bounds.ranges());
    for (unsigned k = 0; k < box.size(); ++k)
      if (auto operand = node.operands[node.operands.begin(i) + k];
          operand.node == layer.operand)
        shares[operand.element] +=
            std::abs(weights[i]) * partingRate(node.combination, box, k);
  }
  return shares;
}

/// The side along which the bound changes most: by itself, and by what is not
/// yet decided in the first layer.
InputBisection::Side
InputBisection::chooseSide(const SourceBox &box,
                           const LinearBound &bound) const {
  std::vector<double> score(sides.size(), 0.0);
  for (size_t s = 0; s < sides.size(); ++s) {
    const std::vector<double> &slope = bound.coefficients[sides[s].node];
    if (!slope.empty())
      score[s] = std::abs(slope[sides[s].element]);
  }
  for (const FirstLayer &layer : firstLayers) {
    std::vector<double> shares =
        openShares(layer, bound.coefficients[layer.node]);
    for (unsigned i = 0; i < shares.size(); ++i)
      if (shares[i] != 0.0)
        for (size_t s = 0; s < sides.size(); ++s)
          score[s] += shares[i] * layer.changes[i * sides.size() + s];
  }
  for (size_t s = 0; s < sides.size(); ++s)
    score[s] *= box[sides[s].node][sides[s].element].width();
  Side best =
      sides[std::max_element(score.begin(), score.end()) - score.begin()];
  // Without this a side of no influence could be halved for ever.
  Side longest = longestSide(box);
  constexpr double kMostUneven = 6.0;
  return box[longest.node][longest.element].width() >
                 kMostUneven * box[best.node][best.element].width()
             ? longest
             : best;
}

/// Cuts off what lies outside the sets of sources; false if all does.
bool InputBisection::narrowToSets(SourceBox &box) const {
  for (size_t node = 0; node < box.size(); ++node)
    if (network[node].set && !box[node].empty() &&
        !network[node].set->narrow(box[node]))
      return false;
  return true;
}

double clip(SourceBox &box, const LinearBound &bound, double goal) {
  // Each side by itself may take as much as the bound over the box allows.
  double left = 1.0, excess = roundedUp(bound.overBox - goal);
  size_t nodes = std::min(box.size(), bound.coefficients.size());
  for (size_t node = 0; node < nodes; ++node)
    for (size_t i = 0; i < bound.coefficients[node].size(); ++i) {
      double a = bound.coefficients[node][i];
      // Only sources have sides.
      if (a == 0.0 || box[node].empty())
        continue;
      Interval &range = box[node][i];
      double width = range.width();
      // Wider by more than this is rounded.
      double reach = excess / std::abs(a) * (1.0 + 0x1p-40);
      if (!(reach < width))
        continue;
      if (a > 0)
        range.lo = std::max(range.lo, roundedDown(range.hi - reach));
      else
        range.hi = std::min(range.hi, roundedUp(range.lo + reach));
      left *= width > 0.0 ? range.width() / width : 1.0;
    }
  return left;
}

/// The least upper bound of the objective in the box that was bounded last.
/// Where its linear bound exceeds the goal for the rounding only, that of the
/// box itself may be less.
double InputBisection::highestIn(const SourceBox &box, const LinearBound &bound,
                                 Objective objective, double goal) {
  if (bound.value <= goal || bound.value - 2 * bound.error > goal)
    return bound.value;
  bounds.boundClosely(box);
  Interval range = bounds.ranges()[target][objective.element];
  double byIntervals = objective.sign > 0 ? range.hi : -range.lo;
  double highest = std::min(byIntervals, bounds.maximizeOne(objective).value);
  bounds.forgetCloseness();
  return std::min(highest, bound.value);
}

BisectionResult InputBisection::run(const std::vector<SourceBox> &parts,
                                    Objective objective, double goal,
                                    uint64_t budget, const Judge &judge) {
  constexpr unsigned kSlopeSteps = 4, kClimbSteps = 4;
  BisectionResult result;
  result.bound = -std::numeric_limits<double>::infinity();
  std::vector<Part> open;
  auto everywhere =
      std::make_shared<BackSubstitution::Ranges>(bounds.domainRanges());
  for (const SourceBox &each : parts)
    open.push_back({each, everywhere, 1.0 / parts.size()});
  while (!open.empty()) {
    if (result.boxes == budget)
      return result;
    ++result.boxes;
    Part part = std::move(open.back());
    open.pop_back();
    if (!narrowToSets(part.box)) {
      result.closedShare += part.share;
      continue;
    }
    bounds.bound(part.box, *part.known);
    LinearBound bound = bounds.maximizeSteeply(objective, kSlopeSteps, goal);
    double highest = highestIn(part.box, bound, objective, goal);
    if (highest <= goal) {
      result.bound = std::max(result.bound, highest);
      result.closedShare += part.share;
      continue;
    }
    if (sides.empty())
      return result;
    SourcePoint point = points.climb(bounds.maximizer(bound), part.box,
                                     objective, goal, kClimbSteps, 0.25, 0.5);
    if (points.value(objective) > goal)
      if (std::optional<SourcePoint> witness = judge(point)) {
        result.outcome = BisectionResult::Witnessed;
        result.point = std::move(*witness);
        return result;
      }
    auto known = std::make_shared<BackSubstitution::Ranges>(bounds.ranges());
    double left = clip(part.box, bound, goal);
    result.bound = std::max(result.bound, goal);
    result.closedShare += part.share * (1.0 - left);
    part.share *= left;
    if (left < 0.5) {
      open.push_back({part.box, known, part.share});
      continue;
    }
    Side side = chooseSide(part.box, bound);
    Interval range = part.box[side.node][side.element];
    double middle = range.lo / 2 + range.hi / 2;
    // Too narrow to be split.
    if (!(range.lo < middle && middle < range.hi))
      return result;
    SourceBox upper = part.box;
    part.box[side.node][side.element].hi = middle;
    upper[side.node][side.element].lo = middle;
    open.push_back({std::move(part.box), known, part.share / 2});
    open.push_back({std::move(upper), known, part.share / 2});
  }
  result.outcome = BisectionResult::Proved;
  return result;
}

} // namespace act

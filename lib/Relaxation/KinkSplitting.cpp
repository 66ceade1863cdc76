//===- KinkSplitting.cpp - Proofs by splitting functions ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A kink is on one side or the other of the executed value of an element, so
// that every execution belongs to a case. All that is known of a case holds for
// the executions in it: where two enclosures of one element have nothing in
// common, or a constraint cannot be met, there is none.
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/KinkSplitting.h"
#include <algorithm>
#include <cmath>

namespace act {

KinkSplitting::KinkSplitting(const Network &network, unsigned target,
                             SourceBox box)
    : whole(std::move(box)), bounds(network, target), points(network, target) {
  for (unsigned node : network.ancestors(target))
    if (network[node].kind == NetworkNode::Kind::Source)
      sources.push_back(node);
}

/// Cuts the box of the case that was bounded last to what its constraints
/// leave; false if that is nothing.
bool KinkSplitting::clipByConstraints(Case &part) {
  for (const auto &[node, element, sign, goal] : part.constraints) {
    LinearBound bound = bounds.maximizeOf(node, {element, sign});
    if (bound.value < goal)
      return false;
    clip(part.box, bound, goal);
  }
  return true;
}

/// The two sides of a kink.
std::vector<KinkSplitting::Case>
KinkSplitting::splitAtKink(const Case &part, BackSubstitution::Gap gap) {
  std::vector<Case> cases;
  for (double sign : {-1.0, 1.0}) {
    Case side = part;
    auto known = std::make_shared<BackSubstitution::Ranges>(*part.known);
    Interval &range = (*known)[gap.node][gap.element];
    (sign > 0 ? range.lo : range.hi) = gap.kink;
    side.known = known;
    side.constraints.push_back({gap.node, gap.element, sign, sign * gap.kink});
    side.multipliers.push_back(0.0);
    side.share /= 2;
    cases.push_back(std::move(side));
  }
  return cases;
}

/// Halves of the box, along the side on which the bound changes most; none if
/// all are too narrow.
std::vector<KinkSplitting::Case>
KinkSplitting::splitSide(const Case &part, const LinearBound &bound) {
  double most = 0.0;
  unsigned atNode = 0, at = 0;
  for (unsigned node : sources)
    for (unsigned i = 0; i < part.box[node].size(); ++i) {
      const std::vector<double> &slope = bound.coefficients[node];
      Interval side = part.box[node][i];
      // What seems without influence may still decide a kink.
      double change = side.width() *
                      (slope.empty() ? 0x1p-20 : std::abs(slope[i]) + 0x1p-20);
      double middle = side.lo / 2 + side.hi / 2;
      if (change > most && side.lo < middle && middle < side.hi) {
        most = change;
        atNode = node;
        at = i;
      }
    }
  if (most == 0.0)
    return {};
  std::vector<Case> halves(2, part);
  Interval side = part.box[atNode][at];
  double middle = side.lo / 2 + side.hi / 2;
  halves[0].box[atNode][at].hi = middle;
  halves[1].box[atNode][at].lo = middle;
  for (Case &half : halves)
    half.share /= 2;
  return halves;
}

/// Splits at the kink whose function the bound is furthest from; the inputs
/// where none is left.
std::vector<KinkSplitting::Case>
KinkSplitting::split(const Case &part, const LinearBound &bound) {
  std::vector<BackSubstitution::Gap> gaps = bounds.gaps(bound);
  auto largest = std::max_element(
      gaps.begin(), gaps.end(),
      [](const auto &a, const auto &b) { return a.size < b.size; });
  return largest == gaps.end() ? splitSide(part, bound)
                               : splitAtKink(part, *largest);
}

BisectionResult KinkSplitting::run(Objective objective, double goal,
                                   uint64_t budget,
                                   const InputBisection::Judge &judge) {
  constexpr unsigned kTuningSteps = 20, kClimbSteps = 4;
  BisectionResult result;
  result.bound = -std::numeric_limits<double>::infinity();
  std::vector<Case> open;
  open.push_back(
      {whole,
       std::make_shared<BackSubstitution::Ranges>(bounds.domainRanges()),
       {},
       {},
       1.0});
  while (!open.empty()) {
    if (result.boxes == budget)
      return result;
    ++result.boxes;
    Case part = std::move(open.back());
    open.pop_back();
    bounds.bound(part.box, *part.known);
    if (!clipByConstraints(part)) {
      result.closedShare += part.share;
      continue;
    }
    part.known = std::make_shared<BackSubstitution::Ranges>(bounds.ranges());
    LinearBound bound = bounds.tuneWithin(objective, part.constraints,
                                          part.multipliers, kTuningSteps, goal);
    if (bound.value <= goal) {
      result.bound = std::max(result.bound, bound.value);
      result.closedShare += part.share;
      continue;
    }
    result.bound = std::max(result.bound, goal);
    SourcePoint point = points.climb(bounds.maximizer(bound), whole, objective,
                                     goal, kClimbSteps, 0.25, 0.5);
    if (points.value(objective) > goal)
      if (std::optional<SourcePoint> witness = judge(point)) {
        result.outcome = BisectionResult::Witnessed;
        result.point = std::move(*witness);
        return result;
      }
    clip(part.box, bound, goal);
    std::vector<Case> cases = split(part, bound);
    if (cases.empty())
      return result;
    for (Case &each : cases)
      open.push_back(std::move(each));
  }
  result.outcome = BisectionResult::Proved;
  return result;
}

} // namespace act

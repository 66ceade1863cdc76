//===- UnitTask.cpp - Settling one unit -----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitTask.h"
#include "ExecutedPoint.h"
#include "act/Formula/ExactValue.h"
#include "act/Relaxation/Homogeneity.h"
#include "act/Relaxation/KinkSplitting.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;

/// Bisection of more inputs than this comes to no end.
static constexpr size_t kMaxSides = 16;

bool isBisected(const Network &network, unsigned node,
                const SourceBox &domain) {
  size_t sides = 0;
  for (unsigned each : network.ancestors(node))
    if (network[each].kind == Kind::Source)
      for (Interval side : domain[each])
        sides += side.lo < side.hi;
  return sides <= kMaxSides;
}

UnitTask::UnitTask(const Network &network, unsigned node,
                   const SourceBox &domain, const SiteFunction &function,
                   llvm::ArrayRef<unsigned> elements,
                   const SampledExtremes &samples)
    : network(network), node(node), domain(domain), function(function),
      elements(elements), samples(samples), search(network, node),
      exact(network, node) {}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// Where an element lies when the program is executed at a point, in any order
/// of summation.
Interval UnitTask::executedAt(const SourcePoint &point, unsigned element) {
  exact.boundClosely(boxAt(point));
  std::vector<double> ends = exact.maximize({{element, 1.0}, {element, -1.0}});
  Interval range(-ends[1], ends[0]);
  return range.lo <= range.hi ? range : Interval();
}

bool UnitTask::fires(const SourcePoint &point, unsigned element) {
  std::optional<SourcePoint> input = representable(network, domain, point);
  return input &&
         function.respond(executedAt(*input, element)) == Response::Active;
}

bool UnitTask::tryCandidates(unsigned element, Exit exit) {
  Objective objective{element, exit.sign};
  uint64_t index =
      exit.sign > 0 ? samples.highest[element] : samples.lowest[element];
  SourcePoint sampled = domainPoint(network, domain, index);
  if (fires(sampled, element))
    return true;
  BackSubstitution bounds(network, node);
  bounds.adopt(bounds.domainRanges());
  SourcePoint highest = bounds.maximizer(bounds.maximizeOne(objective));
  for (const SourcePoint &start : {sampled, highest}) {
    SourcePoint point =
        search.climb(start, domain, objective, exit.aim, 60, 0.05, 0.97);
    if (fires(point, element))
      return true;
  }
  return false;
}

/// Between a point on each side of the range in which it fires there is one
/// within, for what is continuous.
bool UnitTask::tryBetween(unsigned element, Exit exit) {
  if (std::isinf(exit.aim))
    return false;
  SourcePoint low = domainPoint(network, domain, samples.lowest[element]);
  SourcePoint high = domainPoint(network, domain, samples.highest[element]);
  SourcePoint middle = low;
  for (unsigned step = 0; step < 50; ++step) {
    for (size_t each = 0; each < low.size(); ++each)
      for (size_t i = 0; i < low[each].size(); ++i)
        middle[each][i] = low[each][i] / 2 + high[each][i] / 2;
    search.run(middle);
    bool isHigh = search.value({element, 1.0}) > exit.sign * exit.aim;
    (isHigh ? high : low) = middle;
  }
  return fires(middle, element);
}

/// Climbs from the best of many points.
bool UnitTask::climbFromMany(unsigned element, Exit exit, unsigned starts,
                             unsigned steps) {
  Objective objective{element, exit.sign};
  std::vector<std::pair<double, uint64_t>> heights;
  for (uint64_t index = 0; index < 400 * uint64_t(starts); ++index) {
    search.run(domainPoint(network, domain, index));
    heights.emplace_back(-search.value(objective), index);
  }
  std::partial_sort(heights.begin(), heights.begin() + starts, heights.end());
  for (unsigned k = 0; k < starts; ++k) {
    SourcePoint point =
        search.climb(domainPoint(network, domain, heights[k].second), domain,
                     objective, exit.aim, steps, 0.05, 0.97);
    if (search.value(objective) > exit.goal && fires(point, element))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

InputBisection::Judge UnitTask::judgeOf(unsigned element, Exit exit) {
  return [=](const SourcePoint &point) -> std::optional<SourcePoint> {
    SourcePoint higher = search.climb(point, domain, {element, exit.sign},
                                      exit.aim, 100, 0.02, 0.95);
    if (fires(higher, element))
      return higher;
    return std::nullopt;
  };
}

/// Whether the element is proved not to get beyond the exit.
static bool note(const BisectionResult &outcome, unsigned element, double sign,
                 UnitTask::Result &result) {
  result.isWitnessed |= outcome.outcome == BisectionResult::Witnessed;
  if (outcome.outcome == BisectionResult::Open)
    result.closedShare = std::max(result.closedShare, outcome.closedShare);
  if (outcome.outcome != BisectionResult::Proved)
    return false;
  double infinity = std::numeric_limits<double>::infinity();
  result.proved.push_back({element, sign > 0
                                        ? Interval(-infinity, outcome.bound)
                                        : Interval(-outcome.bound, infinity)});
  return true;
}

/// The faces of the box of what `node` is computed from; other sources, as
/// those of other functions, keep theirs.
static std::vector<SourceBox> facesOf(const Network &network, unsigned node,
                                      const SourceBox &domain) {
  SourceBox own(domain.size());
  for (unsigned each : network.ancestors(node))
    own[each] = domain[each];
  std::vector<SourceBox> faces = facesWithoutOrigin(own);
  for (SourceBox &face : faces)
    for (size_t each = 0; each < face.size(); ++each)
      if (face[each].empty())
        face[each] = domain[each];
  return faces;
}

bool UnitTask::bisect(Exit exit, uint64_t budget, Result &result) {
  InputBisection bisection(network, node, domain);
  // Around 0 a network without biases tells no more than on the faces.
  std::vector<SourceBox> parts;
  bool isCone = exit.goal == 0.0 && isHomogeneous(network, node);
  if (isCone)
    parts = facesOf(network, node, domain);
  isCone &= !parts.empty();
  if (!isCone)
    parts.push_back(domain);
  uint64_t left = budget;
  for (unsigned element : elements) {
    BisectionResult outcome = bisection.run(
        parts, {element, exit.sign}, exit.goal, left, judgeOf(element, exit));
    // The origin, where it is 0, lies on none of the faces.
    if (isCone)
      outcome.bound = std::max(outcome.bound, 0.0);
    if (!note(outcome, element, exit.sign, result))
      return false;
    left -= std::min(left, outcome.boxes);
  }
  return true;
}

bool UnitTask::splitKinks(Exit exit, uint64_t budget, Result &result) {
  KinkSplitting splitting(network, node, domain);
  uint64_t left = budget;
  for (unsigned element : elements) {
    BisectionResult outcome = splitting.run({element, exit.sign}, exit.goal,
                                            left, judgeOf(element, exit));
    if (!note(outcome, element, exit.sign, result))
      return false;
    left -= std::min(left, outcome.boxes);
  }
  return true;
}

/// From how many points to climb: in less time than the bisection takes.
static unsigned startsFor(uint64_t budget) {
  return std::clamp<uint64_t>(budget / 100, 4, 500);
}

std::vector<Exit> exitsOf(const SiteFunction &function) {
  std::vector<Exit> result;
  // As far from the zone as it goes, so that rounding does not take it back;
  // with a zone on either side, halfway between them.
  double aim = std::numeric_limits<double>::infinity(), low = -aim, high = aim;
  for (const DeadInterval &zone : function.zones()) {
    if (std::isinf(zone.lo))
      low = zone.hi;
    if (std::isinf(zone.hi))
      high = zone.lo;
  }
  bool isBetween = std::isfinite(low) && std::isfinite(high);
  double middle = low / 2 + high / 2;
  if (std::isfinite(low))
    result.push_back({1.0, low, isBetween ? middle : aim});
  if (std::isfinite(high))
    result.push_back({-1.0, -high, isBetween ? -middle : aim});
  return result;
}

bool UnitTask::findWitness() {
  for (Exit exit : exitsOf(function))
    for (unsigned element : elements)
      if (tryCandidates(element, exit) || tryBetween(element, exit))
        return true;
  return false;
}

/// Proves the unit silent, or finds what the search meets on its way.
void UnitTask::prove(uint64_t budget, Result &result) {
  bool isSmall = isBisected(network, node, domain);
  for (Exit exit : exitsOf(function)) {
    bool isProved = isSmall ? bisect(exit, budget, result)
                            : splitKinks(exit, budget, result);
    if (isProved || result.isWitnessed)
      return;
    // Of many inputs so many points take too long.
    if (!isSmall)
      continue;
    for (unsigned element : elements)
      if (climbFromMany(element, exit, startsFor(budget), 200)) {
        result.isWitnessed = true;
        return;
      }
  }
}

/// Whether the program certainly passes no gradient at the point that drove an
/// element deepest into the zone.
bool UnitTask::isSilentAtDeepest(unsigned element) {
  uint64_t index = exitsOf(function).front().sign > 0
                       ? samples.lowest[element]
                       : samples.highest[element];
  std::optional<SourcePoint> input =
      representable(network, domain, domainPoint(network, domain, index));
  if (!input)
    return false;
  Response response = function.respond(executedAt(*input, element));
  return response == Response::Dead || response == Response::Saturated;
}

UnitTask::Result UnitTask::run(uint64_t budget) {
  Result result;
  if (exitsOf(function).empty())
    return result;
  result.isWitnessed = findWitness();
  if (!result.isWitnessed && budget > 0)
    prove(budget, result);
  // The deepest points of several positions differ.
  if (result.isWitnessed && elements.size() == 1)
    result.isSilentToo = isSilentAtDeepest(elements.front());
  return result;
}

} // namespace act

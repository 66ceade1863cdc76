//===- UnitTask.cpp - Settling one unit -----------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitTask.h"
#include "act/Formula/ExactValue.h"
#include "act/Relaxation/Homogeneity.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;

std::map<unsigned, SampledExtremes>
sampleExtremes(const Network &network, const std::vector<unsigned> &nodes,
               const SourceBox &domain) {
  PointSearch search(network, nodes);
  std::map<unsigned, SampledExtremes> samples;
  std::map<unsigned, std::vector<Interval>> extremes;
  for (unsigned node : nodes) {
    samples[node].lowest.assign(network[node].size(), 0);
    samples[node].highest.assign(network[node].size(), 0);
  }
  // About a second.
  double entries = network.numEntries(network.ancestors(nodes));
  uint64_t points = std::clamp(3e8 / (entries + 1), 32.0, 10000.0);
  for (uint64_t index = 0; index < points; ++index) {
    const auto &values = search.run(facePoint(domain, index));
    for (unsigned node : nodes) {
      std::vector<Interval> &known = extremes[node];
      if (index == 0)
        known.assign(values[node].begin(), values[node].end());
      for (unsigned i = 0; i < known.size(); ++i) {
        double value = values[node][i];
        if (value < known[i].lo) {
          known[i].lo = value;
          samples[node].lowest[i] = index;
        }
        if (value > known[i].hi) {
          known[i].hi = value;
          samples[node].highest[i] = index;
        }
      }
    }
  }
  return samples;
}

UnitTask::UnitTask(const Network &network, unsigned node,
                   const SourceBox &domain, const SiteFunction &function,
                   llvm::ArrayRef<unsigned> elements,
                   const SampledExtremes &samples)
    : network(network), node(node), domain(domain), function(function),
      elements(elements), samples(samples), search(network, node),
      exact(network, node) {
  for (unsigned each : network.ancestors(node))
    if (network[each].kind == Kind::Source)
      for (Interval side : domain[each])
        sides += side.lo < side.hi;
}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

/// A number of `format` within `range` close to `x`, if there is one.
static std::optional<double> numberNear(double x, Interval range,
                                        Format format) {
  double rounded = roundTo(x, format), step = ulp(rounded, format);
  for (double candidate : {rounded, rounded - step, rounded + step})
    if (range.contains(candidate) && roundTo(candidate, format) == candidate)
      return candidate;
  return std::nullopt;
}

/// The nearest input that the program can be given; none in a domain without
/// numbers of the format.
std::optional<SourcePoint>
UnitTask::representable(const SourcePoint &point) const {
  SourcePoint result = point;
  for (unsigned each = 0; each < point.size(); ++each)
    for (unsigned i = 0; i < point[each].size(); ++i) {
      auto number =
          numberNear(point[each][i], domain[each][i], network[each].format);
      if (!number)
        return std::nullopt;
      result[each][i] = *number;
    }
  return result;
}

/// Where an element lies when the program is executed at a point, in any order
/// of summation.
Interval UnitTask::executedAt(const SourcePoint &point, unsigned element) {
  SourceBox box(domain.size());
  for (unsigned each = 0; each < point.size(); ++each)
    for (double x : point[each])
      box[each].push_back(Interval(x));
  exact.boundClosely(box);
  std::vector<double> ends = exact.maximize({{element, 1.0}, {element, -1.0}});
  Interval range(-ends[1], ends[0]);
  return range.lo <= range.hi ? range : Interval();
}

bool UnitTask::fires(const SourcePoint &point, unsigned element) {
  std::optional<SourcePoint> input = representable(point);
  return input &&
         function.respond(executedAt(*input, element)) == Response::Active;
}

bool UnitTask::tryCandidates(unsigned element, Exit exit) {
  Objective objective{element, exit.sign};
  uint64_t index =
      exit.sign > 0 ? samples.highest[element] : samples.lowest[element];
  SourcePoint sampled = facePoint(domain, index);
  if (fires(sampled, element))
    return true;
  BackSubstitution bounds(network, node);
  bounds.adopt(bounds.domainRanges());
  SourcePoint highest = bounds.maximizer(bounds.maximizeOne(objective));
  for (const SourcePoint &start : {sampled, highest}) {
    // Far beyond the goal, so that rounding cannot take it back.
    SourcePoint point =
        search.climb(start, domain, objective,
                     std::numeric_limits<double>::infinity(), 60, 0.05, 0.97);
    if (fires(point, element))
      return true;
  }
  return false;
}

/// Climbs from the best of many points.
bool UnitTask::climbFromMany(unsigned element, Exit exit, unsigned starts,
                             unsigned steps) {
  Objective objective{element, exit.sign};
  std::vector<std::pair<double, uint64_t>> heights;
  for (uint64_t index = 0; index < 400 * uint64_t(starts); ++index) {
    search.run(facePoint(domain, index));
    heights.emplace_back(-search.value(objective), index);
  }
  std::partial_sort(heights.begin(), heights.begin() + starts, heights.end());
  for (unsigned k = 0; k < starts; ++k) {
    SourcePoint point = search.climb(
        facePoint(domain, heights[k].second), domain, objective,
        std::numeric_limits<double>::infinity(), steps, 0.05, 0.97);
    if (search.value(objective) > exit.goal && fires(point, element))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Proofs
//===----------------------------------------------------------------------===//

/// Bisection of more inputs than this comes to no end.
static constexpr size_t kMaxSides = 16;

bool UnitTask::bisect(Exit exit, uint64_t budget, Result &result) {
  InputBisection bisection(network, node, domain);
  // Around 0 a network without biases tells no more than on the faces.
  std::vector<SourceBox> parts;
  bool isCone = exit.goal == 0.0 && isHomogeneous(network, node);
  if (isCone)
    parts = facesWithoutOrigin(domain);
  isCone &= !parts.empty();
  if (!isCone)
    parts.push_back(domain);
  uint64_t left = budget;
  for (unsigned element : elements) {
    auto judge = [&](const SourcePoint &point) -> std::optional<SourcePoint> {
      SourcePoint higher = search.climb(point, domain, {element, exit.sign},
                                        std::numeric_limits<double>::infinity(),
                                        100, 0.02, 0.95);
      if (fires(higher, element))
        return higher;
      return std::nullopt;
    };
    BisectionResult outcome =
        bisection.run(parts, {element, exit.sign}, exit.goal, left, judge);
    result.isWitnessed |= outcome.outcome == BisectionResult::Witnessed;
    if (outcome.outcome != BisectionResult::Proved)
      return false;
    left -= std::min(left, outcome.boxes);
    double infinity = std::numeric_limits<double>::infinity();
    // The origin, where it is 0, lies on none of the faces.
    if (isCone)
      outcome.bound = std::max(outcome.bound, 0.0);
    result.proved.push_back(
        {element, exit.sign > 0 ? Interval(-infinity, outcome.bound)
                                : Interval(-outcome.bound, infinity)});
  }
  return true;
}

/// From how many points to climb: in less time than the bisection takes.
static unsigned startsFor(uint64_t budget) {
  return std::clamp<uint64_t>(budget / 100, 4, 500);
}

UnitTask::Result UnitTask::run(uint64_t budget) {
  Result result;
  std::vector<Exit> exits;
  for (const DeadInterval &zone : function.zones()) {
    if (std::isinf(zone.lo) && std::isfinite(zone.hi))
      exits.push_back({1.0, zone.hi});
    if (std::isinf(zone.hi) && std::isfinite(zone.lo))
      exits.push_back({-1.0, -zone.lo});
  }
  for (Exit exit : exits)
    for (unsigned element : elements)
      if (!result.isWitnessed && tryCandidates(element, exit))
        result.isWitnessed = true;
  if (!result.isWitnessed && budget > 0 && sides <= kMaxSides)
    for (Exit exit : exits) {
      if (result.isWitnessed || bisect(exit, budget, result))
        break;
      for (unsigned element : elements)
        if (!result.isWitnessed &&
            climbFromMany(element, exit, startsFor(budget), 200))
          result.isWitnessed = true;
    }
  if (result.isWitnessed)
    result.isSilentToo = llvm::all_of(elements, [&](unsigned element) {
      Exit exit = exits.front();
      std::optional<SourcePoint> input = representable(
          facePoint(domain, exit.sign > 0 ? samples.lowest[element]
                                          : samples.highest[element]));
      Response response = input ? function.respond(executedAt(*input, element))
                                : Response::Open;
      return elements.size() == 1 &&
             (response == Response::Dead || response == Response::Saturated);
    });
  return result;
}

} // namespace act

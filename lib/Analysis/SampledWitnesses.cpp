//===- SampledWitnesses.cpp - Samples that show many units ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SampledWitnesses.h"
#include "ExecutedPoint.h"
#include "llvm/Support/Parallel.h"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace act {

SampledWitnesses::SampledWitnesses(const Network &network, unsigned node,
                                   const SourceBox &domain,
                                   const SiteFunction &function,
                                   const SampledExtremes &samples,
                                   std::vector<Unit> units)
    : network(network), node(node), domain(domain), function(function),
      samples(samples), all(std::move(units)),
      entries(network.numEntries(network.ancestors(node))) {}

static bool isSilence(Response response) {
  return response == Response::Dead || response == Response::Saturated;
}

/// The point that showed farthest what the unit lacks, in plain doubles. That a
/// unit is silent is looked for where it has one element: the points that drive
/// several down differ.
std::optional<uint64_t> SampledWitnesses::wantedBy(const Unit &unit) const {
  bool lacksSilence = !unit.isSilent && unit.elements.size() == 1;
  if (unit.fires && !lacksSilence)
    return std::nullopt;
  std::optional<uint64_t> wanted;
  double farthest = 0.0;
  for (unsigned element : unit.elements) {
    Interval range = samples.range[element];
    for (auto [value, point] :
         {std::pair(range.lo, samples.lowest[element]),
          std::pair(range.hi, samples.highest[element])}) {
      Response response = function.respond(Interval(value));
      bool isWanted =
          unit.fires ? isSilence(response) : response == Response::Active;
      if (!isWanted || (wanted && std::abs(value) <= farthest))
        continue;
      wanted = point;
      farthest = std::abs(value);
    }
  }
  if (wanted && tried.count(*wanted))
    return std::nullopt;
  return wanted;
}

/// As many points as all cores are to run at once.
static constexpr size_t kAtOnce = 4;

/// The sampled points that most units want.
std::vector<SourcePoint> SampledWitnesses::sampledPoints() {
  std::map<uint64_t, unsigned> votes;
  for (const Unit &unit : all)
    if (std::optional<uint64_t> point = wantedBy(unit))
      ++votes[*point];
  std::vector<std::pair<uint64_t, unsigned>> ranking(votes.begin(),
                                                     votes.end());
  std::sort(ranking.begin(), ranking.end(), [](const auto &a, const auto &b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  std::vector<SourcePoint> points;
  for (auto [point, count] : llvm::ArrayRef(ranking).take_front(kAtOnce)) {
    tried.insert(point);
    points.push_back(domainPoint(network, domain, point));
  }
  return points;
}

/// Climbed to from where a linear bound of the unit is attained if it fires
/// there, in plain doubles, else from the sampled point that came nearest.
SourcePoint SampledWitnesses::pointFor(const Unit &unit, Exit exit,
                                       const BackSubstitution &bounds,
                                       double &products) const {
  auto heightOf = [&](unsigned element) {
    Interval range = samples.range[element];
    return exit.sign > 0 ? range.hi : -range.lo;
  };
  unsigned best =
      *llvm::max_element(unit.elements, [&](unsigned a, unsigned b) {
        return heightOf(a) < heightOf(b);
      });
  Objective objective{best, exit.sign};
  PointSearch search(network, node);
  SourcePoint start = bounds.maximizer(bounds.maximizeOne(objective));
  search.run(start);
  // To fire by more than it rounds takes some steps as well.
  unsigned steps = 10;
  if (!(search.value(objective) > exit.goal)) {
    start = domainPoint(network, domain,
                        exit.sign > 0 ? samples.highest[best]
                                      : samples.lowest[best]);
    steps = 60;
  }
  // A run and a gradient for each.
  products += 2 * (steps + 1) * entries;
  return search.climb(start, domain, objective, exit.aim, steps, 0.05, 0.97);
}

/// Points for the next units that do not fire yet.
std::vector<SourcePoint>
SampledWitnesses::pointsOfNext(const BackSubstitution &bounds,
                               double &products) {
  Exit exit = exitsOf(function).front();
  std::vector<const Unit *> next;
  for (; reached < all.size() && next.size() < kAtOnce; ++reached)
    if (!all[reached].fires && !all[reached].elements.empty())
      next.push_back(&all[reached]);
  std::vector<SourcePoint> points(next.size());
  std::vector<double> taken(next.size(), 0.0);
  llvm::parallelFor(0, points.size(), [&](size_t k) {
    points[k] = pointFor(*next[k], exit, bounds, taken[k]);
  });
  products -= std::accumulate(taken.begin(), taken.end(), 0.0);
  return points;
}

/// Where all elements lie when the program is executed at a point, in any order
/// of summation; none where no input is near.
std::vector<Interval> SampledWitnesses::rangesAt(const SourcePoint &point,
                                                 double &products) const {
  std::optional<SourcePoint> input = representable(network, domain, point);
  if (!input)
    return {};
  BackSubstitution exact(network, node);
  exact.boundClosely(boxAt(*input));
  std::vector<Interval> ranges = exact.ranges()[node];
  std::vector<Objective> objectives;
  for (const Unit &unit : all)
    for (unsigned element : unit.elements)
      if (function.respond(ranges[element]) == Response::Open)
        objectives.insert(objectives.end(), {{element, 1.0}, {element, -1.0}});
  std::vector<double> ends = exact.maximize(objectives);
  for (size_t k = 0; k < objectives.size(); k += 2) {
    Interval &range = ranges[objectives[k].element];
    range = narrowed(range, Interval(-ends[k + 1], ends[k]));
  }
  products = exact.productsTaken() + objectives.size() * entries;
  return ranges;
}

/// Whether the ranges show anything new.
bool SampledWitnesses::learn(llvm::ArrayRef<Interval> ranges) {
  bool isNew = false;
  for (Unit &unit : all) {
    bool fires = false, isSilent = true;
    for (unsigned element : unit.elements) {
      Response response = function.respond(ranges[element]);
      fires |= response == Response::Active;
      isSilent &= isSilence(response);
    }
    isNew |= (fires && !unit.fires) || (isSilent && !unit.isSilent);
    unit.fires |= fires;
    unit.isSilent |= isSilent;
  }
  return isNew;
}

/// Whether any of the points showed anything new.
bool SampledWitnesses::tryAll(llvm::ArrayRef<SourcePoint> points,
                              double &products) {
  std::vector<std::vector<Interval>> ranges(points.size());
  std::vector<double> taken(points.size(), 0.0);
  llvm::parallelFor(0, points.size(), [&](size_t k) {
    ranges[k] = rangesAt(points[k], taken[k]);
  });
  bool isNew = false;
  for (size_t k = 0; k < points.size(); ++k) {
    products -= taken[k];
    if (!ranges[k].empty())
      isNew |= learn(ranges[k]);
  }
  return isNew;
}

bool SampledWitnesses::run(double &products) {
  bool hasShown = false;
  while (products > 0.0 && tryAll(sampledPoints(), products))
    hasShown = true;
  if (exitsOf(function).empty())
    return hasShown;
  BackSubstitution bounds(network, node);
  bounds.adopt(bounds.domainRanges());
  while (products > 0.0 && reached < all.size()) {
    bool isNew = tryAll(pointsOfNext(bounds, products), products);
    hasShown |= isNew;
    // Where the first few cannot be shown to fire, rounding hides it.
    if (!hasShown)
      break;
  }
  return hasShown;
}

} // namespace act

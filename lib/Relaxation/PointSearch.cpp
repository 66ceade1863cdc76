//===- PointSearch.cpp - Inputs that drive an element high ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/PointSearch.h"
#include "RowProduct.h"
#include <algorithm>

namespace act {

using Kind = NetworkNode::Kind;

PointSearch::PointSearch(const Network &network,
                         const std::vector<unsigned> &targets)
    : network(network), target(targets.back()),
      order(network.ancestors(targets)), values(network.size()) {}

const std::vector<std::vector<double>> &
PointSearch::run(const SourcePoint &point) {
  for (unsigned index : order) {
    const NetworkNode &node = network[index];
    std::vector<double> &result = values[index];
    if (node.kind == Kind::Source) {
      result = point[index];
      continue;
    }
    result.resize(node.size());
    if (node.kind == Kind::Elementwise) {
      for (unsigned i = 0; i < node.size(); ++i)
        result[i] = node.function->approximateAt(values[node.operand][i]);
      continue;
    }
    if (node.kind == Kind::Multivariate) {
      for (unsigned i = 0; i < node.size(); ++i)
        result[i] =
            approximateAt(node.combination, node.operands.gather(i, values));
      continue;
    }
    for (unsigned i = 0; i < node.size(); ++i) {
      result[i] = node.offset[i];
      for (const LinearTerm &term : node.terms)
        result[i] += term.map->rowProduct(i, values[term.node].data());
    }
  }
  return values;
}

SourcePoint PointSearch::gradient(Objective objective) const {
  SourcePoint slope(network.size());
  auto on = [&](unsigned node) -> std::vector<double> & {
    if (slope[node].empty())
      slope[node].assign(network[node].size(), 0.0);
    return slope[node];
  };
  on(target)[objective.element] = objective.sign;
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const NetworkNode &node = network[*it];
    if (slope[*it].empty() || node.kind == Kind::Source)
      continue;
    if (node.kind == Kind::Elementwise) {
      std::vector<double> &operand = on(node.operand);
      for (unsigned i = 0; i < node.size(); ++i)
        if (slope[*it][i] != 0.0)
          operand[i] += slope[*it][i] * node.function->approximateSlope(
                                            values[node.operand][i]);
    } else if (node.kind == Kind::Multivariate) {
      for (unsigned i = 0; i < node.size(); ++i) {
        if (slope[*it][i] == 0.0)
          continue;
        std::vector<double> by = approximateGradient(
            node.combination, node.operands.gather(i, values));
        for (size_t k = 0; k < by.size(); ++k) {
          auto [operand, element] = node.operands[node.operands.begin(i) + k];
          on(operand)[element] += slope[*it][i] * by[k];
        }
      }
    } else {
      for (const LinearTerm &term : node.terms)
        addRowProducts(slope[*it], 1, *term.map, on(term.node));
    }
  }
  return slope;
}

/// One step of a climb; false where no source has an influence.
bool PointSearch::step(SourcePoint &point, const SourceBox &box,
                       const SourcePoint &slope, double stride) const {
  bool hasMoved = false;
  for (unsigned node = 0; node < point.size(); ++node) {
    const SourceSet *set = network[node].set.get();
    double steepest = 0.0;
    for (double a : slope[node])
      steepest = std::max(steepest, std::abs(a));
    if (steepest == 0.0)
      continue;
    hasMoved = true;
    for (size_t i = 0; i < point[node].size(); ++i) {
      double a = slope[node][i];
      if (a == 0.0)
        continue;
      Interval side = box[node][i];
      double move = stride * side.width();
      if (set)
        point[node][i] += move * (a / steepest);
      else
        point[node][i] = std::clamp(point[node][i] + (a > 0 ? move : -move),
                                    side.lo, side.hi);
    }
    if (set)
      set->project(point[node]);
  }
  return hasMoved;
}

SourcePoint PointSearch::climb(SourcePoint point, const SourceBox &box,
                               Objective objective, double goal, unsigned steps,
                               double stride, double shrink) {
  run(point);
  SourcePoint best = point;
  double highest = value(objective);
  for (unsigned count = 0; count < steps && !(highest > goal); ++count) {
    if (!step(point, box, gradient(objective), stride))
      break;
    run(point);
    if (value(objective) > highest) {
      highest = value(objective);
      best = point;
    }
    stride *= shrink;
  }
  run(best);
  return best;
}

uint64_t mixed(uint64_t z) {
  z += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// Each coordinate with a probability of `share` on an end.
static SourcePoint randomPoint(const SourceBox &box, uint64_t index,
                               double share) {
  SourcePoint point(box.size());
  uint64_t state = mixed(index);
  for (size_t node = 0; node < box.size(); ++node)
    for (Interval side : box[node]) {
      state = mixed(state);
      double where = double(state >> 11) * 0x1p-53;
      if (where < share)
        point[node].push_back(where < share / 2 ? side.lo : side.hi);
      else
        point[node].push_back(
            std::clamp(side.lo + side.width() * (where - share) / (1.0 - share),
                       side.lo, side.hi));
    }
  return point;
}

SourcePoint facePoint(const SourceBox &box, uint64_t index) {
  return randomPoint(box, index, index % 2 ? 0.1 : 0.5);
}

SourcePoint uniformPoint(const SourceBox &box, uint64_t index) {
  return randomPoint(box, index, 0.0);
}

SourcePoint domainPoint(const Network &network, const SourceBox &box,
                        uint64_t index) {
  SourcePoint point = facePoint(box, index);
  for (size_t node = 0; node < box.size(); ++node)
    if (network[node].set && !box[node].empty())
      network[node].set->spread(point[node], index);
  return point;
}

} // namespace act

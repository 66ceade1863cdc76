//===- SlopeTuning.cpp - Choosing the slopes of lines ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Below a convex kink every line through it with a slope between those of its
// sides holds. Which is best depends on the objective: the bound is a piecewise
// linear function of the slopes, and a few steps down its gradient halve the
// boxes of a bisection. The same holds for the shares of planes.
//
//===----------------------------------------------------------------------===//

#include "act/Relaxation/BackSubstitution.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;

std::vector<std::vector<double>>
BackSubstitution::maximizer(const LinearBound &bound) const {
  std::vector<std::vector<double>> point(target + 1);
  for (unsigned node : order) {
    if (network[node].kind != Kind::Source)
      continue;
    const std::vector<double> &slope = bound.coefficients[node];
    if (network[node].set) {
      point[node] = network[node].set->maximizer(
          slope.empty() ? nullptr : slope.data(), current[node]);
      continue;
    }
    for (size_t i = 0; i < current[node].size(); ++i) {
      Interval side = current[node][i];
      double a = slope.empty() ? 0.0 : slope[i];
      point[node].push_back(a > 0 ? side.hi : a < 0 ? side.lo : side.middle());
    }
  }
  return point;
}

/// Whether the element of an affine node, or a function of it, has a part in
/// the bound, or may have.
bool BackSubstitution::isUsed(const LinearBound &bound, unsigned node,
                              unsigned element) const {
  auto isPart = [&](unsigned each) {
    const std::vector<double> &a = bound.coefficients[each];
    return !a.empty() && a[element] != 0.0;
  };
  return isPart(node) || isCombined[node] ||
         std::any_of(readers[node].begin(), readers[node].end(), isPart);
}

/// The values of all nodes where the bound is attained, each function replaced
/// by the line that the bound uses.
std::vector<std::vector<double>>
BackSubstitution::relaxedValues(const LinearBound &bound) const {
  std::vector<std::vector<double>> value = maximizer(bound);
  for (unsigned index : order) {
    const NetworkNode &node = network[index];
    if (node.kind == Kind::Affine) {
      value[index] = node.offset;
      for (unsigned i = 0; i < node.size(); ++i)
        if (isUsed(bound, index, i))
          for (const LinearTerm &term : node.terms)
            value[index][i] += term.map->rowProduct(i, value[term.node].data());
    } else if (node.kind == Kind::Elementwise) {
      const std::vector<double> &a = bound.coefficients[index];
      for (unsigned i = 0; i < node.size(); ++i) {
        bool isUpper = !a.empty() && a[i] > 0;
        Line line = isUpper ? lines[index].upper(i) : lines[index].lower(i);
        value[index].push_back(line.at(value[node.operand][i]));
      }
    } else if (node.kind == Kind::Multivariate) {
      const std::vector<double> &a = bound.coefficients[index];
      for (unsigned i = 0; i < node.size(); ++i) {
        const PlaneArrays::Side &side =
            planes[index].side(!a.empty() && a[i] > 0);
        double sum = side.offset[i];
        for (size_t k = node.operands.begin(i); k < node.operands.end(i); ++k)
          sum += side.slope[k] *
                 value[node.operands[k].node][node.operands[k].element];
        value[index].push_back(sum);
      }
    }
  }
  return value;
}

/// Where a function has one kink and bends away from its line, the line may
/// turn around the kink: by how much the bound changes with its slope.
void BackSubstitution::addTurnsOfLines(
    unsigned index, const LinearBound &bound,
    const std::vector<std::vector<double>> &value,
    std::vector<Turn> &result) const {
  const NetworkNode &node = network[index];
  const std::vector<double> &a = bound.coefficients[index];
  if (node.function->breaks().size() != 1)
    return;
  double kink = node.function->breaks().front();
  for (unsigned i = 0; i < node.size(); ++i) {
    Interval range = current[node.operand][i];
    if (a[i] == 0.0 || !(range.lo < kink && kink < range.hi))
      continue;
    bool isConvex = node.function->approximateSlope(range.hi) >
                    node.function->approximateSlope(range.lo);
    if (isConvex == (a[i] > 0))
      continue;
    double gradient = a[i] * (value[node.operand][i] - kink);
    result.push_back(
        {index, i, !isConvex, gradient, node.function->slopesOn(range)});
  }
}

/// By how much the bound changes with the shares of planes.
void BackSubstitution::addTurnsOfPlanes(
    unsigned index, const LinearBound &bound,
    const std::vector<std::vector<double>> &value,
    std::vector<Turn> &result) const {
  const NetworkNode &node = network[index];
  const std::vector<double> &a = bound.coefficients[index];
  for (unsigned i = 0; i < node.size(); ++i) {
    std::vector<Interval> box = node.operands.gather(i, current);
    if (a[i] == 0.0 || !valuesOn(node.combination, box).isBounded())
      continue;
    std::vector<double> at = node.operands.gather(i, value);
    bool isUpper = a[i] > 0;
    double rise = planeAround(index, i, isUpper, 1.0).at(at) -
                  planeAround(index, i, isUpper, 0.0).at(at);
    if (rise != 0.0)
      result.push_back({index, i, isUpper, a[i] * rise, Interval(0.0, 1.0)});
  }
}

std::vector<BackSubstitution::Turn>
BackSubstitution::turns(const LinearBound &bound) const {
  std::vector<std::vector<double>> value = relaxedValues(bound);
  std::vector<Turn> result;
  for (unsigned index : order) {
    if (bound.coefficients[index].empty())
      continue;
    if (network[index].kind == Kind::Elementwise)
      addTurnsOfLines(index, bound, value, result);
    else if (network[index].kind == Kind::Multivariate)
      addTurnsOfPlanes(index, bound, value, result);
  }
  return result;
}

double BackSubstitution::parameter(const Turn &turn) const {
  if (network[turn.node].kind == Kind::Multivariate)
    return planes[turn.node].side(turn.isUpper).share[turn.element];
  const LineArrays &arrays = lines[turn.node];
  return (turn.isUpper ? arrays.upperSlope : arrays.lowerSlope)[turn.element];
}

void BackSubstitution::turn(const Turn &turn, double parameter) {
  const NetworkNode &node = network[turn.node];
  if (node.kind == Kind::Multivariate)
    return setPlane(
        turn.node, turn.element, turn.isUpper, parameter,
        planeAround(turn.node, turn.element, turn.isUpper, parameter));
  LineArrays &arrays = lines[turn.node];
  LinearBounds both{arrays.lower(turn.element), arrays.upper(turn.element)};
  Interval range = current[node.operand][turn.element];
  if (turn.isUpper)
    both.upper = {parameter, node.function->offsetAbove(parameter, range)};
  else
    both.lower = {parameter, node.function->offsetBelow(parameter, range)};
  setLine(turn.node, turn.element, both);
}

LinearBound BackSubstitution::maximizeSteeply(Objective objective,
                                              unsigned steps, double goal) {
  auto last = std::make_shared<LinearBound>(maximizeOne(objective)),
       best = last;
  double rate = 0.5;
  for (unsigned step = 0; step < steps && best->value > goal; ++step) {
    std::vector<Turn> all = turns(*last);
    double steepest = 0.0;
    for (const Turn &each : all)
      steepest = std::max(steepest, std::abs(each.gradient));
    if (steepest == 0.0)
      break;
    for (const Turn &each : all) {
      double next = parameter(each) -
                    rate * each.range.width() * each.gradient / steepest;
      turn(each, std::clamp(next, each.range.lo, each.range.hi));
    }
    last = std::make_shared<LinearBound>(maximizeOne(objective));
    if (last->value < best->value)
      best = last;
    rate *= 0.75;
  }
  return *best;
}

LinearBound BackSubstitution::tuneWithin(
    Objective objective, const std::vector<Constraint> &constraints,
    std::vector<double> &multipliers, unsigned steps, double goal) {
  std::vector<double> now = multipliers;
  auto last = std::make_shared<LinearBound>(
           maximizeWithin(objective, constraints, now)),
       best = last;
  // Multipliers are of the size of the coefficients, slopes of that of 1.
  double scale = 0.0;
  for (const std::vector<double> &each : last->coefficients)
    for (double a : each)
      scale = std::max(scale, std::abs(a));
  for (unsigned step = 0; step < steps && best->value > goal; ++step) {
    std::vector<Turn> all = turns(*last);
    std::vector<std::vector<double>> values = relaxedValues(*last);
    std::vector<double> gradients;
    double sum = 0.0;
    for (size_t k = 0; k < constraints.size(); ++k) {
      const auto &[node, element, sign, least] = constraints[k];
      double gradient = scale * (sign * values[node][element] - least);
      // What would become negative stays 0.
      gradients.push_back(now[k] == 0.0 && gradient > 0.0 ? 0.0 : gradient);
      sum += gradients.back() * gradients.back();
    }
    for (const Turn &each : all)
      sum += std::pow(each.range.width() * each.gradient, 2);
    if (!(sum > 0.0) || !std::isfinite(sum))
      break;
    // As far as a linear function would reach the goal (Polyak, 1969), and a
    // little less each time, as the goal may be out of reach.
    double rate = (last->value - goal) / sum * std::pow(0.95, step);
    for (size_t k = 0; k < constraints.size(); ++k)
      now[k] = std::max(0.0, now[k] - rate * scale * gradients[k]);
    for (const Turn &each : all) {
      double width = each.range.width();
      double next = parameter(each) - rate * width * width * each.gradient;
      turn(each, std::clamp(next, each.range.lo, each.range.hi));
    }
    last = std::make_shared<LinearBound>(
        maximizeWithin(objective, constraints, now));
    if (last->value < best->value) {
      best = last;
      multipliers = now;
    }
  }
  return *best;
}

std::vector<BackSubstitution::Gap>
BackSubstitution::gaps(const LinearBound &bound) const {
  std::vector<std::vector<double>> values = relaxedValues(bound);
  std::vector<Gap> result;
  for (unsigned index : order) {
    const NetworkNode &node = network[index];
    const std::vector<double> &a = bound.coefficients[index];
    if (node.kind != Kind::Elementwise)
      continue;
    for (unsigned i = 0; i < a.size(); ++i) {
      Interval range = current[node.operand][i];
      if (a[i] == 0.0 || node.function->isAffineOn(range))
        continue;
      double at = values[node.operand][i];
      double size = std::abs(
          a[i] * (values[index][i] - node.function->approximateAt(at)));
      for (double kink : node.function->breaks())
        if (range.lo < kink && kink < range.hi)
          result.push_back({node.operand, i, kink, size});
    }
  }
  return result;
}

} // namespace act

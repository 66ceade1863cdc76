//===- MomentPropagation.cpp - Normal inputs through a network ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MomentPropagation.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Moments.h"
#include "llvm/Support/Parallel.h"
#include <cmath>
#include <limits>

namespace act {

const MomentPropagation::NodeMoments &
MomentPropagation::momentsOf(unsigned node) {
  if (auto found = known.find(node); found != known.end())
    return found->second;
  NodeMoments moments = network[node].kind == NetworkNode::Kind::Source
                            ? NodeMoments{sourceLaws(node), {}}
                            : compute(network[node]);
  return known[node] = std::move(moments);
}

/// Sources are independent of each other; how other nodes are correlated is
/// not known.
static bool isIndependent(const Network &network,
                          const std::vector<LinearTerm> &terms) {
  return terms.size() == 1 || llvm::all_of(terms, [&](const LinearTerm &term) {
           return network[term.node].kind == NetworkNode::Kind::Source;
         });
}

MomentPropagation::NodeMoments
MomentPropagation::compute(const NetworkNode &node) {
  if (node.kind == NetworkNode::Kind::Elementwise)
    return throughFunction(node, momentsOf(node.operand));
  bool isSum = node.kind == NetworkNode::Kind::Affine &&
               isIndependent(network, node.terms);
  return isSum ? throughMaps(node) : NodeMoments();
}

//===----------------------------------------------------------------------===//
// Affine nodes
//===----------------------------------------------------------------------===//

/// Elements of larger nodes count as uncorrelated behind them.
static constexpr unsigned kMaxCorrelated = 1024;
/// Products for a node: some seconds.
static constexpr double kMaxProducts = 0x1p34;

/// Mean W m + b, covariance W C W^T, and the sums of these over the terms.
MomentPropagation::NodeMoments
MomentPropagation::throughMaps(const NetworkNode &node) {
  size_t size = node.size();
  NodeMoments result;
  std::vector<double> variance(size, 0.0);
  for (double offset : node.offset)
    result.laws.push_back({offset, 0.0});
  if (size <= kMaxCorrelated)
    result.covariance.resize(size * size);
  for (const LinearTerm &term : node.terms) {
    const NodeMoments &before = momentsOf(term.node);
    double width = 1.0 + (before.covariance.empty() ? 0 : before.laws.size()) +
                   (result.covariance.empty() ? 0 : size);
    if (before.laws.empty() || width * term.map->numEntries() > kMaxProducts)
      return {};
    llvm::parallelFor(0, size, [&](size_t row) {
      addRow(*term.map, row, before, result, variance[row]);
    });
  }
  for (auto [law, square] : llvm::zip(result.laws, variance))
    law.deviation = std::sqrt(std::max(square, 0.0));
  return result;
}

void MomentPropagation::addRow(const LinearMap &map, unsigned row,
                               const NodeMoments &before, NodeMoments &result,
                               double &variance) {
  size_t columns = map.numColumns();
  std::vector<double> image(columns, 0.0); // C times the row
  map.forEachEntry(row, [&](unsigned column, double weight) {
    const NormalLaw &law = before.laws[column];
    result.laws[row].mean += weight * law.mean;
    image[column] += weight * law.deviation * law.deviation;
  });
  if (!before.covariance.empty())
    for (size_t column = 0; column < columns; ++column)
      image[column] =
          map.rowProduct(row, before.covariance.data() + column * columns);
  variance += map.rowProduct(row, image.data());
  if (!result.covariance.empty())
    for (size_t other = 0, size = result.laws.size(); other < size; ++other)
      result.covariance[row * size + other] +=
          map.rowProduct(other, image.data());
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

namespace {
/// Of f(z): the mean, that of its square, and that of the slope f'(z).
struct FunctionMoments {
  double mean = 0.0, square = 0.0, slope = 0.0;
};
} // namespace

/// Of a function that is linear between kinks, by the moments of a truncated
/// normal law: with z = m + s t, the integrals of 1, t and t^2 from a to b are
/// Phi(b) - Phi(a), phi(a) - phi(b) and the first plus a phi(a) - b phi(b).
static FunctionMoments momentsOfLines(const FunctionRelaxation &function,
                                      NormalLaw z) {
  FunctionMoments sum;
  const std::vector<double> &breaks = function.breaks();
  auto endTerm = [](double t) {
    return std::isinf(t) ? 0.0 : t * normalDensity(t);
  };
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (size_t k = 0; k <= breaks.size(); ++k) {
    double lo = k == 0 ? -kInfinity : breaks[k - 1];
    double hi = k == breaks.size() ? kInfinity : breaks[k];
    double a = (lo - z.mean) / z.deviation, b = (hi - z.mean) / z.deviation;
    double share = normalCdf(b) - normalCdf(a);
    double first = normalDensity(a) - normalDensity(b);
    double second = share + endTerm(a) - endTerm(b);
    double inside = std::isinf(lo)   ? (std::isinf(hi) ? 0.0 : hi - 1.0)
                    : std::isinf(hi) ? lo + 1.0
                                     : lo / 2 + hi / 2;
    // The line as c + d t.
    double slope = function.approximateSlope(inside);
    double c = function.approximateAt(inside) + slope * (z.mean - inside);
    double d = slope * z.deviation;
    sum.mean += c * share + d * first;
    sum.square += c * c * share + 2 * c * d * first + d * d * second;
    sum.slope += slope * share;
  }
  return sum;
}

static FunctionMoments momentsOf(const FunctionRelaxation &function,
                                 NormalLaw z) {
  if (z.deviation == 0.0) {
    double value = function.approximateAt(z.mean);
    return {value, value * value, function.approximateSlope(z.mean)};
  }
  if (function.isPiecewiseLinear())
    return momentsOfLines(function, z);
  Distribution input = Distribution::normal(z.mean, z.deviation);
  Moments value = moments(function.expression(), input);
  return {value.mean, value.secondMoment,
          moments(differentiate(function.expression()), input).mean};
}

MomentPropagation::NodeMoments
MomentPropagation::throughFunction(const NetworkNode &node,
                                   const NodeMoments &before) {
  size_t size = before.laws.size();
  NodeMoments result;
  std::vector<double> slopes;
  for (const NormalLaw &law : before.laws) {
    FunctionMoments passed = act::momentsOf(*node.function, law);
    double variance = passed.square - passed.mean * passed.mean;
    result.laws.push_back({passed.mean, std::sqrt(std::max(variance, 0.0))});
    slopes.push_back(passed.slope);
  }
  result.covariance = before.covariance;
  if (!before.covariance.empty())
    for (size_t i = 0; i < size; ++i)
      for (size_t j = 0; j < size; ++j) {
        double &entry = result.covariance[i * size + j];
        entry *= slopes[i] * slopes[j];
        if (i == j)
          entry = std::pow(result.laws[i].deviation, 2);
      }
  return result;
}

} // namespace act

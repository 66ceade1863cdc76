//===- SoundnessTest.cpp - Executed networks stay within bounds -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random DAGs are executed in float, each sum in another order, with and
// without fused multiply-add. No value may leave what was proved of it.
//
//===----------------------------------------------------------------------===//

#include "Networks.h"
#include "act/Formula/ApproximateValue.h"
#include "act/Relaxation/KinkSplitting.h"
#include "act/Relaxation/Zonotope.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <random>

using namespace act;
using namespace act::test;

namespace {

using Random = std::mt19937_64;
using Values = std::vector<std::vector<float>>;

unsigned below(unsigned count, Random &random) { return random() % count; }

double uniform(double lo, double hi, Random &random) {
  return std::uniform_real_distribution<double>(lo, hi)(random);
}

//===----------------------------------------------------------------------===//
// Execution
//===----------------------------------------------------------------------===//

struct Product {
  float factor, value;
};

/// The sum of products and an offset as some program may compute it.
float executedSum(std::vector<Product> products, float offset, Random &random) {
  std::shuffle(products.begin(), products.end(), random);
  switch (below(3, random)) {
  case 0: {
    float sum = offset;
    for (Product each : products)
      sum = std::fma(each.factor, each.value, sum);
    return sum;
  }
  case 1: {
    float sum = 0.0f;
    for (Product each : products)
      sum += each.factor * each.value;
    return sum + offset;
  }
  default: {
    // Any two partial sums at a time.
    std::vector<float> parts = {offset};
    for (Product each : products)
      parts.push_back(each.factor * each.value);
    while (parts.size() > 1) {
      std::swap(parts[below(parts.size() - 1, random)],
                parts[parts.size() - 2]);
      float last = parts.back();
      parts.pop_back();
      parts.back() += last;
    }
    return parts.front();
  }
  }
}

/// Linear pieces with slopes that are powers of two are exact in float; of
/// others the result may be off by 4 ulp of 1.
float executedFunction(const NetworkNode &node, unsigned element, float input,
                       Random &random) {
  float value = approximateValue(node.function->expression(), {input});
  if (node.error[element] != 0.0)
    value += float(int(below(7, random)) - 3) * 0x1p-23f;
  return value;
}

/// The order of the operands of a maximum does not matter.
float executedCombination(const NetworkNode &node, unsigned element,
                          const Values &values) {
  std::vector<float> x = node.operands.gather(element, values);
  switch (node.combination) {
  case MultivariateFunction::Product:
    return x[0] * x[1];
  case MultivariateFunction::Maximum:
    return *std::max_element(x.begin(), x.end());
  case MultivariateFunction::Minimum:
    return *std::min_element(x.begin(), x.end());
  }
  return NAN;
}

Values execute(const Network &network, const SourcePoint &point,
               Random &random) {
  Values values(network.size());
  for (unsigned index = 0; index < network.size(); ++index) {
    const NetworkNode &node = network[index];
    for (unsigned i = 0; i < node.size(); ++i) {
      if (node.kind == NetworkNode::Kind::Source) {
        values[index].push_back(point[index][i]);
      } else if (node.kind == NetworkNode::Kind::Elementwise) {
        float input = values[node.operand][i];
        values[index].push_back(executedFunction(node, i, input, random));
      } else if (node.kind == NetworkNode::Kind::Multivariate) {
        values[index].push_back(executedCombination(node, i, values));
      } else {
        std::vector<Product> products;
        for (const LinearTerm &term : node.terms)
          term.map->forEachEntry(i, [&](unsigned column, double weight) {
            products.push_back({float(weight), values[term.node][column]});
          });
        values[index].push_back(
            executedSum(std::move(products), node.offset[i], random));
      }
    }
  }
  return values;
}

//===----------------------------------------------------------------------===//
// Random networks
//===----------------------------------------------------------------------===//

/// Functions, and by how much they may be off as executed.
struct Activation {
  Expression formula;
  double error;
};
const double ulps = 4 * 0x1p-23;
const std::vector<Activation> activations = {
    {relu, 0},
    {relu, 0},
    {where(x > 0.0, x, 0.25 * x), 0},
    {abs(x), 0},
    {clip(x, -1.0, 1.0), 0},
    {min(x, 0.5), 0},
    {clip(x, 0.0, 6.0), 0},
    {sigmoid(x), ulps},
    {tanh(x), ulps},
};

Matrix randomMatrix(unsigned rows, unsigned columns, double scale,
                    Random &random) {
  Matrix matrix(rows, std::vector<double>(columns));
  unsigned density = 1 + below(4, random);
  for (std::vector<double> &row : matrix)
    for (double &weight : row)
      if (below(4, random) < density)
        weight = float(uniform(-scale, scale, random));
  return matrix;
}

Matrix identity(unsigned size, double factor) {
  Matrix matrix(size, std::vector<double>(size));
  for (unsigned i = 0; i < size; ++i)
    matrix[i][i] = factor;
  return matrix;
}

/// Adds an affine node of one to three earlier ones, the same one among them
/// twice at times; those of its own size may be added as they are.
unsigned addRandomAffine(NetworkBuilder &builder, Random &random) {
  unsigned rows = 1 + below(5, random), nodes = builder.network.size();
  double scale = std::exp(uniform(-2, 1.5, random));
  std::vector<NetworkBuilder::Input> inputs = {
      {nodes - 1,
       randomMatrix(rows, builder.network[nodes - 1].size(), scale, random)}};
  for (unsigned more = below(3, random); more > 0; --more) {
    unsigned node = below(nodes, random);
    unsigned size = builder.network[node].size();
    bool isResidual = size == rows && below(2, random);
    inputs.push_back({node, isResidual
                                ? identity(size, below(2, random) ? 1 : -1)
                                : randomMatrix(rows, size, scale, random)});
  }
  std::vector<double> offset(rows);
  for (double &each : offset)
    each = float(uniform(-scale, scale, random));
  return builder.affine(inputs, offset);
}

/// Adds products or extrema of any elements so far, the same one twice at
/// times.
void addRandomCombination(NetworkBuilder &builder, Random &random) {
  auto function = MultivariateFunction(below(3, random));
  unsigned nodes = builder.network.size();
  std::vector<std::vector<OperandLists::Operand>> lists(1 + below(4, random));
  for (auto &list : lists) {
    bool isProduct = function == MultivariateFunction::Product;
    for (unsigned count = isProduct ? 2 : 1 + below(5, random); count > 0;
         --count) {
      unsigned node = below(3, random) ? nodes - 1 : below(nodes, random);
      list.push_back({node, below(builder.network[node].size(), random)});
    }
  }
  builder.combine(function, lists);
}

Network randomNetwork(Random &random) {
  NetworkBuilder builder(NetworkBuilder::F32);
  for (unsigned sources = 1 + below(2, random); sources > 0; --sources) {
    std::vector<Interval> box;
    double scale = std::exp(uniform(-3, 2, random));
    for (unsigned size = 1 + below(3, random); size > 0; --size) {
      float a = uniform(-scale, scale, random);
      float b = below(8, random) ? uniform(-scale, scale, random) : a;
      box.push_back({std::min(a, b), std::max(a, b)});
    }
    builder.source(box);
  }
  for (unsigned steps = 2 + below(4, random); steps > 0; --steps) {
    unsigned node = addRandomAffine(builder, random);
    const Activation &one = activations[below(activations.size(), random)];
    builder.function(node, one.formula, one.error);
    if (below(4, random) == 0) {
      const Activation &two = activations[below(activations.size(), random)];
      builder.function(below(2, random) ? node : node + 1, two.formula,
                       two.error);
    }
    if (below(3, random) == 0)
      addRandomCombination(builder, random);
  }
  if (below(3, random))
    addRandomAffine(builder, random);
  return std::move(builder.network);
}

/// A part of a box, its ends floats.
SourceBox partOf(const SourceBox &box, Random &random) {
  SourceBox part = box;
  double share = std::exp(uniform(-8, 0, random));
  for (std::vector<Interval> &sides : part)
    for (Interval &side : sides) {
      float lo = uniform(0, 1 - share, random) * side.width() + side.lo;
      float hi = lo + share * side.width();
      lo = std::clamp<float>(lo, side.lo, side.hi);
      side = {lo, std::clamp<float>(hi, lo, side.hi)};
    }
  return part;
}

/// The nearest point of floats; the ends of the box are some.
SourcePoint inFloats(SourcePoint point, const SourceBox &box) {
  for (size_t node = 0; node < point.size(); ++node)
    for (size_t i = 0; i < point[node].size(); ++i)
      point[node][i] = std::clamp<double>(float(point[node][i]),
                                          box[node][i].lo, box[node][i].hi);
  return point;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

/// Points on faces and inside, and some that drive the objectives of the last
/// node up.
std::vector<SourcePoint> pointsIn(const Network &network, const SourceBox &box,
                                  unsigned count, Random &random) {
  const double infinity = std::numeric_limits<double>::infinity();
  unsigned last = network.size() - 1;
  PointSearch search(network, last);
  std::vector<SourcePoint> points;
  for (unsigned k = 0; k < count; ++k) {
    points.push_back(inFloats(facePoint(box, random()), box));
    Objective objective{below(network[last].size(), random),
                        below(2, random) ? 1.0 : -1.0};
    if (k % 4 == 0)
      points.push_back(inFloats(
          search.climb(points.back(), box, objective, infinity, 12, 0.25, 0.8),
          box));
  }
  return points;
}

/// Whether all values of an execution lie within the ranges of all nodes, and
/// those of the last within the bounds of its objectives.
testing::AssertionResult isWithin(const Network &network, const Values &values,
                                  const BackSubstitution::Ranges &ranges,
                                  const std::vector<Objective> &objectives,
                                  const std::vector<double> &bounds) {
  for (unsigned node = 0; node < network.size(); ++node)
    for (unsigned i = 0; i < ranges[node].size(); ++i)
      if (!ranges[node][i].contains(values[node][i]))
        return testing::AssertionFailure()
               << "element " << i << " of node " << node << " is "
               << values[node][i] << ", not in [" << ranges[node][i].lo << ", "
               << ranges[node][i].hi << "]";
  for (size_t k = 0; k < objectives.size(); ++k)
    if (double value =
            objectives[k].sign * values.back()[objectives[k].element];
        !(value <= bounds[k]))
      return testing::AssertionFailure()
             << "objective " << k << " is " << value << ", above " << bounds[k];
  return testing::AssertionSuccess();
}

std::vector<Objective> allObjectives(const Network &network) {
  std::vector<Objective> objectives;
  for (unsigned i = 0; i < network[network.size() - 1].size(); ++i)
    objectives.insert(objectives.end(), {{i, 1.0}, {i, -1.0}});
  return objectives;
}

/// One random network and what is checked of it.
struct Trial {
  explicit Trial(unsigned seed)
      : random(seed), network(randomNetwork(random)), last(network.size() - 1),
        domain(domainOf(network)) {}

  /// Executes points of a box that `bounds` has bounded.
  void check(BackSubstitution &bounds, const SourceBox &box, unsigned count) {
    std::vector<Objective> objectives = allObjectives(network);
    std::vector<double> most = bounds.maximize(objectives);
    for (size_t k = 0; k < objectives.size(); ++k) {
      LinearBound steep = bounds.maximizeSteeply(objectives[k], 3, -1e9);
      most[k] = std::min(most[k], steep.value);
    }
    for (const SourcePoint &point : pointsIn(network, box, count, random))
      for (unsigned order = 0; order < 3; ++order)
        EXPECT_TRUE(isWithin(network, execute(network, point, random),
                             bounds.ranges(), objectives, most));
  }

  void checkBoxes() {
    BackSubstitution bounds(network, last);
    bounds.bound(domain, bounds.domainRanges());
    BackSubstitution::Ranges known = bounds.ranges();
    check(bounds, domain, 40);
    for (unsigned k = 0; k < 4; ++k) {
      SourceBox part = partOf(domain, random);
      bounds.bound(part, known);
      check(bounds, part, 12);
    }
    bounds.adopt(known);
    check(bounds, domain, 4);
    bounds.stopAfter(below(60, random));
    check(bounds, domain, 4);
  }

  void checkPoints() {
    BackSubstitution bounds(network, last);
    std::vector<Objective> objectives = allObjectives(network);
    for (const SourcePoint &point : pointsIn(network, domain, 4, random)) {
      SourceBox box(network.size());
      for (size_t node = 0; node < point.size(); ++node)
        box[node].assign(point[node].begin(), point[node].end());
      bounds.boundClosely(box);
      std::vector<double> most = bounds.maximize(objectives);
      for (unsigned order = 0; order < 6; ++order)
        EXPECT_TRUE(isWithin(network, execute(network, point, random),
                             bounds.ranges(), objectives, most));
    }
  }

  void checkZonotopes() {
    Zonotope::Limits few;
    few.products = 1 + below(100, random);
    few.coefficients = 1 + below(60, random);
    few.allCoefficients = below(200, random);
    for (Zonotope::Limits limits : {Zonotope::Limits(), few}) {
      Zonotope zonotope(network, limits);
      BackSubstitution::Ranges ranges(network.size());
      for (unsigned node = 0; node < network.size(); ++node) {
        zonotope.reach(node);
        for (unsigned i = 0; i < network[node].size(); ++i)
          ranges[node].push_back(zonotope.range(node, i));
      }
      for (const SourcePoint &point : pointsIn(network, domain, 40, random))
        for (unsigned order = 0; order < 3; ++order)
          EXPECT_TRUE(isWithin(network, execute(network, point, random), ranges,
                               {}, {}));
    }
  }

  /// The number of goals that were proved.
  unsigned checkProofs() {
    InputBisection bisection(network, last, domain);
    KinkSplitting splitting(network, last, domain);
    std::vector<Values> runs;
    for (const SourcePoint &point : pointsIn(network, domain, 24, random))
      for (unsigned order = 0; order < 2; ++order)
        runs.push_back(execute(network, point, random));
    Objective objective{below(network[last].size(), random),
                        below(2, random) ? 1.0 : -1.0};
    double highest = -std::numeric_limits<double>::infinity();
    for (const Values &values : runs)
      highest = std::max<double>(highest, objective.sign *
                                              values.back()[objective.element]);
    double root = upperBound(network, last, objective);
    unsigned proofs = 0;
    // From far above to a little below what was seen.
    for (double share : {0.9, 0.3, 0.05, 0.0, -0.01}) {
      double goal = highest + share * (root - highest);
      for (const BisectionResult &result :
           {bisection.run(objective, goal, 16, reject),
            splitting.run(objective, goal, 6, reject)}) {
        EXPECT_LE(result.boxes, 16u);
        if (result.outcome != BisectionResult::Proved)
          continue;
        ++proofs;
        EXPECT_LE(result.bound, goal);
        EXPECT_GE(result.bound, highest);
      }
    }
    return proofs;
  }

  Random random;
  Network network;
  unsigned last;
  SourceBox domain;
};

const unsigned trials = 250;

TEST(Soundness, Boxes) {
  for (unsigned seed = 0; seed < trials; ++seed) {
    SCOPED_TRACE(seed);
    Trial(seed).checkBoxes();
  }
}

TEST(Soundness, Zonotopes) {
  for (unsigned seed = 0; seed < trials; ++seed) {
    SCOPED_TRACE(seed);
    Trial(seed).checkZonotopes();
  }
}

TEST(Soundness, Points) {
  for (unsigned seed = 0; seed < trials; ++seed) {
    SCOPED_TRACE(seed);
    Trial(seed).checkPoints();
  }
}

TEST(Soundness, Proofs) {
  unsigned proofs = 0;
  for (unsigned seed = 0; seed < trials; seed += 2) {
    SCOPED_TRACE(seed);
    proofs += Trial(seed).checkProofs();
  }
  // Most goals stay open, but not all.
  EXPECT_GE(proofs, trials / 2);
}

} // namespace

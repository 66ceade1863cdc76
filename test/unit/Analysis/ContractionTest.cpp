//===- ContractionTest.cpp - Bounds through constant weights --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random contractions against sums in long double, in which products of floats
// are exact and doubles lose next to nothing.
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"
#include "ExecutedError.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"
#include <cmath>
#include <cstring>
#include <random>

using namespace act;

namespace {

enum Order { UnitsLast, StepsLast, UnitsBetween };

/// result[b][u] = start + sum over s, t of weights[u, s, t] * x[b][s][t], with
/// the weights stored in some order of their dimensions.
struct Case {
  int64_t batch = 2, units = 37, outer = 3, inner = 11;
  std::vector<double> weights; ///< [u][s][t]
  std::vector<Element> factors;
  double start = 0.25;
  Format format = Format::F32;
  Order order = StepsLast;
  std::vector<char> data; ///< the weights as stored

  int64_t steps() const { return outer * inner; }
  llvm::SmallVector<int64_t> weightStrides() const {
    switch (order) {
    case UnitsLast: // [s][t][u]
      return {0, 1, inner * units, units};
    case StepsLast: // [u][s][t]
      return {0, steps(), inner, 1};
    case UnitsBetween: // [t][u][s]
      return {0, outer, 1, units * outer};
    }
    return {};
  }

  void store() {
    size_t bytes = layoutOf(format).bits / 8;
    data.resize(weights.size() * bytes);
    auto strides = weightStrides();
    for (int64_t u = 0; u < units; ++u)
      for (int64_t s = 0; s < outer; ++s)
        for (int64_t t = 0; t < inner; ++t) {
          double weight = weights[(u * outer + s) * inner + t];
          int64_t at = u * strides[1] + s * strides[2] + t * strides[3];
          float single = weight;
          if (format == Format::F64)
            std::memcpy(&data[at * 8], &weight, 8);
          else if (format == Format::F32)
            std::memcpy(&data[at * 4], &single, 4);
          else if (format == Format::BF16)
            std::memcpy(&data[at * 2], reinterpret_cast<char *>(&single) + 2,
                        2);
          else {
            _Float16 half = single;
            std::memcpy(&data[at * 2], &half, 2);
          }
        }
  }

  Bounds run(Semantics semantics) {
    store();
    return evaluate(nest(), semantics);
  }

  /// Over the weights that are stored.
  LoopNest nest() const {
    LoopNest nest;
    nest.extents = {batch, units, outer, inner};
    nest.reduced = {false, false, true, true};
    nest.inputs.resize(2);
    nest.inputs[0].bounds = Bounds::elements(factors);
    nest.inputs[0].strides = {steps(), 0, inner, 1};
    nest.inputs[1].bounds = Bounds::constant(data, format);
    nest.inputs[1].strides = weightStrides();
    nest.output.bounds = Bounds::splat({Interval(start)});
    nest.output.strides = {units, 1, 0, 0};
    nest.outputSize = batch * units;
    nest.reduction = Reduction::Sum;
    nest.term = ElementFunction::unrounded(
        Expression::variable(0) * Expression::variable(1), 2);
    nest.formats = {format};
    return nest;
  }
};

class Contractions : public testing::TestWithParam<Order> {
protected:
  std::mt19937_64 random{17};

  double draw(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  }
  /// Weights that `format` holds, some of them 0.
  Case drawCase(Format format, double scale) {
    Case result;
    result.order = GetParam();
    result.format = format;
    for (int64_t i = 0; i < result.units * result.steps(); ++i)
      result.weights.push_back(
          i % 5 == 0 ? 0.0 : roundTo(scale * draw(-1.0, 1.0), format));
    for (int64_t i = 0; i < result.batch * result.steps(); ++i) {
      double a = draw(-1.0, 1.0), b = i % 3 ? draw(-1.0, 1.0) : a;
      if (i % 7 == 0)
        a = b = 0.0;
      result.factors.push_back({Interval(std::min(a, b), std::max(a, b))});
    }
    return result;
  }
};

void expectTight(Case &c) {
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t b = 0; b < c.batch; ++b)
    for (int64_t u = 0; u < c.units; ++u) {
      long double low = c.start, high = c.start, size = std::abs(c.start);
      double terms = c.start != 0.0;
      for (int64_t i = 0; i < c.steps(); ++i) {
        long double weight = c.weights[u * c.steps() + i];
        Interval x = c.factors[b * c.steps() + i].range;
        low += weight * (weight > 0 ? x.lo : x.hi);
        high += weight * (weight > 0 ? x.hi : x.lo);
        size += std::abs(weight) * x.magnitude();
        terms += weight != 0.0L && x.magnitude() != 0.0;
      }
      // What the program rounds, and the bounds at most.
      double error = summationError(terms, double(size), c.format);
      long double slack =
          size * (c.steps() + 8) * 0x1p-50L + error * 0x1p-50L + 0x1p-1060L;
      Interval got = result[b * c.units + u].range;
      EXPECT_LE(got.lo, low - error * (1.0 - 0x1p-50));
      EXPECT_GE(got.hi, high + error * (1.0 - 0x1p-50));
      EXPECT_GE(got.lo, low - error - slack);
      EXPECT_LE(got.hi, high + error + slack);
    }
}

} // namespace

TEST_P(Contractions, AreTightInEachFormat) {
  for (Format format : {Format::F16, Format::BF16, Format::F32, Format::F64}) {
    Case c = drawCase(format, 1.0);
    expectTight(c);
  }
}

TEST_P(Contractions, MoreStepsAndUnitsThanABlock) {
  Case c = drawCase(Format::F32, 1.0);
  c.units = 601;
  c.inner = 700;
  std::vector<double> weights = c.weights;
  c.weights.resize(c.units * c.steps());
  for (double &weight : c.weights)
    weight = float(draw(-1.0, 1.0));
  c.factors.resize(c.batch * c.steps());
  for (Element &factor : c.factors)
    factor = {Interval(0.0, draw(0.0, 1.0))};
  expectTight(c);
}

/// Together they read weights once, and each gets the bits that it gets alone.
TEST_P(Contractions, SharedWeightsLeaveEachItsBits) {
  for (Format format : {Format::F16, Format::F32, Format::F64}) {
    Case c = drawCase(format, 1.0);
    c.store();
    std::vector<LoopNest> nests(4, c.nest());
    for (Element &factor : c.factors)
      factor = {Interval(draw(-1.0, 1.0))};
    nests[1] = c.nest();
    c.factors[c.steps() + 2].range = Interval(0.0, HUGE_VAL);
    nests[2] = c.nest();
    c.factors[1] = Element::poison();
    nests[3] = c.nest();
    std::vector<const LoopNest *> all;
    for (const LoopNest &nest : nests)
      all.push_back(&nest);
    std::vector<Bounds> together = evaluate(all, Semantics::Ieee);
    ASSERT_EQ(together.size(), nests.size());
    for (size_t k = 0; k < nests.size(); ++k)
      EXPECT_TRUE(together[k] == evaluate(nests[k], Semantics::Ieee)) << k;
  }
}

TEST_P(Contractions, SubnormalWeightsAndProductsBelowTheDoubles) {
  Case c = drawCase(Format::F32, 0x1p-140);
  c.start = 0.0;
  expectTight(c);
  for (Element &factor : c.factors)
    factor.range = factor.range * Interval(0x1p-1000);
  expectTight(c);
}

TEST_P(Contractions, OnlyZerosAreExact) {
  Case c = drawCase(Format::F32, 0.0);
  c.start = 0.0;
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t i = 0; i < c.batch * c.units; ++i)
    EXPECT_EQ(result[i].range, Interval(0.0));
}

TEST_P(Contractions, OverTheRealsEndsThatAreAttainedAreExact) {
  Case c = drawCase(Format::F32, 1.0);
  c.start = 0.0;
  for (double &weight : c.weights)
    weight = -std::abs(std::floor(8.0 * weight));
  for (Element &factor : c.factors)
    factor.range = Interval(0.0, 0.5);
  Bounds result = c.run(Semantics::Real);
  for (int64_t i = 0; i < c.batch * c.units; ++i)
    EXPECT_EQ(result[i].range.hi, 0.0);
}

TEST_P(Contractions, WeightsThatAreNotFinitePoisonTheirUnit) {
  Case c = drawCase(Format::F16, 1.0);
  c.weights[3 * c.steps() + 5] = NAN;
  c.weights[7 * c.steps() + 0] = HUGE_VAL; // times 0
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t b = 0; b < c.batch; ++b)
    for (int64_t u = 0; u < c.units; ++u)
      EXPECT_EQ(result[b * c.units + u].poisoned, u == 3 || u == 7);
}

TEST_P(Contractions, UnboundedFactorsLeaveTheirSumsUnknown) {
  Case c = drawCase(Format::F32, 1.0);
  c.factors[4].range = Interval(0.0, HUGE_VAL);
  c.weights[3 * c.steps() + 5] = -HUGE_VAL;
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t u = 0; u < c.units; ++u) {
    EXPECT_FALSE(result[u].range.isBounded());
    EXPECT_EQ(result[u].poisoned, u == 3);
    EXPECT_EQ(result[c.units + u].range.isBounded(), u != 3);
  }
}

TEST_P(Contractions, PoisonedFactorsPoisonTheirSums) {
  Case c = drawCase(Format::F32, 1.0);
  c.factors[c.steps() + 4] = Element::poison();
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t u = 0; u < c.units; ++u) {
    EXPECT_FALSE(result[u].poisoned);
    EXPECT_TRUE(result[c.units + u].poisoned);
  }
}

TEST_P(Contractions, SumsBeyondTheFormatAreUnknown) {
  Case c = drawCase(Format::F64, 0x1p1000);
  for (Element &factor : c.factors)
    factor.range = factor.range * Interval(0x1p1000);
  Bounds result = c.run(Semantics::Ieee);
  for (int64_t i = 0; i < c.batch * c.units; ++i) {
    EXPECT_FALSE(result[i].poisoned);
    EXPECT_FALSE(result[i].range.isBounded());
  }
}

INSTANTIATE_TEST_SUITE_P(Layouts, Contractions,
                         testing::Values(UnitsLast, StepsLast, UnitsBetween));

//===- ProfileTest.cpp - Shapes against the catalogue ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Profile.h"
#include "Formulas.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <chrono>
#include <cmath>
#include <random>
#include <thread>

using namespace act;
using namespace act::test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();
const double largest = std::numeric_limits<double>::max();

/// The range is [lo, hi] to 1e-15 relative, and never inside of it.
void expectRange(Expression f, Interval domain, double lo, double hi) {
  Interval found = range(f, domain);
  EXPECT_LE(found.lo, lo) << f.str();
  EXPECT_GE(found.hi, hi) << f.str();
  if (std::isfinite(lo))
    EXPECT_NEAR(found.lo, lo, 1e-15 * std::abs(lo) + 1e-300) << f.str();
  if (std::isfinite(hi))
    EXPECT_NEAR(found.hi, hi, 1e-15 * std::abs(hi) + 1e-300) << f.str();
  EXPECT_EQ(std::isinf(found.lo), std::isinf(lo)) << f.str();
  EXPECT_EQ(std::isinf(found.hi), std::isinf(hi)) << f.str();
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

TEST(Range, WholeLine) {
  Interval line;
  expectRange(relu, line, 0, infinity);
  expectRange(relu6, line, 0, 6);
  expectRange(hardSigmoid, line, 0, 1);
  expectRange(hardSwish, line, -0.375, infinity);
  expectRange(sparsePlus, line, 0, infinity);
  expectRange(elu, line, -1, infinity);
  expectRange(selu, line, -1.7580993408473768599, infinity);
  expectRange(sigmoid(x), line, 0, 1);
  expectRange(tanh(x), line, -1, 1);
  expectRange(softSign, line, -1, 1);
  expectRange(softplus(x), line, 0, infinity);
  expectRange(logSigmoid, line, -infinity, 0);
  expectRange(squareplus, line, 0, infinity);
  expectRange(exp(x), line, 0, infinity);
  expectRange(silu, line, -0.27846454276107379511, infinity);
  expectRange(quickGelu, line, -0.16361018963635358, infinity);
  expectRange(gelu, line, -0.1699712074799036617, infinity);
  expectRange(geluTanh, line, -0.1700407505712540506, infinity);
  expectRange(mish, line, -0.3088434130172504066, infinity);
  expectRange(xielu, line, -0.20575122409648213, infinity);
}

TEST(Range, PartOfTheLine) {
  // Rounded to seven digits these are -0.3088434, -0.3034015 and 1.943959.
  expectRange(mish, {-2, 2}, -0.3088434130172504066, 1.9439589595339945203);
  expectRange(mish, {-1, 2}, -0.30340146137410891807, 1.9439589595339945203);
  expectRange(hardSwish, {-1, 1}, -1.0 / 3.0, 2.0 / 3.0);
  expectRange(relu, {-5, 0}, 0, 0);
  expectRange(relu, {-5, -1}, 0, 0);
  expectRange(gelu, {0, 0}, 0, 0);
  expectRange(sin(x), {0, 4}, -0.75680249530792825137, 1);
}

TEST(Range, TailsAreTight) {
  Interval tail = range(gelu, Interval(-infinity, -50));
  EXPECT_LE(std::abs(tail.lo), 1e-300);
  EXPECT_EQ(tail.hi, 0.0);
  tail = range(silu, Interval(-largest, -800));
  EXPECT_LE(std::abs(tail.lo), 1e-300);
  expectRange(sigmoid(x), {800, infinity}, 1, 1);
}

TEST(Range, JumpsAreClosed) {
  expectRange(threshold, Interval(), 0, infinity);
  // The limit 1 from the right is no value of this domain.
  expectRange(threshold, {-5, 1}, 0, 0);
  expectRange(threshold, {-5, 1.5}, 0, 1.5);
  expectRange(hardShrink, {-0.25, 0.75}, 0, 0.75);
  expectRange(where(equal(x, 1.0), 7.0, x), {0, 2}, 0, 7);
  expectRange(where(equal(x, 1.0), 7.0, x), {1, 1}, 7, 7);
  expectRange(where(x * x > 0.0, 1.0, 5.0), {-1, 1}, 1, 5);
}

TEST(Range, Poles) {
  EXPECT_EQ(range(1.0 / x, Interval(-1, 1)), Interval());
  expectRange(1.0 / x, {1, 4}, 0.25, 1);
  expectRange(log(x), {1, 1}, 0, 0);
}

TEST(Range, ContainsSampledValues) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> ends(-9.0, 9.0);
  for (Expression f : allFormulas)
    for (int i = 0; i < 12; ++i) {
      double a = ends(random), b = ends(random);
      Interval domain(std::min(a, b), std::max(a, b)), found = range(f, domain);
      Interval sampled(infinity, -infinity);
      for (int k = 0; k <= 300; ++k) {
        double at = domain.lo + (domain.hi - domain.lo) * (k / 300.0);
        at = std::min(at, domain.hi);
        sampled = hull(sampled, exactValue(f, {at}, Format::F64));
      }
      EXPECT_TRUE(found.contains(sampled))
          << f.str() << " on [" << domain.lo << ", " << domain.hi << "]";
      // A grid misses an extremum by no more than slope times spacing, and
      // what lies within a spacing of a jump.
      double slope = std::min(lipschitz(f).hi, std::exp(9.0));
      double slack = domain.width() / 300 * slope + 1e-9;
      if (std::isfinite(lipschitz(f).hi)) {
        EXPECT_LE(found.width(), sampled.width() + 2 * slack) << f.str();
      }
    }
}

TEST(Range, HugeAndTinyPoints) {
  for (Expression f : allFormulas)
    for (double at : {-largest, -1e100, -1e30, -750.0, -1e-300, 0.0, 5e-324,
                      1e-20, 700.0, 1e30, largest}) {
      double exact = exactValue(f, {at}, Format::F64);
      for (Interval domain :
           {Interval(at), Interval(), Interval(at, infinity),
            Interval(-infinity, at), Interval(-largest, largest)}) {
        Interval found = range(f, domain);
        // Rounding to f64 may leave the range by half an ulp, or overflow.
        EXPECT_TRUE(roundedDown(found.lo) <= exact &&
                    exact <= roundedUp(found.hi))
            << f.str() << " at " << at << ": " << exact << " in [" << found.lo
            << ", " << found.hi << "]";
      }
    }
}

// Exact values would have 2^24 times the digits of a double.
TEST(Range, SquaresOfSquares) {
  Expression e = Expression::variable(0);
  for (unsigned i = 0; i < 24; ++i)
    e = e * e - 0.7;
  EXPECT_TRUE(range(e, Interval(-1.0, 1.0))
                  .contains(exactValue(e, {0.5}, Format::F64)));
}

TEST(Range, SeveralVariables) {
  Expression y = Expression::variable(1);
  auto near = [](Interval found, double lo, double hi) {
    EXPECT_TRUE(found.contains(Interval(lo, hi)));
    EXPECT_NEAR(found.lo, lo, 1e-6 * std::abs(lo));
    EXPECT_NEAR(found.hi, hi, 1e-6 * std::abs(hi));
  };
  near(range(x * y, {{-1, 2}, {-3, 4}}), -6, 8);
  near(range(x * sigmoid(y), {{-2, 3}, {-1, 1}}), -2 * 0.73105857863000488,
       3 * 0.73105857863000488);
  // One variable, though not the first.
  near(range(mish.substitute({y}), {{0, 0}, {-2, 2}}), -0.3088434130172504066,
       1.9439589595339945203);
  EXPECT_EQ(range(Expression(3.0), {{0, 1}, {0, 1}}), Interval(3.0));
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// The argument of the only minimum.
void expectMinimumAt(Expression f, double expected) {
  const Profile &shape = profile(f);
  ASSERT_TRUE(shape.complete) << f.str();
  bool found = false;
  for (size_t i = 0; i + 1 < shape.pieces.size(); ++i)
    if (shape.pieces[i].direction == Direction::Falling &&
        shape.pieces[i + 1].direction == Direction::Rising) {
      found = true;
      Interval at = shape.pieces[i].to;
      EXPECT_LE(roundedDown(at.lo), expected) << f.str();
      EXPECT_GE(roundedUp(at.hi), expected) << f.str();
      EXPECT_LE(at.width(), 4e-16) << f.str();
    }
  EXPECT_TRUE(found) << f.str();
}

TEST(Profile, Minima) {
  expectMinimumAt(hardSwish, -1.5);
  expectMinimumAt(silu, -1.278464542761073795);
  expectMinimumAt(quickGelu, -0.75115425544128889);
  expectMinimumAt(gelu, -0.7517915246935644575);
  expectMinimumAt(geluTanh, -0.7524614220710162585);
  expectMinimumAt(mish, -1.192431214515495212);
  expectMinimumAt(xielu, -0.98082925301172624);
  expectMinimumAt(x * x, 0.0);
}

TEST(Profile, MonotoneFunctions) {
  for (Expression f : {relu, relu6, leakyRelu, softShrink, hardSigmoid,
                       sparsePlus, elu, selu, tanhShrink, softSign, squareplus,
                       logSigmoid, sigmoid(x), softplus(x), tanh(x), exp(x)}) {
    EXPECT_TRUE(profile(f).complete) << f.str();
    for (const Piece &piece : profile(f).pieces)
      EXPECT_TRUE(piece.direction == Direction::Rising ||
                  piece.direction == Direction::Constant)
          << f.str();
  }
}

std::vector<double> kinksOf(Expression f) {
  std::vector<double> points;
  for (const Kink &kink : profile(f).kinks) {
    EXPECT_TRUE(kink.at.isPoint()) << f.str();
    points.push_back(kink.at.lo);
  }
  return points;
}

TEST(Profile, Kinks) {
  using Points = std::vector<double>;
  EXPECT_EQ(kinksOf(relu), Points({0}));
  EXPECT_EQ(kinksOf(relu6), Points({0, 6}));
  EXPECT_EQ(kinksOf(hardShrink), Points({-0.5, 0.5}));
  EXPECT_EQ(kinksOf(hardSigmoid), Points({-3, 3}));
  EXPECT_EQ(kinksOf(hardSwish), Points({-3, 3}));
  EXPECT_EQ(kinksOf(selu), Points({0}));
  EXPECT_EQ(kinksOf(leakyRelu), Points({0}));
  EXPECT_EQ(kinksOf(clip(x, -infinity, infinity)), Points());
  // Continuously differentiable.
  EXPECT_EQ(kinksOf(elu), Points());
  EXPECT_EQ(kinksOf(sparsePlus), Points());
  EXPECT_EQ(kinksOf(max(x, 0.0) * max(x, 0.0)), Points());
  EXPECT_EQ(kinksOf(softSign), Points());
  EXPECT_EQ(kinksOf(squareplus), Points());
  EXPECT_EQ(kinksOf(gelu), Points());
}

TEST(Profile, JumpsAreToldFromKinks) {
  EXPECT_TRUE(profile(relu).kinks[0].continuous);
  EXPECT_FALSE(profile(threshold).kinks[0].continuous);
  EXPECT_FALSE(profile(hardShrink).kinks[1].continuous);
  EXPECT_EQ(profile(hardSwish).kinks[0].right, Interval(-0.5));
  EXPECT_EQ(profile(hardSwish).kinks[1].left, Interval(1.5));
}

TEST(Profile, KinksOfChains) {
  // gelu(2x) underflows far left, where its sign is still that of x.
  Expression f = relu.substitute({gelu.substitute({2.0 * x})});
  EXPECT_EQ(kinksOf(f), std::vector<double>({0}));
  EXPECT_TRUE(profile(f).complete);
  Expression g = hardSwish.substitute({silu});
  ASSERT_EQ(profile(g).kinks.size(), 1u);
  EXPECT_TRUE(profile(g).complete);
}

TEST(Profile, EndsUnderItsBudget) {
  auto start = std::chrono::steady_clock::now();
  // Infinitely many pieces.
  EXPECT_FALSE(profile(sin(x)).complete);
  EXPECT_FALSE(profile(max(sin(x), 0.5)).complete);
  EXPECT_EQ(range(sin(x), Interval()), Interval(-1, 1));
  EXPECT_TRUE(range(max(sin(x), 0.5), Interval(1e9, 1e10)).contains({0.5, 1}));
  auto elapsed = std::chrono::steady_clock::now() - start;
  EXPECT_LT(std::chrono::duration<double>(elapsed).count(), 10.0);
}

TEST(Profile, IsSharedByThreads) {
  Expression f = x * sigmoid(1.25 * x) + abs(x - 0.125);
  std::vector<const Profile *> seen(4);
  std::vector<std::thread> threads;
  for (const Profile *&slot : seen)
    threads.emplace_back([&slot, f] { slot = &profile(f); });
  for (std::thread &thread : threads)
    thread.join();
  for (const Profile *one : seen)
    EXPECT_EQ(one, seen[0]);
}

//===----------------------------------------------------------------------===//
// Dead zones
//===----------------------------------------------------------------------===//

TEST(DeadZone, Catalogue) {
  auto zone = [](Expression f, const char *sides) {
    return str(deadZone(f, sides));
  };
  EXPECT_EQ(zone(relu, "l"), "(-inf, 0]");
  EXPECT_EQ(zone(relu, "r"), "(-inf, 0)");
  EXPECT_EQ(zone(relu, "m"), "(-inf, 0)");
  EXPECT_EQ(zone(relu6, "lr"), "(-inf, 0] u [6, inf)");
  EXPECT_EQ(zone(relu6, "rl"), "(-inf, 0) u (6, inf)");
  EXPECT_EQ(zone(hardSwish, "lr"), "(-inf, -3]");
  EXPECT_EQ(zone(hardShrink, "rl"), "[-0.5, 0.5]");
  EXPECT_EQ(zone(softShrink, "rl"), "[-0.5, 0.5]");
  EXPECT_EQ(zone(hardSigmoid, "lr"), "(-inf, -3] u [3, inf)");
  EXPECT_EQ(zone(clip(0.2 * x + 0.5, 0.0, 1.0), "lr"),
            "(-inf, -2.5] u [2.5, inf)");
  EXPECT_EQ(zone(sparsePlus, ""), "(-inf, -1]");
  EXPECT_EQ(zone(threshold, "l"), "(-inf, 1]");
  EXPECT_EQ(zone(max(x, 0.0) * max(x, 0.0), ""), "(-inf, 0]");
  EXPECT_EQ(zone(relu.substitute({gelu}), "l"), "(-inf, 0]");
  EXPECT_EQ(zone(where(x > 0.0, 1.0, 0.0), "l"), "(-inf, inf)");
  EXPECT_EQ(zone(leakyRelu, "l"), "none");
  for (Expression f : {elu, selu, gelu, geluTanh, silu, mish, sigmoid(x),
                       tanh(x), tanhShrink, softSign, squareplus})
    EXPECT_EQ(zone(f, "l"), "none") << f.str();
}

TEST(DeadZone, EndsThatAreNoDoubles) {
  // 1/5 is none, so the upper kink lies between two doubles; the zone has the
  // last double on its side.
  std::vector<DeadInterval> zone = deadZone(max(5.0 * x - 1.0, 0.0), "r");
  ASSERT_EQ(zone.size(), 1u);
  EXPECT_TRUE(zone[0].hiClosed);
  EXPECT_EQ(exactValue(5.0 * x - 1.0, {zone[0].hi}, Format::F64) < 0, true);
  EXPECT_EQ(exactValue(5.0 * x - 1.0, {roundedUp(zone[0].hi)}, Format::F64) > 0,
            true);
}

//===----------------------------------------------------------------------===//
// Lipschitz constants
//===----------------------------------------------------------------------===//

TEST(Lipschitz, Catalogue) {
  auto expect = [](Expression f, double constant) {
    Interval found = lipschitz(f);
    // The catalogue's digits are rounded too.
    EXPECT_LE(found.lo, constant * (1 + 4e-16)) << f.str();
    EXPECT_GE(found.hi, constant * (1 - 4e-16)) << f.str();
    EXPECT_LE(found.width(), 1e-14 * constant) << f.str();
  };
  expect(relu, 1);
  expect(relu6, 1);
  expect(leakyRelu, 1);
  expect(where(x > 0.0, x, -3.0 * x), 3);
  expect(abs(x), 1);
  expect(softShrink, 1);
  expect(hardSigmoid, 1.0 / 6.0);
  expect(hardSwish, 1.5);
  expect(sparsePlus, 1);
  expect(elu, 1);
  expect(selu, 1.7580993408473768599);
  expect(sigmoid(x), 0.25);
  expect(logSigmoid, 1);
  expect(softplus(x), 1);
  expect(tanh(x), 1);
  expect(tanhShrink, 1);
  expect(softSign, 1);
  expect(squareplus, 1);
  expect(silu, 1.099839320128866917);
  expect(quickGelu, 1.099839320128866917);
  expect(gelu, 1.128904145185154786);
  expect(geluTanh, 1.128993068658771765);
  expect(mish, 1.088498161251727861);
  expect(normalCdf((x - 0.707107) / 0.282095), 1.4142125184828965);
}

TEST(Lipschitz, InfiniteForJumpsAndGrowth) {
  for (Expression f : {threshold, hardShrink, exp(x), x * x, xielu,
                       max(x, 0.0) * max(x, 0.0), sqrt(abs(x))})
    EXPECT_EQ(lipschitz(f), Interval(infinity)) << f.str();
}

//===----------------------------------------------------------------------===//
// specialize
//===----------------------------------------------------------------------===//

TEST(Specialize, TakesTheDecidedSide) {
  EXPECT_TRUE(specialize(relu, {0, infinity}) == x);
  EXPECT_TRUE(specialize(relu, {-4, 0}).isConstant(0.0));
  EXPECT_TRUE(specialize(relu, {-4, 1}) == relu);
  EXPECT_TRUE(specialize(relu6, {0, 6}) == x);
  EXPECT_TRUE(specialize(relu6, {-1, 5}) == max(x, 0.0));
  EXPECT_TRUE(specialize(hardShrink, {-0.5, 0.5}).isConstant(0.0));
  EXPECT_TRUE(specialize(leakyRelu, {0, 8}) == x);
  EXPECT_TRUE(specialize(max(exp(x), 0.0), Interval()) == exp(x));
  EXPECT_TRUE(specialize(max(gelu, -1.0), {0, 1}) == gelu);
  // x*x is 0 at a point inside.
  Expression f = where(x * x > 0.0, 1.0, 5.0);
  EXPECT_TRUE(specialize(f, {-1, 1}) == f);
}

} // namespace

//===- IntervalTest.cpp - Enclosures against MPFR and sampled values ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Interval.h"
#include "Formulas.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>
#include <mpfr.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::denorm_min();
const Expression y = Expression::variable(1);

void expectInterval(Interval actual, double lo, double hi) {
  EXPECT_EQ(actual.lo, lo);
  EXPECT_EQ(actual.hi, hi);
}

/// Any finite double: random bits, or one of the numbers where ends go wrong.
double anyDouble(std::mt19937_64 &random) {
  const double special[] = {0.0,       1.0,     -1.0,      3.0,     smallest,
                            -smallest, largest, -largest,  0x1p540, 0x1p-540,
                            0x1p-1022, 0.1,     -0x1p-960, 0x1p-500};
  if (random() % 4 == 0)
    return special[random() % std::size(special)];
  double value = std::numeric_limits<double>::quiet_NaN();
  while (!std::isfinite(value)) {
    uint64_t bits = random();
    std::memcpy(&value, &bits, sizeof value);
  }
  // Exponents near each other, so that sums round.
  int exponent;
  return random() % 2 ? value : std::ldexp(std::frexp(value, &exponent), 3);
}

/// The exact result rounded down and up.
using Operation = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
Interval directed(Operation operation, double a, double b) {
  mpfr_t left, right, result;
  mpfr_inits2(53, left, right, result, nullptr);
  mpfr_set_d(left, a, MPFR_RNDN);
  mpfr_set_d(right, b, MPFR_RNDN);
  Interval ends;
  operation(result, left, right, MPFR_RNDD);
  ends.lo = mpfr_get_d(result, MPFR_RNDD);
  operation(result, left, right, MPFR_RNDU);
  ends.hi = mpfr_get_d(result, MPFR_RNDU);
  mpfr_clears(left, right, result, nullptr);
  return ends;
}

TEST(Interval, EndsAreTheNeighboursOfTheExactResult) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    double a = anyDouble(random), b = anyDouble(random);
    SCOPED_TRACE(testing::Message() << std::hexfloat << a << " and " << b);
    EXPECT_EQ(Interval(a) + Interval(b), directed(mpfr_add, a, b));
    EXPECT_EQ(Interval(a) - Interval(b), directed(mpfr_sub, a, b));
    EXPECT_EQ(Interval(a) * Interval(b), directed(mpfr_mul, a, b));
    if (b != 0.0)
      EXPECT_EQ(Interval(a) / Interval(b), directed(mpfr_div, a, b));
    if (HasFailure())
      return;
  }
}

/// Two of the ends, or an infinite one.
Interval anyInterval(std::mt19937_64 &random) {
  double a = anyDouble(random), b = anyDouble(random);
  Interval result(std::min(a, b), std::max(a, b));
  if (random() % 8 == 0)
    result.lo = -infinity;
  if (random() % 8 == 0)
    result.hi = infinity;
  return result;
}

TEST(Interval, OperationsHoldTheResultsOfTheirNumbers) {
  std::mt19937_64 random(2);
  auto number = [&](Interval x) {
    double inside = anyDouble(random);
    return std::clamp(inside, std::max(x.lo, -largest),
                      std::min(x.hi, largest));
  };
  for (int i = 0; i < 100000; ++i) {
    Interval a = anyInterval(random), b = anyInterval(random);
    double p = number(a), q = number(b);
    SCOPED_TRACE(testing::Message() << std::hexfloat << p << " and " << q);
    EXPECT_TRUE((a + b).contains(directed(mpfr_add, p, q)));
    EXPECT_TRUE((a - b).contains(directed(mpfr_sub, p, q)));
    EXPECT_TRUE((a * b).contains(directed(mpfr_mul, p, q)));
    if (q != 0.0)
      EXPECT_TRUE((a / b).contains(directed(mpfr_div, p, q)));
    if (HasFailure())
      return;
  }
}

TEST(Interval, NoAnswerIsTheWholeLine) {
  Interval line;
  EXPECT_EQ(Interval(infinity) - Interval(infinity), line);
  EXPECT_EQ(line - line, line);
  EXPECT_EQ(Interval(0.0) / Interval(0.0), line);
  EXPECT_EQ(Interval(1.0) / Interval(-1.0, 1.0), line);
  EXPECT_EQ(enclose(sqrt(x), {Interval(-2.0, -1.0)}), line);
  EXPECT_EQ(enclose(log(x), {Interval(-2.0, -1.0)}), line);
}

TEST(Interval, UnboundedEndsStandForFiniteNumbers) {
  EXPECT_EQ(Interval(0.0) * Interval(), Interval(0.0));
  expectInterval(Interval(0.0, 1.0) * Interval(2.0, infinity), 0.0, infinity);
  expectInterval(Interval(1.0) / Interval(0.0, 2.0), 0.5, infinity);
  expectInterval(Interval(1.0) / Interval(2.0, infinity), 0.0, 0.5);
  // Overflow leaves a number above the largest double, but not an infinity.
  expectInterval(Interval(largest) * Interval(2.0), largest, infinity);
  expectInterval(Interval(largest) + Interval(largest), largest, infinity);
}

TEST(Interval, MiddleIsFiniteAndInside) {
  for (Interval i : {Interval(), Interval(0.0, infinity), Interval(1.0, 2.0),
                     Interval(-infinity, -1e300), Interval(1e-300, 1e300),
                     Interval(largest), Interval(-largest, largest)}) {
    EXPECT_TRUE(std::isfinite(i.middle()));
    EXPECT_TRUE(i.contains(i.middle()));
  }
  EXPECT_LT(Interval(1.0, 1e300).middle(), 1e200);
}

TEST(Enclose, ExactResultsStayExact) {
  expectInterval(enclose(relu, {Interval(-1.0, 2.0)}), 0.0, 2.0);
  expectInterval(enclose(relu, {Interval()}), 0.0, infinity);
  expectInterval(enclose(relu6, {Interval(-1.0, 9.0)}), 0.0, 6.0);
  expectInterval(enclose(hardSigmoid, {Interval(-9.0, 9.0)}), 0.0, 1.0);
  expectInterval(enclose(sigmoid(x), {Interval(0.0)}), 0.5, 0.5);
  expectInterval(enclose(x * 0.5 + 0.25, {Interval(-3.0, 5.0)}), -1.25, 2.75);
  expectInterval(enclose(abs(x), {Interval(-3.0, 2.0)}), 0.0, 3.0);
}

TEST(Enclose, ASquareIsNotNegative) {
  expectInterval(enclose(x * x, {Interval(-1.0, 2.0)}), 0.0, 4.0);
  expectInterval(enclose(x * y, {Interval(-1.0, 2.0), Interval(-1.0, 2.0)}),
                 -2.0, 4.0);
}

TEST(Enclose, WhereNarrowsItsVariable) {
  expectInterval(enclose(leakyRelu, {Interval(-100.0, 2.0)}),
                 directed(mpfr_mul, 0.01, -100.0).lo, 2.0);
  expectInterval(enclose(softShrink, {Interval(-1.0, 2.0)}), -0.5, 1.5);
  // The logarithm of a negative number is never asked for.
  expectInterval(enclose(where(x >= 1.0, log(x), 0.0), {Interval(-5.0, 1.0)}),
                 0.0, 0.0);
  // By the other variable, and both at once.
  expectInterval(
      enclose(where(x < y, x, 0.0), {Interval(0.0, 9.0), Interval(1.0, 3.0)}),
      0.0, 3.0);
  expectInterval(enclose(where(x < y, y - 2.0, 0.0),
                         {Interval(5.0, 9.0), Interval(1.0, 8.0)}),
                 0.0, 6.0);
  expectInterval(enclose(where(equal(x, 2.0), x, 7.0), {Interval(0.0, 9.0)}),
                 2.0, 7.0);
}

TEST(Enclose, UntakenSidesAreSkipped) {
  expectInterval(enclose(where(x > 0.0, log(x), -1.0), {Interval(-2.0, -1.0)}),
                 -1.0, -1.0);
  expectInterval(
      enclose(where(abs(x) < 3.0, 1.0, exp(x)), {Interval(-2.0, 2.0)}), 1.0,
      1.0);
}

TEST(Enclose, NestedWheresTakeNoExponentialTime) {
  // Both sides hold the previous stage, and the conditions are of different
  // variables, so that each stays open: 2^64 paths.
  Expression e = x;
  for (unsigned i = 0; i < 64; ++i) {
    Expression v = Expression::variable(i);
    e = where(v > 0.5, e + 1.0, e - 1.0);
  }
  std::vector<Interval> box(64, Interval(0.0, 1.0));
  Interval result = enclose(e, box);
  EXPECT_TRUE(result.contains(Interval(-64.0, 65.0)));
  EXPECT_TRUE(result.isBounded());
  // Composed: the conditions are of no variable.
  Expression leaky = x;
  for (int i = 0; i < 64; ++i)
    leaky = where(leaky > 0.0, leaky, 0.5 * leaky);
  EXPECT_TRUE(enclose(leaky, {Interval(-1.0, 2.0)}).contains({-0x1p-64, 2.0}));
}

TEST(Enclose, DeepFormulasDoNotExhaustTheStack) {
  Expression e = x;
  for (int i = 0; i < 100000; ++i)
    e = max(e + 1.0, 0.0);
  expectInterval(enclose(e, {Interval(0.0, 1.0)}), 100000.0, 100001.0);
  Expression steps = 0.0;
  for (int i = 0; i < 20000; ++i)
    steps = where(x < double(-i), double(i), steps);
  EXPECT_TRUE(enclose(steps, {Interval(0.5, 1.0)}).contains(0.0));
}

TEST(Enclose, EverNewFormulas) {
  // More than the caches keep; a formula asked for again has the same answer.
  Expression first = where(x > 0.125, x, -x);
  for (int i = 0; i < 10000; ++i) {
    Expression e = where(x > i + 0.5, x, double(-i) * x);
    ASSERT_EQ(enclose(e, {Interval(0.0, 1.0 + i)}).hi, 1.0 + i);
    ASSERT_EQ(exactValue(e, {0.25}, Format::F64), -0.25 * i);
  }
  expectInterval(enclose(first, {Interval(-1.0, 0.5)}), -0.125, 1.0);
}

TEST(Enclose, Waves) {
  expectInterval(enclose(sin(x), {Interval()}), -1.0, 1.0);
  expectInterval(enclose(cos(x), {Interval(-1.0, 1.0)}),
                 enclose(cos(x), {Interval(1.0)}).lo, 1.0);
  EXPECT_LT(enclose(sin(x), {Interval(2.0, 3.0)}).hi, 0.91);
  EXPECT_LT(enclose(sin(x), {Interval(1e300)}).width(), 1e-15);
}

// Rounding to nearest does not leave an interval whose ends are doubles.
TEST(Enclose, HoldsTheExactValues) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(0.0, 4.0);
  for (Expression e : allFormulas)
    for (int i = 0; i < 200; ++i) {
      double a = normal(random), b = normal(random);
      Interval box(std::min(a, b), std::max(a, b));
      if (i % 10 == 0)
        box.lo = -infinity;
      if (i % 10 == 1)
        box.hi = infinity;
      Interval enclosure = enclose(e, {box});
      ASSERT_LE(enclosure.lo, enclosure.hi);
      for (double at : {a, b, (a + b) / 2, a / 4 + 3 * b / 4})
        EXPECT_TRUE(enclosure.contains(exactValue(e, {at}, Format::F64)))
            << e.str() << " at " << at << " of [" << box.lo << ", " << box.hi
            << "]";
    }
}

TEST(Enclose, APointIsTight) {
  for (Expression e : allFormulas)
    for (double at : {-7.5, -1.0, -0.001, 0.3, 1.0, 11.0}) {
      Interval enclosure = enclose(e, {Interval(at)});
      double scale = std::max(std::abs(at), enclosure.magnitude());
      if (e == laplace)
        scale = 1.0; // of the constant that it subtracts first
      EXPECT_LE(enclosure.width(), 0x1p-49 * scale) << e.str() << " at " << at;
    }
}
} // namespace

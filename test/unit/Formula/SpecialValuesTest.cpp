//===- SpecialValuesTest.cpp - Infinities, signs of zero, underflow -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is each activation where formulas break? The limits, in every format;
// and where results leave the normal range, vanish or reach their asymptote.
//
//===----------------------------------------------------------------------===//

#include "Formulas.h"
#include "act/Formula/ExactValue.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <mpfr.h>
#include <random>
#include <thread>

using namespace act;
using namespace act::test;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Format formats[] = {Format::F16, Format::BF16, Format::F32,
                              Format::F64};
const Expression gate = Expression::variable(1);

/// Equal as a person reads it: NaN is NaN, and 0 is not -0.
::testing::AssertionResult isSame(double actual, double expected) {
  bool same = std::isnan(expected)
                  ? std::isnan(actual)
                  : actual == expected &&
                        std::signbit(actual) == std::signbit(expected);
  return (same ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
         << actual << " where " << expected << " is due";
}

TEST(SpecialValues, Limits) {
  const double ln2 = 0.693147180559945309417;
  struct Row {
    Expression formula;
    double atInfinity, atMinusInfinity, atMinusZero;
  } rows[] = {
      {relu, infinity, 0.0, 0.0},
      {relu6, 6.0, 0.0, 0.0},
      {clip(x, -1.0, 1.0), 1.0, -1.0, -0.0},
      {leakyRelu, infinity, -infinity, -0.0},
      {where(x > 0.0, x, 0.0 * x), infinity, 0.0, 0.0},
      {threshold, infinity, 0.0, 0.0},
      {hardShrink, infinity, -infinity, 0.0},
      {softShrink, infinity, -infinity, 0.0},
      {hardSigmoid, 1.0, 0.0, 0.5},
      {hardSwish, infinity, -0.0, -0.0},
      {sparsePlus, infinity, 0.0, 0.25},
      {reluSquared, infinity, 0.0, 0.0},
      {x * x, infinity, infinity, 0.0},
      {exp(x), infinity, 0.0, 1.0},
      {elu, infinity, -1.0, -0.0},
      {celu, infinity, -2.0, -0.0},
      {selu, infinity, -1.7580993408473766, -0.0},
      {sigmoid(x), 1.0, 0.0, 0.5},
      {logSigmoid, -0.0, -infinity, -ln2},
      {softplus(x), infinity, 0.0, ln2},
      {tanh(x), 1.0, -1.0, -0.0},
      {tanhShrink, infinity, -infinity, -0.0},
      {softSign, 1.0, -1.0, -0.0},
      {squareplus, infinity, 0.0, 1.0},
      {silu, infinity, -0.0, -0.0},
      {quickGelu, infinity, -0.0, -0.0},
      {gelu, infinity, -0.0, -0.0},
      {geluTanh, infinity, -0.0, -0.0},
      {mish, infinity, -0.0, -0.0},
      {laplace, 1.0, 0.0, exactValue(laplace, {0.0}, Format::F64)},
      {xielu, infinity, infinity, -0.0},
  };
  for (const Row &row : rows)
    for (Format format : formats) {
      auto at = [&](double value) {
        return exactValue(row.formula, {value}, format);
      };
      SCOPED_TRACE(row.formula.str());
      EXPECT_TRUE(isSame(at(infinity), roundTo(row.atInfinity, format)));
      EXPECT_TRUE(isSame(at(-infinity), roundTo(row.atMinusInfinity, format)));
      EXPECT_TRUE(isSame(at(-0.0), roundTo(row.atMinusZero, format)));
      EXPECT_TRUE(std::isnan(at(std::nan(""))));
    }
}

TEST(SpecialValues, GatesHaveTheLimitOfTheirActivation) {
  Expression swiglu = x * (gate * sigmoid(gate)), glu = x * sigmoid(gate);
  auto at = [](Expression e, double value, double gate) {
    return exactValue(e, {value, gate}, Format::F32);
  };
  EXPECT_TRUE(isSame(at(swiglu, 3.0, -infinity), -0.0));
  EXPECT_TRUE(isSame(at(swiglu, -3.0, -infinity), 0.0));
  EXPECT_TRUE(isSame(at(swiglu, -3.0, infinity), -infinity));
  EXPECT_TRUE(isSame(at(glu, 3.0, infinity), 3.0));
  // inf * 0 depends on the path.
  EXPECT_TRUE(std::isnan(at(glu, infinity, -infinity)));
  EXPECT_TRUE(std::isnan(at(swiglu, 0.0, infinity)));
  EXPECT_TRUE(std::isnan(at(x * max(gate, 0.0), infinity, -5.0)));
  EXPECT_TRUE(isSame(at(glu, infinity, -2000.0), infinity));
  EXPECT_TRUE(std::isnan(at(glu, std::nan(""), 1.0)));
}

// Results too small for the format still have their sign.
TEST(SpecialValues, SignsOfWhatVanishes) {
  EXPECT_TRUE(isSame(exactValue(tanhShrink, {-1e-30}, Format::F32), -0.0));
  EXPECT_TRUE(isSame(exactValue(tanhShrink, {1e-30}, Format::F32), 0.0));
  EXPECT_TRUE(isSame(exactValue(gelu, {-1e30}, Format::F64), -0.0));
  EXPECT_TRUE(isSame(exactValue(mish, {-1e300}, Format::F64), -0.0));
  EXPECT_TRUE(isSame(exactValue(softplus(x), {-1e300}, Format::F64), 0.0));
}

// Below the first number the value is less than the smallest normal number,
// below the second it rounds to 0: to all the digits given.
TEST(SpecialValues, UnderflowThresholds) {
  struct Row {
    Expression formula;
    double last; // digit of the thresholds, relative
    double subnormal[4], zero[4];
  } rows[] = {
      {gelu,
       4e-5,
       {-4.1796, -13.146, -13.146247, -37.615868},
       {-5.7239, -13.562, -14.356068, -38.58014}},
      {geluTanh,
       4e-5,
       {-4.0293, -10.1006, -10.100637, -21.17688},
       {-5.2886, -10.3332, -10.770868, -21.547075}},
      {quickGelu,
       2e-5,
       {-6.8305, -53.654, -53.653996, -419.7627},
       {-11.6226, -56.947, -63.527349, -441.37668}},
      {silu,
       5e-5,
       {-12.206, -91.8568, -91.856775, -714.96866},
       {-20.3413, -97.4612, -108.6603, -751.75563}},
      {mish,
       5e-5,
       {-12.206, -91.8568, -91.856775, -714.96866},
       {-20.3413, -97.4612, -108.6603, -751.75563}},
      {sigmoid(x),
       6e-5,
       {-9.704, -87.3365, -87.336545, -708.39642},
       {-17.3287, -92.8817, -103.97208, -745.13322}},
      {softplus(x),
       6e-5,
       {-9.704, -87.3365, -87.336545, -708.39642},
       {-17.3287, -92.8817, -103.97208, -745.13322}},
  };
  const double smallestNormal[] = {0x1p-14, 0x1p-126, 0x1p-126, 0x1p-1022};
  for (const Row &row : rows)
    for (int f = 0; f < 4; ++f) {
      auto exact = [&](double at) {
        return enclosePoint(row.formula, {at}).magnitude();
      };
      auto inFormat = [&](double at) {
        return std::abs(exactValue(row.formula, {at}, formats[f]));
      };
      SCOPED_TRACE(testing::Message()
                   << row.formula.str() << " in format " << f);
      EXPECT_GE(exact(row.subnormal[f] * (1 - row.last)), smallestNormal[f]);
      EXPECT_LT(exact(row.subnormal[f] * (1 + row.last)), smallestNormal[f]);
      EXPECT_GT(inFormat(row.zero[f] * (1 - row.last)), 0.0);
      EXPECT_EQ(inFormat(row.zero[f] * (1 + row.last)), 0.0);
    }
}

TEST(SpecialValues, AsymptotesAreReached) {
  struct Row {
    Expression formula;
    double from[4];
  } rows[] = {{sigmoid(x), {8.318, 6.236, 17.3287, 37.43}},
              {tanh(x), {4.505, 3.465, 9.0109, 19.0615}}};
  for (const Row &row : rows)
    for (int f = 0; f < 4; ++f) {
      EXPECT_EQ(exactValue(row.formula, {row.from[f] * 1.0002}, formats[f]),
                1.0);
      EXPECT_LT(exactValue(row.formula, {row.from[f] * 0.9998}, formats[f]),
                1.0);
    }
}

//===----------------------------------------------------------------------===//
// Against MPFR's own rounding
//===----------------------------------------------------------------------===//

/// f(x) by one correctly rounded call with the exponents of `format`.
double rounded(int (*f)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t), double at,
               Format format) {
  const int bits[] = {11, 8, 24, 53};
  const int largestExponent[] = {16, 128, 128, 1024};
  int i = int(format);
  mpfr_t argument, result;
  mpfr_init2(argument, 53);
  mpfr_init2(result, bits[i]);
  mpfr_set_d(argument, at, MPFR_RNDN);
  int ternary = f(result, argument, MPFR_RNDN);
  mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
  // The smallest number of the format is 2^(emin - 1).
  mpfr_set_emin(4 - largestExponent[i] - bits[i]);
  mpfr_set_emax(largestExponent[i]);
  ternary = mpfr_check_range(result, ternary, MPFR_RNDN);
  mpfr_subnormalize(result, ternary, MPFR_RNDN);
  double value = mpfr_get_d(result, MPFR_RNDN);
  mpfr_set_emin(least);
  mpfr_set_emax(greatest);
  mpfr_clears(argument, result, nullptr);
  return value;
}

TEST(SpecialValues, PrimitivesRoundAsMpfrRounds) {
  struct Row {
    Expression formula;
    int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
    double scale;
  } rows[] = {{exp(x), mpfr_exp, 60.0},    {expm1(x), mpfr_expm1, 8.0},
              {tanh(x), mpfr_tanh, 4.0},   {erf(x), mpfr_erf, 2.0},
              {erfc(x), mpfr_erfc, 9.0},   {log(x), mpfr_log, 100.0},
              {log1p(x), mpfr_log1p, 1.0}, {sin(x), mpfr_sin, 100.0},
              {cos(x), mpfr_cos, 100.0},   {atan(x), mpfr_atan, 10.0},
              {sqrt(x), mpfr_sqrt, 1e6}};
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal;
  for (const Row &row : rows)
    for (int i = 0; i < 500; ++i) {
      double at = row.scale * normal(random);
      // Tiny arguments too.
      if (i % 5 == 0)
        at = std::ldexp(at, -int(random() % 1000));
      for (Format format : formats)
        EXPECT_TRUE(isSame(exactValue(row.formula, {at}, format),
                           rounded(row.function, at, format)))
            << row.formula.str() << " at " << at;
    }
}

TEST(SpecialValues, ThreadsDoNotDisturbEachOther) {
  auto values = [] {
    std::vector<double> result;
    for (Expression e : {gelu, mish, tanhShrink, geluTanh})
      for (int i = -300; i < 300; ++i)
        result.push_back(exactValue(e, {i / 37.0}, Format::F64));
    return result;
  };
  std::vector<double> expected = values(), found[4];
  std::vector<std::thread> threads;
  for (std::vector<double> &result : found)
    threads.emplace_back([&result, &values] { result = values(); });
  for (std::thread &thread : threads)
    thread.join();
  for (const std::vector<double> &result : found)
    EXPECT_EQ(result, expected);
}
} // namespace

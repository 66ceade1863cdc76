//===- ExactValueTest.cpp - Values against the catalogue's and MPFR's -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ExactValue.h"
#include "Formulas.h"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace act;
using namespace act::test;

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

double f64(Expression e, double at) { return exactValue(e, {at}, Format::F64); }
double f32(Expression e, double at) { return exactValue(e, {at}, Format::F32); }

/// Equal values, and equal signs where they are 0.
void expectSame(double actual, double expected) {
  EXPECT_EQ(actual, expected);
  EXPECT_EQ(std::signbit(actual), std::signbit(expected));
}

// Values to 20 digits, computed with mpmath at 50 digits.
TEST(ExactValue, GoldenValues) {
  struct Row {
    Expression formula;
    double values[5]; // at -10, -1, -0.001, 1, 3
  } rows[] = {
      {sigmoid(x),
       {4.5397868702434394505e-5, 0.26894142136999512075,
        0.49975000002083333125, 0.73105857863000487925,
        0.95257412682243321912}},
      {silu,
       {-4.5397868702434394505e-4, -0.26894142136999512075,
        -4.9975000002083333125e-4, 0.73105857863000487925,
        2.8577223804672996574}},
      {gelu,
       {-7.619853024160526066e-23, -0.15865525393145705141,
        -4.9960105778608893742e-4, 0.84134474606854294859,
        2.9959503059051097164}},
      {geluTanh,
       {-1.2040923482098059937e-37, -0.15880800939172329522,
        -4.996010577864180343e-4, 0.84119199060827670478,
        2.9963626079182269812}},
      {quickGelu,
       {-4.0579612948553099903e-7, -0.15420423406717870429,
        -4.9957450010271581208e-4, 0.84579576593282129571,
        2.9819286902922140335}},
      {mish,
       {-4.5398899185674694297e-4, -0.30340146137410891807,
        -5.9967998404586628552e-4, 0.86509838826731034612,
        2.9865350049679573191}},
      {softplus(x),
       {4.5398899216864646769e-5, 0.31326168751822283405,
        0.69264730555994010108, 1.313261687518222834, 3.0485873515737420588}},
      {logSigmoid,
       {-10.000045398899216865, -1.313261687518222834, -0.69364730555994010108,
        -0.31326168751822283405, -0.048587351573742058759}},
      {tanhShrink,
       {-9.0000000041223072364, -0.23840584404423511188,
        -3.3333320000005396823e-10, 0.23840584404423511188,
        2.0049452463132695487}},
      {squareplus,
       {0.099019513592784830028, 0.6180339887498948482, 0.9995001249999921875,
        1.6180339887498948482, 3.3027756377319946466}},
      {elu,
       {-0.99995460007023751515, -0.6321205588285576784,
        -9.9950016662500833194e-4, 1, 3}},
  };
  const Expression points[] = {-10, -1, Expression(-1) / 1000, 1, 3};
  for (const Row &row : rows)
    for (int i = 0; i < 5; ++i)
      EXPECT_EQ(
          exactValue(row.formula.substitute({points[i]}), {}, Format::F64),
          row.values[i])
          << row.formula.str() << " at " << points[i].str();
}

TEST(ExactValue, LimitsAtInfinity) {
  for (Expression e : {silu, quickGelu, gelu, geluTanh, mish, hardSwish}) {
    expectSame(f32(e, -infinity), -0.0);
    expectSame(f32(e, infinity), infinity);
  }
  expectSame(f64(relu, -infinity), 0.0);
  expectSame(f64(softSign, infinity), 1.0);
  expectSame(f64(softSign, -infinity), -1.0);
  expectSame(f64(squareplus, -infinity), 0.0);
  expectSame(f64(xielu, -infinity), infinity);
  expectSame(f64(elu, -infinity), -1.0);
  expectSame(f64(logSigmoid, infinity), -0.0);
  expectSame(f64(logSigmoid, -infinity), -infinity);
  expectSame(f64(softplus(x), -infinity), 0.0);
  expectSame(f64(tanhShrink, -infinity), -infinity);
  EXPECT_TRUE(std::isnan(f64(sin(x), infinity)));
}

TEST(ExactValue, ZerosKeepTheSignOfTheirSide) {
  expectSame(f64(relu, -0.0), 0.0);
  for (Expression e : {silu, gelu, geluTanh, mish, tanhShrink, tanh(x), elu,
                       selu, softSign, hardSwish, leakyRelu})
    for (double zero : {-0.0, 0.0})
      expectSame(f64(e, zero), zero);
  expectSame(f64(hardShrink, -0.25), 0.0);
}

TEST(ExactValue, LimitsOfSeveralVariables) {
  const Expression u = Expression::variable(1);
  auto at = [](Expression e, double a, double b) {
    return exactValue(e, {a, b}, Format::F32);
  };
  const Expression swiglu = silu * u;
  expectSame(at(swiglu, -infinity, 3.0), -0.0);
  expectSame(at(swiglu, -infinity, -3.0), 0.0);
  expectSame(at(swiglu, -infinity, 0.0), -0.0);
  expectSame(at(swiglu, -0.0, 5.0), -0.0);
  expectSame(at(swiglu, infinity, -infinity), -infinity);
  EXPECT_TRUE(std::isnan(at(swiglu, -infinity, infinity)));
  EXPECT_TRUE(std::isnan(at(x * u, infinity, 0.0)));
  // A clamp between the undefined part and the infinite factor.
  expectSame(at(min(silu, 7.0) * clip(u, -7.0, 7.0), -infinity, infinity),
             -0.0);
  // However the product is grouped.
  expectSame(at(x * u * sigmoid(x), -infinity, 3.0), -0.0);
}

TEST(ExactValue, QuotientsOfZeros) {
  expectSame(f64(tanh(x) / x, 0.0), 1.0);
  expectSame(f64(x / abs(x), -0.0), -1.0);
  expectSame(f64(1.0 / x, -0.0), -infinity);
  EXPECT_TRUE(std::isnan(f64(log(x), -1.0)));
}

// No precision parts these from a midpoint, or from the other side of a
// condition: the last one takes them for equal.
TEST(ExactValue, TiesOfInexactSteps) {
  const Expression x = Expression::variable(0);
  const Expression same = x / 3.0 * 3.0;
  EXPECT_EQ(exactValue(same, {1.0 + 0x1p-11}, Format::F16), 1.0);
  EXPECT_EQ(exactValue(same, {1.0 + 0x3p-11}, Format::F16), 1.0 + 0x4p-11);
  EXPECT_EQ(exactValue(same, {-1.0 - 0x3p-11}, Format::F16), -1.0 - 0x4p-11);
  EXPECT_EQ(exactValue(same, {65520.0}, Format::F16), infinity);
  EXPECT_EQ(exactValue(same, {0x1p-25}, Format::F16), 0.0);
  EXPECT_EQ(f64(same - x, 5.0), 0.0);
  EXPECT_EQ(f64(where(same < x, 1.0, 2.0), 5.0), 2.0);
  EXPECT_EQ(f64(where(same <= x, 1.0, 2.0), 5.0), 1.0);
  EXPECT_EQ(f64(where(equal(same, x), 1.0, 2.0), 5.0), 1.0);
}

TEST(ExactValue, NaNInNaNOut) {
  for (Expression e : allFormulas)
    EXPECT_TRUE(std::isnan(f64(e, std::nan(""))));
}

// Where results leave the normal range and where they vanish, with the next
// float on each side: computed with mpmath.
TEST(ExactValue, UnderflowThresholds) {
  EXPECT_NE(f32(gelu, -14.356), 0.0);
  expectSame(f32(gelu, -14.3561), -0.0);
  EXPECT_NE(f32(silu, -108.66), 0.0);
  expectSame(f32(silu, -108.6604), -0.0);
  EXPECT_NE(exactValue(sigmoid(x), {-17.328}, Format::F16), 0.0);
  expectSame(exactValue(sigmoid(x), {-17.329}, Format::F16), 0.0);
  EXPECT_NE(exactValue(gelu, {-13.56}, Format::BF16), 0.0);
  expectSame(exactValue(gelu, {-13.563}, Format::BF16), -0.0);
}

TEST(ExactValue, RoundsOnceToEachFormat) {
  // 1 + 2^-11 + 2^-30 rounds up in f16; by way of 1 + 2^-11 it would go down.
  Expression justAboveTie = Expression(1.0) + 0x1p-11 + 0x1p-30;
  EXPECT_EQ(exactValue(justAboveTie, {}, Format::F16), 1.0 + 0x1p-10);
  EXPECT_EQ(roundTo(1.0 + 0x1p-11, Format::F16), 1.0);
  EXPECT_EQ(roundTo(65519.9, Format::F16), 65504.0);
  EXPECT_EQ(roundTo(65520.0, Format::F16), infinity);
  EXPECT_EQ(roundTo(0x1p-24, Format::F16), 0x1p-24);
  EXPECT_EQ(roundTo(0x1p-25, Format::F16), 0.0);
  EXPECT_EQ(roundTo(0x1.8p-25, Format::F16), 0x1p-24);
  EXPECT_EQ(roundTo(-0x1p-133, Format::BF16), -0x1p-133);
  EXPECT_EQ(roundTo(0x1.01p0, Format::BF16), 1.0);
  EXPECT_EQ(roundTo(0x1.03p0, Format::BF16), 0x1.04p0);
  EXPECT_EQ(ulp(1.0, Format::F32), 0x1p-23);
  EXPECT_EQ(ulp(0.0, Format::F16), 0x1p-24);
}

TEST(ExactValue, EncloseIsTightAndContainsTheValue) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(-12, 12);
  for (Expression e : allFormulas)
    for (int i = 0; i < 200; ++i) {
      double at = uniform(random);
      Interval enclosure = enclosePoint(e, {at});
      EXPECT_TRUE(enclosure.contains(f64(e, at))) << e.str() << " at " << at;
      double denormal = std::numeric_limits<double>::denorm_min();
      EXPECT_LE(enclosure.width(), 0x1p-51 * enclosure.magnitude() + denormal);
    }
}

TEST(ExactValue, ErrorInUlps) {
  EXPECT_EQ(errorInUlps(3.0, relu, {3.0}, Format::F32), 0.0);
  EXPECT_NEAR(errorInUlps(1.0 + 0x1p-22, relu, {1.0}, Format::F32), 2.0, 1e-9);
  EXPECT_EQ(errorInUlps(std::nan(""), relu, {1.0}, Format::F32), infinity);
  double nearest = f32(gelu, 1.0);
  EXPECT_LE(errorInUlps(nearest, gelu, {1.0}, Format::F32), 0.5);
  // Fractions of an ulp are seen in double precision too.
  nearest = f64(gelu, 1.0);
  double error = errorInUlps(nearest, gelu, {1.0}, Format::F64);
  EXPECT_LE(error, 0.501);
  double unit = ulp(nearest, Format::F64);
  EXPECT_NEAR(errorInUlps(nearest + unit, gelu, {1.0}, Format::F64) +
                  errorInUlps(nearest - unit, gelu, {1.0}, Format::F64),
              2.0, 0.01);
}
} // namespace

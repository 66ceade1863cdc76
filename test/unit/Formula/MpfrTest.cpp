//===- MpfrTest.cpp - The vocabulary at points, against MPFR --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ExactValue.h"
#include "act/Formula/Interval.h"
#include <cmath>
#include <gtest/gtest.h>
#include <mpfr.h>
#include <random>

using namespace act;

namespace {
using MpfrFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

struct Row {
  Expression formula;
  MpfrFunction reference;
  double from, to;
};

const Expression x = Expression::variable(0);

/// sigmoid and softplus are no functions of MPFR; their references carry bits
/// enough that the last rounding decides.
int sigmoidReference(mpfr_ptr result, mpfr_srcptr at, mpfr_rnd_t rounding) {
  mpfr_t wide;
  mpfr_init2(wide, 400);
  mpfr_neg(wide, at, MPFR_RNDN);
  mpfr_exp(wide, wide, MPFR_RNDN);
  mpfr_add_ui(wide, wide, 1, MPFR_RNDN);
  int ternary = mpfr_ui_div(result, 1, wide, rounding);
  mpfr_clear(wide);
  return ternary;
}

int softplusReference(mpfr_ptr result, mpfr_srcptr at, mpfr_rnd_t rounding) {
  mpfr_t wide;
  mpfr_init2(wide, 400);
  mpfr_exp(wide, at, MPFR_RNDN);
  int ternary = mpfr_log1p(result, wide, rounding);
  mpfr_clear(wide);
  return ternary;
}

const Row rows[] = {
    {sqrt(x), mpfr_sqrt, 0, 100},
    {exp(x), mpfr_exp, -750, 715},
    {expm1(x), mpfr_expm1, -50, 715},
    {log(x), mpfr_log, 0, 100},
    {log1p(x), mpfr_log1p, -1, 100},
    {tanh(x), mpfr_tanh, -20, 20},
    {erf(x), mpfr_erf, -6, 6},
    {erfc(x), mpfr_erfc, -7, 27.5},
    {sin(x), mpfr_sin, -1e3, 1e3},
    {cos(x), mpfr_cos, -1e3, 1e3},
    {atan(x), mpfr_atan, -1e3, 1e3},
    {sigmoid(x), sigmoidReference, -750, 50},
    {softplus(x), softplusReference, -750, 50},
};

/// Arguments of all magnitudes in the row's domain.
class Arguments {
public:
  double next(const Row &row) {
    std::uniform_real_distribution<double> uniform(row.from, row.to);
    double at = uniform(random);
    int exponent = random() % 40;
    return row.from == 0 || exponent > 20 ? at : std::ldexp(at, -exponent);
  }

private:
  std::mt19937_64 random{11};
};

double call(MpfrFunction reference, double at, mpfr_rnd_t rounding) {
  mpfr_t argument, value;
  mpfr_inits2(53, argument, value, nullptr);
  mpfr_set_d(argument, at, MPFR_RNDN);
  reference(value, argument, rounding);
  double result = mpfr_get_d(value, rounding);
  mpfr_clears(argument, value, nullptr);
  return result;
}

TEST(Mpfr, EnclosuresOfPointsAreNeighbours) {
  Arguments arguments;
  for (const Row &row : rows)
    for (int i = 0; i < 1000; ++i) {
      double at = arguments.next(row);
      Interval enclosure = enclose(row.formula, {Interval(at)});
      double below = call(row.reference, at, MPFR_RNDD);
      double above = call(row.reference, at, MPFR_RNDU);
      EXPECT_TRUE(enclosure.contains({below, above}))
          << row.formula.str() << " at " << at;
      // sigmoid and softplus are composed of three rounded steps.
      bool composed = row.formula.primitive() == Primitive::Sigmoid ||
                      row.formula.primitive() == Primitive::Softplus;
      int slack = composed ? 4 : 0;
      for (; slack > 0; --slack) {
        below = roundedDown(below);
        above = roundedUp(above);
      }
      EXPECT_TRUE(Interval(below, above).contains(enclosure))
          << row.formula.str() << " at " << at;
    }
}

TEST(Mpfr, ErfcAtHigherPrecision) {
  // erfc(x) - erfc(x + h) loses all but the bits of h: 128 are needed.
  const Expression h = 0x1p-60;
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(-5, 20);
  mpfr_t first, second;
  mpfr_inits2(600, first, second, nullptr);
  for (int i = 0; i < 200; ++i) {
    double at = uniform(random);
    mpfr_set_d(first, at, MPFR_RNDN);
    mpfr_add_d(second, first, 0x1p-60, MPFR_RNDN);
    mpfr_erfc(first, first, MPFR_RNDN);
    mpfr_erfc(second, second, MPFR_RNDN);
    mpfr_sub(first, first, second, MPFR_RNDN);
    EXPECT_EQ(exactValue(erfc(x) - erfc(x + h), {at}, Format::F64),
              mpfr_get_d(first, MPFR_RNDN))
        << "at " << at;
  }
  mpfr_clears(first, second, nullptr);
}
} // namespace

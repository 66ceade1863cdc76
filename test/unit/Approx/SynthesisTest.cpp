//===- SynthesisTest.cpp - Forms against exact values ---------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Synthesis.h"
#include "Formulas.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <cfloat>
#include <cmath>
#include <cstring>

using namespace act;

/// Floats as whole numbers in their order, and back.
static int32_t orderOf(float x) {
  int32_t bits;
  std::memcpy(&bits, &x, sizeof(bits));
  return bits < 0 ? INT32_MIN - bits : bits;
}
static float floatOf(int32_t order) {
  int32_t bits = order < 0 ? INT32_MIN - order : order;
  float x;
  std::memcpy(&x, &bits, sizeof(x));
  return x;
}

/// Which polynomial serves `x`.
static int pieceOf(const PiecewiseForm &form, float x) {
  if (x < form.validLo || x > form.validHi)
    return -1;
  float t = std::fmin(std::fmax(form.folded(x), form.lo), form.hi);
  return form.segmentOf(t);
}

/// `count` finite floats, as many of each magnitude.
static std::vector<float> spread(int count) {
  std::vector<float> points;
  int64_t lo = orderOf(-FLT_MAX), hi = orderOf(FLT_MAX);
  for (int i = 0; i <= count; ++i)
    points.push_back(floatOf(lo + (hi - lo) * i / count));
  return points;
}

/// 32 floats on either side of each change of polynomials that lies between
/// two neighbours of `points`.
static std::vector<float> joints(const PiecewiseForm &form,
                                 const std::vector<float> &points) {
  std::vector<float> found;
  for (size_t i = 0; i + 1 < points.size(); ++i) {
    int64_t lo = orderOf(points[i]), hi = orderOf(points[i + 1]);
    int left = pieceOf(form, points[i]);
    if (left == pieceOf(form, points[i + 1]))
      continue;
    while (hi - lo > 1) {
      int64_t middle = (lo + hi) / 2;
      (pieceOf(form, floatOf(middle)) == left ? lo : hi) = middle;
    }
    for (int64_t k = lo - 31; k <= hi + 31; ++k)
      found.push_back(floatOf(k));
  }
  return found;
}

static void expectKept(const SynthesizedForm &form, Expression formula,
                       double bound, const std::vector<float> &points,
                       Format format = Format::F32) {
  double worst = 0.0;
  float where = 0.0f;
  for (float x : points) {
    double y = roundTo(form.evaluate(x), format);
    double error = errorInUlps(y, formula, {x}, format);
    if (error > worst) {
      worst = error;
      where = x;
    }
  }
  EXPECT_LE(worst, bound) << formula.str() << " at " << where;
}

class Synthesis : public testing::TestWithParam<const char *> {};

TEST_P(Synthesis, KeepsTheAccuracy) {
  using namespace act::test;
  std::vector<float> points = spread(4096);
  for (int i = -2048; i <= 2048; ++i)
    points.push_back(i * 0x1.234p-8f);
  std::sort(points.begin(), points.end());
  for (Expression formula : {exp(x), tanh(x), sigmoid(x), elu, silu, gelu,
                             softplus(x), mish, geluTanh, logSigmoid}) {
    auto form = synthesize({formula, Format::F32, {}, findIsa(GetParam())});
    // What outgrows a line needs the lookups of an exponential form.
    if (formula == exp(x) && findIsa(GetParam())->lanes == 0) {
      EXPECT_FALSE(form);
      continue;
    }
    ASSERT_TRUE(form) << formula.str();
    EXPECT_LE(form->error, 1.0);
    expectKept(*form, formula, 2.0, points);
    if (auto *piecewise = std::get_if<PiecewiseForm>(&form->form))
      expectKept(*form, formula, 2.0, joints(*piecewise, points));
  }
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Synthesis,
                         testing::Values("avx512", "avx2", "generic"));

// With a lookup of 64 numbers in four registers no form in f32 is out of reach.
TEST(Synthesis, OneUlpIsReachedInSingle) {
  using namespace act::test;
  const Isa *isa = findIsa("avx512");
  std::vector<float> points = spread(4096);
  for (int i = -2048; i <= 2048; ++i)
    points.push_back(i * 0x1.234p-8f);
  std::sort(points.begin(), points.end());
  bool anyCompensated = false;
  for (Expression formula :
       {exp(x), tanh(x), sigmoid(x), elu, selu, silu, gelu, softplus(x), mish,
        geluTanh, logSigmoid, gelu.substitute({silu})}) {
    auto form =
        synthesize({formula, Format::F32, {Accuracy::Kind::Ulp, 1.0}, isa});
    ASSERT_TRUE(form) << formula.str();
    EXPECT_FALSE(std::holds_alternative<LogDomainForm>(form->form))
        << formula.str();
    expectKept(*form, formula, 1.0, points);
    if (auto *piecewise = std::get_if<PiecewiseForm>(&form->form)) {
      anyCompensated |= piecewise->compensated;
      expectKept(*form, formula, 1.0, joints(*piecewise, points));
    }
  }
  EXPECT_TRUE(anyCompensated);
}

/// [-8, 8] densely, and the floats on both sides of the zeros of `formula`.
static std::vector<float> aroundZeros(Expression formula) {
  auto valueAt = [&](float x) { return exactValue(formula, {x}, Format::F64); };
  constexpr float kStep = 0x1.234p-10f;
  std::vector<float> points;
  for (float x = -8.0f; x < 8.0f; x += kStep) {
    points.push_back(x);
    if (!(valueAt(x) * valueAt(x + kStep) < 0.0))
      continue;
    int64_t lo = orderOf(x), hi = orderOf(x + kStep);
    while (hi - lo > 1) {
      int64_t middle = (lo + hi) / 2;
      (valueAt(x) * valueAt(floatOf(middle)) < 0.0 ? hi : lo) = middle;
    }
    for (int64_t k = lo - 2000; k <= hi + 2000; ++k)
      points.push_back(floatOf(k));
  }
  return points;
}

// Beside a zero, and where they are flat, functions are told from others by
// what floats of the slope and of the constant lack.
TEST(Synthesis, OneUlpIsReachedBesideZeros) {
  using namespace act::test;
  for (Expression function : {silu, gelu, mish, geluTanh}) {
    Expression formula = derivative(function, "");
    auto form = synthesize(
        {formula, Format::F32, {Accuracy::Kind::Ulp, 1.0}, findIsa("avx512")});
    ASSERT_TRUE(form) << formula.str();
    EXPECT_FALSE(std::get<PiecewiseForm>(form->form).lowSlopes.empty());
    expectKept(*form, formula, 1.0, aroundZeros(formula));
  }
}

// Where a sum of two parts is turned over, and where a ramp left of 0 falls, a
// zero has the sign of what it was rounded from.
TEST(Synthesis, ZerosHaveTheSignOfTheirSide) {
  using namespace act::test;
  auto check = [&](Expression formula, double bound, const char *isa,
                   PiecewiseForm::Join join) {
    auto form = synthesize(
        {formula, Format::F32, {Accuracy::Kind::Ulp, bound}, findIsa(isa)});
    ASSERT_TRUE(form) << formula.str() << " on " << isa;
    const auto *piecewise = std::get_if<PiecewiseForm>(&form->form);
    ASSERT_TRUE(piecewise) << formula.str() << " on " << isa;
    EXPECT_EQ(piecewise->join, join) << formula.str();
    for (float t : {0.0f, -0.0f, 0x1p-149f, -0x1p-149f}) {
      const double exact = exactValue(formula, {t}, Format::F32);
      EXPECT_EQ(piecewise->evaluate(t), exact) << formula.str();
      EXPECT_EQ(std::signbit(piecewise->evaluate(t)), std::signbit(exact))
          << formula.str() << " at " << t;
    }
    expectKept(*form, formula, bound, spread(20000));
  };
  check(x * exp(-(x * x)), 1.0, "avx512", PiecewiseForm::Join::Odd);
  for (const char *isa : {"avx2", "avx512"})
    check(gelu.substitute({-x}), 2.0, isa, PiecewiseForm::Join::LeftRamp);
}

// What a factor keeps leaves its product one rounding.
TEST(Synthesis, FactorsKeepWhatTheyRoundOff) {
  using namespace act::test;
  for (Expression formula : {silu, gelu, mish, softplus(x), sigmoid(x),
                             geluTanh, derivative(silu, "")}) {
    auto form = synthesize({formula,
                            Format::F32,
                            {Accuracy::Kind::Factor, 1.0},
                            findIsa("avx512")});
    ASSERT_TRUE(form) << formula.str();
    const auto &factor = std::get<PiecewiseForm>(form->form);
    EXPECT_TRUE(factor.compensated) << formula.str();
    for (float x : aroundZeros(formula)) {
      double exact = exactValue(formula, {x}, Format::F64);
      if (x < factor.validLo || x > factor.validHi ||
          std::fabs(exact) < Accuracy::kLeastKeptFactor)
        continue;
      ASSERT_LE(std::fabs(factor.evaluateFactor(x) - exact),
                std::ldexp(0.5 * std::fabs(exact), -24))
          << formula.str() << " at " << x;
    }
  }
}

// An exponential beside a line is served everywhere by one form, within 1 ulp
// where nothing but its arithmetic rounds.
TEST(Synthesis, ExponentialsBesideLinesLookNothingUp) {
  using namespace act::test;
  const Expression zero(0.0);
  std::vector<float> points = spread(1 << 16);
  for (float t = 0x1p-30f; t < 120.0f; t *= 1.0f + 0x1.1p-11f)
    points.insert(points.end(), {t, -t});
  for (const char *isa : {"avx512", "avx2"}) {
    auto make = [&](Expression formula) {
      return synthesize({formula, Format::F32, {}, findIsa(isa)});
    };
    for (Expression formula :
         {elu, selu, where(zero < x, x, 0.5 * expm1(x * 2.0)),
          where(x < zero, 0.25 * expm1(x * 3.0), x * 40.0),
          where(x < zero, 0.5 * expm1(x * 40.0), x)}) {
      auto form = make(formula);
      ASSERT_TRUE(form) << formula.str();
      auto *linear = std::get_if<ExponentialLinearForm>(&form->form);
      ASSERT_TRUE(linear) << formula.str();
      expectKept(*form, formula, formula == elu ? 1.0 : 2.0, points);
      for (float x : {0x1.e74b3p+127f, FLT_MAX, INFINITY})
        EXPECT_EQ(std::isinf(linear->evaluate(x)),
                  std::isinf(float(exactValue(formula, {x}, Format::F32))))
            << formula.str() << " at " << x;
      EXPECT_EQ(linear->evaluate(-INFINITY), -linear->level);
      for (float tiny : {-0.0f, -0x1p-149f, -0x1p-148f, -0x1.8p-140f})
        EXPECT_TRUE(std::signbit(linear->evaluate(tiny))) << formula.str();
      EXPECT_TRUE(std::isnan(linear->evaluate(NAN)));
    }
    // What roundings may add up to is more than samples show.
    for (Expression formula : {where(zero < x, x, 1.96 * expm1(x / 1.96)),
                               where(zero < x, x, 0.98 * expm1(x)),
                               where(zero < x, x, 3.87 * expm1(x))}) {
      auto form = make(formula);
      EXPECT_FALSE(form &&
                   std::holds_alternative<ExponentialLinearForm>(form->form))
          << formula.str();
    }
    // Of the second the product x / 4 underflows; others differ where few look.
    for (Expression formula :
         {where(zero < x, x * x, expm1(x)),
          where(zero < x, x, 4.0 * expm1(x / 4.0)), min(elu, Expression(1e32)),
          where(Expression(40.0) < x, where(x < Expression(5000.0), zero, elu),
                elu),
          where(zero < x, -x, expm1(x)),
          where(Expression(-1.0) < x, x, expm1(x)), elu + 1.0}) {
      auto form = make(formula);
      EXPECT_FALSE(form &&
                   std::holds_alternative<ExponentialLinearForm>(form->form))
          << formula.str();
    }
  }
}

// A level far from 1 moves the arguments at which results are numbers.
TEST(Synthesis, LevelsOfExponentialsMayBeFarFromOne) {
  using namespace act::test;
  for (const char *isa : {"avx512", "avx2"})
    for (double shift : {0.0, -3.0, 35.0, -45.0, 80.0, -80.0})
      for (double rate : {1.0, -0.5}) {
        Expression formula = exp(x * rate + shift);
        auto form = synthesize({formula, Format::F32, {}, findIsa(isa)});
        ASSERT_TRUE(form) << formula.str();
        ASSERT_TRUE(std::holds_alternative<ExponentialForm>(form->form));
        std::vector<float> points;
        for (double y = -104.0; y < 90.0; y += 0x1.1p-6)
          points.push_back((y - shift) / rate);
        expectKept(*form, formula, 2.0, points);
      }
  auto isExponential = [](Expression formula) {
    auto form = synthesize({formula, Format::F32, {}, findIsa("avx512")});
    return form && std::holds_alternative<ExponentialForm>(form->form);
  };
  EXPECT_TRUE(isExponential(exp(x + 85.0)));
  EXPECT_TRUE(isExponential(-exp(x)));
  // The table would hold subnormal numbers, or infinite ones.
  EXPECT_FALSE(isExponential(exp(x - 90.0)));
  EXPECT_FALSE(isExponential(exp(x + 90.0)));
  // What differs only where the result is infinite, or 0.
  EXPECT_FALSE(isExponential(where(x > 200.0, Expression(7.0), exp(x))));
  EXPECT_FALSE(isExponential(where(x < -2000.0, Expression(7.0), exp(x))));
}

// What a ramp rounds off is no number where it is infinite.
TEST(Synthesis, CompensatedRampsReachInfinity) {
  PiecewiseForm form;
  form.fold = PiecewiseForm::Fold::Magnitude;
  form.hi = 1.0f;
  form.compensated = true;
  form.centres = {0.0f, 0.0f};
  form.coefficients = {{-0.0f, -0.0f}, {0.5f, 0.5f}, {-0.25f, -0.25f}};
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (float level : {1.0f, 1.05f, -1.0f, -1.05f})
    for (float side : {1.0f, -1.0f}) {
      form.level = level;
      form.join = side > 0.0f ? PiecewiseForm::Join::Ramp
                              : PiecewiseForm::Join::LeftRamp;
      float limit = side * (level > 0.0f ? kInfinity : -kInfinity);
      EXPECT_EQ(form.evaluate(side * kInfinity), limit) << level;
      if (std::fabs(level) > 1.0f) {
        EXPECT_EQ(form.evaluate(side * FLT_MAX), limit) << level;
      }
      EXPECT_EQ(form.evaluate(-side * kInfinity), -0.25f) << level;
      EXPECT_TRUE(std::isnan(form.evaluate(NAN)));
    }
}

// Beyond the window of the fastest form a slower one of the whole line serves
// in f32, where one is found: not of a function without a symmetry, nor where
// less is allowed than its steps round. What all processors share stays in f64.
TEST(Synthesis, FarArgumentsAreServedInFloats) {
  using namespace act::test;
  const Isa *isa = findIsa("avx512");
  std::vector<float> points;
  for (float t = 8.02f; t < 110.0f; t = t * (1.0f + 0x1.1p-11f))
    points.insert(points.end(), {t, -t});
  for (Expression formula : {gelu, geluTanh, silu, sigmoid(x), logSigmoid}) {
    auto form = synthesize({formula, Format::F32, {}, isa});
    ASSERT_TRUE(form && form->far) << formula.str();
    EXPECT_TRUE(std::holds_alternative<PiecewiseForm>(*form->far))
        << formula.str();
    expectKept(*form, formula, 2.0, points);
  }
  auto isInDouble = [&](Expression formula, double bound, const char *name) {
    auto form = synthesize(
        {formula, Format::F32, {Accuracy::Kind::Ulp, bound}, findIsa(name)});
    return form && form->far &&
           std::holds_alternative<LogDomainForm>(*form->far);
  };
  EXPECT_TRUE(isInDouble(mish, 2.0, "avx512"));
  EXPECT_TRUE(isInDouble(sigmoid(x), 1.0, "avx512"));
  // As gates ask for, and what is not searched for.
  EXPECT_FALSE(isInDouble(sigmoid(x), 1.45, "avx512"));
  EXPECT_TRUE(isInDouble(sigmoid(x), 1.35, "avx512"));
  EXPECT_FALSE(isInDouble(silu, 2.0, "avx2"));
  EXPECT_TRUE(isInDouble(silu, 1.0, "avx2"));
}

// Beside an exponential few segments serve down to the least normal results,
// where registers hold eight numbers. The power of two is a normal number
// wherever the form is valid.
TEST(Synthesis, DecaysAreProductsWithAnExponential) {
  using namespace act::test;
  using Argument = PiecewiseForm::Decay::Argument;
  const Isa *isa = findIsa("avx2");
  auto check = [&](Expression formula, Argument argument, bool compensated) {
    auto form = synthesize({formula, Format::F32, {}, isa});
    ASSERT_TRUE(form) << formula.str();
    const auto &piecewise = std::get<PiecewiseForm>(form->form);
    ASSERT_FALSE(piecewise.decay.growth.empty()) << formula.str();
    EXPECT_EQ(piecewise.decay.argument, argument) << formula.str();
    EXPECT_EQ(piecewise.compensated, compensated) << formula.str();
    EXPECT_EQ(piecewise.segments(), 8u) << formula.str();
    const float end = -piecewise.validLo;
    // What is kept has the last bits of a product, and is normal, too.
    const double least = std::fabs(exactValue(formula, {-end}, Format::F64));
    EXPECT_LT(least, compensated ? 0x1p-70 : 0x1p-115) << formula.str();
    EXPECT_GT(least, compensated ? 0x1p-80 : 0x1p-126) << formula.str();
    EXPECT_LE(piecewise.binadesOfDecay(end), 125.5) << formula.str();
    std::vector<float> points = aroundZeros(formula);
    for (float t = 0x1p-20f; t < end; t *= 1.0f + 0x1.1p-12f)
      points.insert(points.end(), {t, -t});
    for (float joint : joints(piecewise, spread(4096)))
      points.push_back(joint);
    auto isInvalid = [&](float x) {
      return x < piecewise.validLo || x > piecewise.validHi;
    };
    points.erase(std::remove_if(points.begin(), points.end(), isInvalid),
                 points.end());
    expectKept(*form, formula, 2.0, points);
  };
  check(gelu, Argument::Quadratic, false);
  check(derivative(geluTanh, ""), Argument::Cubic, true);
  check(exp(-6.0 * abs(x)), Argument::Linear, false);
}

// Some processors take a hundred times as long with subnormal numbers. What has
// such results is scaled until its last step, or by a logarithm.
TEST(Synthesis, FarFormsAreScaled) {
  using namespace act::test;
  std::vector<float> points;
  for (float t = 8.02f; t < 120.0f; t = t * (1.0f + 0x1.1p-9f))
    points.insert(points.end(), {t, -t});
  for (const char *isa : {"avx512", "avx2"})
    for (Format format : {Format::F32, Format::BF16})
      for (Expression formula :
           {silu, sigmoid(x), differentiate(gelu), differentiate(silu),
            differentiate(softplus(x))}) {
        auto form = synthesize(
            {formula, format, Accuracy::defaultFor(format), findIsa(isa)});
        ASSERT_TRUE(form && form->far) << isa << ' ' << formula.str();
        auto *far = std::get_if<PiecewiseForm>(&*form->far);
        ASSERT_TRUE(far) << isa << ' ' << formula.str();
        EXPECT_TRUE(far->isScaled()) << isa << ' ' << formula.str();
        std::vector<float> rounded = points;
        for (float &point : rounded)
          point = roundTo(point, format);
        expectKept(*form, formula, format == Format::F32 ? 2.0 : 0.501, rounded,
                   format);
      }
}

// In 16 bits no road leads through f64, at no accuracy: lines leave f16 before
// they end, and a segment at the end of a function that levels off has to round
// to its limit.
TEST(Synthesis, SixteenBitsAreServedInFloats) {
  using namespace act::test;
  for (const char *isa : {"avx512", "avx2"})
    for (double bound : {0.501, 1.0}) {
      auto synthesizeIn = [&](Format format, Expression formula) {
        return synthesize(
            {formula, format, {Accuracy::Kind::Ulp, bound}, findIsa(isa)});
      };
      for (Format format : {Format::F16, Format::BF16})
        for (Expression formula :
             {gelu, sigmoid(x), tanh(x), elu, softplus(x)}) {
          auto form = synthesizeIn(format, formula);
          ASSERT_TRUE(form) << isa << ' ' << bound << ' ' << formula.str();
          EXPECT_TRUE(
              std::holds_alternative<PiecewiseForm>(form->form) ||
              (formula == elu &&
               std::holds_alternative<ExponentialLinearForm>(form->form)))
              << isa << ' ' << bound << ' ' << formula.str();
          EXPECT_FALSE(form->far &&
                       std::holds_alternative<LogDomainForm>(*form->far))
              << isa << ' ' << bound << ' ' << formula.str();
        }
      // One form of the whole line, without a look at where arguments lie.
      for (Expression formula : {gelu, geluTanh, tanh(x)}) {
        auto form = synthesizeIn(Format::F16, formula);
        ASSERT_TRUE(form) << formula.str();
        EXPECT_FALSE(form->far) << isa << ' ' << bound << ' ' << formula.str();
      }
      for (float side : {-1.0f, 1.0f}) {
        auto form = synthesizeIn(Format::BF16, tanh(x));
        ASSERT_TRUE(form);
        float limit = form->evaluate(side * INFINITY);
        EXPECT_EQ(roundTo(limit, Format::BF16), side) << isa << ' ' << bound;
      }
    }
}

TEST(Synthesis, LessAccuracyIsCheaper) {
  const Isa *isa = findIsa("avx512");
  auto cost = [&](Format format, Accuracy accuracy) {
    auto form = synthesize({test::gelu, format, accuracy, isa});
    return form ? form->cost : ~0u;
  };
  unsigned exact = cost(Format::F32, {Accuracy::Kind::Ulp, 2.0});
  EXPECT_LT(cost(Format::F32, {Accuracy::Kind::Absolute, 1e-3}), exact);
  EXPECT_LT(cost(Format::F16, {Accuracy::Kind::Ulp, 0.501}), exact);
}

// A function with a pole has no form, nor has one that oscillates.
TEST(Synthesis, FindsNoFormWhereThereIsNone) {
  const Isa *isa = findIsa("avx512");
  EXPECT_FALSE(synthesize({sin(test::x * 40.0), Format::F32, {}, isa}));
  EXPECT_FALSE(synthesize({1.0 / (test::x - 0.3), Format::F32, {}, isa}));
}

// Nor has one with a value of its own at a point, which no sample meets.
TEST(Synthesis, FindsNoFormOfIsolatedValues) {
  using namespace act::test;
  const Expression rest = where(x <= 3.0, Expression(7.0), gelu);
  for (const char *name : {"avx512", "avx2", "generic"}) {
    EXPECT_FALSE(synthesize(
        {where(x < 3.0, gelu, rest), Format::F32, {}, findIsa(name)}))
        << name;
    EXPECT_TRUE(synthesize({elu, Format::F32, {}, findIsa(name)})) << name;
  }
}

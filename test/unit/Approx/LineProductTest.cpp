//===- LineProductTest.cpp - Products of lines in two floats --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/LineProduct.h"
#include "Formulas.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "gtest/gtest.h"
#include <cmath>
#include <cstring>

using namespace act;
using namespace act::test;

namespace {

/// The only product of `formula` in f32.
std::optional<LineProductForm> productOf(Expression formula,
                                         double allowed = 1.0) {
  std::optional<ProductPieces> pieces = byProductsOfLines(formula);
  if (!pieces || pieces->products.size() != 1)
    return std::nullopt;
  return formOf(pieces->products.front(), formula, allowed);
}

/// Floats of all magnitudes, more than one in a thousand and of no pattern.
template <typename Function>
void forManyFloats(Function &&visit) {
  constexpr uint64_t kStep = 65537;
  for (uint64_t bits = 0; bits < uint64_t(1) << 32; bits += kStep) {
    uint32_t pattern = bits;
    float x;
    std::memcpy(&x, &pattern, sizeof(x));
    if (!std::isnan(x))
      visit(x);
  }
}

} // namespace

// Half an ulp and next to nothing, in the tails and among subnormal numbers
// too.
TEST(LineProduct, RoundsNearlyOnce) {
  for (Expression formula : {hardSwish, hardSigmoid}) {
    std::optional<LineProductForm> form = productOf(formula);
    ASSERT_TRUE(form) << formula.str();
    EXPECT_LT(form->error, 0.50001);
    forManyFloats([&](float x) {
      ASSERT_LE(errorInUlps(form->evaluate(x), formula, {x}, Format::F32),
                form->error)
          << formula.str() << " at " << x;
    });
  }
}

TEST(LineProduct, KeepsZerosLimitsAndNaN) {
  std::optional<LineProductForm> form = productOf(hardSwish);
  ASSERT_TRUE(form);
  for (float x : {-INFINITY, -3.0f, -0.0f})
    EXPECT_TRUE(form->evaluate(x) == 0.0f && std::signbit(form->evaluate(x)));
  EXPECT_FALSE(std::signbit(form->evaluate(0.0f)));
  EXPECT_EQ(form->evaluate(INFINITY), INFINITY);
  EXPECT_EQ(form->evaluate(3.0f), 3.0f);
  EXPECT_TRUE(std::isnan(form->evaluate(NAN)));
}

// The least value is -3/8 and taken at -3/2 only up to rounding.
TEST(LineProduct, StaysInTheRangeOfTheFunction) {
  std::optional<LineProductForm> form = productOf(hardSwish);
  ASSERT_TRUE(form);
  float x = -1.51f;
  for (; x < -1.49f; x = std::nextafterf(x, INFINITY))
    ASSERT_GE(form->evaluate(x), -0.375f) << x;
}

TEST(LineProduct, SecondPartOfTheConstantWhereItIsNeeded) {
  EXPECT_NE(productOf(hardSwish, 1.0)->scaleLow, 0.0f);
  EXPECT_EQ(productOf(hardSwish, 1.75)->scaleLow, 0.0f);
  EXPECT_EQ(productOf(sparsePlus)->scaleLow, 0.0f);
  EXPECT_FALSE(productOf(hardSwish, 0.5));
}

// Where x less the zero is no sum of two floats.
TEST(LineProduct, RefusesZerosWithManyDigits) {
  auto inside = [](double zero, double end) {
    return where(x < -end, 0.0, where(x < end, x - zero, 1.0));
  };
  EXPECT_TRUE(productOf(inside(0x1.8p-1, 1024.0)));
  EXPECT_FALSE(productOf(inside(0x1.000002p-1, 1024.0)));
}

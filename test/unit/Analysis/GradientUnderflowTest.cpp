//===- GradientUnderflowTest.cpp - Where slopes round to 0 ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Below which input the derivative of a smooth activation rounds to 0, with
// gradual underflow: found in 60 digits, rounded to some six.
//
//===----------------------------------------------------------------------===//

#include "Formulas.h"
#include "act/Analysis/ActivationSites.h"
#include "gtest/gtest.h"

using namespace act;
using namespace act::test;

namespace {

struct Case {
  const char *name;
  Expression function;
  double f32, bf16, f16;
};

const Case kCases[] = {{"gelu", gelu, -14.5413, -13.7535, -6.02981},
                       {"silu", silu, -108.651, -97.4508, -20.2882},
                       {"elu", elu, -103.972, -92.8817, -17.3287},
                       {"softplus", softplus(x), -103.972, -92.8817, -17.3287},
                       {"sigmoid", sigmoid(x), -103.972, -92.8817, -17.3287},
                       {"tanh", tanh(x), -52.679, -47.134, -9.3575}};

/// Whether the gradient is known to be 0 just below `at` and not above it.
void expectEdge(const Case &one, Format format, double at) {
  SiteFunction function(one.function, "", format);
  ASSERT_TRUE(function.isSmooth()) << one.name;
  double digits = 1e-5 * -at;
  EXPECT_EQ(function.respond({4 * at, at - digits}), Response::Saturated)
      << one.name << " " << at;
  EXPECT_NE(function.respond({4 * at, at + digits}), Response::Saturated)
      << one.name << " " << at;
}

TEST(GradientUnderflow, Edges) {
  for (const Case &one : kCases) {
    expectEdge(one, Format::F32, one.f32);
    expectEdge(one, Format::BF16, one.bf16);
    expectEdge(one, Format::F16, one.f16);
  }
}

TEST(GradientUnderflow, IsOnBothSidesOfTanh) {
  SiteFunction function(tanh(x), "", Format::F16);
  EXPECT_EQ(function.respond({9.358, 20}), Response::Saturated);
  EXPECT_NE(function.respond({9.357, 20}), Response::Saturated);
  EXPECT_EQ(function.respond({-1, 1}), Response::Active);
}

TEST(GradientUnderflow, SlopesThatStayAreNoUnderflow) {
  for (Expression function : {leakyRelu, softSign, squareplus})
    for (Format format : {Format::F32, Format::BF16})
      EXPECT_NE(SiteFunction(function, "", format).respond({-1000, -10}),
                Response::Saturated);
}

} // namespace

//===- ExpansionTest.cpp - Expansions against exact values ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every activation of every format, compiled from its expansion, against the
// correctly rounded value: all inputs of the 16-bit formats, and of the others
// a dense stride with all special values and the surroundings of every kink.
//
//===----------------------------------------------------------------------===//

#include "ScalarJit.h"
#include "act/Formula/Profile.h"
#include "act/Report/Facts.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The largest error of an expansion, in ulps. f16 and bf16 are rounded from
/// a wider format, and so is f32 unless a formula rounds only once, where its
/// constant is rounded too (0.01 x). f64 is as good as libm and the
/// conditioning of the formula in its tails allow (gelu at -38: the rounding of
/// the argument of erfc, x^2 = 1444 times 2^-53, and thrice that for a cube).
double allowedError(Format format) {
  switch (format) {
  case Format::F16:
  case Format::BF16:
    return 0.501;
  case Format::F32:
    return 1.0;
  case Format::F64:
    return 4096.0;
  }
  return 0.0;
}

std::vector<double> specialValues(Format format) {
  double smallest = format == Format::F32 ? 0x1p-149 : 0x1p-1074;
  double normal = format == Format::F32 ? 0x1p-126 : 0x1p-1022;
  double largest = format == Format::F32 ? 0x1.fffffep127
                                         : std::numeric_limits<double>::max();
  std::vector<double> values;
  for (double x : {0.0, smallest, 3 * smallest, normal, normal - smallest, 1.0,
                   largest, kInfinity})
    for (double sign : {-1.0, 1.0})
      values.push_back(sign * x);
  values.push_back(std::nan(""));
  return values;
}

/// A stride over the bits of all finite floats: every binade alike.
void addStride(Format format, unsigned count, std::vector<double> &values) {
  for (unsigned i = 0; i < count; ++i) {
    if (format == Format::F32) {
      uint32_t bits = uint32_t(i) * (0xffffffffu / count);
      float x = llvm::bit_cast<float>(bits);
      if (std::isfinite(x))
        values.push_back(x);
    } else {
      uint64_t bits = uint64_t(i) * (~uint64_t(0) / count);
      double x = llvm::bit_cast<double>(bits);
      if (std::isfinite(x))
        values.push_back(x);
    }
  }
}

/// Points where activations do something: a linear grid, and the neighbours of
/// each kink and extremum.
void addShape(Format format, Expression formula, std::vector<double> &values) {
  for (int i = -3000; i <= 3000; ++i)
    values.push_back(roundTo(i * 0.037, format));
  for (const Piece &piece : profile(formula).pieces) {
    double at = roundTo(piece.to.middle(), format);
    if (!std::isfinite(at) || std::abs(at) > 1e30)
      continue;
    double step = ulp(at, format);
    for (int i = -32; i <= 32; ++i)
      values.push_back(at + i * step);
  }
}

std::vector<double> inputsFor(Format format, Expression formula) {
  if (format == Format::F16 || format == Format::BF16)
    return allValues(format);
  std::vector<double> values = specialValues(format);
  addStride(format, 8192, values);
  addShape(format, formula, values);
  return values;
}

/// The error in ulps, infinite where NaN, infinity or the sign of a zero
/// differ.
double errorOf(double computed, Expression formula,
               const std::vector<double> &point, Format format) {
  double exact = exactValue(formula, point, format);
  if (std::isnan(exact) || std::isnan(computed))
    return std::isnan(exact) && std::isnan(computed) ? 0.0 : kInfinity;
  if (computed == exact)
    return std::signbit(computed) == std::signbit(exact) ? 0.5 : kInfinity;
  return errorInUlps(computed, formula, point, format);
}

class Expansion : public testing::TestWithParam<Format> {};

TEST_P(Expansion, OfOneVariableIsExact) {
  Format format = GetParam();
  std::vector<const Record *> records;
  for (const Record *record : allRecords(&testContext()))
    if (record->variables.size() == 1)
      records.push_back(record);
  ASSERT_EQ(records.size(), 42u);
  ScalarJit jit(records, format);
  ASSERT_TRUE(jit.isValid());
  for (const Record *record : records) {
    Expression formula =
        instantiate(*record, exampleParameters(record->parameters));
    std::vector<double> inputs = inputsFor(format, formula);
    std::vector<double> results = jit.run(*record, {inputs});
    ASSERT_EQ(results.size(), inputs.size());
    double worst = 0.0, worstInput = 0.0, worstResult = 0.0;
    for (size_t i = 0; i < inputs.size(); ++i) {
      double error = errorOf(results[i], formula, {inputs[i]}, format);
      if (error > worst) {
        worst = error;
        worstInput = inputs[i];
        worstResult = results[i];
      }
    }
    std::printf("%-24s %-5s %10.4g ulp at %.9g\n", record->opName.str().c_str(),
                typeName(format).c_str(), worst, worstInput);
    EXPECT_LE(worst, allowedError(format))
        << record->opName.str() << " at " << worstInput << ": got "
        << worstResult << ", expected "
        << exactValue(formula, {worstInput}, format);
  }
}

TEST_P(Expansion, OfTwoVariablesIsExact) {
  Format format = GetParam();
  std::vector<const Record *> records;
  for (const Record *record : allRecords(&testContext()))
    if (record->variables.size() == 2)
      records.push_back(record);
  ASSERT_EQ(records.size(), 12u);
  ScalarJit jit(records, format);
  ASSERT_TRUE(jit.isValid());
  std::mt19937_64 random(11);
  std::normal_distribution<double> normal(0.0, 4.0);
  std::vector<std::vector<double>> inputs(2);
  for (int i = 0; i < 4000; ++i)
    for (std::vector<double> &input : inputs)
      input.push_back(roundTo(normal(random), format));
  for (double gate : {-kInfinity, -700.0, -120.0, -20.0, -0.0, 0.0, 7.0, 50.0})
    for (double value : {-3.5, 2.0}) {
      inputs[0].push_back(value);
      inputs[1].push_back(gate);
    }
  for (const Record *record : records) {
    Expression formula =
        instantiate(*record, exampleParameters(record->parameters));
    std::vector<double> results = jit.run(*record, inputs);
    ASSERT_EQ(results.size(), inputs[0].size());
    for (size_t i = 0; i < results.size(); ++i) {
      std::vector<double> point = {inputs[0][i], inputs[1][i]};
      EXPECT_LE(errorOf(results[i], formula, point, format),
                allowedError(format))
          << record->opName.str() << " at " << point[0] << ", " << point[1]
          << ": got " << results[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, Expansion,
                         testing::Values(Format::F16, Format::BF16, Format::F32,
                                         Format::F64),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

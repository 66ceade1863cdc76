//===- GatedTest.cpp - The compiled code of gated activations, in ulps ----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every gated activation in every format, compiled for each x86-64 level that
// runs here, against MPFR: each extreme value with each extreme gate, where one
// factor of the product underflows and the other makes up for it, infinities
// and NaN, and the range that is met in practice.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/Formula/ApproximateValue.h"
#include "act/IR/FloatFormat.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "act/Target/JitFunction.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Point {
  double value, gate;
};

std::vector<const Record *> gatedRecords() {
  std::vector<const Record *> records;
  for (const Record *record : allRecords(&testContext()))
    if (record->variables.size() == 2 &&
        llvm::StringRef(record->variables[1]) == "gate")
      records.push_back(record);
  return records;
}

/// Numbers of both signs: ends of the format, what lies between its binades,
/// and where sigmoid and the normal distribution leave f32 and f64.
std::vector<double> extremes(Format format) {
  FormatLayout layout = layoutOf(format);
  double smallest = std::ldexp(1.0, layout.minExponent);
  double largest = std::ldexp(2.0 - std::ldexp(2.0, -layout.precision),
                              layout.maxExponent - 1);
  std::vector<double> values = {std::nan(""), 0.0, -0.0};
  for (double x : {smallest, 3 * smallest, 1e3 * smallest,
                   1e-300,   3e-170,       1e-45,
                   1e-40,    1.2e-38,      1.7e-30,
                   3e-20,    1e-7,         0.3,
                   1.0,      2.75,         6.9,
                   7.1,      9.0,          12.6,
                   13.3,     20.3,         37.7,
                   50.3,     60.0,         80.0,
                   87.3,     88.7,         103.9,
                   110.0,    700.1,        745.3,
                   1400.5,   1990.0,       2130.5,
                   65504.0,  1e9,          3e19,
                   1e30,     1e38,         1e155,
                   3e300,    largest,      kInfinity})
    for (double sign : {-1.0, 1.0})
      values.push_back(sign * roundTo(x, format));
  return values;
}

std::vector<Point> pointsOf(Format format) {
  std::vector<Point> points;
  for (double value : extremes(format))
    for (double gate : extremes(format)) {
      // Beyond, what an infinite value is a multiple of underflows in MPFR.
      constexpr double kFarthest = 2000.0;
      bool isBeyond = std::isfinite(gate) && std::abs(gate) > kFarthest;
      if (!std::isinf(value) || !isBeyond)
        points.push_back({value, gate});
    }
  std::mt19937_64 random(5);
  for (double deviation : {1.0, 4.0, 30.0}) {
    std::normal_distribution<double> normal(0.0, deviation);
    for (int i = 0; i < 1000; ++i) {
      double value = normal(random), gate = normal(random);
      points.push_back({roundTo(value, format), roundTo(gate, format)});
    }
  }
  return points;
}

/// `@f` of a value and a gate: a result for each record, with an attribute of
/// its accuracy unless `accuracy` is empty.
std::string sourceOf(llvm::ArrayRef<const Record *> records, Format format,
                     const std::string &accuracy) {
  std::string type = "tensor<?x" + typeName(format) + ">";
  std::string body, names, types;
  for (size_t i = 0; i < records.size(); ++i) {
    std::string name = "%y" + std::to_string(i);
    std::string attributes = exampleAttributes(*records[i]);
    if (!accuracy.empty())
      attributes += std::string(attributes.empty() ? "" : ", ") +
                    "accuracy = #act.accuracy<" + accuracy + ">";
    body += "  " + name + " = \"" + records[i]->opName.str() + "\"(%v, %g) {" +
            attributes + "} : (" + type + ", " + type + ") -> " + type + "\n";
    names += (i ? ", " : "") + name;
    types += (i ? ", " : "") + type;
  }
  return "func.func @f(%v: " + type + ", %g: " + type + ") -> (" + types +
         ") {\n" + body + "  return " + names + " : " + types + "\n}\n";
}

/// In ulps; infinite where NaN, infinity or the sign of a zero differ.
double errorOf(double computed, double exact, Expression formula, Point point,
               Format format) {
  if (std::isnan(exact) && std::isnan(computed))
    return 0.0;
  if (computed == exact)
    return std::signbit(computed) == std::signbit(exact) ? 0.0 : kInfinity;
  // Where the result is finite, the function has settled far before infinity.
  for (double *coordinate : {&point.value, &point.gate})
    if (std::isinf(*coordinate) && std::isfinite(exact))
      *coordinate = std::copysign(1e300, *coordinate);
  return errorInUlps(computed, formula, {point.value, point.gate}, format);
}

/// The arrays of a call: the values, and the gates.
std::vector<NpyArray> arraysOf(llvm::ArrayRef<Point> points, Format format) {
  std::vector<NpyArray> arrays;
  for (double Point::*coordinate : {&Point::value, &Point::gate}) {
    arrays.push_back(llvm::cantFail(
        NpyArray::create(npyElementOf(format), {int64_t(points.size())})));
    for (auto [i, point] : llvm::enumerate(points))
      storeBits(arrays.back(), i, format,
                toAPFloat(point.*coordinate, act::test::floatType(format))
                    .bitcastToAPInt()
                    .getZExtValue());
  }
  return arrays;
}

/// A gated activation with its correctly rounded values.
struct GatedSubject {
  const Record *record;
  Expression formula;
  std::vector<double> exact;
};

void check(const GatedSubject &subject, const NpyArray &results,
           llvm::ArrayRef<Point> points, Format format, const char *cpu,
           double allowed) {
  double worst = 0.0, got = 0.0;
  size_t at = 0, wrong = 0;
  for (size_t i = 0; i < points.size(); ++i) {
    double computed = decode(loadBits(results, i, format), format);
    double error =
        errorOf(computed, subject.exact[i], subject.formula, points[i], format);
    wrong += error > allowed;
    if (error > worst) {
      worst = error;
      got = computed;
      at = i;
    }
  }
  std::printf("%-18s %-5s %-10s %8.4g ulp at %.9g, %.9g\n",
              subject.record->opName.str().c_str(), typeName(format).c_str(),
              cpu, worst, points[at].value, points[at].gate);
  EXPECT_LE(worst, allowed)
      << subject.record->opName.str() << " on " << cpu << " at "
      << points[at].value << ", " << points[at].gate << ": got " << got
      << ", expected " << subject.exact[at] << "; " << wrong << " of "
      << points.size() << " are wrong";
}

using Results = std::vector<NpyArray>;

/// Calls `look` with the results of all `records` on each level of x86-64 that
/// there is.
void runOnEachLevel(
    llvm::ArrayRef<const Record *> records, Format format,
    const std::string &accuracy, llvm::ArrayRef<Point> points,
    llvm::function_ref<void(const Results &, const char *cpu)> look) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  std::vector<NpyArray> inputs = arraysOf(points, format);
  bool ran = false;
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    auto machine = createHostMachine(cpu);
    if (!machine) {
      llvm::consumeError(machine.takeError());
      continue;
    }
    ran = true;
    auto program = loadText(registry, sourceOf(records, format, accuracy));
    ASSERT_TRUE(program &&
                succeeded(program->lower("", "act_gated_entry", **machine)));
    auto function = JitFunction::create(*program, std::move(*machine));
    ASSERT_TRUE(bool(function)) << llvm::toString(function.takeError());
    auto results = llvm::cantFail(function->allocateResults(inputs));
    function->bind(inputs, results)();
    look(results, cpu);
  }
  if (!ran)
    GTEST_SKIP() << "no x86-64 here";
}

Expression formulaOf(const Record &record) {
  return instantiate(record, exampleParameters(record.parameters));
}

void checkExtremes(Format format, const std::string &accuracy, double allowed) {
  std::vector<const Record *> records = gatedRecords();
  ASSERT_EQ(records.size(), 11u);
  std::vector<Point> points = pointsOf(format);
  std::vector<GatedSubject> subjects;
  for (const Record *record : records) {
    GatedSubject subject = {record, formulaOf(*record), {}};
    for (Point point : points)
      subject.exact.push_back(
          exactValue(subject.formula, {point.value, point.gate}, format));
    subjects.push_back(std::move(subject));
  }
  runOnEachLevel(records, format, accuracy, points,
                 [&](const Results &results, const char *cpu) {
                   for (auto [subject, result] :
                        llvm::zip_equal(subjects, results))
                     check(subject, result, points, format, cpu, allowed);
                 });
}

/// Values of all mantissas and gates where networks have them, in f32.
std::vector<Point> commonPoints() {
  constexpr int kPoints = 1 << 19;
  std::mt19937 random(7);
  std::uniform_real_distribution<float> value(1.0f, 2.0f), gate(-8.0f, 8.0f);
  std::vector<Point> points;
  for (int i = 0; i < kPoints; ++i) {
    float first = value(random), second = gate(random);
    points.push_back({first, second});
  }
  return points;
}

/// An error in ulps of f32, by doubles where these leave no doubt.
double errorAt(double computed, Expression formula, Point point,
               double allowed) {
  const std::vector<double> variables = {point.value, point.gate};
  double exact = approximateValue(formula, variables);
  double error = std::abs(computed - exact) / ulp(exact, Format::F32);
  return error <= 0.99 * allowed
             ? error
             : errorInUlps(computed, formula, variables, Format::F32);
}

/// The digits of the value and of the function of the gate decide how much of
/// the error of either is seen in the product.
void checkMantissas(const std::string &accuracy, double allowed) {
  std::vector<const Record *> records = gatedRecords();
  std::vector<Point> points = commonPoints();
  runOnEachLevel(
      records, Format::F32, accuracy, points,
      [&](const Results &results, const char *cpu) {
        for (auto [record, result] : llvm::zip_equal(records, results)) {
          Expression formula = formulaOf(*record);
          double worst = 0.0;
          for (size_t i = 0; i < points.size(); ++i)
            worst = std::max(
                worst,
                errorAt(decode(loadBits(result, i, Format::F32), Format::F32),
                        formula, points[i], allowed));
          EXPECT_LE(worst, allowed) << record->opName.str() << " on " << cpu;
        }
      });
}

class Gated : public testing::TestWithParam<Format> {};

TEST_P(Gated, KeepsItsAccuracyAtExtremes) {
  const Format format = GetParam();
  const bool isShort = format == Format::F16 || format == Format::BF16;
  checkExtremes(format, "", isShort ? 0.501 : 2.0);
}

// What the function of the gate rounds off is kept for the product.
TEST(GatedWithin, OneUlpIsKeptAtExtremes) {
  checkExtremes(Format::F32, "ulp = 1.0", 1.0);
}

TEST(GatedWithin, BoundsAreKeptOfAllMantissas) {
  checkMantissas("", 2.0);
  checkMantissas("ulp = 1.0", 1.0);
}

INSTANTIATE_TEST_SUITE_P(AllFormats, Gated,
                         testing::Values(Format::F16, Format::BF16, Format::F32,
                                         Format::F64),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

//===- ScanTest.cpp - The judge of compiled activations, judged -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scan.h"
#include "Kernel.h"
#include "LibraryArrays.h"
#include "Reference.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"
#include <cmath>
#include <random>

using namespace act;
using namespace act::test;

namespace {

mlir::DialectRegistry &registry() {
  static mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry result;
    registerAllDialects(result);
    return result;
  }();
  return registry;
}

std::vector<const Record *> elementwise() {
  static mlir::MLIRContext context(registry());
  context.loadAllAvailableDialects();
  std::vector<const Record *> records;
  for (const Record *record : allRecords(&context))
    if (record->variables.size() == 1)
      records.push_back(record);
  return records;
}

Expression formulaOf(const Record &record) {
  return instantiate(record, exampleParameters(record.parameters));
}

TEST(LibraryArrays, AreWithinFiveUlps) {
  Expression x = Expression::variable(0);
  std::pair<ArrayFunction, Expression> functions[] = {
      {expOf, exp(x)},     {expm1Of, expm1(x)}, {logOf, log(x)},
      {log1pOf, log1p(x)}, {tanhOf, tanh(x)},   {erfOf, erf(x)},
      {erfcOf, erfc(x)},   {sinOf, sin(x)},     {cosOf, cos(x)},
      {atanOf, atan(x)}};
  constexpr unsigned count = 1 << 13;
  std::mt19937 random(1);
  std::vector<double> points(count), values(count);
  for (unsigned i = 0; i < count; ++i) {
    // Floats of all sizes, and doubles where the functions bend and end.
    double bits = decode(random(), Format::F32);
    points[i] = i % 2 && std::isfinite(bits)
                    ? bits
                    : (random() / 0x1p32 - 0.5) * (i % 4 ? 8.0 : 1500.0);
  }
  for (auto [function, formula] : functions) {
    function(points.data(), values.data(), count);
    for (unsigned i = 0; i < count; ++i)
      if (!std::isnan(exactValue(formula, {points[i]}, Format::F64)))
        EXPECT_LE(errorInUlps(values[i], formula, {points[i]}, Format::F64),
                  5.0)
            << formula.str() << " at " << points[i];
  }
}

TEST(Reference, EnclosesWhatMpfrComputes) {
  std::mt19937 random(1);
  for (const Record *record : elementwise()) {
    Expression formula = formulaOf(*record);
    Reference reference(formula);
    double points[Reference::kBlock];
    for (unsigned i = 0; i < Reference::kBlock; ++i) {
      // Half of the points where functions bend, half anywhere.
      double bits = decode(random(), Format::F32);
      points[i] = i % 2 && std::isfinite(bits)
                      ? bits
                      : float((random() / 0x1p32 - 0.5) * 40.0);
    }
    const Reference::Block &found =
        reference.evaluate(points, Reference::kBlock);
    unsigned wide = 0;
    for (unsigned i = 0; i < Reference::kBlock; ++i) {
      Interval exact = enclosePoint(formula, {points[i]});
      EXPECT_TRUE(found.lo[i] <= exact.lo && exact.hi <= found.hi[i])
          << record->opName.str() << " at " << points[i] << ": " << found.lo[i]
          << " to " << found.hi[i];
      // The scan tells overflow without a narrow enclosure.
      wide +=
          std::fabs(exact.lo) < 0x1p128 &&
          !(found.hi[i] - found.lo[i] <= 0x1p-10 * ulp(exact.lo, Format::F32));
    }
    // Else every input would be left to MPFR.
    EXPECT_LE(wide, Reference::kBlock / 16) << record->opName.str();
  }
}

/// The exact results but for `wrong`, whose result is `bits`.
Findings scanBf16(Expression formula, uint64_t wrong, uint64_t bits) {
  auto compute = [&](const std::vector<uint64_t> &inputs,
                     std::vector<uint64_t> &results) {
    for (size_t i = 0; i < inputs.size(); ++i) {
      double value =
          exactValue(formula, {decode(inputs[i], Format::BF16)}, Format::BF16);
      results[i] = llvm::bit_cast<uint32_t>(float(value)) >> 16;
      if (inputs[i] == wrong)
        results[i] = bits;
    }
  };
  return scan(formula, Format::BF16, {0, 65536, 1}, {{compute, {}}}).front();
}

constexpr uint64_t kNowhere = ~uint64_t(0);

TEST(Scan, ExactResultsHaveHalfAnUlp) {
  Findings found = scanBf16(tanh(Expression::variable(0)), kNowhere, 0);
  EXPECT_EQ(found.inputs, 65536u);
  EXPECT_LE(found.normal.ulps, 0.5);
  EXPECT_GT(found.normal.ulps, 0.49);
  EXPECT_LE(found.subnormal.ulps, 0.5);
  EXPECT_EQ(found.reversals + found.outOfRange + found.wrongSpecials, 0u);
}

TEST(Scan, FindsOneWrongResult) {
  // tanh(0.5) = 0.462 is 0x3eed; two further it is past tanh of the next.
  Findings found = scanBf16(tanh(Expression::variable(0)), 0x3f00, 0x3eef);
  EXPECT_GT(found.normal.ulps, 1.5);
  EXPECT_LT(found.normal.ulps, 2.5);
  EXPECT_EQ(found.normal.input, 0x3f00u);
  EXPECT_EQ(found.reversals, 1u);
  EXPECT_EQ(found.outOfRange + found.wrongSpecials, 0u);
}

TEST(Scan, MeasuresByTheSpacingOfTheRoundedValue) {
  // 1 - 2^-8 for tanh(32), which rounds to 1, whose ulp is 2^-7.
  Findings found = scanBf16(tanh(Expression::variable(0)), 0x4200, 0x3f7f);
  EXPECT_LE(found.normal.ulps, 0.5 + 0x1p-9);
  EXPECT_EQ(found.reversals, 1u);
}

TEST(Scan, FindsResultsBeyondTheRange) {
  // One ulp above 1.
  Findings found = scanBf16(tanh(Expression::variable(0)), 0x4200, 0x3f81);
  EXPECT_EQ(found.outOfRange, 1u);
  EXPECT_EQ(found.normal.input, 0x4200u);
}

TEST(Scan, AJumpIsNoStepAgainstTheDirection) {
  Expression x = Expression::variable(0);
  Findings found = scanBf16(where(x <= 1, 0, x), kNowhere, 0);
  EXPECT_EQ(found.reversals, 0u);
  // 2 gives less than the number before it does.
  EXPECT_EQ(scanBf16(where(x <= 1, 0, x), 0x4000, 0x3ff0).reversals, 1u);
}

TEST(Scan, FindsNanAndWrongSpecials) {
  Expression formula = tanh(Expression::variable(0));
  EXPECT_TRUE(std::isinf(scanBf16(formula, 0x3f00, 0x7fc0).normal.ulps));
  // A zero of the wrong sign, infinity that gives 0, NaN that gives 0.
  EXPECT_EQ(scanBf16(formula, 0x0000, 0x8000).wrongSpecials, 1u);
  EXPECT_EQ(scanBf16(formula, 0x7f80, 0x0000).wrongSpecials, 1u);
  EXPECT_EQ(scanBf16(formula, 0x7fc0, 0x0000).wrongSpecials, 1u);
}

TEST(Scan, TakesTheSignOfValuesForThatOfALimit) {
  const Expression x = Expression::variable(0);
  // Negative, down to -0, left of 0: either zero is right at -inf.
  const Expression falling = differentiate(x * sigmoid(x));
  for (uint64_t zero : {0x0000, 0x8000})
    EXPECT_EQ(scanBf16(falling, 0xff80, zero).wrongSpecials, 0u);
  // Positive there.
  EXPECT_EQ(scanBf16(sigmoid(x), 0xff80, 0x0000).wrongSpecials, 0u);
  EXPECT_EQ(scanBf16(sigmoid(x), 0xff80, 0x8000).wrongSpecials, 1u);
}

TEST(Scan, FindsWrongSubnormals) {
  Findings found = scanBf16(tanh(Expression::variable(0)), 0x0001, 0x0003);
  EXPECT_NEAR(found.subnormal.ulps, 2.0, 0x1p-9);
  EXPECT_EQ(found.subnormal.input, 1u);
}

TEST(Kernel, LaneTailAndOffsetDoNotChangeResults) {
  constexpr int64_t most = 131;
  for (const Record *record : elementwise()) {
    auto kernel =
        Kernel::create(registry(), subjectOf(*record, Format::F32), "", "");
    ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
    auto input = [](int64_t i) {
      return llvm::bit_cast<uint32_t>(float(std::ldexp(i - 65.3, i % 5 - 4)));
    };
    std::vector<uint64_t> alone;
    for (int64_t size = 1; size <= most; ++size)
      for (int64_t offset : {0, 1, 5}) {
        NpyArray x = llvm::cantFail(kernel->allocate(size));
        NpyArray y = llvm::cantFail(kernel->allocate(size));
        for (int64_t i = 0; i < size; ++i)
          storeBits(x, i, Format::F32, input((i + offset) % most));
        kernel->bind(x, y)();
        if (size == 1)
          while (int64_t(alone.size()) < most) {
            storeBits(x, 0, Format::F32, input(alone.size()));
            kernel->bind(x, y)();
            alone.push_back(loadBits(y, 0, Format::F32));
          }
        for (int64_t i = 0; size > 1 && i < size; ++i)
          ASSERT_EQ(loadBits(y, i, Format::F32), alone[(i + offset) % most])
              << record->opName.str() << ", element " << i << " of " << size;
      }
  }
}

/// What loadSubject says about a file with `text`.
llvm::Expected<Subject> load(llvm::StringRef text) {
  llvm::SmallString<128> path;
  int descriptor;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile(
          "act-subject", "mlir", descriptor, path))
    return llvm::errorCodeToError(error);
  llvm::FileRemover remover(path);
  llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << text;
  return loadSubject(registry(), path);
}

TEST(Subject, IsReadFromAFile) {
  auto subject = load("func.func @chain(%x: tensor<?xbf16>) -> tensor<?xbf16> {"
                      " %s = math.absf %x : tensor<?xbf16>"
                      " %y = act.relu %s : tensor<?xbf16>"
                      " return %y : tensor<?xbf16> }");
  ASSERT_TRUE(bool(subject)) << llvm::toString(subject.takeError());
  Expression x = Expression::variable(0);
  EXPECT_EQ(subject->expression, max(abs(x), 0.0));
  EXPECT_EQ(subject->format, Format::BF16);
  EXPECT_EQ(subject->name, "chain");
}

TEST(Subject, OthersAreRefused) {
  for (llvm::StringRef text :
       {"func.func @f(", // does not parse
        "func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {"
        " return %x : tensor<4xf32> }",
        "func.func @f(%x: tensor<?xi32>) -> tensor<?xi32> {"
        " return %x : tensor<?xi32> }",
        "func.func @f(%x: tensor<?xf32>) { return }",
        "func.func private @g(tensor<?xf32>) -> tensor<?xf32> "
        "func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {"
        " %y = call @g(%x) : (tensor<?xf32>) -> tensor<?xf32>"
        " return %y : tensor<?xf32> }"}) {
    auto subject = load(text);
    EXPECT_FALSE(bool(subject)) << text.str();
    llvm::consumeError(subject.takeError());
  }
}

/// act.derivative of `record`, whose parameters have the values of examples.
Subject derivativeOf(const Record &record, Format format) {
  std::string parameters;
  for (auto [parameter, value] :
       llvm::zip_equal(record.parameters, exampleParameters(record.parameters)))
    if (!parameter.defaultValue)
      parameters += (parameters.empty() ? "" : ", ") +
                    std::string(parameter.name) + " = " +
                    llvm::formatv("{0:e17} : f64", value).str();
  std::string type = llvm::formatv("tensor<?x{0}>", layoutOf(format).name);
  std::string source = llvm::formatv(
      "func.func @f(%x: {0}) -> {0} {{ %y = act.derivative \"{1}\" %x with "
      "{{{2}} : {0} return %y : {0} }",
      type, record.opName, parameters);
  return {record.opName.str(), derivative(formulaOf(record), record.kinkSides),
          format, source};
}

Findings scanKernel(const Subject &subject, const Inputs &inputs) {
  Kernel kernel = llvm::cantFail(Kernel::create(registry(), subject, "", ""));
  constexpr int64_t block = 4096;
  NpyArray x = llvm::cantFail(kernel.allocate(block));
  NpyArray y = llvm::cantFail(kernel.allocate(block));
  auto call = kernel.bind(x, y);
  auto compute = [&](const std::vector<uint64_t> &in,
                     std::vector<uint64_t> &out) {
    storeAllBits(x, subject.format, in);
    call();
    loadAllBits(y, subject.format, out);
  };
  return scan(subject.expression, subject.format, inputs, {{compute, {}}})
      .front();
}

TEST(Derivative, OfEveryActivationIsAccurate) {
  for (const Record *record : elementwise()) {
    Findings f32 =
        scanKernel(derivativeOf(*record, Format::F32), {0, 1 << 18, 16381});
    Findings bf16 =
        scanKernel(derivativeOf(*record, Format::BF16), {0, 1 << 16, 1});
    EXPECT_LE(std::max(f32.normal.ulps, f32.subnormal.ulps), 2.0)
        << record->opName.str();
    EXPECT_LE(std::max(bf16.normal.ulps, bf16.subnormal.ulps), 0.501)
        << record->opName.str();
    EXPECT_EQ(f32.wrongSpecials + bf16.wrongSpecials, 0u)
        << record->opName.str() << " at bits " << bf16.wrongSpecial;
  }
}

} // namespace

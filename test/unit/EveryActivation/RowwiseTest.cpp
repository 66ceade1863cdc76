//===- RowwiseTest.cpp - Row-wise activations against a second implementation
//--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each row-wise op, along each axis, of static and dynamic shape, through the
// whole compile road, against a plain implementation in double that sorts and
// sums rows one at a time.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "act/Target/JitFunction.h"
#include "act/Target/Machine.h"
#include "act/Target/Program.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int64_t kShape[] = {4, 7, 3};
constexpr int64_t kCount = 4 * 7 * 3;

using Row = std::vector<double>;

Row softmaxOf(const Row &scores, bool emptyIsZero, bool logarithm) {
  double largest = *std::max_element(scores.begin(), scores.end());
  Row result;
  if (largest == -kInfinity && emptyIsZero)
    return Row(scores.size(), 0.0);
  double total = 0.0;
  for (double s : scores)
    total += std::exp(s - largest);
  for (double s : scores)
    result.push_back(logarithm ? s - largest - std::log(total)
                               : std::exp(s - largest) / total);
  return result;
}

Row firstMaximumOf(const Row &scores) {
  Row result(scores.size(), 0.0);
  result[std::max_element(scores.begin(), scores.end()) - scores.begin()] = 1.0;
  return result;
}

/// The projection on the simplex by sorting (Held, Wolfe and Crowder 1974).
Row projectionOf(const Row &scores) {
  Row sorted = scores;
  std::sort(sorted.begin(), sorted.end(), std::greater<double>());
  double sum = 0.0, threshold = 0.0;
  for (size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    if (1.0 + double(k + 1) * sorted[k] > sum)
      threshold = (sum - 1.0) / double(k + 1);
  }
  Row result;
  for (double s : scores)
    result.push_back(std::max(s - threshold, 0.0));
  return result;
}

Row resultOf(const RowRecord &record, const Row &scores, bool emptyIsZero) {
  switch (record.form) {
  case RowForm::Probability:
    return softmaxOf(scores, emptyIsZero, false);
  case RowForm::LogProbability:
    return softmaxOf(scores, emptyIsZero, true);
  case RowForm::FirstMaximum:
    return firstMaximumOf(scores);
  case RowForm::Projection:
    return projectionOf(scores);
  }
  return {};
}

/// The inputs of one case: x, and noise, mask and lengths where they are used.
struct Case {
  std::vector<double> x, noise;
  std::vector<int8_t> mask;
  std::vector<int32_t> lengths;
};

Case makeCase(Format format, int64_t axis) {
  std::mt19937_64 random(3 + axis);
  std::normal_distribution<double> normal(0.0, 3.0);
  Case inputs;
  for (int64_t i = 0; i < kCount; ++i) {
    inputs.x.push_back(roundTo(normal(random), format));
    inputs.noise.push_back(roundTo(normal(random), format));
    inputs.mask.push_back(random() % 3 != 0);
  }
  // Ties, large scores, and -inf here and there.
  for (int64_t i = 0; i + 1 < kCount; i += 5)
    inputs.x[i + 1] = inputs.x[i];
  inputs.x[2] = 1000.0;
  inputs.x[11] = -kInfinity;
  int64_t rows = kCount / kShape[axis];
  for (int64_t row = 0; row < rows; ++row)
    inputs.lengths.push_back(int32_t(row % (kShape[axis] + 1)));
  return inputs;
}

/// The flat positions of row `row` along `axis`.
std::vector<int64_t> positionsOf(int64_t axis, int64_t row) {
  int64_t inner = 1;
  for (int64_t d = axis + 1; d < 3; ++d)
    inner *= kShape[d];
  int64_t first = row / inner * inner * kShape[axis] + row % inner;
  std::vector<int64_t> positions;
  for (int64_t i = 0; i < kShape[axis]; ++i)
    positions.push_back(first + i * inner);
  return positions;
}

std::vector<double> expectedOf(const RowRecord &record, const Case &inputs,
                               int64_t axis) {
  std::vector<double> result(kCount);
  llvm::SmallVector<double> parameters = exampleParameters(record.parameters);
  bool selects = record.selection != RowSelection::Whole;
  std::vector<Expression> variables = {Expression::variable(0),
                                       Expression::variable(1)};
  variables.resize(record.numVariables, Expression(0.0));
  Expression score =
      record.score(variables, exactParameters(record.parameters, parameters));
  for (int64_t row = 0; row < kCount / kShape[axis]; ++row) {
    std::vector<int64_t> positions = positionsOf(axis, row);
    Row scores;
    for (size_t i = 0; i < positions.size(); ++i) {
      int64_t at = positions[i];
      bool selected = true;
      if (record.selection == RowSelection::Mask)
        selected = inputs.mask[at];
      if (record.selection == RowSelection::Prefix)
        selected = int32_t(i) < inputs.lengths[row];
      std::vector<double> point = {inputs.x[at], inputs.noise[at]};
      point.resize(record.numVariables);
      scores.push_back(selected ? exactValue(score, point, Format::F64)
                                : -kInfinity);
    }
    Row values = resultOf(record, scores, selects);
    for (size_t i = 0; i < positions.size(); ++i)
      result[positions[i]] = values[i];
  }
  return result;
}

std::string tensorType(bool isDynamic, llvm::StringRef element,
                       int64_t without = -1) {
  std::string type = "tensor<";
  for (int64_t d = 0; d < 3; ++d)
    if (d != without)
      type += (isDynamic ? "?" : std::to_string(kShape[d])) + "x";
  return type + element.str() + ">";
}

/// A function `main` of the op; a mask comes in as bytes.
std::string programOf(const RowRecord &record, Format format, int64_t axis,
                      bool isDynamic) {
  std::string x = tensorType(isDynamic, typeName(format));
  std::string text = "func.func @main(%x: " + x, operands = "%x", types = x;
  std::string prologue;
  if (record.numVariables == 2) {
    text += ", %noise: " + x;
    operands += ", %noise";
    types += ", " + x;
  }
  if (record.selection == RowSelection::Mask) {
    std::string bytes = tensorType(isDynamic, "i8");
    std::string bits = tensorType(isDynamic, "i1");
    text += ", %bytes: " + bytes;
    prologue =
        "  %mask = arith.trunci %bytes : " + bytes + " to " + bits + "\n";
    operands += ", %mask";
    types += ", " + bits;
  }
  if (record.selection == RowSelection::Prefix) {
    std::string lengths = tensorType(isDynamic, "i32", axis);
    text += ", %lengths: " + lengths;
    operands += ", %lengths";
    types += ", " + lengths;
  }
  // Counted from the end, as -1 is the default.
  return text + ") -> " + x + " {\n" + prologue + "  %y = \"" +
         record.opName.str() + "\"(" + operands +
         ") {axis = " + std::to_string(axis - 3) + " : i64} : (" + types +
         ") -> " + x + "\n  return %y : " + x + "\n}\n";
}

const llvm::fltSemantics &semanticsOf(Format format) {
  return floatType(format).getFloatSemantics();
}

NpyArray floatArray(Format format, llvm::ArrayRef<double> values) {
  NpyArray array = cantFail(NpyArray::create(npyElementOf(format), kShape));
  size_t bytes = npySize(array.element());
  for (size_t i = 0; i < values.size(); ++i) {
    llvm::APFloat number(values[i]);
    bool losesInfo;
    number.convert(semanticsOf(format), llvm::APFloat::rmNearestTiesToEven,
                   &losesInfo);
    uint64_t bits = number.bitcastToAPInt().getZExtValue();
    std::memcpy(array.data() + i * bytes, &bits, bytes);
  }
  return array;
}

template <typename T>
NpyArray integerArray(NpyElement element, llvm::ArrayRef<int64_t> shape,
                      const std::vector<T> &values) {
  NpyArray array = cantFail(NpyArray::create(element, shape));
  std::memcpy(array.data(), values.data(), values.size() * sizeof(T));
  return array;
}

std::vector<NpyArray> arraysOf(const RowRecord &record, const Case &inputs,
                               Format format, int64_t axis) {
  std::vector<NpyArray> arrays;
  arrays.push_back(floatArray(format, inputs.x));
  if (record.numVariables == 2)
    arrays.push_back(floatArray(format, inputs.noise));
  if (record.selection == RowSelection::Mask)
    arrays.push_back(integerArray(NpyElement::I8, kShape, inputs.mask));
  if (record.selection == RowSelection::Prefix) {
    llvm::SmallVector<int64_t> shape(std::begin(kShape), std::end(kShape));
    shape.erase(shape.begin() + axis);
    arrays.push_back(integerArray(NpyElement::I32, shape, inputs.lengths));
  }
  return arrays;
}

/// Compiles and runs `text`; empty on failure, which is printed.
std::vector<double> run(const std::string &text,
                        const std::vector<NpyArray> &inputs, Format format) {
  llvm::SmallString<128> path;
  int descriptor;
  if (llvm::sys::fs::createTemporaryFile("rowwise", "mlir", descriptor, path))
    return {};
  llvm::raw_fd_ostream(descriptor, /*shouldClose=*/true) << text;
  static const mlir::DialectRegistry &registry = *[] {
    auto *made = new mlir::DialectRegistry;
    registerAllDialects(*made);
    return made;
  }();
  std::unique_ptr<Program> program = Program::load(registry, path);
  llvm::sys::fs::remove(path);
  auto machine = cantFail(createHostMachine("native"));
  if (!program || failed(program->lower("main", "", *machine)))
    return {};
  auto function = JitFunction::create(*program, std::move(machine));
  if (!function) {
    llvm::errs() << llvm::toString(function.takeError()) << "\n";
    return {};
  }
  std::vector<NpyArray> results = cantFail(function->allocateResults(inputs));
  function->bind(inputs, results)();
  std::vector<double> values;
  size_t bytes = npySize(results[0].element());
  for (int64_t i = 0; i < results[0].numElements(); ++i) {
    uint64_t bits = 0;
    std::memcpy(&bits, results[0].data() + i * bytes, bytes);
    values.push_back(toDouble(
        llvm::APFloat(semanticsOf(format), llvm::APInt(bytes * 8, bits))));
  }
  return values;
}

/// Sums of seven terms, two subtractions and libm in the computed format, then
/// one rounding to `format`.
double tolerance(Format format, double expected) {
  bool is16Bit = format == Format::F16 || format == Format::BF16;
  double computed = ulp(1.0, format == Format::F64 ? Format::F64 : Format::F32);
  return 8 * computed * std::max(1.0, std::abs(expected)) +
         (is16Bit ? 0.51 * ulp(expected, format) : 0.0);
}

class Rowwise : public testing::TestWithParam<Format> {};

TEST_P(Rowwise, IsWhatASecondImplementationComputes) {
  Format format = GetParam();
  for (const RowRecord *record : allRowRecords(&testContext()))
    for (int64_t axis : {0, 1, 2})
      for (bool isDynamic : {false, true}) {
        // Formats and axes meet nowhere in the code: not every pair is tried.
        if (format != Format::F32 && axis != 1)
          continue;
        Case inputs = makeCase(format, axis);
        std::vector<double> results =
            run(programOf(*record, format, axis, isDynamic),
                arraysOf(*record, inputs, format, axis), format);
        ASSERT_EQ(results.size(), size_t(kCount))
            << record->opName.str() << " along axis " << axis;
        std::vector<double> expected = expectedOf(*record, inputs, axis);
        for (int64_t i = 0; i < kCount; ++i) {
          bool bothNaN = std::isnan(results[i]) && std::isnan(expected[i]);
          if (results[i] == expected[i] || bothNaN)
            continue;
          EXPECT_NEAR(results[i], expected[i], tolerance(format, expected[i]))
              << record->opName.str() << " along axis " << axis << " at " << i;
        }
      }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, Rowwise,
                         testing::Values(Format::F16, Format::BF16, Format::F32,
                                         Format::F64),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

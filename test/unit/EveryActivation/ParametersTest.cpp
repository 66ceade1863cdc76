//===- ParametersTest.cpp - Activations at awkward parameters -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every activation of one variable that has parameters, compiled at ones that
// are no numbers of its format, zero, negative or beyond the range of the
// format, against the correctly rounded value, which is also what folding
// gives: NaN, zeros, infinities, subnormals, and the neighbours of the
// parameters, of their quotients and of zeros of linear functions of them.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/IR/FloatFormat.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Parameters = std::vector<double>;

bool isArithmetic(Expression formula) {
  return llvm::none_of(formula.postorder(), [](Expression e) {
    return e.numVariables() > 0 && isElementary(e.primitive());
  });
}

/// Parameters that `record` admits: each in turn takes awkward values, then all
/// of them do.
std::set<Parameters> awkwardParameters(const Record &record) {
  llvm::SmallVector<double> examples = exampleParameters(record.parameters);
  const Parameters start(examples.begin(), examples.end());
  std::vector<double> values = {0.3, -0.2, 0.0};
  // Elementary functions need a form for each.
  if (isArithmetic(instantiate(record, examples)))
    values.insert(values.end(), {0.001, 0x1.000001p0, 1e-40, -1e50});
  std::set<Parameters> sets = {Parameters(start.size(), 0.0)};
  for (size_t i = 0; i < start.size(); ++i)
    for (double value : values) {
      Parameters set = start;
      set[i] = value;
      sets.insert(set);
    }
  Parameters all;
  for (size_t i = 0; i < start.size(); ++i)
    all.push_back(0.2 + 0.1 * i);
  sets.insert(all);
  for (auto set = sets.begin(); set != sets.end();)
    set = record.admits(*set) ? std::next(set) : sets.erase(set);
  return sets;
}

/// The number of `format` nearest to `x`, and `reach` of its neighbours on
/// either side.
void addNeighbours(double x, Format format, int reach,
                   std::vector<double> &inputs) {
  double number = roundTo(x, format);
  if (!std::isfinite(number))
    return;
  for (int i = -reach; i <= reach; ++i)
    inputs.push_back(roundTo(number + i * ulp(number, format), format));
}

std::vector<double> inputsFor(const Parameters &parameters, Format format) {
  const FormatLayout &layout = layoutOf(format);
  double smallest = std::ldexp(1.0, layout.minExponent);
  double normal = std::ldexp(smallest, layout.precision - 1);
  double largest = std::ldexp(2.0 - std::ldexp(2.0, -layout.precision),
                              layout.maxExponent - 1);
  std::vector<double> inputs = {std::nan("")};
  for (double x : {0.0, smallest, 3 * smallest, normal - smallest, normal,
                   3 * normal, 1.0, largest / 3, largest, kInfinity})
    for (double sign : {-1.0, 1.0})
      inputs.push_back(roundTo(sign * x, format));
  for (double p : parameters)
    for (double sign : {-1.0, 1.0}) {
      addNeighbours(sign * p, format, 5, inputs);
      for (double q : parameters) {
        // Where p x = q, p x = q - 1 and the like.
        for (double value : {q / p, (q - 1.0) / p, p + q, p - q})
          addNeighbours(sign * value, format, 3, inputs);
      }
    }
  std::mt19937 random(17);
  std::uniform_real_distribution<double> mantissa(1.0, 2.0);
  for (int exponent = -40; exponent < 12; ++exponent)
    for (int i = 0; i < 8; ++i)
      inputs.push_back(roundTo(
          std::ldexp(i % 2 ? mantissa(random) : -mantissa(random), exponent),
          format));
  return inputs;
}

/// A record at some parameters, and what it gives at inputs of its own.
struct Sample {
  Parameters parameters;
  Expression formula;
  std::vector<double> inputs, exact;
};

std::vector<Sample> samplesOf(const Record &record, Format format) {
  std::vector<Sample> samples;
  for (const Parameters &parameters : awkwardParameters(record)) {
    Sample sample{parameters,
                  instantiate(record, parameters),
                  inputsFor(parameters, format),
                  {}};
    for (double x : sample.inputs)
      sample.exact.push_back(exactValue(sample.formula, {x}, format));
    samples.push_back(std::move(sample));
  }
  return samples;
}

/// A function with a result for each of `samples`.
std::string sourceOf(const Record &record, llvm::ArrayRef<Sample> samples,
                     Format format) {
  std::string type = llvm::formatv("tensor<?x{0}>", typeName(format));
  std::string body, results, types;
  unsigned count = 0;
  for (const Sample &sample : samples) {
    std::string attributes;
    for (auto [parameter, value] :
         llvm::zip_equal(record.parameters, sample.parameters))
      if (std::isfinite(value)) // an infinite one is the default
        attributes += llvm::formatv("{0}{1} = {2:e17} : f64",
                                    attributes.empty() ? "" : ", ",
                                    parameter.name, value);
    body += llvm::formatv("  %y{0} = \"{1}\"(%x) {{{2}} : ({3}) -> {3}\n",
                          count, record.opName, attributes, type);
    const char *comma = count == 0 ? "" : ", ";
    results += llvm::formatv("{0}%y{1}", comma, count++);
    types += comma + type;
  }
  return llvm::formatv(
      "func.func @f(%x: {0}) -> ({1}) {{\n{2}  return {3} : {1}\n}\n", type,
      types, body, results);
}

/// In ulps; infinite where NaN or the sign of a zero differ. Overflow is what
/// rounds beyond the largest number: infinity counts as the number after that.
double errorOf(double computed, const Sample &sample, size_t i, Format format) {
  double exact = sample.exact[i];
  double beyond = std::ldexp(1.0, layoutOf(format).maxExponent);
  if (std::isinf(computed) != std::isinf(exact) && std::isfinite(beyond)) {
    double real = exactValue(sample.formula, {sample.inputs[i]}, Format::F64);
    if (std::isinf(computed))
      computed = std::copysign(beyond, computed);
    return std::abs(computed - real) / ulp(beyond / 2, format);
  }
  if (std::isnan(exact) || std::isnan(computed))
    return std::isnan(exact) == std::isnan(computed) ? 0.0 : kInfinity;
  if (computed == exact)
    return std::signbit(computed) == std::signbit(exact) ? 0.0 : kInfinity;
  return errorInUlps(computed, sample.formula, {sample.inputs[i]}, format);
}

/// Compares `results`, which stand from `first` on, with what is exact.
double compare(const Record &record, const Sample &sample, size_t first,
               const NpyArray &result, Format format, llvm::StringRef cpu) {
  double allowed = layoutOf(format).bits == 16 ? 0.501 : 2.0, worst = 0.0;
  size_t worstAt = 0;
  for (size_t i = 0; i < sample.inputs.size(); ++i) {
    double computed = decode(loadBits(result, first + i, format), format);
    double error = errorOf(computed, sample, i, format);
    if (error > worst) {
      worst = error;
      worstAt = i;
    }
  }
  if (worst > allowed) {
    std::string parameters;
    for (double value : sample.parameters)
      parameters += llvm::formatv(" {0:e17}", value);
    ADD_FAILURE() << record.opName.str() << parameters << " of "
                  << typeName(format) << " on " << cpu.str() << " at "
                  << sample.inputs[worstAt] << " gives "
                  << decode(loadBits(result, first + worstAt, format), format)
                  << ", not " << sample.exact[worstAt] << ": " << worst
                  << " ulp";
  }
  return worst;
}

void check(const Record &record, llvm::ArrayRef<Sample> samples, Format format,
           llvm::StringRef cpu) {
  static mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry result;
    registerAllDialects(result);
    return result;
  }();
  auto machine = createHostMachine(cpu);
  ASSERT_TRUE(bool(machine)) << llvm::toString(machine.takeError());
  auto program = loadText(registry, sourceOf(record, samples, format));
  ASSERT_TRUE(program &&
              succeeded(program->lower("", "act_parameters_entry", **machine)));
  auto function = JitFunction::create(*program, std::move(*machine));
  ASSERT_TRUE(bool(function)) << llvm::toString(function.takeError());
  std::vector<double> inputs;
  for (const Sample &sample : samples)
    llvm::append_range(inputs, sample.inputs);
  std::vector<NpyArray> arrays;
  arrays.push_back(llvm::cantFail(
      NpyArray::create(npyElementOf(format), {int64_t(inputs.size())})));
  for (auto [i, x] : llvm::enumerate(inputs))
    storeBits(arrays[0], i, format,
              toAPFloat(x, floatType(format)).bitcastToAPInt().getZExtValue());
  auto results = llvm::cantFail(function->allocateResults(arrays));
  function->bind(arrays, results)();
  double worst = 0.0;
  size_t first = 0;
  for (auto [sample, result] : llvm::zip_equal(samples, results)) {
    worst =
        std::max(worst, compare(record, sample, first, result, format, cpu));
    first += sample.inputs.size();
  }
  std::printf("%-24s %-4s %-10s %8.4f ulp\n", record.opName.str().c_str(),
              typeName(format).c_str(), cpu.str().c_str(), worst);
}

class AwkwardParameters : public testing::TestWithParam<Format> {};

TEST_P(AwkwardParameters, KeepTheAccuracy) {
  std::vector<std::string> cpus;
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    if (auto machine = createHostMachine(cpu))
      cpus.push_back(cpu);
    else
      llvm::consumeError(machine.takeError());
  }
  if (cpus.empty())
    GTEST_SKIP() << "no x86-64 here";
  for (const Record *record : allRecords(&testContext())) {
    if (record->variables.size() != 1 || record->parameters.empty())
      continue;
    std::vector<Sample> samples = samplesOf(*record, GetParam());
    for (const std::string &cpu : cpus)
      check(*record, samples, GetParam(), cpu);
  }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, AwkwardParameters,
                         testing::Values(Format::F16, Format::BF16, Format::F32,
                                         Format::F64),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

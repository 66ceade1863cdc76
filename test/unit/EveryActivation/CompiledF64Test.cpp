//===- CompiledF64Test.cpp - The compiled code of f64, in ulps ------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every elementwise activation in f64, compiled for each x86-64 level that runs
// here, against MPFR: the whole range of bits, where activations bend and
// decay, the surroundings of each piece's ends, and special values. The inputs
// are too many to try them all: this is a sample.
//
//===----------------------------------------------------------------------===//

#include "Kernel.h"
#include "ScalarJit.h"
#include "act/Formula/Profile.h"
#include "act/InitAll.h"
#include "act/Report/Facts.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

using namespace act;
using namespace act::test;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

mlir::DialectRegistry &registry() {
  static mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry result;
    registerAllDialects(result);
    return result;
  }();
  return registry;
}

/// Where neighbours among `values` differ in sign: the two numbers between
/// which the function does, with their surroundings.
void addRoots(Expression formula, std::vector<double> &values) {
  auto value = [&](double x) { return exactValue(formula, {x}, Format::F64); };
  std::vector<double> grid;
  for (int i = -400; i <= 400; ++i)
    grid.push_back(i * 0.05);
  for (size_t i = 0; i + 1 < grid.size(); ++i) {
    double lo = grid[i], hi = grid[i + 1];
    double left = value(lo), right = value(hi);
    if (!(left < 0.0 && right > 0.0) && !(left > 0.0 && right < 0.0))
      continue;
    for (int step = 0; step < 64; ++step) {
      double middle = lo / 2 + hi / 2;
      ((value(middle) < 0.0) == (left < 0.0) ? lo : hi) = middle;
    }
    for (int k = -8; k <= 8; ++k)
      values.push_back(lo + k * ulp(lo, Format::F64));
    for (int k = 2; k < 50; ++k)
      for (double sign : {-1.0, 1.0})
        values.push_back(lo + sign * std::ldexp(1.7, -k));
  }
}

std::vector<double> inputsFor(Expression formula) {
  std::vector<double> values = {std::nan("")};
  for (double x : {0.0, 0x1p-1074, 0x3p-1074, 0x1p-1022, 0x1.8p-1021, 1.0,
                   std::numeric_limits<double>::max(), kInfinity})
    for (double sign : {-1.0, 1.0})
      values.push_back(sign * x);
  // All binades alike; an odd distance, so that all bits vary.
  constexpr uint64_t kCount = 2048;
  for (uint64_t i = 0; i < kCount; ++i) {
    double x = llvm::bit_cast<double>(i * ((~uint64_t(0) / kCount) | 1));
    if (std::isfinite(x))
      values.push_back(x);
  }
  // Where activations bend, where tails of exp(-x^2) and of exp(-x) end.
  std::mt19937_64 random(7);
  for (double bound : {1.0, 8.0, 40.0, 800.0}) {
    std::uniform_real_distribution<double> uniform(-bound, bound);
    for (int i = 0; i < 600; ++i)
      values.push_back(uniform(random));
  }
  for (const Piece &piece : profile(formula).pieces) {
    double at = piece.to.middle();
    if (!std::isfinite(at) || std::abs(at) > 1e30)
      continue;
    for (int i = -8; i <= 8; ++i)
      values.push_back(at + i * ulp(at, Format::F64));
  }
  addRoots(formula, values);
  return values;
}

/// Checks what `cpu` computes against `exact`, the correctly rounded values.
void check(const Subject &subject, llvm::StringRef cpu,
           const std::vector<double> &inputs,
           const std::vector<double> &exact) {
  auto kernel = Kernel::create(registry(), subject, cpu, "");
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  NpyArray x = llvm::cantFail(kernel->allocate(inputs.size()));
  NpyArray y = llvm::cantFail(kernel->allocate(inputs.size()));
  for (size_t i = 0; i < inputs.size(); ++i)
    storeBits(x, i, Format::F64, llvm::bit_cast<uint64_t>(inputs[i]));
  kernel->bind(x, y)();
  double worst = 0.0, worstInput = 0.0;
  for (size_t i = 0; i < inputs.size(); ++i) {
    double computed = llvm::bit_cast<double>(loadBits(y, i, Format::F64));
    bool same = std::isnan(exact[i]) ? std::isnan(computed)
                                     : llvm::bit_cast<uint64_t>(computed) ==
                                           llvm::bit_cast<uint64_t>(exact[i]);
    if (same)
      continue;
    // Of two zeros, one has the wrong sign.
    double error = computed == exact[i]
                       ? kInfinity
                       : errorInUlps(computed, subject.expression, {inputs[i]},
                                     Format::F64);
    if (error > worst) {
      worst = error;
      worstInput = inputs[i];
    }
  }
  std::printf("%-24s %-10s %8.4f ulp at %a\n", subject.name.c_str(),
              cpu.str().c_str(), worst, worstInput);
  EXPECT_LE(worst, 2.0) << subject.name << " on " << cpu.str() << " at "
                        << worstInput;
}

std::vector<std::string> cpusHere() {
  std::vector<std::string> cpus;
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    if (auto machine = createHostMachine(cpu))
      cpus.push_back(cpu);
    else
      llvm::consumeError(machine.takeError());
  }
  return cpus;
}

void checkEverywhere(const Subject &subject,
                     const std::vector<double> &inputs) {
  std::vector<double> exact;
  for (double input : inputs)
    exact.push_back(exactValue(subject.expression, {input}, Format::F64));
  for (const std::string &cpu : cpusHere())
    check(subject, cpu, inputs, exact);
}

TEST(CompiledF64, IsWithinTwoUlps) {
  if (cpusHere().empty())
    GTEST_SKIP() << "no x86-64 here";
  for (const Record *record : allRecords(&testContext())) {
    if (record->variables.size() != 1)
      continue;
    Subject subject = subjectOf(*record, Format::F64);
    checkEverywhere(subject, inputsFor(subject.expression));
  }
}

// Steps on the way that overflow, underflow or cancel where the result does
// not: by other parameters, in derivatives, and in ops of math.
TEST(CompiledF64, IsWithinTwoUlpsWhereStepsAreNot) {
  if (cpusHere().empty())
    GTEST_SKIP() << "no x86-64 here";
  Expression x = Expression::variable(0);
  struct Row {
    const char *op;
    Expression formula;
    std::vector<double> inputs;
  } rows[] = {
      {"math.cosh %x", (exp(x) + exp(-x)) / 2.0, {709.7, 710.3, 710.47, 711.0}},
      {"math.sinh %x",
       (expm1(x) - expm1(-x)) / 2.0,
       {709.7, 710.3, 710.47, 711.0, 1e-300, 1e-10, 0.5}},
      {"act.squareplus %x {b = 0.0}",
       max(x, 0.0),
       {1e300, 1e-170, 1e-310, 3.0}},
      {"act.derivative \"act.tanh_shrink\" %x",
       tanh(x) * tanh(x),
       {1e-170, 1e-20, 1e-10, 1e-5, 0.01, 0.7, 20.0}},
      {"act.celu %x {alpha = 1000.0}",
       where(x < 0.0, 1000.0 * expm1(x / 1000.0), x),
       {5.55e-318, 1e-320, 1e-310, 1e-290, 1e-20, 1.0, 3e3}},
      {"act.scaled_tanh %x {alpha = 4096.0, beta = 0.01}",
       4096.0 * tanh(0.01 * x),
       {5.55e-318, 1e-320, 1e-310, 1e-290, 1e-20, 1.0, 3e3}},
  };
  for (const Row &row : rows) {
    std::string source = std::string("func.func @f(%x: tensor<?xf64>) -> ") +
                         "tensor<?xf64> {\n  %y = " + row.op +
                         " : tensor<?xf64>\n  return %y : tensor<?xf64>\n}\n";
    std::vector<double> inputs = {kInfinity, -kInfinity, std::nan("")};
    for (double input : row.inputs)
      for (double sign : {-1.0, 1.0})
        inputs.push_back(sign * input);
    checkEverywhere({row.op, row.formula, Format::F64, source}, inputs);
  }
}

} // namespace

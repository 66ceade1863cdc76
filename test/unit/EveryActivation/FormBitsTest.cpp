//===- FormBitsTest.cpp - Machine code against its form -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a form is judged by is a function that says bit for bit what its machine
// code computes. That is what is tested here: of every family of forms, with
// and without what serves far arguments.
//
//===----------------------------------------------------------------------===//

#include "KernelRuns.h"
#include "ScalarJit.h"
#include "act/Approx/Synthesis.h"
#include "act/IR/ActInterfaces.h"
#include "act/InitAll.h"
#include "act/Target/Machine.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/bit.h"
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

using namespace act;
using namespace act::test;

namespace {

/// A function of tensors, for whose type and that of their elements `op` has a
/// T and an E, with the formula that the compiler sees.
std::optional<Subject> subjectOf(std::string op, Format format) {
  auto replaceAll = [](std::string &text, char name, const std::string &by) {
    for (size_t at = 0; (at = text.find(name, at)) != text.npos;
         at += by.size())
      text.replace(at, 1, by);
  };
  std::string source =
      "func.func @f(%x: T) -> T {\n  %y = " + op + "\n  return %y : T\n}\n";
  replaceAll(source, 'T', "tensor<?x" + typeName(format) + ">");
  replaceAll(source, 'E', typeName(format));
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &testContext());
  std::optional<Expression> formula;
  // The last one is that which has the others in its body.
  if (module)
    module->walk([&](ScalarFunctionOpInterface function) {
      formula = function.composeExpression({Expression::variable(0)});
    });
  if (!formula)
    return std::nullopt;
  return Subject{op, *formula, format, source};
}

/// The bits of `y` as a result: to bf16 ties go away from 0.
uint64_t resultBits(float y, Format format) {
  uint32_t bits = llvm::bit_cast<uint32_t>(y);
  if (format == Format::F32)
    return bits;
  return (bits + 0x8000u) >> 16;
}

class FormBits : public testing::TestWithParam<std::string> {};

TEST_P(FormBits, AreThoseOfMachineCode) {
  mlir::DialectRegistry registry;
  registerAllDialects(registry);
  const std::pair<const char *, const char *> levels[] = {
      {"x86-64-v3", "avx2"}, {"x86-64-v4", "avx512"}};
  bool ran = false;
  unsigned compared = 0;
  for (auto [cpu, isa] : levels) {
    auto machine = createHostMachine(cpu);
    if (!machine) {
      llvm::consumeError(machine.takeError());
      continue;
    }
    ran = true;
    for (Format format : {Format::F32, Format::BF16})
      for (double bound : {2.0, 1.0}) {
        std::optional<Subject> subject = subjectOf(GetParam(), format);
        ASSERT_TRUE(subject);
        Accuracy accuracy{Accuracy::Kind::Ulp, bound};
        auto form =
            synthesize({subject->expression, format, accuracy, findIsa(isa)});
        // Far arguments without a form are computed step by step.
        if (!form || !form->serves(-INFINITY) || !form->serves(INFINITY))
          continue;
        ++compared;
        auto kernel = Kernel::create(registry, *subject, cpu, accuracy.str());
        ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
        std::vector<uint64_t> values = ascendingInputs(format);
        std::vector<size_t> order(values.size());
        std::iota(order.begin(), order.end(), size_t(0));
        std::vector<uint64_t> results = run(*kernel, format, values, order);
        for (size_t i = 0; i < values.size(); ++i) {
          float x = decode(values[i], format);
          ASSERT_EQ(results[i], resultBits(form->evaluate(x), format))
              << cpu << ' ' << typeName(format) << ' ' << bound << " at " << x;
        }
      }
  }
  if (!ran)
    GTEST_SKIP() << "neither level here";
  EXPECT_GT(compared, 0u);
}

/// A map of `body`, from %a to %y.
std::string mapOf(const std::string &body) {
  return "act.map %x : T {\n^bb0(%a: E):\n" + body + "  act.yield %y : E\n}";
}

std::string opOf(const std::string &name) { return name + " %x : T"; }

/// `name` times `level`.
std::string timesLevel(const std::string &name, const std::string &level) {
  return mapOf("  %k = arith.constant " + level + " : E\n  %s = " + name +
               " %a : E\n  %y = arith.mulf %k, %s : E\n");
}

INSTANTIATE_TEST_SUITE_P(
    Functions, FormBits,
    testing::Values(opOf("act.exp"), opOf("act.elu"), opOf("act.tanh"),
                    opOf("act.sigmoid"), opOf("act.silu"), opOf("act.gelu"),
                    opOf("act.gelu_tanh"), opOf("act.mish"),
                    opOf("act.softplus"), opOf("act.derivative \"act.gelu\""),
                    opOf("act.derivative \"act.silu\""),
                    opOf("act.derivative \"act.softplus\""),
                    opOf("act.derivative \"act.gelu_tanh\""),
                    timesLevel("act.silu", "2.0"),
                    timesLevel("act.sigmoid", "3.0"),
                    mapOf("  %s = arith.mulf %a, %a : E\n"
                          "  %n = arith.negf %s : E\n"
                          "  %y = math.exp %n : E\n")));

} // namespace

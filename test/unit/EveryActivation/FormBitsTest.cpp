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
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

using namespace act;
using namespace act::test;

namespace {

/// `op` applied to each element, with the formula that the compiler sees.
std::optional<Subject> subjectOf(llvm::StringRef op, Format format) {
  std::string type = "tensor<?x" + typeName(format) + ">";
  std::string source =
      llvm::formatv("func.func @f(%x: {0}) -> {0} {{\n  %y = {1} %x : {0}\n"
                    "  return %y : {0}\n}\n",
                    type, op);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &testContext());
  std::optional<Expression> formula;
  if (module)
    module->walk([&](ScalarFunctionOpInterface function) {
      formula = function.composeExpression({Expression::variable(0)});
    });
  if (!formula)
    return std::nullopt;
  return Subject{op.str(), *formula, format, source};
}

float evaluate(const SynthesizedForm &synthesized, float x) {
  if (auto *form = std::get_if<PiecewiseForm>(&synthesized.form);
      form && (x < form->validLo || x > form->validHi))
    return std::visit([x](const auto &far) -> float { return far.evaluate(x); },
                      *synthesized.far);
  return std::visit([x](const auto &form) -> float { return form.evaluate(x); },
                    synthesized.form);
}

/// The bits of `y` as a result: to bf16 ties go away from 0.
uint64_t resultBits(float y, Format format) {
  uint32_t bits = llvm::bit_cast<uint32_t>(y);
  if (format == Format::F32)
    return bits;
  return (bits + 0x8000u) >> 16;
}

class FormBits : public testing::TestWithParam<const char *> {};

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
        auto *piecewise =
            form ? std::get_if<PiecewiseForm>(&form->form) : nullptr;
        const bool isWhole = form && (!piecewise || form->far ||
                                      (std::isinf(piecewise->validLo) &&
                                       std::isinf(piecewise->validHi)));
        if (!isWhole)
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
          ASSERT_EQ(results[i], resultBits(evaluate(*form, x), format))
              << cpu << ' ' << typeName(format) << ' ' << bound << " at " << x;
        }
      }
  }
  if (!ran)
    GTEST_SKIP() << "neither level here";
  EXPECT_GT(compared, 0u);
}

INSTANTIATE_TEST_SUITE_P(Functions, FormBits,
                         testing::Values("act.exp", "act.elu", "act.tanh",
                                         "act.sigmoid", "act.silu", "act.gelu",
                                         "act.gelu_tanh", "act.mish",
                                         "act.softplus",
                                         "act.derivative \"act.gelu\"",
                                         "act.derivative \"act.silu\"",
                                         "act.derivative \"act.softplus\"",
                                         "act.derivative \"act.gelu_tanh\""));

} // namespace

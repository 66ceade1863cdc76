//===- RowSumsTest.cpp - Constants that are computed ----------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowSums.h"
#include "act/IR/Act.h"
#include "act/InitAll.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace act;
using namespace mlir;

/// 2^24 + 1 is no number of f32.
TEST(RowSums, ComputedConstantsRoundAsExecuted) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(
      R"(func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %a = arith.constant dense<16777216.0> : tensor<2xf32>
  %b = arith.constant dense<1.0> : tensor<2xf32>
  %c = arith.addf %a, %b : tensor<2xf32>
  %y = arith.addf %x, %c : tensor<2xf32>
  return %y : tensor<2xf32>
})",
      &context);
  auto function = *module->getOps<func::FuncOp>().begin();
  Value result = function.front().getTerminator()->getOperand(0);
  auto atZero = [&](Semantics semantics) {
    std::optional<NamedLoops> loops = readLoops(result, semantics);
    return enclose(loops->nest.term->formula(), {0.0, 0.0, 0.0});
  };
  EXPECT_EQ(atZero(Semantics::Ieee), Interval(16777216.0));
  EXPECT_EQ(atZero(Semantics::Real), Interval(16777217.0));
}

//===- RaisingTest.cpp - Expanded activations are recognized again --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarJit.h"
#include "act/Conversion/Passes.h"
#include "act/IR/ActInterfaces.h"
#include "act/IR/ScalarReader.h"
#include "act/Report/Facts.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include <cmath>
#include <gtest/gtest.h>

using namespace act;
using namespace act::test;
using namespace mlir;

namespace {

/// func @f(%x: type) -> type of the op of `record`.
OwningOpRef<ModuleOp> moduleOf(const Record &record, Type type) {
  OpBuilder builder(&testContext());
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  builder.setInsertionPointToEnd(module->getBody());
  auto function = func::FuncOp::create(builder, loc, "f",
                                       builder.getFunctionType({type}, {type}));
  builder.setInsertionPointToEnd(function.addEntryBlock());
  Operation *op =
      createActivation(builder, loc, record, function.getArguments(),
                       exampleParameters(record.parameters));
  func::ReturnOp::create(builder, loc, op->getResults());
  return module;
}

/// Whether two functions agree where it matters, to `tolerance` relative.
bool agree(Expression a, Expression b, double tolerance) {
  for (double x :
       {-20.0, -7.5, -6.0, -3.0, -1.7, -1.0, -0.5, -0.1, -1e-3, 0.0, 1e-3,
        0.2,   0.5,  0.9,  1.0,  2.0,  3.0,  5.9,  7.3,  11.0,  30.0}) {
    double u = exactValue(a, {x}, Format::F64);
    double v = exactValue(b, {x}, Format::F64);
    if (std::abs(u - v) > tolerance * std::max(std::abs(u), 1e-3))
      return false;
  }
  return true;
}

/// Whether a formula is made of the four operations alone.
bool isArithmetic(Expression formula) {
  return llvm::all_of(formula.postorder(), [](Expression e) {
    switch (e.primitive()) {
    case Primitive::Constant:
    case Primitive::Variable:
    case Primitive::Neg:
    case Primitive::Add:
    case Primitive::Sub:
    case Primitive::Mul:
    case Primitive::Div:
      return true;
    default:
      return false;
    }
  });
}

class Raising : public testing::TestWithParam<Format> {};

TEST_P(Raising, GivesTheFunctionBack) {
  Format format = GetParam();
  for (const Record *record : allRecords(&testContext())) {
    if (record->variables.size() != 1)
      continue;
    OwningOpRef<ModuleOp> module = moduleOf(*record, floatType(format));
    ASSERT_TRUE(succeeded(verify(*module)));
    PassManager passes(&testContext());
    passes.addPass(createActToMath());
    passes.addPass(createRaiseToAct());
    ASSERT_TRUE(succeeded(passes.run(*module)));
    unsigned activations = 0, elementary = 0;
    module->walk([&](Operation *op) {
      activations += isa<ActivationOpInterface>(op);
      elementary += op->getName().getDialectNamespace() == "math";
    });
    // Plain arithmetic stays what it is.
    Expression formula =
        instantiate(*record, exampleParameters(record->parameters));
    if (isArithmetic(formula)) {
      EXPECT_EQ(activations, 0u) << record->opName.str();
    } else {
      EXPECT_EQ(elementary, 0u) << record->opName.str() << " is not recognized";
      EXPECT_EQ(activations, 1u) << record->opName.str();
    }
    // Another name, or a factor beside the op, is the same function.
    auto function = *module->getOps<func::FuncOp>().begin();
    Value result = function.front().getTerminator()->getOperand(0);
    std::optional<Expression> back =
        ScalarReader(function.getArguments()).read(result);
    ASSERT_TRUE(back) << record->opName.str();
    EXPECT_TRUE(agree(formula, *back, 4 * ulp(1.0, format)))
        << record->opName.str() << " came back as " << back->str();
  }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, Raising,
                         testing::Values(Format::F16, Format::BF16, Format::F32,
                                         Format::F64),
                         [](const auto &info) { return typeName(info.param); });

} // namespace

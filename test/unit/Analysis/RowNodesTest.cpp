//===- RowNodesTest.cpp - A program around sums of rows -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowReader.h"
#include "act/IR/Act.h"
#include "act/InitAll.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"
#include <numeric>

using namespace act;
using namespace mlir;

namespace {

class RowNodes : public ::testing::Test {
protected:
  RowNodes() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// All elements of the value that a function returns.
  const RowNode *read(StringRef text, RowReader &reader) {
    module = parseSourceString<ModuleOp>(text, &context);
    auto function = *module->getOps<func::FuncOp>().begin();
    Value result = function.front().getTerminator()->getOperand(0);
    std::vector<unsigned> all(boundsSize(result.getType()));
    std::iota(all.begin(), all.end(), 0);
    return reader.read(
        result, std::make_shared<const std::vector<unsigned>>(std::move(all)));
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

} // namespace

/// 2^24 + 1 is no number of f32.
TEST_F(RowNodes, ComputedConstantsRoundAsExecuted) {
  RowReader reader(Semantics::Ieee);
  const RowNode *sum = read(R"(func.func @main() -> tensor<2xf32> {
  %a = arith.constant dense<16777216.0> : tensor<2xf32>
  %b = arith.constant dense<1.0> : tensor<2xf32>
  %c = arith.addf %a, %b : tensor<2xf32>
  return %c : tensor<2xf32>
})",
                            reader);
  ASSERT_TRUE(sum->isNumber());
  ExecutedNode ieee = execute(sum, {}, {}, Semantics::Ieee);
  EXPECT_EQ(ieee.range, Interval(16777217.0));
  EXPECT_EQ(ieee.executed, Interval(16777216.0, 16777217.0));
  EXPECT_GE(ieee.error, 1.0);
  EXPECT_EQ(execute(sum, {}, {}, Semantics::Real).executed,
            Interval(16777217.0));
}

/// However it is spelled, and moved, the sum adds up the square of what it is
/// divided by.
TEST_F(RowNodes, SumsAreReadAtThePlacesOfTheirRows) {
  RowReader reader(Semantics::Ieee);
  const RowNode *product =
      read(R"(func.func @main(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %e = tensor.empty() : tensor<3x2xf32>
  %s = arith.mulf %x, %x : tensor<2x3xf32>
  %q = linalg.reduce { arith.addf } ins(%s : tensor<2x3xf32>) outs(%zero : tensor<2xf32>) dimensions = [1]
  %b = linalg.broadcast ins(%q : tensor<2xf32>) outs(%e : tensor<3x2xf32>) dimensions = [0]
  %t = linalg.transpose ins(%x : tensor<2x3xf32>) outs(%e : tensor<3x2xf32>) permutation = [1, 0]
  %y = arith.mulf %t, %b : tensor<3x2xf32>
  return %y : tensor<3x2xf32>
})",
           reader);
  ASSERT_EQ(product->operands.size(), 2u);
  const RowNode *x = product->operands[0], *sum = product->operands[1];
  ASSERT_EQ(x->kind, RowNode::Kind::Leaf);
  ASSERT_EQ(sum->kind, RowNode::Kind::Sum);
  EXPECT_EQ(*x->place, (std::vector<unsigned>{0, 3, 1, 4, 2, 5}));
  EXPECT_EQ(*sum->place, (std::vector<unsigned>{0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(reader.numTerms(sum), 3.0);
  const RowNode *term = reader.termOf(sum, x);
  ASSERT_NE(term, nullptr);
  EXPECT_TRUE(term->isSquareOf(x));
}

/// The sum of another row is none of this one.
TEST_F(RowNodes, OtherRowsAreTold) {
  RowReader reader(Semantics::Ieee);
  const RowNode *product =
      read(R"(func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %zero = arith.constant dense<0.0> : tensor<2xf32>
  %e = tensor.empty() : tensor<2x2xf32>
  %q = linalg.reduce { arith.addf } ins(%x : tensor<2x2xf32>) outs(%zero : tensor<2xf32>) dimensions = [0]
  %b = linalg.broadcast ins(%q : tensor<2xf32>) outs(%e : tensor<2x2xf32>) dimensions = [1]
  %y = arith.mulf %x, %b : tensor<2x2xf32>
  return %y : tensor<2x2xf32>
})",
           reader);
  ASSERT_EQ(product->operands.size(), 2u);
  EXPECT_EQ(reader.termOf(product->operands[1], product->operands[0]), nullptr);
}

/// (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24 where the product is not rounded.
TEST_F(RowNodes, ExecutedValuesHoldWithAndWithoutContraction) {
  RowReader reader(Semantics::Ieee);
  const RowNode *difference = read(
      R"(func.func @main(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
  %p = arith.mulf %x, %x : tensor<2xf32>
  %d = arith.subf %p, %y : tensor<2xf32>
  return %d : tensor<2xf32>
})",
      reader);
  std::vector<const RowNode *> leaves{difference->operands[0]->operands[0],
                                      difference->operands[1]};
  ExecutedNode executed =
      execute(difference, leaves,
              {Interval(1 + 0x1p-12), Interval(1 + 0x1p-11)}, Semantics::Ieee);
  EXPECT_TRUE(executed.executed.contains(0.0));
  EXPECT_TRUE(executed.executed.contains(0x1p-24));
}

/// A difference reads one node where what is computed twice rounds correctly,
/// and two where a library rounds it.
TEST_F(RowNodes, OnlyCorrectRoundingIsTheSameTwice) {
  constexpr StringLiteral twice =
      R"(func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %k = arith.constant dense<3.0> : tensor<2xf32>
  %a = math.FUNCTION %x : tensor<2xf32>
  %b = math.FUNCTION %x : tensor<2xf32>
  %c = arith.mulf %a, %k : tensor<2xf32>
  %d = arith.mulf %b, %k : tensor<2xf32>
  %e = arith.subf %c, %d : tensor<2xf32>
  return %e : tensor<2xf32>
})";
  auto nodesRead = [&](StringRef function, Semantics semantics) {
    std::string text = twice.str();
    for (size_t at; (at = text.find("FUNCTION")) != std::string::npos;)
      text.replace(at, strlen("FUNCTION"), function.str());
    RowReader reader(semantics);
    return read(text, reader)->operands.size();
  };
  EXPECT_EQ(nodesRead("absf", Semantics::Ieee), 1u);
  EXPECT_EQ(nodesRead("exp", Semantics::Real), 1u);
  EXPECT_EQ(nodesRead("exp", Semantics::Ieee), 2u);
}

/// What is read through a value is what it is, however it was rounded.
TEST_F(RowNodes, OneExecutionIsTheSameWhereItIsRead) {
  RowReader reader(Semantics::Ieee);
  const RowNode *difference =
      read(R"(func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  %k = arith.constant dense<3.0> : tensor<2xf32>
  %a = math.exp %x : tensor<2xf32>
  %c = arith.mulf %a, %k : tensor<2xf32>
  %d = arith.mulf %k, %a : tensor<2xf32>
  %e = arith.subf %c, %d : tensor<2xf32>
  return %e : tensor<2xf32>
})",
           reader);
  EXPECT_EQ(difference->operands.size(), 1u);
}

/// In a body the product may be added before it is rounded.
TEST_F(RowNodes, AddedProductsAreNotTheSameTwice) {
  constexpr StringLiteral body = R"(linalg.generic
      {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %y : tensor<2xf32>, tensor<2xf32>) outs(%o : tensor<2xf32>) {
  ^bb0(%in: f32, %in2: f32, %out: f32):
    %p = arith.OP %in, %k : f32
    %s = arith.addf %p, %in2 : f32
    %n = arith.negf %s : f32
    linalg.yield %n : f32
  } -> tensor<2xf32>
)";
  const std::string twice = R"(
#id = affine_map<(d0) -> (d0)>
func.func @main(%x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
  %k = arith.constant 3.0 : f32
  %o = tensor.empty() : tensor<2xf32>
  %a = )" + body.str() +
                            "  %b = " + body.str() + R"(
  %e = arith.subf %a, %b : tensor<2xf32>
  return %e : tensor<2xf32>
})";
  auto nodesRead = [&](StringRef op) {
    std::string text = twice;
    for (size_t at; (at = text.find("OP")) != std::string::npos;)
      text.replace(at, strlen("OP"), op.str());
    RowReader reader(Semantics::Ieee);
    return read(text, reader)->operands.size();
  };
  EXPECT_EQ(nodesRead("mulf"), 2u);
  EXPECT_EQ(nodesRead("divf"), 1u);
  EXPECT_EQ(nodesRead("addf"), 1u);
}

//===- ActToMath.cpp - Activations as arith and math ops ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Conversion/Passes.h"
#include "act/IR/Act.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace act {
#define GEN_PASS_DEF_ACTTOMATH
#include "act/Conversion/Passes.h.inc"

namespace {

/// Whether constants of the type can be made.
bool hasStaticShape(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return !tensor || tensor.hasStaticShape();
}

/// The body of a map is its formula: what is written in it stays.
bool isInMap(Operation *op) {
  return isa_and_present<MapOp>(op->getParentOp());
}

/// Identity: the op's own formula. The expansion rounds; see emitFormula.
struct ExpandActivation : OpInterfaceRewritePattern<ActivationOpInterface> {
  ExpandActivation(MLIRContext *context, Elementary elementary)
      : OpInterfaceRewritePattern(context), elementary(elementary) {}

  LogicalResult matchAndRewrite(ActivationOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (isInMap(op))
      return rewriter.notifyMatchFailure(op, "a part of a map's formula");
    Type type = op->getResult(0).getType();
    if (!hasStaticShape(type))
      return rewriter.notifyMatchFailure(
          op, "a tensor of dynamic shape goes to linalg first");
    if (isFloat8(type))
      return rewriter.notifyMatchFailure(
          op, "on 8-bit floats it is a table (act-tabulate)");
    SmallVector<Value> operands = op.getFunctionOperands();
    if (operands.size() != op.getRecord().variables.size())
      return rewriter.notifyMatchFailure(
          op, "a gate that is split goes to linalg first");
    for (Value operand : operands)
      if (operand.getType() != type)
        return rewriter.notifyMatchFailure(
            op, "an operand to broadcast goes to linalg first");
    rewriter.replaceOp(op,
                       emitFormula(rewriter, op->getLoc(), op.getExpression(),
                                   operands, elementary));
    return success();
  }

private:
  Elementary elementary;
};

/// A map is what its body computes: the formula, expanded like a record's.
struct ExpandMap : OpRewritePattern<MapOp> {
  ExpandMap(MLIRContext *context, Elementary elementary)
      : OpRewritePattern(context), elementary(elementary) {}

  LogicalResult matchAndRewrite(MapOp op,
                                PatternRewriter &rewriter) const override {
    if (!hasStaticShape(op.getType()))
      return rewriter.notifyMatchFailure(
          op, "a tensor of dynamic shape goes to linalg first");
    std::optional<Expression> formula = op.getExpression();
    if (!formula)
      return rewriter.notifyMatchFailure(op, "the body has no formula");
    Value value = emitFormula(rewriter, op.getLoc(), *formula, op.getInputs(),
                              elementary);
    rewriter.replaceOp(op, withValueForNaN(rewriter, op, value));
    return success();
  }

private:
  /// `value`, which is NaN where an input is, but for NaN what the body gives.
  static Value withValueForNaN(OpBuilder &builder, MapOp op, Value value) {
    Location loc = op.getLoc();
    auto element = cast<FloatType>(getElementTypeOrSelf(op.getType()));
    for (auto [i, input] : llvm::enumerate(op.getInputs())) {
      double forNaN = *op.getValueForNaN(i);
      if (std::isnan(forNaN))
        continue;
      Value instead =
          constantLike(builder, loc, op.getType(),
                       FloatAttr::get(element, toAPFloat(forNaN, element)));
      Value isNaN = arith::CmpFOp::create(
          builder, loc, arith::CmpFPredicate::UNO, input, input);
      value = arith::SelectOp::create(builder, loc, isNaN, instead, value);
    }
    return value;
  }

  Elementary elementary;
};

/// Identity: the derivative's formula.
struct ExpandDerivative : OpRewritePattern<DerivativeOp> {
  ExpandDerivative(MLIRContext *context, Elementary elementary)
      : OpRewritePattern(context), elementary(elementary) {}

  LogicalResult matchAndRewrite(DerivativeOp op,
                                PatternRewriter &rewriter) const override {
    if (isInMap(op))
      return rewriter.notifyMatchFailure(op, "a part of a map's formula");
    if (!hasStaticShape(op.getType()))
      return rewriter.notifyMatchFailure(
          op, "a tensor of dynamic shape goes to linalg first");
    rewriter.replaceOp(op,
                       emitFormula(rewriter, op.getLoc(), op.getExpression(),
                                   op.getX(), elementary));
    return success();
  }

private:
  Elementary elementary;
};

/// Whether `formula` has an elementary function, and all of
/// them are ones that arith ops are known for. Functions of angles are left to
/// libm: far out they need more digits of pi than a sum of two numbers has.
bool isMadeOfArith(Expression formula) {
  bool hasElementary = false;
  for (Expression node : formula.postorder()) {
    switch (node.primitive()) {
    case Primitive::Sin:
    case Primitive::Cos:
    case Primitive::Atan:
      return false;
    default:
      hasElementary |=
          node.numVariables() > 0 && isElementary(node.primitive());
    }
  }
  return hasElementary;
}

/// An elementary function that is no part of an activation. Identity: its own
/// formula, in arith ops instead of a call of libm.
struct ExpandElementary : OpInterfaceRewritePattern<ScalarFunctionOpInterface> {
  ExpandElementary(MLIRContext *context, Elementary elementary)
      : OpInterfaceRewritePattern(context), elementary(elementary) {}

  LogicalResult matchAndRewrite(ScalarFunctionOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (isInMap(op))
      return rewriter.notifyMatchFailure(op, "a part of a map's formula");
    // Of linalg ops on buffers the result is an operand.
    if (op->getNumResults() != 1)
      return rewriter.notifyMatchFailure(op, "expected one result");
    Type type = op->getResult(0).getType();
    if (!formatOf(type) || !hasStaticShape(type))
      return rewriter.notifyMatchFailure(
          op, "expected f16, bf16, f32 or f64, of static shape");
    SmallVector<Value> variables;
    for (Value operand : op->getOperands())
      if (!constantOf(operand))
        variables.push_back(operand);
    auto hasType = [&](Value v) { return v.getType() == type; };
    if (variables.empty() || !llvm::all_of(variables, hasType))
      return rewriter.notifyMatchFailure(op, "expected operands of one type");
    std::optional<Expression> formula =
        ScalarReader(variables).read(op->getResult(0));
    if (!formula || !isMadeOfArith(*formula))
      return rewriter.notifyMatchFailure(
          op, "expected an elementary function that arith ops compute");
    rewriter.replaceOp(op, emitFormula(rewriter, op->getLoc(), *formula,
                                       variables, elementary));
    return success();
  }

private:
  Elementary elementary;
};

struct ActToMathPass : impl::ActToMathBase<ActToMathPass> {
  using Base::Base;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateActToMathPatterns(patterns, !selfContained ? Elementary::Math
                                        : fused        ? Elementary::FusedArith
                                                       : Elementary::Arith);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void populateActToMathPatterns(RewritePatternSet &patterns,
                               Elementary elementary) {
  patterns.add<ExpandActivation, ExpandMap, ExpandDerivative>(
      patterns.getContext(), elementary);
  if (elementary != Elementary::Math)
    patterns.add<ExpandElementary>(patterns.getContext(), elementary);
}

} // namespace act

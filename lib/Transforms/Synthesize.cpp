//===- Synthesize.cpp - Activations as forms with a known error -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ArithmeticForm.h"
#include "GuardedForm.h"
#include "ProductPlan.h"
#include "act/Approx/RoundingError.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/Act.h"
#include "act/IR/Emission.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/SynthesizedForms.h"
#include "act/IR/TargetOptions.h"
#include "act/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"
#include <cmath>

namespace act {
#define GEN_PASS_DEF_ACTSYNTHESIZE
#include "act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// A formula over distinct values, as an op applies it.
struct Application {
  Expression formula;
  SmallVector<Value> variables;
};

bool hasElementaryFunction(Expression formula) {
  return llvm::any_of(formula.postorder(), [](Expression e) {
    return e.numVariables() > 0 && isElementary(e.primitive());
  });
}

/// Whether all constants of `formula` keep their digits in f32.
bool hasConstantsInRange(Expression formula) {
  return llvm::all_of(formula.postorder(), [](Expression e) {
    if (e.numVariables() > 0)
      return true;
    double value = std::abs(exactValue(e, {}, Format::F64));
    return value == 0.0 || std::isinf(value) ||
           (value >= std::numeric_limits<float>::min() &&
            value <= std::numeric_limits<float>::max());
  });
}

/// What `op` computes if it may be synthesized: floats of at most 32 bits, all
/// operands of the type of the result, a formula that is known, with constants
/// that f32 has the like of. What rounds
/// once is good as it is, and ops of other dialects are meant as they are
/// unless they are elementary functions.
std::optional<Application> readApplication(Operation *op) {
  auto function = dyn_cast<ScalarFunctionOpInterface>(op);
  if (!function || op->getNumResults() != 1 || op->getParentOfType<MapOp>())
    return std::nullopt;
  // A map that makes a number of NaN is expanded.
  if (auto map = dyn_cast<MapOp>(op); map && !map.propagatesNaN())
    return std::nullopt;
  Type type = op->getResult(0).getType();
  auto vector = dyn_cast<VectorType>(type);
  if (!isa<FloatType>(type) && (!vector || vector.isScalable()))
    return std::nullopt;
  std::optional<Format> format = formatOf(type);
  if (!format)
    return std::nullopt;
  SmallVector<Value> variables;
  SmallVector<std::optional<Expression>> operands;
  for (Value operand : op->getOperands()) {
    if (operand.getType() != type)
      return std::nullopt;
    auto *known = llvm::find(variables, operand);
    operands.push_back(Expression::variable(known - variables.begin()));
    if (known == variables.end())
      variables.push_back(operand);
  }
  std::optional<Expression> formula = function.composeExpression(operands);
  if (!formula || formula->numVariables() == 0 ||
      !hasConstantsInRange(*formula))
    return std::nullopt;
  bool isActivation = isa<ActivationOpInterface, MapOp, DerivativeOp>(op);
  const bool isElementary = hasElementaryFunction(*formula);
  // Forms are of f32: of f64 there is arithmetic alone.
  if ((!isActivation && !isElementary) ||
      (*format == Format::F64 && isElementary))
    return std::nullopt;
  return Application{*formula, variables};
}

/// An f32 as a result of type `element`. To bf16 ties go away from 0, which
/// takes the fewest instructions: the error is half an ulp as well.
Value roundResult(OpBuilder &builder, Location loc, Value value,
                  FloatType element) {
  Value rounded = convertFloat(builder, loc, value, element);
  if (auto narrow = rounded.getDefiningOp<arith::TruncFOp>();
      narrow && element.isBF16())
    narrow.setRoundingmode(arith::RoundingMode::to_nearest_away);
  return rounded;
}

class Synthesizer {
public:
  /// Forms are those that suit `formIsa`; registers are those of `isa`.
  /// Of ops in `table`, a symbol table, and in no other inside.
  Synthesizer(Operation *table, const Isa &isa, const Isa &formIsa,
              std::optional<Accuracy> everywhere)
      : rareFunctions(table), isa(isa), formIsa(formIsa),
        everywhere(everywhere) {}

  void rewrite(Operation *op, const Application &application) {
    // Without fused multiply-add arithmetic is better off in f64.
    if (!hasElementaryFunction(application.formula) &&
        (isa.lanes == 0 || rewriteDirectly(op, application) ||
         formatOf(op->getResult(0).getType()) == Format::F64))
      return;
    OpBuilder builder(op);
    Value result = emitFunction(builder, op, application);
    if (!result) {
      if (llvm::isa<MapOp>(op))
        op->emitWarning("no form of this function keeps the accuracy; it is "
                        "computed step by step, which may overflow or cancel");
      remark::missed(op->getLoc(), remark::RemarkOpts::name("no-form").category(
                                       "act-synthesize"))
          << remark::reason("no form keeps the accuracy");
      return;
    }
    op->getResult(0).replaceAllUsesWith(result);
    op->erase();
  }

private:
  /// Arithmetic alone is computed in f32, or f64 for f64, as it is written,
  /// line by line or as products of lines, where that keeps the accuracy; else
  /// act-to-math does it in f64, or in pairs of it.
  bool rewriteDirectly(Operation *op, const Application &application) {
    Type type = op->getResult(0).getType();
    Format format = *formatOf(type);
    std::optional<ArithmeticForm> arithmetic =
        planArithmetic(application.formula, format, accuracyOf(op, format));
    if (!arithmetic)
      return false;
    OpBuilder builder(op);
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    FloatType computed = element.isF64() ? element : builder.getF32Type();
    SmallVector<Value> variables;
    for (Value variable : application.variables)
      variables.push_back(
          convertFloat(builder, op->getLoc(), variable, computed));
    Value result =
        emitArithmetic(builder, op->getLoc(), *arithmetic, variables);
    op->getResult(0).replaceAllUsesWith(
        roundResult(builder, op->getLoc(), result, element));
    op->erase();
    return true;
  }

  Accuracy accuracyOf(Operation *op, Format format) {
    if (std::optional<Accuracy> own = accuracyAskedBy(op))
      return *own;
    return everywhere ? *everywhere : Accuracy::defaultFor(format);
  }

  /// The function of `application`, which `op` asks for; null where no form
  /// keeps the accuracy.
  Value emitFunction(OpBuilder &builder, Operation *op,
                     const Application &application) {
    Format format = *formatOf(op->getResult(0).getType());
    if (std::optional<ProductPlan> product = planProduct(
            {application.formula, format, accuracyOf(op, format), &formIsa},
            application.variables.size()))
      return emit(builder, op->getLoc(), application, *product);
    return emitDecision(builder, op, application);
  }

  /// Identity: c * (a < b ? t : u) = a < b ? c * t : c * u. Exact.
  static Expression distribute(Expression e) {
    if (e.primitive() != Primitive::Mul)
      return e;
    for (unsigned i : {0u, 1u}) {
      Expression factor = e.operand(i), decision = e.operand(1 - i);
      if (factor.numVariables() == 0 && decision.numOperands() == 4)
        return Expression::apply(decision.primitive(),
                                 {decision.operand(0), decision.operand(1),
                                  factor * decision.operand(2),
                                  factor * decision.operand(3)});
    }
    return e;
  }

  /// A decision between two functions that have forms of their own: a jump has
  /// none. Exact conditions alone decide alike.
  Value emitDecision(OpBuilder &builder, Operation *op,
                     const Application &application) {
    Expression e = distribute(application.formula);
    if (e.numOperands() != 4 || application.variables.size() != 1 ||
        roundingErrorInUlps(e.operand(0)) != 0.0 ||
        roundingErrorInUlps(e.operand(1)) != 0.0)
      return nullptr;
    std::vector<Expression> parts = {e.operand(0), e.operand(1)};
    SmallVector<Value> values = application.variables;
    for (unsigned i : {2u, 3u}) {
      Expression part = e.operand(i);
      if (hasElementaryFunction(part)) {
        Value value = emitFunction(builder, op, {part, application.variables});
        if (!value)
          return nullptr;
        part = Expression::variable(values.size());
        values.push_back(value);
      } else if (part.numVariables() > 0 && roundingErrorInUlps(part) != 0.0) {
        return nullptr;
      }
      parts.push_back(part);
    }
    return emitFormulaInFormat(builder, op->getLoc(),
                               Expression::apply(e.primitive(), parts), values);
  }

  Value emit(OpBuilder &builder, Location loc, const Application &application,
             const ProductPlan &plan) {
    Type type = application.variables.front().getType();
    auto shaped = dyn_cast<VectorType>(type);
    Type flat = shaped ? VectorType::get({shaped.getNumElements()},
                                         shaped.getElementType())
                       : type;
    SmallVector<Value> variables;
    for (Value variable : application.variables)
      variables.push_back(convertFloat(builder, loc,
                                       reshape(builder, loc, variable, flat),
                                       builder.getF32Type()));
    Value result =
        emitGuarded(builder, loc, application.formula, plan, variables);
    auto element = cast<FloatType>(getElementTypeOrSelf(type));
    return reshape(builder, loc, roundResult(builder, loc, result, element),
                   type);
  }

  /// The product where it keeps the accuracy, and elsewhere what does.
  Value emitGuarded(OpBuilder &builder, Location loc, Expression formula,
                    const ProductPlan &plan, ValueRange variables) {
    GuardedForm guarded(builder, loc, isa, rareFunctions);
    for (auto [range, variable] : llvm::zip_equal(plan.ranges, variables))
      guarded.restrict(range, variable);
    Value keptProduct;
    Value hot = emitProduct(builder, loc, plan.factors, variables,
                            plan.inDouble, &keptProduct);
    if (keptProduct)
      guarded.restrict(rangeOfKept(), keptProduct);
    return guarded.finish(
        hot, remainderOf(formula, plan.factors, variables.size()), variables);
  }

  static Value reshape(OpBuilder &builder, Location loc, Value value,
                       Type type) {
    if (value.getType() == type)
      return value;
    return vector::ShapeCastOp::create(builder, loc, type, value);
  }

  RareFunctions rareFunctions;
  const Isa &isa, &formIsa;
  std::optional<Accuracy> everywhere;
};

class Synthesize : public act::impl::ActSynthesizeBase<Synthesize> {
public:
  using Base::Base;

  void runOnOperation() override {
    FailureOr<SynthesisTarget> target =
        parseTarget(getOperation().getLoc(), isa, accuracy);
    if (failed(target))
      return signalPassFailure();
    llvm::MapVector<Operation *, SmallVector<Operation *>> found;
    getOperation().walk([&](Operation *op) {
      if (readApplication(op))
        found[SymbolTable::getNearestSymbolTable(op)].push_back(op);
    });
    const Isa &formIsa = formIsaOf(*target->isa, reproducible);
    for (auto &[table, ops] : found) {
      Synthesizer synthesizer(table, *target->isa, formIsa, target->everywhere);
      // An operand may have been replaced meanwhile: read it again.
      for (Operation *op : ops)
        if (std::optional<Application> application = readApplication(op))
          synthesizer.rewrite(op, *application);
    }
  }
};

} // namespace

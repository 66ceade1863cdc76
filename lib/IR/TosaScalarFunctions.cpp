//===- TosaScalarFunctions.cpp - What the ops of tosa compute -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include <cmath>

using namespace mlir;

namespace act {
namespace {

using Operands = ArrayRef<std::optional<Expression>>;

/// tosa's integer arithmetic wraps and shifts: only floats have a formula.
bool isFloat(Value value) { return formatOf(value.getType()).has_value(); }

template <typename OpT, Expression (*Function)(Expression), bool Exact = false>
struct Unary
    : ScalarFunctionOpInterface::ExternalModel<Unary<OpT, Function, Exact>,
                                               OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !isFloat(op->getOperand(0)))
      return std::nullopt;
    return Function(*operands[0]);
  }
  double executedErrorInUlps(Operation *) const {
    return Exact ? 0.0 : kLibraryErrorInUlps;
  }
};

/// The sum, difference or product; the shift of a product is for integers.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct Binary
    : ScalarFunctionOpInterface::ExternalModel<Binary<OpT, Function>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !isFloat(op->getOperand(0)))
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
};

template <typename OpT, Expression (*Function)(Expression, Expression)>
struct Extremum
    : ScalarFunctionOpInterface::ExternalModel<Extremum<OpT, Function>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !isFloat(op->getOperand(0)))
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  std::optional<double> evaluateWithNaN(Operation *op,
                                        ArrayRef<double> operands) const {
    if (cast<OpT>(op).getNanMode() == tosa::NanPropagationMode::PROPAGATE)
      return std::numeric_limits<double>::quiet_NaN();
    return std::isnan(operands[0]) ? operands[1] : operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

template <typename OpT, Condition (*Holds)(Expression, Expression)>
struct Compare
    : ScalarFunctionOpInterface::ExternalModel<Compare<OpT, Holds>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !isFloat(op->getOperand(0)))
      return std::nullopt;
    return where(Holds(*operands[0], *operands[1]), 1.0, 0.0);
  }
  /// No comparison of tosa holds for NaN.
  std::optional<double> evaluateWithNaN(Operation *, ArrayRef<double>) const {
    return 0.0;
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

/// The zero points of floats are 0.
struct Negate
    : ScalarFunctionOpInterface::ExternalModel<Negate, tosa::NegateOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !isFloat(op->getOperand(0)) || !isZero(operands[1]) ||
        !isZero(operands[2]))
      return std::nullopt;
    return -*operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }

private:
  static bool isZero(std::optional<Expression> zeroPoint) {
    return zeroPoint && zeroPoint->isConstant(0.0);
  }
};

struct Clamp : ScalarFunctionOpInterface::ExternalModel<Clamp, tosa::ClampOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    auto clamp = cast<tosa::ClampOp>(op);
    auto lower = dyn_cast<FloatAttr>(clamp.getMinVal());
    auto upper = dyn_cast<FloatAttr>(clamp.getMaxVal());
    if (!operands[0] || !lower || !upper)
      return std::nullopt;
    Expression result = *operands[0];
    if (!isAbsent(lower.getValue(), /*isLower=*/true))
      result = max(result, toDouble(lower.getValue()));
    if (!isAbsent(upper.getValue(), /*isLower=*/false))
      result = min(result, toDouble(upper.getValue()));
    return result;
  }
  std::optional<double> evaluateWithNaN(Operation *op, ArrayRef<double>) const {
    auto clamp = cast<tosa::ClampOp>(op);
    if (clamp.getNanMode() == tosa::NanPropagationMode::PROPAGATE)
      return std::numeric_limits<double>::quiet_NaN();
    return toDouble(cast<FloatAttr>(clamp.getMinVal()).getValue());
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }

private:
  /// Exporters write "no bound" as an infinity or the largest number.
  static bool isAbsent(const APFloat &value, bool isLower) {
    return (value.isInfinity() || value.isLargest()) &&
           value.isNegative() == isLower;
  }
};

struct Select
    : ScalarFunctionOpInterface::ExternalModel<Select, tosa::SelectOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[2] ||
        !isFloat(op->getResult(0)))
      return std::nullopt;
    return selectBy(*operands[0], *operands[1], *operands[2]);
  }
  std::optional<double> evaluateWithNaN(Operation *,
                                        ArrayRef<double> operands) const {
    if (std::isnan(operands[0]))
      return std::nullopt;
    return operands[0] != 0.0 ? operands[1] : operands[2];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

struct Power : ScalarFunctionOpInterface::ExternalModel<Power, tosa::PowOp> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[1]->isConstant())
      return std::nullopt;
    return power(*operands[0], operands[1]->constant());
  }
  double executedErrorInUlps(Operation *) const { return kLibraryErrorInUlps; }
};

/// To floats a cast is the identity of the reals; narrowing rounds.
struct Cast : ScalarFunctionOpInterface::ExternalModel<Cast, tosa::CastOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    Type from = getElementTypeOrSelf(op->getOperand(0).getType());
    if (!isa<FloatType>(from) && !from.isSignlessInteger())
      return std::nullopt;
    if (!isFloat(op->getResult(0)))
      return std::nullopt;
    return operands[0];
  }
};

Expression add(Expression a, Expression b) { return a + b; }
Expression subtract(Expression a, Expression b) { return a - b; }
Expression multiply(Expression a, Expression b) { return a * b; }
Expression reciprocal(Expression x) { return 1.0 / x; }
Expression rsqrt(Expression x) { return 1.0 / sqrt(x); }
Expression same(Expression x) { return x; }
Condition greater(Expression a, Expression b) { return a > b; }
Condition greaterEqual(Expression a, Expression b) { return a >= b; }

void attach(MLIRContext *context, tosa::TosaDialect *) {
  using namespace tosa;
  MLIRContext &c = *context;
  AddOp::attachInterface<Binary<AddOp, add>>(c);
  SubOp::attachInterface<Binary<SubOp, subtract>>(c);
  MulOp::attachInterface<Binary<MulOp, multiply>>(c);
  MaximumOp::attachInterface<Extremum<MaximumOp, max>>(c);
  MinimumOp::attachInterface<Extremum<MinimumOp, min>>(c);
  GreaterOp::attachInterface<Compare<GreaterOp, greater>>(c);
  GreaterEqualOp::attachInterface<Compare<GreaterEqualOp, greaterEqual>>(c);
  EqualOp::attachInterface<Compare<EqualOp, equal>>(c);
  NegateOp::attachInterface<Negate>(c);
  ClampOp::attachInterface<Clamp>(c);
  SelectOp::attachInterface<Select>(c);
  PowOp::attachInterface<Power>(c);
  CastOp::attachInterface<Cast>(c);
  AbsOp::attachInterface<Unary<AbsOp, abs, true>>(c);
  IdentityOp::attachInterface<Unary<IdentityOp, same, true>>(c);
  ReciprocalOp::attachInterface<Unary<ReciprocalOp, reciprocal>>(c);
  RsqrtOp::attachInterface<Unary<RsqrtOp, rsqrt>>(c);
  ExpOp::attachInterface<Unary<ExpOp, exp>>(c);
  LogOp::attachInterface<Unary<LogOp, log>>(c);
  SigmoidOp::attachInterface<Unary<SigmoidOp, sigmoid>>(c);
  TanhOp::attachInterface<Unary<TanhOp, tanh>>(c);
  ErfOp::attachInterface<Unary<ErfOp, erf>>(c);
  SinOp::attachInterface<Unary<SinOp, sin>>(c);
  CosOp::attachInterface<Unary<CosOp, cos>>(c);
}

} // namespace

void registerTosaScalarFunctions(DialectRegistry &registry) {
  registry.addExtension(attach);
}

} // namespace act

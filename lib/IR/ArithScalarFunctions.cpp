//===- ArithScalarFunctions.cpp - What the ops of arith compute -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <cmath>

using namespace mlir;

namespace act {
namespace {

using Operands = ArrayRef<std::optional<Expression>>;

/// An op given by a function of one or two expressions.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct Binary
    : ScalarFunctionOpInterface::ExternalModel<Binary<OpT, Function>, OpT> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1])
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  double executedErrorInUlps(Operation *op) const {
    return errorUnderFastMath(op, 0.5);
  }
};

/// maximumf and minimumf propagate NaN; they never round.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct Extremum
    : ScalarFunctionOpInterface::ExternalModel<Extremum<OpT, Function>, OpT> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1])
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

/// maxnumf and minnumf return the operand that is a number.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct NumberExtremum
    : ScalarFunctionOpInterface::ExternalModel<NumberExtremum<OpT, Function>,
                                               OpT> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1])
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  std::optional<double> evaluateWithNaN(Operation *,
                                        ArrayRef<double> operands) const {
    return std::isnan(operands[0]) ? operands[1] : operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

struct Negate
    : ScalarFunctionOpInterface::ExternalModel<Negate, arith::NegFOp> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0])
      return std::nullopt;
    return -*operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

/// Whether `op` rounds as all others do.
bool isRoundedToNearestEven(Operation *op) {
  auto rounding = dyn_cast<arith::ArithRoundingModeInterface>(op);
  arith::RoundingModeAttr mode =
      rounding ? rounding.getRoundingModeAttr() : nullptr;
  return !mode || mode.getValue() == arith::RoundingMode::to_nearest_even;
}

/// A change of format is the identity of the reals; truncation rounds. One with
/// a direction of its own has no formula: neither a bound nor an op that is put
/// in its place may take it for the nearest number.
template <typename OpT>
struct Cast : ScalarFunctionOpInterface::ExternalModel<Cast<OpT>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    return isRoundedToNearestEven(op) ? operands[0] : std::nullopt;
  }
  double executedErrorInUlps(Operation *op) const {
    return std::is_same_v<OpT, arith::ExtFOp> ? 0.0
                                              : errorUnderFastMath(op, 0.5);
  }
};

bool isBoolean(Value value) {
  return getElementTypeOrSelf(value.getType()).isInteger(1);
}

/// Integers are numbers in the way of sign extension, but for i1, which is 0
/// or 1. Wider ones are the same numbers.
struct ExtendSigned
    : ScalarFunctionOpInterface::ExternalModel<ExtendSigned, arith::ExtSIOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    return isBoolean(op->getOperand(0)) ? std::nullopt : operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

struct FromSigned
    : ScalarFunctionOpInterface::ExternalModel<FromSigned, arith::SIToFPOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    return isBoolean(op->getOperand(0)) ? std::nullopt : operands[0];
  }
  double executedErrorInUlps(Operation *) const { return 0.5; }
};

/// What is read in the way of sign extension, in the way of zero extension:
/// numbers below 0 are 2^n more.
template <typename OpT>
struct Unsigned : ScalarFunctionOpInterface::ExternalModel<Unsigned<OpT>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    Value operand = op->getOperand(0);
    Type type = getElementTypeOrSelf(operand.getType());
    if (isBoolean(operand) || !operands[0])
      return operands[0];
    // A double holds every integer of up to 53 bits.
    if (!type.isSignlessInteger() || type.getIntOrFloatBitWidth() > 53)
      return std::nullopt;
    double all = std::ldexp(1.0, type.getIntOrFloatBitWidth());
    return where(*operands[0] < 0.0, *operands[0] + all, *operands[0]);
  }
  double executedErrorInUlps(Operation *) const {
    return std::is_same_v<OpT, arith::ExtUIOp> ? 0.0 : 0.5;
  }
};

/// A sum or difference of integers that cannot overflow: each is a constant or
/// the extension of one of fewer bits.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct IntegerBinary
    : ScalarFunctionOpInterface::ExternalModel<IntegerBinary<OpT, Function>,
                                               OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    bool isSmall = llvm::all_of(op->getOperands(), hasSpareBit);
    if (!isSmall || !operands[0] || !operands[1])
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }

private:
  static bool hasSpareBit(Value value) {
    if (value.getDefiningOp<arith::ExtSIOp>())
      return true;
    Type type = getElementTypeOrSelf(value.getType());
    // Without a sign there are numbers up to 2^n.
    if (auto extension = value.getDefiningOp<arith::ExtUIOp>())
      return getElementTypeOrSelf(extension.getIn().getType())
                     .getIntOrFloatBitWidth() +
                 2 <=
             type.getIntOrFloatBitWidth();
    std::optional<double> constant = constantOf(value);
    return constant && type.isSignlessInteger() && !type.isInteger(1) &&
           std::abs(*constant) <
               std::ldexp(1.0, int(type.getIntOrFloatBitWidth()) - 2);
  }
};

Expression truth(Condition condition) {
  return where(std::move(condition), 1.0, 0.0);
}

struct Compare
    : ScalarFunctionOpInterface::ExternalModel<Compare, arith::CmpFOp> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    if (!operands[0] || !operands[1])
      return std::nullopt;
    Expression a = *operands[0], b = *operands[1];
    using arith::CmpFPredicate;
    switch (cast<arith::CmpFOp>(op).getPredicate()) {
    case CmpFPredicate::OLT:
    case CmpFPredicate::ULT:
      return truth(a < b);
    case CmpFPredicate::OLE:
    case CmpFPredicate::ULE:
      return truth(a <= b);
    case CmpFPredicate::OGT:
    case CmpFPredicate::UGT:
      return truth(a > b);
    case CmpFPredicate::OGE:
    case CmpFPredicate::UGE:
      return truth(a >= b);
    case CmpFPredicate::OEQ:
    case CmpFPredicate::UEQ:
      return truth(equal(a, b));
    case CmpFPredicate::ONE:
    case CmpFPredicate::UNE:
      return where(equal(a, b), 0.0, 1.0);
    case CmpFPredicate::ORD:
    case CmpFPredicate::AlwaysTrue:
      return Expression(1.0);
    case CmpFPredicate::UNO:
    case CmpFPredicate::AlwaysFalse:
      return Expression(0.0);
    }
    llvm_unreachable("unknown predicate");
  }
  /// Unordered predicates hold for NaN, ordered ones do not.
  std::optional<double> evaluateWithNaN(Operation *op, ArrayRef<double>) const {
    using arith::CmpFPredicate;
    switch (cast<arith::CmpFOp>(op).getPredicate()) {
    case CmpFPredicate::ULT:
    case CmpFPredicate::ULE:
    case CmpFPredicate::UGT:
    case CmpFPredicate::UGE:
    case CmpFPredicate::UEQ:
    case CmpFPredicate::UNE:
    case CmpFPredicate::UNO:
    case CmpFPredicate::AlwaysTrue:
      return 1.0;
    default:
      return 0.0;
    }
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

struct Select
    : ScalarFunctionOpInterface::ExternalModel<Select, arith::SelectOp> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[2])
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

/// Of i1 only: conditions combined.
template <typename OpT, Expression (*Function)(Expression, Expression)>
struct Logic
    : ScalarFunctionOpInterface::ExternalModel<Logic<OpT, Function>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    bool isCondition =
        getElementTypeOrSelf(op->getResult(0).getType()).isInteger(1);
    if (!isCondition || !operands[0] || !operands[1])
      return std::nullopt;
    return Function(*operands[0], *operands[1]);
  }
  std::optional<double> evaluateWithNaN(Operation *, ArrayRef<double>) const {
    return std::nullopt;
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

Expression add(Expression a, Expression b) { return a + b; }
Expression subtract(Expression a, Expression b) { return a - b; }
Expression multiply(Expression a, Expression b) { return a * b; }
Expression divide(Expression a, Expression b) { return a / b; }
Expression exclusiveOr(Expression a, Expression b) { return abs(a - b); }

} // namespace

double errorUnderFastMath(Operation *op, double ulps) {
  auto fastMath = dyn_cast<arith::ArithFastMathInterface>(op);
  // The flags of a truncf are optional.
  arith::FastMathFlagsAttr attribute =
      fastMath ? fastMath.getFastMathFlagsAttr() : nullptr;
  if (!attribute)
    return ulps;
  using arith::FastMathFlags;
  FastMathFlags harmless =
      FastMathFlags::nnan | FastMathFlags::ninf | FastMathFlags::nsz;
  return (attribute.getValue() & ~harmless) == FastMathFlags::none
             ? ulps
             : std::numeric_limits<double>::infinity();
}

Expression selectBy(Expression condition, Expression then,
                    Expression otherwise) {
  // A comparison is where(a < b, 1, 0): take over its condition.
  bool isTruth = condition.numOperands() == 4 &&
                 condition.operand(2).isConstant(1.0) &&
                 condition.operand(3).isConstant(0.0);
  if (isTruth)
    return Expression::apply(
        condition.primitive(),
        {condition.operand(0), condition.operand(1), then, otherwise});
  return where(0.0 < condition, then, otherwise);
}

void attachArithScalarFunctions(MLIRContext &context) {
  using namespace arith;
  AddFOp::attachInterface<Binary<AddFOp, add>>(context);
  SubFOp::attachInterface<Binary<SubFOp, subtract>>(context);
  MulFOp::attachInterface<Binary<MulFOp, multiply>>(context);
  DivFOp::attachInterface<Binary<DivFOp, divide>>(context);
  MaximumFOp::attachInterface<Extremum<MaximumFOp, max>>(context);
  MinimumFOp::attachInterface<Extremum<MinimumFOp, min>>(context);
  MaxNumFOp::attachInterface<NumberExtremum<MaxNumFOp, max>>(context);
  MinNumFOp::attachInterface<NumberExtremum<MinNumFOp, min>>(context);
  NegFOp::attachInterface<Negate>(context);
  ExtFOp::attachInterface<Cast<ExtFOp>>(context);
  TruncFOp::attachInterface<Cast<TruncFOp>>(context);
  ExtSIOp::attachInterface<ExtendSigned>(context);
  ExtUIOp::attachInterface<Unsigned<ExtUIOp>>(context);
  SIToFPOp::attachInterface<FromSigned>(context);
  UIToFPOp::attachInterface<Unsigned<UIToFPOp>>(context);
  AddIOp::attachInterface<IntegerBinary<AddIOp, add>>(context);
  SubIOp::attachInterface<IntegerBinary<SubIOp, subtract>>(context);
  CmpFOp::attachInterface<Compare>(context);
  SelectOp::attachInterface<Select>(context);
  AndIOp::attachInterface<Logic<AndIOp, min>>(context);
  OrIOp::attachInterface<Logic<OrIOp, max>>(context);
  XOrIOp::attachInterface<Logic<XOrIOp, exclusiveOr>>(context);
}

} // namespace act

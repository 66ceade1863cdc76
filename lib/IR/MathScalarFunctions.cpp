//===- MathScalarFunctions.cpp - What the ops of math compute -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <cmath>

using namespace mlir;

namespace act {
namespace {

using Operands = ArrayRef<std::optional<Expression>>;

/// An op of one operand given by a function.
template <typename OpT, Expression (*Function)(Expression), bool Exact = false>
struct Unary
    : ScalarFunctionOpInterface::ExternalModel<Unary<OpT, Function, Exact>,
                                               OpT> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0])
      return std::nullopt;
    return Function(*operands[0]);
  }
  double executedErrorInUlps(Operation *op) const {
    return Exact ? 0.0 : errorUnderFastMath(op, kLibraryErrorInUlps);
  }
};

struct Fma : ScalarFunctionOpInterface::ExternalModel<Fma, math::FmaOp> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[2])
      return std::nullopt;
    return *operands[0] * *operands[1] + *operands[2];
  }
  double executedErrorInUlps(Operation *op) const {
    return errorUnderFastMath(op, 0.5);
  }
};

struct Clamp : ScalarFunctionOpInterface::ExternalModel<Clamp, math::ClampFOp> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[2])
      return std::nullopt;
    return clip(*operands[0], *operands[1], *operands[2]);
  }
  /// The op leaves NaN to its lowering.
  std::optional<double> evaluateWithNaN(Operation *, ArrayRef<double>) const {
    return std::nullopt;
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

struct CopySign
    : ScalarFunctionOpInterface::ExternalModel<CopySign, math::CopySignOp> {
  /// The sign of a zero is not seen by the reals: a formula takes a number
  /// whose sign is known.
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[1]->isConstant() ||
        operands[1]->isConstant(0.0))
      return std::nullopt;
    Expression magnitude = abs(*operands[0]);
    return operands[1]->constant() < 0.0 ? -magnitude : magnitude;
  }
  double executedErrorInUlps(Operation *) const { return 0.0; }
};

template <typename OpT>
struct Power : ScalarFunctionOpInterface::ExternalModel<Power<OpT>, OpT> {
  std::optional<Expression> composeExpression(Operation *,
                                              Operands operands) const {
    if (!operands[0] || !operands[1] || !operands[1]->isConstant())
      return std::nullopt;
    return power(*operands[0], operands[1]->constant());
  }
  double executedErrorInUlps(Operation *op) const {
    return errorUnderFastMath(op, kLibraryErrorInUlps);
  }
};

Expression exp2(Expression x) { return exp(x * log(2.0)); }
Expression log2(Expression x) { return log(x) / log(2.0); }
Expression log10(Expression x) { return log(x) / log(10.0); }
Expression rsqrt(Expression x) { return 1.0 / sqrt(x); }
Expression tan(Expression x) { return sin(x) / cos(x); }
/// Halves first: e^x overflows where its half does not.
Expression cosh(Expression x) { return exp(x) / 2.0 + exp(-x) / 2.0; }
/// (e^x - e^-x)/2 without cancellation.
Expression sinh(Expression x) { return expm1(x) / 2.0 - expm1(-x) / 2.0; }

} // namespace

std::optional<Expression> power(Expression base, double exponent) {
  if (exponent == 0.5)
    return sqrt(base);
  if (exponent == -0.5)
    return 1.0 / sqrt(base);
  if (exponent != std::floor(exponent) || std::abs(exponent) > 8)
    return std::nullopt;
  Expression product(1.0);
  for (int i = 0, e = static_cast<int>(std::abs(exponent)); i < e; ++i)
    product = product * base;
  return exponent < 0 ? 1.0 / product : product;
}

void attachMathScalarFunctions(MLIRContext &context) {
  using namespace math;
  AbsFOp::attachInterface<Unary<AbsFOp, abs, true>>(context);
  SqrtOp::attachInterface<Unary<SqrtOp, sqrt>>(context);
  RsqrtOp::attachInterface<Unary<RsqrtOp, rsqrt>>(context);
  ExpOp::attachInterface<Unary<ExpOp, exp>>(context);
  Exp2Op::attachInterface<Unary<Exp2Op, exp2>>(context);
  ExpM1Op::attachInterface<Unary<ExpM1Op, expm1>>(context);
  LogOp::attachInterface<Unary<LogOp, log>>(context);
  Log2Op::attachInterface<Unary<Log2Op, log2>>(context);
  Log10Op::attachInterface<Unary<Log10Op, log10>>(context);
  Log1pOp::attachInterface<Unary<Log1pOp, log1p>>(context);
  TanhOp::attachInterface<Unary<TanhOp, tanh>>(context);
  ErfOp::attachInterface<Unary<ErfOp, erf>>(context);
  ErfcOp::attachInterface<Unary<ErfcOp, erfc>>(context);
  SinOp::attachInterface<Unary<SinOp, sin>>(context);
  CosOp::attachInterface<Unary<CosOp, cos>>(context);
  TanOp::attachInterface<Unary<TanOp, tan>>(context);
  AtanOp::attachInterface<Unary<AtanOp, atan>>(context);
  SinhOp::attachInterface<Unary<SinhOp, sinh>>(context);
  CoshOp::attachInterface<Unary<CoshOp, cosh>>(context);
  FmaOp::attachInterface<Fma>(context);
  ClampFOp::attachInterface<Clamp>(context);
  CopySignOp::attachInterface<CopySign>(context);
  PowFOp::attachInterface<Power<PowFOp>>(context);
  FPowIOp::attachInterface<Power<FPowIOp>>(context);
}

} // namespace act

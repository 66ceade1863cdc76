//===- FormulaEmitter.h - A formula in the format of its variables -*- C++ -*-//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_FORMULAEMITTER_H
#define ACT_LIB_IR_FORMULAEMITTER_H

#include "LimitsAtInfinity.h"
#include "WideFunctions.h"
#include "act/Formula/Format.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/DenseMap.h"

namespace act {

/// Emits a formula in the format of its variables.
class FormulaEmitter {
public:
  /// `needsEveryDigit`: the result is as wide as the computation.
  /// `selfContained`: elementary functions of f64 are arith ops, where their
  /// last digits do not matter.
  FormulaEmitter(mlir::OpBuilder &builder, mlir::Location loc,
                 mlir::ValueRange variables, const LimitsAtInfinity &limits,
                 bool needsEveryDigit, bool selfContained);

  mlir::Value emit(Expression e);

private:
  template <typename OpT, typename... Values>
  mlir::Value make(Values... operands) {
    return OpT::create(builder, loc, operands...).getResult();
  }
  /// An elementary function of `u`. In a wider format than the result's it
  /// needs no library; in the result's own its last digits do.
  template <typename OpT>
  mlir::Value elementary(mlir::Value u,
                         mlir::Value (WideFunctions::*function)(mlir::Value)) {
    if (selfContained && !needsEveryDigit &&
        mlir::getElementTypeOrSelf(type).isF64())
      return (wide.*function)(u);
    return make<OpT>(u);
  }
  mlir::Value constant(double value);
  mlir::Value compare(mlir::arith::CmpFPredicate predicate, mlir::Value a,
                      mlir::Value b) {
    return make<mlir::arith::CmpFOp>(predicate, a, b);
  }
  mlir::Value select(mlir::Value condition, mlir::Value then,
                     mlir::Value otherwise) {
    return make<mlir::arith::SelectOp>(condition, then, otherwise);
  }

  /// The number of the format nearest to `e`.
  double rounded(Expression e) const;
  mlir::Value emitClosed(Expression e);
  mlir::Value emitNode(Expression e);
  mlir::Value emitVanishingProduct(Expression e);
  mlir::Value emitLimit(const LimitsAtInfinity::Fix &fix, mlir::Value value);
  mlir::Value emitComparand(Expression e, bool roundsUp);
  mlir::Value emitCondition(Expression e, bool orUnordered);
  mlir::Value emitWhere(Expression e);
  mlir::Value emitStep(Expression e);
  mlir::Value emitMax(Expression e);
  mlir::Value emitExp(mlir::Value u);
  mlir::Value emitLog1p(mlir::Value u);
  mlir::Value emitSigmoid(mlir::Value u);
  mlir::Value emitSoftplus(mlir::Value u);

  // Sums in which terms may cancel: CancellingSums.cpp.
  mlir::Value emitAdd(Expression e);
  mlir::Value emitSub(Expression e);
  mlir::Value emitSqrt(Expression e);
  mlir::Value horner(mlir::Value u, llvm::ArrayRef<double> coefficients);
  mlir::Value nearZero(mlir::Value u, double bound, mlir::Value near,
                       mlir::Value far);
  mlir::Value emitTanhShrink(mlir::Value u, mlir::Value tanh);
  mlir::Value emitExpm1Excess(mlir::Value u, mlir::Value expm1);
  mlir::Value emitHypotenuse(mlir::Value u, mlir::Value c);
  mlir::Value addRest(mlir::Value sum, mlir::Value rest, mlir::Value part);
  /// The sum c u + d; c and d are closed.
  struct Linear {
    Expression c, u, d;
  };
  static std::optional<Linear> readLinear(Expression e);
  mlir::Value emitLinear(const Linear &linear, bool isClipped);
  mlir::Value emitLinearInFloats(const Linear &linear, bool isClipped);
  mlir::Value emitLinearWide(const Linear &linear);
  bool needsDigitsOfClosed(Expression e) const;
  mlir::Value addClosedRest(mlir::Value sum, Expression c);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::ValueRange variables;
  mlir::Type type;
  Format format; ///< of `type`, or f64 for what is wider
  const LimitsAtInfinity &limits;
  bool needsEveryDigit;
  bool selfContained;
  WideFunctions wide;
  llvm::DenseMap<const void *, mlir::Value> memo;
};

} // namespace act

#endif // ACT_LIB_IR_FORMULAEMITTER_H

//===- PairEmitter.h - A formula in f64, rounded once ----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_PAIREMITTER_H
#define ACT_LIB_IR_PAIREMITTER_H

#include "LimitsAtInfinity.h"
#include "PairFunctions.h"
#include "mlir/IR/ValueRange.h"

namespace act {

struct RootSeries;

/// Emits a formula over f64 variables in pairs: the result is within 2 ulp
/// unless terms cancel beyond 1/32 away from a root that seriesAtRoots() finds.
/// sin, cos and atan have the errors of their math ops.
class PairEmitter {
public:
  PairEmitter(mlir::OpBuilder &builder, mlir::Location loc,
              mlir::ValueRange variables, const LimitsAtInfinity &limits,
              bool fused);

  /// The value of `e`, rounded.
  mlir::Value emit(Expression e);

private:
  Pair besideRoot(const RootSeries &root, Pair elsewhere);
  Pair pairOf(Expression e);
  Pair node(Expression e);
  Pair sum(Expression e);
  Pair product(Expression e);
  Pair factor(Expression e);
  Pair argument(Expression e);
  void collectFactors(Expression e);
  Pair quotient(Expression e);
  Pair difference(Expression e);
  Pair root(Expression e);
  Pair extremum(Expression e);
  Pair where(Expression e);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::ValueRange variables;
  const LimitsAtInfinity &limits;
  PairFunctions pairs;
  llvm::DenseMap<const void *, Pair> memo;
  /// Products whose result is a factor of another variable's function.
  llvm::DenseSet<const void *> gatedProducts;
};

} // namespace act

#endif // ACT_LIB_IR_PAIREMITTER_H

//===- LogDomainCode.h - f64 vector code of a log_domain op ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_LOGDOMAINCODE_H
#define ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_LOGDOMAINCODE_H

#include "act/Approx/Isa.h"
#include "act/Approx/LogDomain.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace act {

/// The code of a form on vectors of one length. Tables are looked up by
/// permutes where an instruction of `isa` reads two registers of f64, else in a
/// constant of the symbol table `scope`.
class LogDomainCode {
public:
  LogDomainCode(mlir::OpBuilder &builder, mlir::Location loc, const Isa &isa,
                mlir::Operation *scope, const LogDomainForm &form);

  /// `x` is a vector of f64 of rank 1.
  mlir::Value emit(mlir::Value x);

private:
  using Side = LogDomainForm::Side;

  mlir::Value constant(double value);
  mlir::Value integers(int64_t value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value mul(mlir::Value a, mlir::Value b);
  /// a * b + c, fused where the instruction set fuses.
  mlir::Value multiplyAdd(mlir::Value a, mlir::Value b, mlir::Value c);
  mlir::Value bits(mlir::Value a);
  mlir::Value fromBits(mlir::Value a);
  mlir::Value shiftRight(mlir::Value a, unsigned amount);
  mlir::Value bitAnd(mlir::Value a, int64_t mask);
  /// `member` of the side that each lane is on.
  mlir::Value ofSide(double Side::*member);
  mlir::Value select(mlir::Value below, mlir::Value above);

  mlir::Value logarithm(mlir::Value t);
  mlir::Value powerOfTwo(mlir::Value p);
  mlir::Value factor(const Side &side, mlir::Value t);
  mlir::Value line(const Side &side);
  mlir::Value lookup(unsigned row, mlir::Value index);
  mlir::Value lookupInRegisters(unsigned row, mlir::Value index);
  mlir::memref::GlobalOp findTable();

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Isa &isa;
  mlir::Operation *scope;
  const LogDomainForm &form;
  mlir::VectorType type, integerType;
  mlir::Value x, isBelow;
  mlir::Value table; ///< in memory; null until it is asked for
};

} // namespace act

#endif // ACT_LIB_CONVERSION_SYNTHESIZEDTOVECTOR_LOGDOMAINCODE_H

//===- Act.h - The dialect, its attributes and its ops ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Passes include ActInterfaces.h instead: they need no op class but MapOp.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACT_H
#define ACT_IR_ACT_H

#include "act/IR/ActInterfaces.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"
#include "mlir/Interfaces/VectorInterfaces.h"

#include "act/IR/ActDialect.h.inc"
#include "act/IR/ActEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "act/IR/ActAttributes.h.inc"

namespace act {
// linalg::AggregatedOpInterface declares its method with unqualified types.
using mlir::FailureOr;
using mlir::OpBuilder;
using mlir::SmallVector;
using mlir::Value;

/// The default of a bound that is absent.
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
} // namespace act

#define GET_OP_CLASSES
#include "act/IR/ActOps.h.inc"

namespace act {
/// The attribute of a function argument that holds its domain: #act.box,
/// #act.ball, #act.simplex, #act.one_hot or #act.normal.
inline constexpr llvm::StringLiteral kDomainAttrName = "act.domain";
/// Reports at `op` if `domain` is none of these, or does not fit values of
/// `type`.
llvm::LogicalResult verifyDomain(mlir::Operation *op, mlir::Type type,
                                 mlir::Attribute domain);
/// The attribute of an operation that holds which findings are not to count at
/// it and inside it: a dictionary from codes to reasons.
inline constexpr llvm::StringLiteral kSuppressAttrName = "act.suppress";
} // namespace act

#endif // ACT_IR_ACT_H

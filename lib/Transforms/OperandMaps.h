//===- OperandMaps.h - Which elements an op on tensors combines -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Structured ops, elementwise ops of any dialect and matrix products of TOSA
// in one form: loops, and maps from them to the elements of each operand.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_OPERANDMAPS_H
#define ACT_LIB_TRANSFORMS_OPERANDMAPS_H

#include "act/Formula/Expression.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Operation.h"
#include <optional>

namespace act {

struct OperandMaps {
  /// Per operand; null where it is no tensor.
  llvm::SmallVector<mlir::AffineMap> operands;
  mlir::AffineMap result;
};

/// The loops of an op with one result that computes each element from elements
/// alone, and not from where they lie; nothing for others.
std::optional<OperandMaps> operandMaps(mlir::Operation *op);

/// The loop that dimension `dim` of `map` walks, if it is one loop.
std::optional<unsigned> loopOf(mlir::AffineMap map, unsigned dim);

/// Where `map` walks `loop`.
struct LoopUse {
  bool isPlain = true; ///< at no more than one dimension, and that loop alone
  std::optional<unsigned> dimension;
};
LoopUse useOf(mlir::AffineMap map, unsigned loop);

/// The formula of one element of an elementwise op or of a step of a structured
/// op; variable i is an element of operand i.
std::optional<Expression> elementFormula(mlir::Operation *op);

/// The number that a constant or filled memory consists of; nothing for others.
std::optional<double> filledNumber(mlir::Value value);

/// The operands of which an elementwise op is the sum, or null.
std::pair<mlir::OpOperand *, mlir::OpOperand *> summands(mlir::Operation *op);
/// The same where `value` of the op's body is the sum.
std::pair<mlir::OpOperand *, mlir::OpOperand *> summands(mlir::Operation *op,
                                                         mlir::Value value);
/// The operand from which an elementwise op subtracts another, or null.
mlir::OpOperand *minuend(mlir::Operation *op);

/// An op that sums products of elements of two operands.
struct SumOfProducts {
  mlir::Operation *op;
  OperandMaps access;
  /// What the sum starts from; null for zero.
  mlir::OpOperand *start;
  /// Whether the maps read zeros beyond the ends of the first operand.
  bool isPadded = false;

  mlir::OpOperand *factorBeside(mlir::OpOperand &factor) const {
    return &op->getOpOperand(1 - factor.getOperandNumber());
  }
};
std::optional<SumOfProducts> sumOfProducts(mlir::Operation *op);
/// Also a convolution of floats whose sums start from a bias operand of one
/// number for each channel, and which pads its own input: what its maps read
/// beyond the ends is 0.
std::optional<SumOfProducts> contraction(mlir::Operation *op);
/// The loops of an op that has operandMaps(), is a contraction(), or moves or
/// pools elements. What no single loop walks, as padded dimensions, has more.
std::optional<OperandMaps> loopsOf(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_OPERANDMAPS_H

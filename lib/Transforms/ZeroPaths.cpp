//===- ZeroPaths.cpp - Where a layer's zeros go ---------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ZeroPaths.h"
#include "OperandMaps.h"
#include "act/Formula/Canonical.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {

/// Whether `formula` is 0 where variable `zero` is. Beside it only `start` may
/// be read, if there is one, which is that number or what was computed from it:
/// another factor could be infinite.
static bool isZeroAtZero(Expression formula, unsigned zero,
                         std::optional<std::pair<unsigned, double>> start) {
  auto isOther = [&](Expression e) {
    return e.isVariable() && e.variableIndex() != zero &&
           !(start && e.variableIndex() == start->first);
  };
  if (llvm::any_of(formula.postorder(), isOther))
    return false;
  return llvm::all_of(
      ArrayRef<double>{0.0, start ? start->second : 0.0}, [&](double number) {
        std::vector<Expression> values(formula.numVariables(), number);
        if (zero < values.size())
          values[zero] = 0.0;
        return canonicalize(formula.substitute(values)).isConstant(0.0);
      });
}

/// Whether what `use` reads is 0 where the result then is, too.
static bool keepsZeros(OpOperand &use) {
  Operation *op = use.getOwner();
  if (auto pad = dyn_cast<tensor::PadOp>(op)) {
    Value constant = pad.getConstantPaddingValue();
    return constant && matchPattern(constant, m_AnyZeroFloat());
  }
  if (auto pool = dyn_cast<tosa::AvgPool2dOp>(op))
    return matchPattern(pool.getInputZp(), m_AnyZeroFloat()) &&
           matchPattern(pool.getOutputZp(), m_AnyZeroFloat());
  if (isa<tosa::MaxPool2dOp>(op))
    return true;
  std::optional<Expression> formula = elementFormula(op);
  if (!formula)
    return false;
  std::optional<std::pair<unsigned, double>> start;
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (structured && structured.getNumReductionLoops() > 0) {
    OpOperand *init = structured.getDpsInitOperand(0);
    std::optional<double> number = filledNumber(init->get());
    if (!number || &use == init)
      return false;
    start = {init->getOperandNumber(), *number};
  }
  return isZeroAtZero(*formula, use.getOperandNumber(), start);
}

UnitValue followZeros(UnitValue output) {
  while (output.value.hasOneUse()) {
    OpOperand &use = *output.value.use_begin();
    std::optional<OperandMaps> access = loopsOf(use.getOwner());
    AffineMap read =
        access ? access->operands[use.getOperandNumber()] : AffineMap();
    std::optional<unsigned> loop =
        read ? loopOf(read, output.dim) : std::nullopt;
    if (!loop || !useOf(read, *loop).isPlain)
      break;
    LoopUse written = useOf(access->result, *loop);
    if (!written.isPlain || !written.dimension || !keepsZeros(use))
      break;
    output = {use.getOwner()->getResult(0), *written.dimension};
  }
  return output;
}

} // namespace act

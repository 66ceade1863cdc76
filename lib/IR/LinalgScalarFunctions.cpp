//===- LinalgScalarFunctions.cpp - What elementwise linalg ops compute ----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A structured op all of whose loops are parallel computes what its body
// says: named ops, linalg.elementwise and linalg.generic alike.
//
//===----------------------------------------------------------------------===//

#include "act/IR/ScalarModels.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;

namespace act {

void registerScalarFunctions(DialectRegistry &registry) {
  registerTosaScalarFunctions(registry);
  registerLinalgScalarFunctions(registry);
}

namespace {

using Operands = ArrayRef<std::optional<Expression>>;

/// Whether the op maps tensors to one tensor, element by element.
bool isElementwise(linalg::LinalgOp op) {
  return op.hasPureTensorSemantics() && op->getNumResults() == 1 &&
         op.getNumParallelLoops() == op.getNumLoops() &&
         op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity();
}

/// The value that the body computes for the one result.
Value yieldedValue(linalg::LinalgOp op) {
  return op.getBlock()->getTerminator()->getOperand(0);
}

template <typename OpT>
struct Structured
    : ScalarFunctionOpInterface::ExternalModel<Structured<OpT>, OpT> {
  std::optional<Expression> composeExpression(Operation *op,
                                              Operands operands) const {
    auto structured = cast<linalg::LinalgOp>(op);
    if (!isElementwise(structured))
      return std::nullopt;
    // Elements correspond where the map is the identity; a constant is the
    // same under every map.
    SmallVector<Value> leaves;
    std::vector<Expression> values;
    for (auto [index, operand] : llvm::enumerate(operands)) {
      AffineMap map =
          structured.getMatchingIndexingMap(&op->getOpOperand(index));
      if (!operand || !(map.isIdentity() || operand->isConstant()))
        continue;
      leaves.push_back(structured.getBlock()->getArgument(index));
      values.push_back(*operand);
    }
    std::optional<Expression> body =
        ScalarReader(leaves).read(yieldedValue(structured));
    if (!body)
      return std::nullopt;
    return body->substitute(values);
  }

  std::optional<double> evaluateWithNaN(Operation *op,
                                        ArrayRef<double> operands) const {
    auto structured = cast<linalg::LinalgOp>(op);
    return ScalarReader(structured.getBlock()->getArguments())
        .evaluate(yieldedValue(structured), operands);
  }

  /// Known where at most one op of the body rounds.
  double executedErrorInUlps(Operation *op) const {
    double error = 0.0;
    for (Operation &inner :
         cast<linalg::LinalgOp>(op).getBlock()->without_terminator()) {
      auto function = dyn_cast<ScalarFunctionOpInterface>(inner);
      double rounding = function ? function.executedErrorInUlps()
                                 : std::numeric_limits<double>::infinity();
      if (rounding > 0.0 && error > 0.0)
        return std::numeric_limits<double>::infinity();
      error += rounding;
    }
    return error;
  }
};

template <typename... Ops>
void attachToAll(MLIRContext *context) {
  (Ops::template attachInterface<Structured<Ops>>(*context), ...);
}

} // namespace

void registerLinalgScalarFunctions(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, linalg::LinalgDialect *) {
    attachToAll<
#define GET_OP_LIST
#include "mlir/Dialect/Linalg/IR/LinalgStructuredOps.cpp.inc"
        >(context);
  });
}

} // namespace act

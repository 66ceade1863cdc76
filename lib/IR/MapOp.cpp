//===- MapOp.cpp - A user's own activation --------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/IR/ScalarReader.h"

using namespace mlir;
using namespace act;

std::optional<Expression> MapOp::getExpression() {
  Block &block = getBody().front();
  return ScalarReader(block.getArguments())
      .read(cast<YieldOp>(block.getTerminator()).getValue());
}

std::optional<Expression>
MapOp::composeExpression(ArrayRef<std::optional<Expression>> operands) {
  std::optional<Expression> function = getExpression();
  if (!function)
    return std::nullopt;
  return substituteKnown(*function, operands);
}

std::optional<double> MapOp::evaluateWithNaN(ArrayRef<double> operands) {
  Block &block = getBody().front();
  return ScalarReader(block.getArguments())
      .evaluate(cast<YieldOp>(block.getTerminator()).getValue(), operands);
}

double MapOp::executedErrorInUlps() {
  // The errors of a body's ops may grow by cancellation: no bound follows from
  // their sum unless no op rounds.
  for (Operation &op : getBody().front().without_terminator()) {
    auto function = dyn_cast<ScalarFunctionOpInterface>(op);
    if (function && function.executedErrorInUlps() != 0.0)
      return std::numeric_limits<double>::infinity();
  }
  return 0.0;
}

LogicalResult MapOp::verify() {
  Type type = getResult().getType();
  if (getInputs().empty())
    return emitOpError("expected at least one input, got none");
  for (Type input : getInputs().getTypes())
    if (input != type)
      return emitOpError() << "expected inputs of the result's type " << type
                           << ", got " << input;
  return success();
}

/// Formulas are read by recursion; no activation is nearly as long.
static constexpr size_t kMaxBodySize = 4096;

LogicalResult MapOp::verifyRegions() {
  Block &block = getBody().front();
  Type element = getElementTypeOrSelf(getResult().getType());
  if (block.getNumArguments() != getInputs().size())
    return emitOpError() << "expected one block argument for each input, got "
                         << block.getNumArguments() << " for "
                         << getInputs().size();
  for (BlockArgument argument : block.getArguments())
    if (argument.getType() != element)
      return emitOpError() << "expected block arguments of type " << element
                           << ", got " << argument.getType();
  Value yielded = cast<YieldOp>(block.getTerminator()).getValue();
  if (yielded.getType() != element)
    return emitOpError() << "expected to yield " << element << ", got "
                         << yielded.getType();
  if (llvm::range_size(block) > kMaxBodySize)
    return emitOpError() << "expected a body of at most " << kMaxBodySize
                         << " ops, got " << llvm::range_size(block);
  if (getExpression())
    return success();
  // Name the op that cannot be read; a NaN constant is the other reason.
  for (Operation &op : block.without_terminator())
    if (!isa<ScalarFunctionOpInterface>(op) &&
        !op.hasTrait<OpTrait::ConstantLike>()) {
      InFlightDiagnostic diagnostic =
          emitOpError()
          << "expected a body of scalar arith, math and act ops, got '"
          << op.getName() << "', which has no formula";
      diagnostic.attachNote(op.getLoc()) << "see the op here";
      return diagnostic;
    }
  return emitOpError("expected a body whose value is a formula of its "
                     "arguments, got one that is not");
}

// act.map %a, %b : TYPE { region }
ParseResult MapOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  Type type;
  if (parser.parseOperandList(operands) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonType(type) ||
      parser.resolveOperands(operands, type, result.operands) ||
      parser.parseRegion(*result.addRegion()))
    return failure();
  result.addTypes(type);
  return success();
}

void MapOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getInputs();
  printer.printOptionalAttrDict((*this)->getAttrs());
  printer << " : " << getResult().getType() << ' ';
  printer.printRegion(getBody());
}

LogicalResult ApplyOp::verify() {
  if (getInputs().empty())
    return emitOpError("expected at least one input, got none");
  auto name = RegisteredOperationName::lookup(getCallee(), getContext());
  if (!name || !name->hasInterface<ScalarFunctionOpInterface>())
    return emitOpError() << "expected the name of a scalar function, got '"
                         << getCallee() << "'";
  return success();
}

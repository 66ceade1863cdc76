//===- MapOp.cpp - A user's own activation --------------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/ScalarReader.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include <cmath>

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

//===----------------------------------------------------------------------===//
// NaN
//===----------------------------------------------------------------------===//

/// Whether `op` makes poison of NaN, which any value refines: NaN, too.
static bool assumesNoNaN(Operation *op) {
  auto fast = dyn_cast<arith::ArithFastMathInterface>(op);
  return fast && fast.getFastMathFlagsAttr() &&
         bitEnumContainsAll(fast.getFastMathFlagsAttr().getValue(),
                            arith::FastMathFlags::nnan);
}

/// The value of `op` where some operands are known, one of them to be NaN;
/// nothing if it depends on the others. A condition that is NaN is poison.
static std::optional<double>
valueWithNaN(ScalarFunctionOpInterface op,
             ArrayRef<std::optional<double>> operands) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  bool isPoison = isa<SelectLikeOpInterface>(*op) && operands[0] &&
                  std::isnan(*operands[0]);
  if (isPoison || assumesNoNaN(op))
    return kNaN;
  std::optional<double> common;
  for (double other : {0.0, 1.0, -1.0}) {
    SmallVector<double> numbers;
    for (std::optional<double> operand : operands)
      numbers.push_back(operand.value_or(other));
    std::optional<double> value = op.evaluateWithNaN(numbers);
    bool agrees = value && (!common || *value == *common ||
                            (std::isnan(*value) && std::isnan(*common)));
    if (!agrees)
      return std::nullopt;
    common = value;
  }
  return common;
}

std::optional<double> MapOp::getValueForNaN(unsigned index) {
  Block &block = getBody().front();
  llvm::DenseMap<Value, std::optional<double>> known;
  known[block.getArgument(index)] = std::numeric_limits<double>::quiet_NaN();
  for (Operation &op : block.without_terminator()) {
    auto function = dyn_cast<ScalarFunctionOpInterface>(op);
    if (!function) {
      if (op.getNumResults() == 1)
        known[op.getResult(0)] = constantOf(op.getResult(0));
      continue;
    }
    SmallVector<std::optional<double>> operands;
    SmallVector<std::optional<Expression>> numbers;
    bool anyNaN = false;
    for (Value operand : op.getOperands()) {
      std::optional<double> value = known.lookup(operand);
      anyNaN |= value && std::isnan(*value);
      operands.push_back(value);
      numbers.push_back(value ? std::optional<Expression>(*value)
                              : std::nullopt);
    }
    if (anyNaN) {
      known[op.getResult(0)] = valueWithNaN(function, operands);
    } else if (auto value = function.composeExpression(numbers)) {
      known[op.getResult(0)] = exactValue(*value, {}, Format::F64);
    }
  }
  return known.lookup(cast<YieldOp>(block.getTerminator()).getValue());
}

bool MapOp::propagatesNaN() {
  std::optional<Expression> formula = getExpression();
  for (unsigned i = 0; i < getInputs().size(); ++i) {
    std::optional<double> value = getValueForNaN(i);
    if (!formula || !value || !std::isnan(*value) ||
        !llvm::is_contained(formula->postorder(), Expression::variable(i)))
      return false;
  }
  return true;
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

/// The body's op that rounds to a format narrower than `element`, or null.
static Operation *narrowingOp(Block &block, Type element) {
  for (Operation &op : block.without_terminator())
    if (!keepsFormat(&op, *formatOf(element)))
      return &op;
  return nullptr;
}

/// Whether an activation may stand for the body where an input is NaN.
static LogicalResult verifyNaN(MapOp op) {
  unsigned inputs = op.getInputs().size();
  for (unsigned i = 0; i < inputs; ++i) {
    std::optional<double> value = op.getValueForNaN(i);
    if (value && (inputs == 1 || std::isnan(*value)))
      continue;
    return op.emitOpError()
           << "expected a body that gives "
           << (inputs == 1 ? "one value" : "NaN") << " where input #" << i
           << " is NaN, got "
           << (value ? "another value" : "one of which it is not known")
           << "; maximumf, minimumf and the flag nnan propagate it, or keep "
              "the ops outside act.map";
  }
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
  if (Operation *narrowing = narrowingOp(block, element)) {
    InFlightDiagnostic diagnostic =
        emitOpError() << "expected a body that computes in " << element
                      << " or wider, got a rounding to "
                      << getElementTypeOrSelf(narrowing->getResult(0))
                      << "; keep it outside act.map";
    diagnostic.attachNote(narrowing->getLoc()) << "see the op here";
    return diagnostic;
  }
  if (getExpression())
    return verifyNaN(*this);
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

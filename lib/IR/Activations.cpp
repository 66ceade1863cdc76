//===- Activations.cpp - Verification and composition of activations ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/Approx/RoundingError.h"
#include "act/IR/FloatFormat.h"
#include "act/IR/TargetOptions.h"
#include <cmath>

using namespace mlir;

namespace act {

std::optional<Expression>
substituteKnown(Expression function,
                ArrayRef<std::optional<Expression>> operands) {
  std::vector<Expression> values;
  for (const std::optional<Expression> &operand : operands) {
    if (!operand)
      return std::nullopt;
    values.push_back(*operand);
  }
  return function.substitute(values);
}

std::optional<Expression>
composeRecord(Operation *op, const Record &record,
              ArrayRef<std::optional<Expression>> operands) {
  // A gate that is split off its value reads two elements of one operand.
  if (operands.size() != record.variables.size())
    return std::nullopt;
  return substituteKnown(expressionOf(op, record), operands);
}

double executedErrorOf(Operation *op, const Record &record) {
  std::optional<Format> format = formatOf(op->getResult(0).getType());
  if (!format)
    return std::numeric_limits<double>::infinity();
  // In 16 bits what selects in f32 selects numbers of 16 bits.
  const Format computed = *format == Format::F64 ? Format::F64 : Format::F32;
  if (roundingErrorInUlps(expressionOf(op, record), computed) == 0.0)
    return *format == computed ? 0.0 : 0.5;
  Accuracy accuracy =
      accuracyAskedBy(op).value_or(Accuracy::defaultFor(*format));
  return accuracy.kind == Accuracy::Kind::Ulp
             ? accuracy.bound
             : std::numeric_limits<double>::infinity();
}

/// A parameter of another library's name would else be an attribute that
/// nobody reads.
static LogicalResult verifyNames(Operation *op,
                                 ArrayRef<Parameter> parameters) {
  for (NamedAttribute attribute : op->getDiscardableAttrs()) {
    StringRef name = attribute.getName();
    if (name == "accuracy" || name.contains('.'))
      continue;
    InFlightDiagnostic error = op->emitOpError("expected ");
    if (parameters.empty())
      error << "no parameters";
    else
      llvm::interleaveComma(parameters, error << "no parameters but ",
                            [&](const Parameter &parameter) {
                              error << "'" << parameter.name << "'";
                            });
    return error << ", got '" << name
                 << "'; give an attribute of another kind a prefix, as in 'my."
                 << name << "'";
  }
  return success();
}

LogicalResult verifyParameters(Operation *op, ArrayRef<Parameter> parameters,
                               bool (*admits)(ArrayRef<double>),
                               StringRef requirement) {
  return verifyParameterValues(op, parameters, parametersOf(op, parameters),
                               admits, requirement);
}

LogicalResult verifyParameterValues(Operation *op,
                                    ArrayRef<Parameter> parameters,
                                    ArrayRef<double> values,
                                    bool (*admits)(ArrayRef<double>),
                                    StringRef requirement) {
  for (auto [parameter, value] : llvm::zip_equal(parameters, values)) {
    if (std::isnan(value))
      return op->emitOpError()
             << "expected a number as '" << parameter.name << "', got NaN";
    bool mayBeInfinite =
        parameter.defaultValue && std::isinf(*parameter.defaultValue);
    if (std::isinf(value) && !mayBeInfinite)
      return op->emitOpError()
             << "expected a finite '" << parameter.name << "', got " << value;
  }
  if (admits(values))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError()
                                  << "expected " << requirement << ", got ";
  llvm::interleaveComma(
      llvm::zip_equal(parameters, values), diagnostic, [&](auto pair) {
        diagnostic << std::get<0>(pair).name << " = " << std::get<1>(pair);
      });
  return diagnostic;
}

/// The halves of a split operand have the result's type.
static LogicalResult verifySplit(GatedOpInterface op) {
  auto whole = dyn_cast<RankedTensorType>(op.getValue().getType());
  auto half = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!whole || !half)
    return op->emitOpError() << "expected a ranked tensor to split, got "
                             << op.getValue().getType()
                             << "; give scalars and vectors as two operands";
  int64_t rank = whole.getRank(), axis = int64_t(*op.getAxis());
  if (axis < -rank || axis >= rank)
    return op->emitOpError() << "expected a split axis in [" << -rank << ", "
                             << rank << "), got " << axis;
  axis += axis < 0 ? rank : 0;
  SmallVector<int64_t> shape(whole.getShape());
  if (!whole.isDynamicDim(axis)) {
    if (shape[axis] % 2 != 0)
      return op->emitOpError() << "expected an even size along the split axis "
                               << axis << ", got " << shape[axis];
    shape[axis] /= 2;
  }
  auto expected = RankedTensorType::get(shape, whole.getElementType());
  if (half != expected)
    return op->emitOpError()
           << "expected the result " << expected << ", got " << half;
  return success();
}

static LogicalResult verifyGated(GatedOpInterface op) {
  Value gate = op.getGate();
  if (bool(gate) == op.getAxis().has_value())
    return op->emitOpError() << "expected either a gate operand or a split "
                                "axis, got "
                             << (gate ? "both" : "neither");
  if (!gate)
    return verifySplit(op);
  Type type = op.getValue().getType();
  for (Type other : {gate.getType(), op->getResult(0).getType()})
    if (other != type)
      return op->emitOpError() << "expected value, gate and result of one "
                                  "type, got "
                               << type << " and " << other;
  return success();
}

/// An operand after the first is of the first's type, a scalar, or a tensor
/// with one entry for each index of `axis`.
static LogicalResult verifyBroadcastOperand(Operation *op, Type type,
                                            Type other) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (type == other || (tensor && other == tensor.getElementType()))
    return success();
  auto perChannel = dyn_cast<RankedTensorType>(other);
  auto axis = op->getAttrOfType<IntegerAttr>("axis");
  int64_t index = axis ? axis.getInt() : 1;
  if (tensor && perChannel && perChannel.getRank() == 1 &&
      tensor.getElementType() == perChannel.getElementType()) {
    if (index < 0 || index >= tensor.getRank())
      return op->emitOpError() << "expected an axis in [0, " << tensor.getRank()
                               << "), got " << index;
    if (succeeded(verifyCompatibleShape(tensor.getShape()[index],
                                        perChannel.getShape()[0])))
      return success();
  }
  InFlightDiagnostic diagnostic = op->emitOpError()
                                  << "expected an operand of type " << type;
  if (tensor)
    diagnostic << ", of its element type, or a tensor of rank 1 with one entry "
                  "for each index of axis "
               << index;
  return diagnostic << ", got " << other;
}

LogicalResult verifyActivation(Operation *op, const Record &record) {
  if (failed(verifyNames(op, record.parameters)) ||
      failed(verifyParameters(op, record.parameters, record.admits,
                              record.requirement)))
    return failure();
  if (auto gated = dyn_cast<GatedOpInterface>(op))
    return verifyGated(gated);
  Type type = op->getOperand(0).getType();
  for (Type other : llvm::drop_begin(op->getOperandTypes()))
    if (failed(verifyBroadcastOperand(op, type, other)))
      return failure();
  return success();
}

LogicalResult verifyRowwise(Operation *op, const RowRecord &record) {
  if (failed(verifyNames(op, record.parameters)) ||
      failed(verifyParameters(op, record.parameters, record.admits,
                              record.requirement)))
    return failure();
  bool givesProbabilities =
      record.form == RowForm::Probability && !op->hasAttr("hard");
  if (cast<RowwiseOpInterface>(op).isEmptyRowZero() && !givesProbabilities)
    return op->emitOpError("expected 'empty_row_zero' only where results are "
                           "probabilities; leave it out");
  auto type = cast<RankedTensorType>(op->getOperand(0).getType());
  int64_t rank = type.getRank();
  auto attribute = op->getAttrOfType<IntegerAttr>("axis");
  int64_t axis = attribute ? attribute.getInt() : -1;
  if (axis < -rank || axis >= rank)
    return op->emitOpError() << "expected an axis in [" << -rank << ", " << rank
                             << ") of " << type << ", got " << axis;
  axis += axis < 0 ? rank : 0;
  for (Type other : llvm::drop_begin(op->getOperandTypes())) {
    SmallVector<int64_t> shape(type.getShape());
    auto otherType = cast<RankedTensorType>(other);
    bool lengths = isa<IntegerType, IndexType>(otherType.getElementType()) &&
                   record.selection == RowSelection::Prefix;
    if (lengths)
      shape.erase(shape.begin() + axis);
    if (failed(verifyCompatibleShape(shape, otherType.getShape())))
      return op->emitOpError()
             << "expected an operand of shape "
             << RankedTensorType::get(shape, otherType.getElementType())
             << ", got " << other;
    if (isa<FloatType>(otherType.getElementType()) && other != type)
      return op->emitOpError()
             << "expected noise of type " << type << ", got " << other;
  }
  return success();
}

} // namespace act

//===- Records.cpp - From ops to records and back -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/IR/ActInterfaces.h"
#include "act/IR/Record.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace act {

SmallVector<double> parametersOf(Operation *op,
                                 ArrayRef<Parameter> parameters) {
  SmallVector<double> values;
  for (const Parameter &parameter : parameters) {
    auto attribute = op->getAttrOfType<FloatAttr>(parameter.name);
    values.push_back(attribute ? attribute.getValueAsDouble()
                               : *parameter.defaultValue);
  }
  return values;
}

SmallVector<double> parametersOf(Operation *op, const Record &record) {
  return parametersOf(op, record.parameters);
}

SmallVector<Expression> exactParameters(ArrayRef<Parameter> parameters,
                                        ArrayRef<double> values) {
  SmallVector<Expression> exact;
  for (auto [parameter, value] : llvm::zip_equal(parameters, values))
    exact.push_back(parameter.defaultValue == value ? parameter.exactDefault()
                                                    : Expression(value));
  return exact;
}

Expression instantiate(const Record &record, ArrayRef<double> parameters) {
  SmallVector<Expression> variables;
  for (unsigned i = 0; i < record.variables.size(); ++i)
    variables.push_back(Expression::variable(i));
  return record.formula(variables,
                        exactParameters(record.parameters, parameters));
}

Expression expressionOf(Operation *op, const Record &record) {
  return instantiate(record, parametersOf(op, record));
}

/// Calls `visit` with the interface concept of each registered act op that
/// implements `Interface`. The registry is the list of activations; there is
/// no other.
template <typename Interface, typename Visitor>
static void forEachRegistered(MLIRContext *context, Visitor visit) {
  // getRegisteredOperationsByDialect answers nothing for generated dialects.
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (auto *model = name.getInterface<Interface>())
      visit(model);
}

SmallVector<const Record *> allRecords(MLIRContext *context) {
  SmallVector<const Record *> records;
  forEachRegistered<ActivationOpInterface>(
      context, [&](auto *model) { records.push_back(&model->getRecord()); });
  llvm::sort(records, [](const Record *a, const Record *b) {
    return a->opName < b->opName;
  });
  return records;
}

SmallVector<const RowRecord *> allRowRecords(MLIRContext *context) {
  SmallVector<const RowRecord *> records;
  forEachRegistered<RowwiseOpInterface>(
      context, [&](auto *model) { records.push_back(&model->getRowRecord()); });
  llvm::sort(records, [](const RowRecord *a, const RowRecord *b) {
    return a->opName < b->opName;
  });
  return records;
}

const RowRecord *plainRowRecord(MLIRContext *context, RowForm form) {
  Expression x = Expression::variable(0);
  for (const RowRecord *record : allRowRecords(context))
    if (record->form == form && record->numVariables == 1 &&
        record->parameters.empty() &&
        record->selection == RowSelection::Whole && !record->emptyRowZero &&
        record->score({x}, {}) == x)
      return record;
  return nullptr;
}

Operation *createActivation(OpBuilder &builder, Location loc,
                            const Record &record, ValueRange operands,
                            ArrayRef<double> parameters) {
  OperationState state(loc, record.opName);
  state.addOperands(operands);
  state.addTypes(operands.front().getType());
  for (auto [parameter, value] : llvm::zip_equal(record.parameters, parameters))
    if (parameter.defaultValue != value)
      state.addAttribute(parameter.name, builder.getF64FloatAttr(value));
  return builder.create(state);
}

Operation *createRowwise(OpBuilder &builder, Location loc,
                         const RowRecord &record, Value x, int64_t axis) {
  auto type = cast<RankedTensorType>(x.getType());
  OperationState state(loc, record.opName);
  state.addOperands(x);
  state.addTypes(type);
  // The last axis is the default.
  if (axis + 1 != type.getRank())
    state.addAttribute("axis", builder.getI64IntegerAttr(axis));
  return builder.create(state);
}

} // namespace act

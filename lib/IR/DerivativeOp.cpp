//===- DerivativeOp.cpp - The derivative of an activation -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/ExactValue.h"
#include <cmath>

using namespace mlir;
using namespace act;

/// The record of the activation `name`, or null.
static const Record *findRecord(MLIRContext *context, StringRef name) {
  auto registered = RegisteredOperationName::lookup(name, context);
  if (!registered)
    return nullptr;
  auto *model = registered->getInterface<ActivationOpInterface>();
  return model ? &model->getRecord() : nullptr;
}

/// The parameters' values, in order; those without one are left out.
static SmallVector<double> valuesOf(DerivativeOp op, const Record &record) {
  SmallVector<double> values;
  DictionaryAttr given = op.getParametersAttr();
  for (const Parameter &parameter : record.parameters) {
    auto value = given ? given.getAs<FloatAttr>(parameter.name) : FloatAttr();
    if (value)
      values.push_back(value.getValueAsDouble());
    else if (parameter.defaultValue)
      values.push_back(*parameter.defaultValue);
  }
  return values;
}

Expression DerivativeOp::getExpression() {
  const Record &record = *findRecord(getContext(), getCallee());
  return derivative(instantiate(record, valuesOf(*this, record)),
                    record.kinkSides);
}

std::optional<Expression>
DerivativeOp::composeExpression(ArrayRef<std::optional<Expression>> operands) {
  return substituteKnown(getExpression(), operands);
}

std::optional<double> DerivativeOp::evaluateWithNaN(ArrayRef<double> operands) {
  if (std::isnan(operands[0]))
    return operands[0];
  return exactValue(getExpression(), {operands[0]}, Format::F64);
}

double DerivativeOp::executedErrorInUlps() {
  // What act-synthesize makes of it is good, but other roads may cancel.
  return std::numeric_limits<double>::infinity();
}

LogicalResult DerivativeOp::verify() {
  const Record *record = findRecord(getContext(), getCallee());
  if (!record)
    return emitOpError() << "expected the name of an activation, got '"
                         << getCallee() << "'";
  if (record->variables.size() != 1)
    return emitOpError() << "expected an activation of one variable, got '"
                         << getCallee() << "', which has "
                         << record->variables.size();
  for (NamedAttribute given : getParametersAttr()
                                  ? getParametersAttr().getValue()
                                  : ArrayRef<NamedAttribute>())
    if (llvm::none_of(record->parameters,
                      [&](const Parameter &parameter) {
                        return given.getName() == parameter.name;
                      }) ||
        !isa<FloatAttr>(given.getValue()))
      return emitOpError() << "expected floats for the parameters of '"
                           << getCallee() << "', got " << given.getName()
                           << " = " << given.getValue();
  for (NamedAttribute stray : (*this)->getDiscardableAttrs())
    if (llvm::any_of(record->parameters, [&](const Parameter &parameter) {
          return stray.getName() == parameter.name;
        }))
      return emitOpError() << "expected parameters behind 'with', got "
                           << stray.getName() << " as an attribute of the op";
  SmallVector<double> values = valuesOf(*this, *record);
  if (values.size() != record->parameters.size())
    return emitOpError() << "expected all parameters of '" << getCallee()
                         << "' that have no default";
  return verifyParameterValues(*this, record->parameters, values,
                               record->admits, record->requirement);
}

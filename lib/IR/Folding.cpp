//===- Folding.cpp - Constants in, the correctly rounded constant out -----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "act/Formula/ExactValue.h"
#include "act/IR/FloatFormat.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;

namespace act {

std::optional<Format> formatOf(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isF16())
    return Format::F16;
  if (element.isBF16())
    return Format::BF16;
  if (element.isF32())
    return Format::F32;
  if (element.isF64())
    return Format::F64;
  return std::nullopt;
}

FloatType floatType(MLIRContext *context, Format format) {
  Builder builder(context);
  switch (format) {
  case Format::F16:
    return builder.getF16Type();
  case Format::BF16:
    return builder.getBF16Type();
  case Format::F32:
    return builder.getF32Type();
  case Format::F64:
    return builder.getF64Type();
  }
  llvm_unreachable("a format is one of the four");
}

APFloat toAPFloat(double value, FloatType type) {
  APFloat result(value);
  bool losesInfo;
  result.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return result;
}

double toDouble(APFloat value) {
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

/// Exact evaluation costs microseconds an element: larger constants are left
/// to the compiled code.
static constexpr int64_t kMaxFoldedElements = 4096;

OpFoldResult foldActivation(Operation *op, const Record &record,
                            ArrayRef<Attribute> operands) {
  if (operands.size() != 1 || !operands[0])
    return {};
  Type type = op->getResult(0).getType();
  auto floatType = cast<FloatType>(getElementTypeOrSelf(type));
  Expression formula = expressionOf(op, record);
  Format format = *formatOf(floatType);
  auto evaluate = [&](const APFloat &x) {
    return toAPFloat(exactValue(formula, {toDouble(x)}, format), floatType);
  };
  if (auto scalar = dyn_cast<FloatAttr>(operands[0]))
    return FloatAttr::get(type, evaluate(scalar.getValue()));
  auto dense = dyn_cast<DenseFPElementsAttr>(operands[0]);
  if (!dense)
    return {};
  if (dense.isSplat())
    return DenseElementsAttr::get(cast<ShapedType>(type),
                                  evaluate(dense.getSplatValue<APFloat>()));
  if (dense.getNumElements() > kMaxFoldedElements)
    return {};
  SmallVector<APFloat> values;
  for (const APFloat &x : dense.getValues<APFloat>())
    values.push_back(evaluate(x));
  return DenseElementsAttr::get(cast<ShapedType>(type), values);
}

} // namespace act

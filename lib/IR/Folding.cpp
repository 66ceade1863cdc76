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
#include <cmath>

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

bool isFloat8(Type type) {
  return isa<Float8E3M4Type, Float8E4M3Type, Float8E4M3FNType,
             Float8E4M3FNUZType, Float8E4M3B11FNUZType, Float8E5M2Type,
             Float8E5M2FNUZType>(getElementTypeOrSelf(type));
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

/// As roundedValue, in a format that Formula does not know. All its ties are
/// numbers of f64, so the value rounded to f64 rounds on to where the exact one
/// does, unless it is a tie now: then the sign of the difference decides.
static APFloat roundedThroughDouble(Expression formula, double x,
                                    FloatType type) {
  double value = exactValue(formula, {x}, Format::F64);
  APFloat rounded = toAPFloat(value, type);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double above = std::nextafter(value, kInfinity);
  double below = std::nextafter(value, -kInfinity);
  if (!std::isfinite(value) || !std::isfinite(x) ||
      toAPFloat(above, type).bitwiseIsEqual(toAPFloat(below, type)))
    return rounded;
  double rest = exactValue(formula - value, {x}, Format::F64);
  if (rest == 0.0)
    return rounded;
  return toAPFloat(rest > 0.0 ? above : below, type);
}

APFloat roundedValue(Expression formula, const APFloat &x, FloatType type) {
  if (std::optional<Format> format = formatOf(type))
    return toAPFloat(exactValue(formula, {toDouble(x)}, *format), type);
  return roundedThroughDouble(formula, toDouble(x), type);
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
  auto evaluate = [&](const APFloat &x) {
    return roundedValue(formula, x, floatType);
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

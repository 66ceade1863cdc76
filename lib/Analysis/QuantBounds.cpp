//===- QuantBounds.cpp - Bounds through the ops of quant ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bounds of a value of a quantized type are those of the integers stored.
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/DialectRegistry.h"
#include <cmath>

using namespace mlir;

namespace act {
namespace {

/// What the elements of a value of a uniform quantized type stand for.
class Quantization {
public:
  static std::optional<Quantization> of(Type type) {
    Quantization result;
    auto shaped = dyn_cast<ShapedType>(type);
    Type element = getElementTypeOrSelf(type);
    if (auto all = dyn_cast<quant::UniformQuantizedType>(element)) {
      result.scales = {all.getScale()};
      result.zeroPoints = {double(all.getZeroPoint())};
    } else if (auto axis =
                   dyn_cast<quant::UniformQuantizedPerAxisType>(element);
               axis && shaped && shaped.hasStaticShape()) {
      result.scales.assign(axis.getScales().begin(), axis.getScales().end());
      result.zeroPoints.assign(axis.getZeroPoints().begin(),
                               axis.getZeroPoints().end());
      for (int64_t size :
           shaped.getShape().drop_front(axis.getQuantizedDimension() + 1))
        result.inner *= size;
    } else {
      return std::nullopt;
    }
    auto stored = cast<quant::QuantizedType>(element);
    std::optional<Format> format = formatOf(stored.getExpressedType());
    // Larger integers are no doubles.
    if (!format || stored.getStorageTypeIntegralWidth() > 32)
      return std::nullopt;
    result.format = *format;
    result.clamped =
        Interval(stored.getStorageTypeMin(), stored.getStorageTypeMax());
    unsigned width = stored.getStorageTypeIntegralWidth();
    result.all = stored.isSigned() ? Interval(-std::ldexp(1.0, width - 1),
                                              std::ldexp(1.0, width - 1) - 1)
                                   : Interval(0.0, std::ldexp(1.0, width) - 1);
    result.isSigned = stored.isSigned();
    return result;
  }

  /// The number that element `index` stands for when `stored` is stored. The
  /// dialect leaves open how that rounds: either each step does or all at once.
  Interval number(double stored, size_t index, Semantics semantics) const {
    double scale = scales[channel(index)], zero = zeroPoints[channel(index)];
    Interval exact = Interval(stored - zero) * Interval(scale);
    if (semantics == Semantics::Real)
      return exact;
    double steps = roundTo(
        roundTo(roundTo(stored, format) - roundTo(zero, format), format) *
            roundTo(scale, format),
        format);
    return hull(Interval(steps),
                {roundTo(exact.lo, format), roundTo(exact.hi, format)});
  }

  /// The integers that numbers in `range` are stored as, however that rounds
  /// and takes what is too large.
  Interval stored(Interval range, size_t index, Semantics semantics) const {
    Interval exact = range / Interval(scales[channel(index)]) +
                     Interval(zeroPoints[channel(index)]);
    double off = 1.0;
    if (semantics == Semantics::Ieee)
      off += 8 * unitRoundoff(format) *
             (exact.magnitude() + std::abs(zeroPoints[channel(index)]));
    Interval around = exact + Interval(-off, off);
    Interval common = intersect(around, clamped);
    return common == around ? around : clamped;
  }

  /// The integers that bits are which the type without a sign counts from below
  /// 0 on.
  Interval integers(Interval bits) const {
    if (!isSigned && bits.hi < 0.0)
      bits = bits + Interval(all.hi + 1.0);
    Interval common = intersect(bits, all);
    return common == bits ? bits : all;
  }

  Format format = Format::F32;
  Interval all;     ///< the integers that the type has
  Interval clamped; ///< those that are stored
  bool isPerAxis() const { return scales.size() > 1; }

private:
  size_t channel(size_t index) const { return index / inner % scales.size(); }

  bool isSigned = true;
  std::vector<double> scales, zeroPoints;
  size_t inner = 1; ///< elements of a channel side by side
};

/// Each element mapped by `function(element, index)`.
Bounds mapped(const Bounds &bounds, Type type, bool isPerAxis,
              llvm::function_ref<Element(Element, size_t)> function) {
  if (!isPerAxis && bounds.isSplat())
    return Bounds::splat(function(bounds[0], 0));
  if (boundsSize(type) > kMaxBoundsSize)
    return Bounds::top();
  std::vector<Element> elements;
  for (int64_t i = 0, e = boundsSize(type); i < e; ++i)
    elements.push_back(function(bounds[i], i));
  return Bounds::elements(std::move(elements));
}

struct DequantizeModel
    : BoundsOpInterface::ExternalModel<DequantizeModel,
                                       quant::DequantizeCastOp> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics semantics) const {
    Type type = op->getOperand(0).getType();
    std::optional<Quantization> quantization = Quantization::of(type);
    if (!quantization)
      return {Bounds::top()};
    return {mapped(operands[0], type, quantization->isPerAxis(),
                   [&](Element element, size_t index) {
                     Interval range =
                         intersect(element.range, quantization->all);
                     if (element.poisoned || !(range.lo <= range.hi))
                       range = quantization->all;
                     return Element{hull(
                         quantization->number(range.lo, index, semantics),
                         quantization->number(range.hi, index, semantics))};
                   })};
  }
};

struct QuantizeModel
    : BoundsOpInterface::ExternalModel<QuantizeModel, quant::QuantizeCastOp> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics semantics) const {
    Type type = op->getResult(0).getType();
    std::optional<Quantization> quantization = Quantization::of(type);
    if (!quantization)
      return {Bounds::top()};
    return {mapped(operands[0], type, quantization->isPerAxis(),
                   [&](Element element, size_t index) {
                     bool isOpen = element.poisoned || element.mayBeNaN ||
                                   !element.range.isBounded();
                     return Element{isOpen ? quantization->clamped
                                           : quantization->stored(element.range,
                                                                  index,
                                                                  semantics)};
                   })};
  }
};

/// The integers themselves, which the type may count without a sign.
struct StorageModel
    : BoundsOpInterface::ExternalModel<StorageModel, quant::StorageCastOp> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics) const {
    Type type = op->getResult(0).getType();
    std::optional<Quantization> quantization = Quantization::of(type);
    // Back to integers, whose sign no type tells.
    if (!quantization)
      return {Bounds::top()};
    return {mapped(operands[0], type, /*isPerAxis=*/false,
                   [&](Element element, size_t) {
                     return Element{quantization->integers(element.range)};
                   })};
  }
};

} // namespace

void registerQuantBounds(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, quant::QuantDialect *) {
    quant::DequantizeCastOp::attachInterface<DequantizeModel>(*context);
    quant::QuantizeCastOp::attachInterface<QuantizeModel>(*context);
    quant::StorageCastOp::attachInterface<StorageModel>(*context);
  });
}

} // namespace act

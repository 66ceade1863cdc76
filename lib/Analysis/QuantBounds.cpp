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
    auto stored = dyn_cast<quant::QuantizedType>(getElementTypeOrSelf(type));
    // Larger integers are no doubles.
    if (!stored || stored.getStorageTypeIntegralWidth() > 32)
      return std::nullopt;
    std::optional<Format> format = formatOf(stored.getExpressedType());
    if (!format || !result.setScales(stored, boundsShape(type)))
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

  /// The numbers that integers in `range` stand for as element `index`.
  Element numbers(Interval range, size_t index, Semantics semantics) const {
    double scale = scales[channel(index)], zero = zeroPoints[channel(index)];
    // Where a step is infinite, or a scale 0, the next may be NaN.
    bool isWithin =
        range.magnitude() + std::abs(zero) < largestFinite(format) &&
        roundTo(scale, format) > 0.0;
    if (semantics == Semantics::Ieee && !isWithin)
      return Element::unknown();
    return {hull(number(range.lo, scale, zero, semantics),
                 number(range.hi, scale, zero, semantics))};
  }

  /// The integers that numbers in `range` are stored as, however that rounds
  /// and takes what is too large.
  Interval stored(Interval range, size_t index, Semantics semantics) const {
    double scale = scales[channel(index)], zero = zeroPoints[channel(index)];
    Interval exact = range / Interval(scale) + Interval(zero);
    double off = 1.0;
    if (semantics == Semantics::Ieee) {
      double rounded = roundTo(scale, format);
      if (std::abs(rounded - scale) > unitRoundoff(format) * scale ||
          exact.magnitude() + std::abs(zero) >= largestFinite(format) / 2)
        return clamped;
      off += 8 * unitRoundoff(format) * (exact.magnitude() + std::abs(zero));
    }
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
  bool isUniform() const { return scales.size() == 1; }

private:
  /// A dimension that has a scale for each block of indices.
  struct Axis {
    size_t stride, size; ///< of the elements
    size_t block;        ///< indices of one scale
    size_t scaleStride;
  };

  bool setScales(quant::QuantizedType type, ArrayRef<int64_t> shape) {
    if (auto all = dyn_cast<quant::UniformQuantizedType>(type)) {
      scales = {all.getScale()};
      zeroPoints = {double(all.getZeroPoint())};
      return true;
    }
    if (auto axis = dyn_cast<quant::UniformQuantizedPerAxisType>(type)) {
      scales.assign(axis.getScales().begin(), axis.getScales().end());
      zeroPoints.assign(axis.getZeroPoints().begin(),
                        axis.getZeroPoints().end());
      unsigned dim = axis.getQuantizedDimension();
      SmallVector<int64_t> blocks(shape.size(), 1);
      if (dim >= blocks.size())
        return false;
      blocks[dim] = scales.size();
      return setAxes(shape, blocks);
    }
    auto blocks = dyn_cast<quant::UniformQuantizedSubChannelType>(type);
    if (!blocks)
      return false;
    for (const APFloat &scale : blocks.getScales().getValues<APFloat>())
      scales.push_back(toDouble(scale));
    for (const APInt &zero : blocks.getZeroPoints().getValues<APInt>())
      zeroPoints.push_back(type.isSigned() ? zero.signedRoundToDouble()
                                           : zero.roundToDouble());
    return setAxes(shape, blocks.getScales().getType().getShape());
  }

  /// `blocks` says how many scales there are along each dimension.
  bool setAxes(ArrayRef<int64_t> shape, ArrayRef<int64_t> blocks) {
    if (shape.size() != blocks.size() || scales.size() != zeroPoints.size())
      return false;
    size_t stride = 1, scaleStride = 1;
    for (size_t dim = shape.size(); dim-- > 0;) {
      if (blocks[dim] == 0 || shape[dim] % blocks[dim] != 0)
        return false;
      if (blocks[dim] > 1)
        axes.push_back({stride, size_t(shape[dim]),
                        size_t(shape[dim] / blocks[dim]), scaleStride});
      stride *= shape[dim];
      scaleStride *= blocks[dim];
    }
    return scaleStride == scales.size();
  }

  /// The number that an integer stands for. The dialect leaves open how that
  /// rounds: either each step does or all at once.
  Interval number(double stored, double scale, double zero,
                  Semantics semantics) const {
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

  size_t channel(size_t index) const {
    size_t result = 0;
    for (const Axis &axis : axes)
      result += index / axis.stride % axis.size / axis.block * axis.scaleStride;
    return result;
  }

  bool isSigned = true;
  std::vector<double> scales, zeroPoints;
  SmallVector<Axis> axes;
};

/// Each element mapped by `function(element, index)`.
Bounds mapped(const Bounds &bounds, Type type, bool isUniform,
              llvm::function_ref<Element(Element, size_t)> function) {
  if (isUniform && bounds.isSplat())
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
    return {mapped(operands[0], type, quantization->isUniform(),
                   [&](Element element, size_t index) {
                     Interval range =
                         intersect(element.range, quantization->all);
                     if (element.mayBeNaN || !(range.lo <= range.hi))
                       range = quantization->all;
                     return quantization->numbers(range, index, semantics);
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
    return {mapped(operands[0], type, quantization->isUniform(),
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
    return {mapped(
        operands[0], type, /*isUniform=*/true, [&](Element element, size_t) {
          return Element{element.mayBeNaN
                             ? quantization->all
                             : quantization->integers(element.range)};
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

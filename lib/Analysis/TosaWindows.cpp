//===- TosaWindows.cpp - Bounds through tosa's convolution and pooling ----===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Padding is explicit in tosa's convolutions and pooling: the input, N H W C,
// is padded first, then read at linear functions of the loop indices.
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "TensorLayout.h"
#include "TosaLoops.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include <cmath>

using namespace mlir;

namespace act {
namespace {

/// Whether all sizes are known but for the batch, the first dimension of input
/// and result.
bool allStaticButBatch(Operation *op) {
  Type input = op->getOperand(0).getType(), result = op->getResult(0).getType();
  auto isKnown = [](Type type) {
    auto shaped = cast<ShapedType>(type);
    return shaped.hasRank() && boundsSize(type) <= kMaxBoundsSize &&
           llvm::none_of(shaped.getShape().drop_front(), ShapedType::isDynamic);
  };
  return isKnown(input) && isKnown(result) &&
         haveSameUnknownSizes(input, result) &&
         llvm::all_of(llvm::drop_begin(op->getOperandTypes()), isStatic);
}

struct PaddedImage {
  RankedTensorType type;
  Bounds bounds;
};

/// `pad` is top, bottom, left, right.
PaddedImage padImage(Value image, const Bounds &bounds, ArrayRef<int64_t> pad,
                     const Element &padding) {
  auto type = cast<RankedTensorType>(image.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape[1] += pad[0] + pad[1];
  shape[2] += pad[2] + pad[3];
  auto wide = RankedTensorType::get(shape, type.getElementType());
  std::optional<Bounds> around =
      padded(bounds, type, wide, {0, pad[0], pad[2], 0}, {0, pad[1], pad[3], 0},
             padding);
  return {wide, around.value_or(Bounds::top())};
}

/// The bias, one for each channel or one for all, at every position.
Bounds startFromBias(const Bounds &bias, Type result) {
  if (bias.isSplat())
    return bias;
  int64_t channels = cast<ShapedType>(result).getShape().back();
  std::vector<Element> start;
  for (int64_t i = 0, e = boundsSize(result); i < e; ++i)
    start.push_back(bias[bias.size() == 1 ? 0 : i % channels]);
  return Bounds::elements(std::move(start));
}

template <typename ConvOp>
bool isPlainConvolution(ConvOp op, ArrayRef<Bounds> operands) {
  return allStaticButBatch(op) && isZero(operands[3]) && isZero(operands[4]) &&
         formatOf(op.getAccType()) && formatOf(op.getType());
}

/// The sums of products of a window, whose rows are walked by loop `row` and
/// columns by the next, with those of the image's `channel`. `weight` and
/// `result` are where the loops read and write.
template <typename ConvOp>
Transfer convolve(ConvOp op, ArrayRef<Bounds> operands, NestBuilder &loops,
                  unsigned row, AffineExpr channel, ArrayRef<AffineExpr> weight,
                  ArrayRef<AffineExpr> result) {
  auto d = loops.index;
  ArrayRef<int64_t> stride = op.getStride(), dilation = op.getDilation();
  PaddedImage image =
      padImage(op.getInput(), operands[0], op.getPad(), {Interval(0.0)});
  if (!loops.read(image.type, image.bounds,
                  {d[0], d[1] * stride[0] + d[row] * dilation[0],
                   d[2] * stride[1] + d[row + 1] * dilation[1], channel}) ||
      !loops.read(op.getWeight().getType(), operands[1], weight) ||
      !loops.write(op.getType(), startFromBias(operands[2], op.getType()),
                   result))
    return Bounds::top();
  return loops.sumOfProducts(*formatOf(op.getAccType()),
                             *formatOf(op.getType()));
}

Transfer conv2d(tosa::Conv2DOp op, ArrayRef<Bounds> operands,
                Semantics semantics) {
  if (!isPlainConvolution(op, operands))
    return Bounds::top();
  SmallVector<int64_t> window = boundsShape(op.getWeight().getType());
  SmallVector<int64_t> extents = boundsShape(op.getType());
  extents.append({window[1], window[2], window[3]});
  NestBuilder loops(op.getContext(), extents, 4);
  auto d = loops.index;
  return convolve(op, operands, loops, 4, d[6], {d[3], d[4], d[5], d[6]},
                  {d[0], d[1], d[2], d[3]});
}

Transfer depthwiseConv2d(tosa::DepthwiseConv2DOp op, ArrayRef<Bounds> operands,
                         Semantics semantics) {
  if (!isPlainConvolution(op, operands))
    return Bounds::top();
  // The weight is KH KW C M; output channel c * M + m.
  SmallVector<int64_t> window = boundsShape(op.getWeight().getType());
  SmallVector<int64_t> extents = boundsShape(op.getType());
  extents[3] = window[2];
  extents.append({window[3], window[0], window[1]});
  NestBuilder loops(op.getContext(), extents, 5);
  auto d = loops.index;
  return convolve(op, operands, loops, 5, d[3], {d[5], d[6], d[3], d[4]},
                  {d[0], d[1], d[2], d[3] * window[3] + d[4]});
}

/// The windows of a pooling op, to be reduced.
template <typename PoolOp>
std::optional<NestBuilder> windowsOf(PoolOp op, const Bounds &input,
                                     double padding, double start) {
  SmallVector<int64_t> extents = boundsShape(op.getType());
  extents.append(op.getKernel().begin(), op.getKernel().end());
  NestBuilder loops(op.getContext(), extents, 4);
  auto d = loops.index;
  ArrayRef<int64_t> stride = op.getStride();
  PaddedImage image =
      padImage(op.getInput(), input, op.getPad(), {Interval(padding)});
  if (!loops.read(
          image.type, image.bounds,
          {d[0], d[1] * stride[0] + d[4], d[2] * stride[1] + d[5], d[3]}) ||
      !loops.write(op.getType(), Bounds::splat({Interval(start)}),
                   {d[0], d[1], d[2], d[3]}))
    return std::nullopt;
  return loops;
}

Transfer maxPool(tosa::MaxPool2dOp op, ArrayRef<Bounds> operands,
                 Semantics semantics) {
  if (!allStaticButBatch(op) || !formatOf(op.getType()))
    return Bounds::top();
  // Padding never wins.
  auto loops = windowsOf(op, operands[0], -HUGE_VAL, -HUGE_VAL);
  return loops ? Transfer(
                     loops->reduce(Reduction::Maximum, *formatOf(op.getType())))
               : Bounds::top();
}

/// The sums of windows over their elements that are no padding.
Bounds windowSums(tosa::AvgPool2dOp op, const Bounds &input,
                  Semantics semantics) {
  auto loops = windowsOf(op, input, 0.0, 0.0);
  return loops ? evaluate(
                     loops->reduce(Reduction::Sum, *formatOf(op.getAccType())),
                     semantics)
               : Bounds::top();
}

/// The means of windows, where their sums may be too large.
Bounds quotients(const Bounds &sums, const Bounds &counts, size_t size,
                 Format format, Semantics semantics) {
  std::vector<Element> means;
  for (size_t i = 0; i < size; ++i) {
    Element sum = sums[i];
    Interval mean = sum.range / counts[i].range;
    // By division or by the rounded reciprocal: within 2 ulp.
    if (semantics == Semantics::Ieee)
      mean = executed(mean, 2.0, format);
    means.push_back(sum.poisoned ? sum : Element{mean, false, sum.mayBeNaN});
  }
  return Bounds::elements(std::move(means));
}

/// The means of the elements that are no padding are sums of products: with n
/// of these, as many roundings are counted as n - 1 additions, an inverse and a
/// product have.
Transfer avgPool(tosa::AvgPool2dOp op, ArrayRef<Bounds> operands,
                 Semantics semantics) {
  std::optional<Format> format = formatOf(op.getType());
  std::optional<Format> accumulator = formatOf(op.getAccType());
  if (!allStaticButBatch(op) || !format || !accumulator ||
      !isZero(operands[1]) || !isZero(operands[2]))
    return Bounds::top();
  Bounds sums = windowSums(op, operands[0], semantics);
  Bounds counts =
      windowSums(op, Bounds::splat({Interval(1.0)}), Semantics::Real);
  size_t size = boundsSize(op.getType());
  if (Element all = sums.hull(); all.poisoned || !all.range.isBounded())
    return quotients(sums, counts, size, *format, semantics);
  std::vector<Element> inverses;
  for (size_t i = 0; i < size; ++i)
    inverses.push_back({Interval(1.0) / counts[i].range});
  auto loops = windowsOf(op, operands[0], 0.0, 0.0);
  if (!loops ||
      !loops->read(op.getType(), Bounds::elements(std::move(inverses)),
                   ArrayRef(loops->index).take_front(4)))
    return Bounds::top();
  return loops->sumOfProducts(*accumulator, *format);
}

} // namespace

void attachTosaWindows(MLIRContext *context) {
  attachTosa<tosa::Conv2DOp, conv2d>(context);
  attachTosa<tosa::DepthwiseConv2DOp, depthwiseConv2d>(context);
  attachTosa<tosa::MaxPool2dOp, maxPool>(context);
  attachTosa<tosa::AvgPool2dOp, avgPool>(context);
}

} // namespace act

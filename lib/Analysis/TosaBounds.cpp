//===- TosaBounds.cpp - Bounds through the ops of tosa --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Padding is explicit in tosa's convolutions and pooling: the input is padded
// first, then read at linear functions of the loop indices.
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "TensorLayout.h"
#include "act/Analysis/BoundsOpInterface.h"
#include "act/Analysis/LoopNest.h"
#include "act/IR/FloatFormat.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {
namespace {

template <typename OpT, Transfer (*How)(OpT, ArrayRef<Bounds>, Semantics)>
struct Model : BoundsOpInterface::ExternalModel<Model<OpT, How>, OpT> {
  std::vector<Transfer> transfer(Operation *op, ArrayRef<Bounds> operands,
                                 Semantics semantics) const {
    return {How(cast<OpT>(op), operands, semantics)};
  }
};

//===----------------------------------------------------------------------===//
// Loop nests
//===----------------------------------------------------------------------===//

/// A loop nest under construction; loop i is dimension i of `index`.
struct NestBuilder {
  NestBuilder(MLIRContext *context, ArrayRef<int64_t> extents,
              unsigned firstReduced) {
    nest.extents.assign(extents.begin(), extents.end());
    for (unsigned loop = 0; loop < extents.size(); ++loop) {
      nest.reduced.push_back(loop >= firstReduced);
      index.push_back(getAffineDimExpr(loop, context));
    }
  }
  bool read(Type type, const Bounds &bounds, ArrayRef<AffineExpr> at) {
    std::optional<LoopAccess> access = accessThrough(map(at), type, bounds);
    if (access)
      nest.inputs.push_back(*access);
    return access.has_value();
  }
  bool write(Type type, const Bounds &start, ArrayRef<AffineExpr> at) {
    std::optional<LoopAccess> access = accessThrough(map(at), type, start);
    if (access)
      nest.output = *access;
    nest.outputSize = boundsSize(type);
    return access.has_value();
  }
  AffineMap map(ArrayRef<AffineExpr> results) const {
    return AffineMap::get(index.size(), 0, results, index[0].getContext());
  }
  /// The sum over the reduced loops of the product of the two inputs, rounded
  /// to `result` at last.
  LoopNest sumOfProducts(Format accumulator, Format result) {
    Expression product = Expression::variable(0) * Expression::variable(1);
    nest.reduction = Reduction::Sum;
    nest.term = ElementFunction::unrounded(product, 2);
    nest.formats = {accumulator};
    if (result != accumulator)
      nest.resultFormat = result;
    return std::move(nest);
  }
  /// The reduction of the first input.
  LoopNest reduce(Reduction reduction, Format accumulator) {
    nest.reduction = reduction;
    nest.term =
        ElementFunction::unrounded(Expression::variable(0), nest.inputs.size());
    nest.formats = {accumulator};
    return std::move(nest);
  }

  LoopNest nest;
  SmallVector<AffineExpr> index;
};

bool isZero(const Bounds &bounds) { return bounds.asNumber() == 0.0; }

bool isStatic(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return !shaped ||
         (shaped.hasStaticShape() && boundsSize(type) <= kMaxBoundsSize);
}

bool allStatic(Operation *op) {
  return llvm::all_of(op->getOperandTypes(), isStatic) &&
         llvm::all_of(op->getResultTypes(), isStatic);
}

/// The same but for the batch, the first dimension of input and result.
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

/// Sets the extents of loops from the sizes of values whose dimensions they
/// index; false where two known ones differ, which no verifier rules out.
bool agreeOn(MutableArrayRef<int64_t> extents,
             ArrayRef<std::pair<ShapedType, std::array<unsigned, 3>>> values) {
  SmallVector<int64_t> known(extents.size(), ShapedType::kDynamic);
  for (const auto &[type, loops] : values)
    for (auto [size, loop] : llvm::zip_equal(type.getShape(), loops)) {
      if (ShapedType::isDynamic(size))
        continue;
      if (!ShapedType::isDynamic(known[loop]) && known[loop] != size)
        return false;
      extents[loop] = known[loop] = size;
    }
  return true;
}

Transfer matmul(tosa::MatMulOp op, ArrayRef<Bounds> operands,
                Semantics semantics) {
  auto a = cast<ShapedType>(op.getA().getType());
  auto b = cast<ShapedType>(op.getB().getType());
  auto result = cast<ShapedType>(op.getType());
  std::optional<Format> format = formatOf(result);
  SmallVector<int64_t> extents(4, 1);
  if (!isZero(operands[2]) || !isZero(operands[3]) || !format ||
      !agreeOn(extents,
               {{result, {0, 1, 2}}, {a, {0, 1, 3}}, {b, {0, 3, 2}}}) ||
      (a.isDynamicDim(2) && b.isDynamicDim(1)))
    return Bounds::top();
  NestBuilder loops(op.getContext(), extents, 3);
  auto d = loops.index;
  if (!loops.read(a, operands[0], {d[0], d[1], d[3]}) ||
      !loops.read(b, operands[1], {d[0], d[3], d[2]}) ||
      !loops.write(result, Bounds::splat({Interval(0.0)}), {d[0], d[1], d[2]}))
    return Bounds::top();
  return loops.sumOfProducts(*format, *format);
}

//===----------------------------------------------------------------------===//
// Windows over a padded image, N H W C
//===----------------------------------------------------------------------===//

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

Transfer conv2d(tosa::Conv2DOp op, ArrayRef<Bounds> operands,
                Semantics semantics) {
  if (!isPlainConvolution(op, operands))
    return Bounds::top();
  SmallVector<int64_t> window = boundsShape(op.getWeight().getType());
  SmallVector<int64_t> extents = boundsShape(op.getType());
  extents.append({window[1], window[2], window[3]});
  NestBuilder loops(op.getContext(), extents, 4);
  auto d = loops.index;
  ArrayRef<int64_t> stride = op.getStride(), dilation = op.getDilation();
  PaddedImage image =
      padImage(op.getInput(), operands[0], op.getPad(), {Interval(0.0)});
  if (!loops.read(image.type, image.bounds,
                  {d[0], d[1] * stride[0] + d[4] * dilation[0],
                   d[2] * stride[1] + d[5] * dilation[1], d[6]}) ||
      !loops.read(op.getWeight().getType(), operands[1],
                  {d[3], d[4], d[5], d[6]}) ||
      !loops.write(op.getType(), startFromBias(operands[2], op.getType()),
                   {d[0], d[1], d[2], d[3]}))
    return Bounds::top();
  return loops.sumOfProducts(*formatOf(op.getAccType()),
                             *formatOf(op.getType()));
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
  ArrayRef<int64_t> stride = op.getStride(), dilation = op.getDilation();
  PaddedImage image =
      padImage(op.getInput(), operands[0], op.getPad(), {Interval(0.0)});
  if (!loops.read(image.type, image.bounds,
                  {d[0], d[1] * stride[0] + d[5] * dilation[0],
                   d[2] * stride[1] + d[6] * dilation[1], d[3]}) ||
      !loops.read(op.getWeight().getType(), operands[1],
                  {d[5], d[6], d[3], d[4]}) ||
      !loops.write(op.getType(), startFromBias(operands[2], op.getType()),
                   {d[0], d[1], d[2], d[3] * window[3] + d[4]}))
    return Bounds::top();
  return loops.sumOfProducts(*formatOf(op.getAccType()),
                             *formatOf(op.getType()));
}

/// Reduces each window of a pooling op.
template <typename PoolOp>
Transfer pool(PoolOp op, const Bounds &input, double padding, double start,
              Reduction reduction, Format accumulator) {
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
    return Bounds::top();
  return loops.reduce(reduction, accumulator);
}

Transfer maxPool(tosa::MaxPool2dOp op, ArrayRef<Bounds> operands,
                 Semantics semantics) {
  if (!allStaticButBatch(op) || !formatOf(op.getType()))
    return Bounds::top();
  // Padding never wins.
  return pool(op, operands[0], -HUGE_VAL, -HUGE_VAL, Reduction::Maximum,
              *formatOf(op.getType()));
}

/// The mean of the elements that are no padding.
Transfer avgPool(tosa::AvgPool2dOp op, ArrayRef<Bounds> operands,
                 Semantics semantics) {
  std::optional<Format> format = formatOf(op.getType());
  std::optional<Format> accumulator = formatOf(op.getAccType());
  if (!allStaticButBatch(op) || !format || !accumulator ||
      !isZero(operands[1]) || !isZero(operands[2]))
    return Bounds::top();
  Bounds sums = pool(op, operands[0], 0.0, 0.0, Reduction::Sum, *accumulator)
                    .evaluate(semantics);
  Bounds counts = pool(op, Bounds::splat({Interval(1.0)}), 0.0, 0.0,
                       Reduction::Sum, *accumulator)
                      .evaluate(Semantics::Real);
  std::vector<Element> means;
  for (int64_t i = 0, e = boundsSize(op.getType()); i < e; ++i) {
    Element sum = sums[i];
    Interval mean = sum.range / counts[i].range;
    // By division or by the rounded reciprocal: within 2 ulp.
    if (semantics == Semantics::Ieee)
      mean = executed(mean, 2.0, *format);
    means.push_back(sum.poisoned ? sum : Element{mean, false, sum.mayBeNaN});
  }
  return Bounds::elements(std::move(means));
}

//===----------------------------------------------------------------------===//
// Reductions and layout
//===----------------------------------------------------------------------===//

template <typename OpT, Reduction kind>
Transfer reduceAxis(OpT op, ArrayRef<Bounds> operands, Semantics semantics) {
  auto type = cast<ShapedType>(op.getInput().getType());
  unsigned axis = op.getAxis();
  if (!haveSameUnknownSizes(type, op.getType()) || type.isDynamicDim(axis) ||
      !formatOf(type))
    return Bounds::top();
  SmallVector<int64_t> extents = boundsShape(op.getType());
  unsigned rank = extents.size();
  extents.push_back(type.getDimSize(axis));
  NestBuilder loops(op.getContext(), extents, rank);
  SmallVector<AffineExpr> from(ArrayRef(loops.index).drop_back());
  SmallVector<AffineExpr> to = from;
  from[axis] = loops.index.back();
  double start = kind == Reduction::Sum       ? 0.0
                 : kind == Reduction::Maximum ? -HUGE_VAL
                                              : HUGE_VAL;
  if (!loops.read(type, operands[0], from) ||
      !loops.write(op.getType(), Bounds::splat({Interval(start)}), to))
    return Bounds::top();
  return loops.reduce(kind, *formatOf(type));
}

Transfer reshape(tosa::ReshapeOp op, ArrayRef<Bounds> operands, Semantics) {
  return reshaped(operands[0], op.getInput1().getType(), op.getType());
}

Transfer transpose(tosa::TransposeOp op, ArrayRef<Bounds> operands, Semantics) {
  SmallVector<int64_t> permutation(op.getPerms());
  return transposed(operands[0], op.getInput1().getType(), op.getType(),
                    permutation);
}

Transfer concat(tosa::ConcatOp op, ArrayRef<Bounds> operands, Semantics) {
  return concatenated(operands, op->getOperandTypes(), op.getType(),
                      op.getAxis());
}

/// Integers of a shape operand, if it is constant.
std::optional<SmallVector<int64_t>> shapeOperand(Value value) {
  DenseIntElementsAttr attribute;
  if (!matchPattern(value, m_Constant(&attribute)))
    return std::nullopt;
  SmallVector<int64_t> values;
  for (const APInt &number : attribute.getValues<APInt>())
    values.push_back(number.getSExtValue());
  return values;
}

Transfer pad(tosa::PadOp op, ArrayRef<Bounds> operands, Semantics) {
  // Pairs (before, after), one for each dimension.
  if (auto amounts = shapeOperand(op.getPadding())) {
    SmallVector<int64_t> low, high;
    for (size_t i = 0; i < amounts->size(); i += 2) {
      low.push_back((*amounts)[i]);
      high.push_back((*amounts)[i + 1]);
    }
    if (auto result = padded(operands[0], op.getInput1().getType(),
                             op.getType(), low, high, operands[2][0]))
      return Transfer::movement(*result);
  }
  return Bounds::join(anyElement(operands[0]), anyElement(operands[2]));
}

Transfer slice(tosa::SliceOp op, ArrayRef<Bounds> operands, Semantics) {
  auto start = shapeOperand(op.getStart());
  if (!start || !allStatic(op))
    return anyElement(operands[0]);
  SmallVector<int64_t> ones(start->size(), 1);
  // The verifier leaves it open whether the slice lies within the operand.
  std::optional<StridedBox> box =
      boxWithin(boundsShape(op.getInput1().getType()), *start,
                boundsShape(op.getType()), ones);
  if (!box)
    return anyElement(operands[0]);
  return Transfer::movement(gather(operands[0], *box));
}

Transfer tile(tosa::TileOp op, ArrayRef<Bounds> operands, Semantics) {
  return anyElement(operands[0]);
}

/// (x - z) m 2^-s + z', rounded to an integer once or, by halves, twice, and
/// saturated. Of integers without a sign no more is known than their type.
Transfer rescale(tosa::RescaleOp op, ArrayRef<Bounds> operands, Semantics) {
  auto result = cast<ShapedType>(op.getType());
  auto type = dyn_cast<IntegerType>(result.getElementType());
  if (!type || type.getWidth() > 48)
    return Bounds::top();
  double end = std::ldexp(1.0, type.getWidth() - 1);
  Interval all(-end, end - 1.0);
  auto zeroPoint = operands[3].asNumber(),
       newZeroPoint = operands[4].asNumber();
  bool isKnown = operands[1].areNumbers() && operands[2].areNumbers() &&
                 zeroPoint && newZeroPoint && !op.getInputUnsigned() &&
                 !op.getOutputUnsigned() && isStatic(result);
  if (!isKnown)
    return Bounds::splat({all});
  int64_t channels = op.getPerChannel() ? result.getShape().back() : 1;
  std::vector<Element> elements;
  for (int64_t i = 0, e = boundsSize(result); i < e; ++i) {
    int64_t channel = i % channels;
    double shift = operands[2][channel].range.lo;
    Interval scale =
        operands[1][channel].range * Interval(std::ldexp(1.0, -int(shift)));
    Interval value = (operands[0][i].range - Interval(*zeroPoint)) * scale +
                     Interval(*newZeroPoint - 1.0, *newZeroPoint + 1.0);
    elements.push_back({{std::clamp(value.lo, all.lo, all.hi),
                         std::clamp(value.hi, all.lo, all.hi)}});
  }
  return Bounds::elements(std::move(elements));
}

template <typename OpT, Transfer (*How)(OpT, ArrayRef<Bounds>, Semantics)>
void attach(MLIRContext *context) {
  OpT::template attachInterface<Model<OpT, How>>(*context);
}

} // namespace

void registerTosaBounds(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tosa::TosaDialect *) {
    using namespace tosa;
    attach<MatMulOp, matmul>(context);
    attach<Conv2DOp, conv2d>(context);
    attach<DepthwiseConv2DOp, depthwiseConv2d>(context);
    attach<MaxPool2dOp, maxPool>(context);
    attach<AvgPool2dOp, avgPool>(context);
    attach<ReduceSumOp, reduceAxis<ReduceSumOp, Reduction::Sum>>(context);
    attach<ReduceMaxOp, reduceAxis<ReduceMaxOp, Reduction::Maximum>>(context);
    attach<ReduceMinOp, reduceAxis<ReduceMinOp, Reduction::Minimum>>(context);
    attach<ReshapeOp, reshape>(context);
    attach<TransposeOp, transpose>(context);
    attach<ConcatOp, concat>(context);
    attach<PadOp, pad>(context);
    attach<SliceOp, slice>(context);
    attach<TileOp, tile>(context);
    attach<RescaleOp, rescale>(context);
  });
}

} // namespace act

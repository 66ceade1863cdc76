//===- TosaBounds.cpp - Bounds through the ops of tosa --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExecutedError.h"
#include "TensorLayout.h"
#include "TosaLoops.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace act {
namespace {

bool allStatic(Operation *op) {
  return llvm::all_of(op->getOperandTypes(), isStatic) &&
         llvm::all_of(op->getResultTypes(), isStatic);
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
                 !op.getOutputUnsigned() && isStatic(result) &&
                 isStatic(op.getInput().getType());
  if (!isKnown)
    return Bounds::splat({all});
  int64_t channels = op.getPerChannel() ? result.getShape().back() : 1;
  std::vector<Element> elements;
  for (int64_t i = 0, e = boundsSize(result); i < e; ++i) {
    // A comparison that NaN decided may be the integer.
    if (operands[0][i].mayBeNaN) {
      elements.push_back({all});
      continue;
    }
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

} // namespace

void registerTosaBounds(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tosa::TosaDialect *) {
    using namespace tosa;
    attachTosaWindows(context);
    attachTosa<MatMulOp, matmul>(context);
    attachTosa<ReduceSumOp, reduceAxis<ReduceSumOp, Reduction::Sum>>(context);
    attachTosa<ReduceMaxOp, reduceAxis<ReduceMaxOp, Reduction::Maximum>>(
        context);
    attachTosa<ReduceMinOp, reduceAxis<ReduceMinOp, Reduction::Minimum>>(
        context);
    attachTosa<ReshapeOp, reshape>(context);
    attachTosa<TransposeOp, transpose>(context);
    attachTosa<ConcatOp, concat>(context);
    attachTosa<PadOp, pad>(context);
    attachTosa<SliceOp, slice>(context);
    attachTosa<TileOp, tile>(context);
    attachTosa<RescaleOp, rescale>(context);
  });
}

} // namespace act

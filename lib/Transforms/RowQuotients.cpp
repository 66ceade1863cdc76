//===- RowQuotients.cpp - Weights of a row by their sum -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowQuotients.h"
#include "act/IR/Emission.h"
#include "act/IR/RareBranch.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/bit.h"
#include <algorithm>

using namespace mlir;

namespace act {

RowQuotients::RowQuotients(ImplicitLocOpBuilder &b, VectorType lanes,
                           Value total, Value share, bool keepsDigits,
                           float vanishing)
    : b(b), lanes(lanes) {
  auto type = cast<FloatType>(lanes.getElementType());
  Value rounded = convertFloat(b, b.getLoc(), share, type);
  high = spread(rounded, type);
  if (keepsDigits && type.isF64()) {
    // What is left of a division by it is a number.
    Value one = arith::ConstantOp::create(b, b.getF64FloatAttr(1.0));
    Value rest =
        math::FmaOp::create(b, arith::NegFOp::create(b, total), share, one);
    low = spread(arith::MulFOp::create(b, rest, share), type);
  } else if (keepsDigits) {
    Value rest = arith::SubFOp::create(
        b, share, convertFloat(b, b.getLoc(), rounded, b.getF64Type()));
    low = spread(rest, type);
  }
  if (type.isF32())
    findSubnormalRange(total, share, vanishing);
}

Value RowQuotients::spread(Value scalar, FloatType type) {
  Value converted = convertFloat(b, b.getLoc(), scalar, type);
  return vector::BroadcastOp::create(b, lanes.clone(type), converted);
}

void RowQuotients::findSubnormalRange(Value total, Value share,
                                      float vanishing) {
  // A product with the low part is to be normal, too, or it takes long: that
  // part is at most 2^-25 of the other, but in one row of 2^16 less than 2^-41.
  const double normal = low ? 0x1p-85 : 0x1p-125;
  Value factor = arith::ConstantOp::create(b, b.getF64FloatAttr(normal));
  Value bound = convertFloat(
      b, b.getLoc(), arith::MulFOp::create(b, total, factor), b.getF32Type());
  Value first = arith::ConstantOp::create(
      b, b.getI32IntegerAttr(
             std::max(llvm::bit_cast<int32_t>(vanishing), int32_t(1))));
  Value pattern = arith::BitcastOp::create(b, b.getI32Type(), bound);
  VectorType integers = lanes.clone(b.getI32Type());
  end = vector::BroadcastOp::create(b, integers, pattern);
  least = vector::BroadcastOp::create(b, integers, first);
  span = vector::BroadcastOp::create(b, integers,
                                     arith::SubIOp::create(b, pattern, first));
  wide = spread(share, b.getF64Type());
}

/// Patterns of numbers that are not negative have their order; NaN is largest.
Value RowQuotients::patternOf(Value weights) {
  return arith::BitcastOp::create(b, least.getType(), weights);
}

Value RowQuotients::divide(Value weights) {
  if (!low)
    return arith::MulFOp::create(b, weights, high);
  return math::FmaOp::create(b, weights, high,
                             arith::MulFOp::create(b, weights, low));
}

/// What the other way rounds as if it were by itself, for weights from `end`.
Value RowQuotients::divideGradually(Value weights) {
  Value product = arith::MulFOp::create(
      b, convertFloat(b, b.getLoc(), weights, b.getF64Type()), wide);
  Value small = convertFloat(b, b.getLoc(), product, b.getF32Type());
  // Not a selection, by which LLVM would see that this is what the other way
  // computes, and do so before it branches.
  Value pattern = patternOf(weights);
  Value others = arith::MaxUIOp::create(b, pattern, end);
  Value isSmall =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, pattern, end);
  return arith::SelectOp::create(
      b, isSmall, small, divide(arith::BitcastOp::create(b, lanes, others)));
}

Value RowQuotients::isAnySubnormal(ArrayRef<Value> weights) {
  Value nearest;
  for (Value register_ : weights) {
    Value distance = arith::SubIOp::create(b, patternOf(register_), least);
    nearest = nearest ? arith::MinUIOp::create(b, nearest, distance).getResult()
                      : distance;
  }
  Value isWithin =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, nearest, span);
  return emitRarely(b, b.getLoc(), emitIsAny(b, b.getLoc(), isWithin));
}

SmallVector<Value> RowQuotients::divideNormal(ArrayRef<Value> weights) {
  return llvm::map_to_vector(weights,
                             [&](Value weight) { return divide(weight); });
}

SmallVector<Value> RowQuotients::divide(ArrayRef<Value> weights) {
  if (!wide)
    return divideNormal(weights);
  return emitBranch(
      b, b.getLoc(), isAnySubnormal(weights),
      [&]() -> SmallVector<Value> {
        return llvm::map_to_vector(
            weights, [&](Value weight) { return divideGradually(weight); });
      },
      [&] { return divideNormal(weights); });
}

} // namespace act

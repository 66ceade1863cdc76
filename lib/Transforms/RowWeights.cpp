//===- RowWeights.cpp - Weights of the scores of a row --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowWeights.h"
#include "RowSweeps.h"
#include "act/IR/Emission.h"
#include "act/IR/SynthesizedForms.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include <utility>

using namespace mlir;

namespace act {

RowWeights::RowWeights(ImplicitLocOpBuilder &b, const RowLoopShape &shape,
                       FloatType element, VectorType lanes)
    : b(b), shape(shape), lanes(lanes), wideLanes(lanes.clone(b.getF64Type())),
      isNarrow(element.getWidth() <= 16) {
  if (isNarrow || !shape.exponential)
    return;
  form = std::get_if<ExponentialForm>(&shape.exponential->form);
  if (form && !form->hasTable())
    form = nullptr;
}

SmallVector<RowWeights::Parts> RowWeights::of(ArrayRef<Value> scores, Value top,
                                              bool isNear) {
  SmallVector<Parts> weights;
  if (!isNarrow) {
    for (Value register_ : scores)
      weights.push_back(partsOf(register_, top, isNear));
    return weights;
  }
  SmallVector<Value> distances;
  for (Value register_ : scores)
    distances.push_back(arith::SubFOp::create(b, register_, top));
  for (Value weight : exponentialsOf(distances))
    weights.push_back({weight, {}});
  return weights;
}

RowWeights::Parts RowWeights::partsOf(Value scores, Value top, bool isNear) {
  if (!form) {
    ExpBelow weight = emitExpBelow(b, b.getLoc(), scores, top);
    return {weight.value, weight.lost};
  }
  auto parts = buildExponentialBelow(
      b, b.getLoc(), *form, shape.exponential->error, scores, top, isNear);
  Parts weights{parts.getPower(), parts.getGrowth()};
  return shape.keepsDigits ? weights : Parts{joined(weights), {}};
}

/// A form takes all registers at once: it looks for rare arguments, and so
/// does it once.
SmallVector<Value> RowWeights::exponentialsOf(ArrayRef<Value> distances) {
  SmallVector<Value> results;
  if (!shape.exponential) {
    for (Value distance : distances)
      results.push_back(math::ExpOp::create(b, distance));
    return results;
  }
  const int64_t count = distances.size() * shape.lanes;
  Value all = splat(VectorType::get({count}, lanes.getElementType()), 0.0);
  for (auto [i, distance] : llvm::enumerate(distances))
    all = vector::InsertStridedSliceOp::create(b, distance, all,
                                               i * shape.lanes, 1);
  Value weights = buildForm(b, b.getLoc(), *shape.exponential, all);
  for (int64_t offset = 0; offset < count; offset += shape.lanes)
    results.push_back(vector::ExtractStridedSliceOp::create(b, weights, offset,
                                                            shape.lanes, 1));
  return results;
}

Value RowWeights::joined(Parts weights) {
  Value whole = convertFloat(b, b.getLoc(), weights.whole, storeType());
  if (!weights.growth)
    return whole;
  Value growth = convertFloat(b, b.getLoc(), weights.growth, storeType());
  return multiplyAdd(whole, growth, whole);
}

/// f64 where the target does not fuse: weights of f32 would else be rounded
/// twice.
FloatType RowWeights::storeType() const {
  auto computed = cast<FloatType>(lanes.getElementType());
  return computed.isF32() && shape.keepsDigits && !shape.fuses ? b.getF64Type()
                                                               : computed;
}

/// As the op's other version tells them: where it counts from the top, weights
/// have another scale, and those of one row are compared. In a row of NaN alone
/// the largest is -inf.
Value RowWeights::isNear(Value largest, Value least) {
  auto compare = [&](arith::CmpFPredicate predicate, Value value, float bound) {
    Value limit =
        arith::ConstantOp::create(b, b.getFloatAttr(value.getType(), bound));
    return arith::CmpFOp::create(b, predicate, value, limit);
  };
  Value isNearZero = compare(arith::CmpFPredicate::OLT,
                             math::AbsFOp::create(b, largest), kNearTop);
  Value isNearTop =
      compare(arith::CmpFPredicate::OLE,
              arith::SubFOp::create(b, largest, least), kNearSpan);
  return arith::AndIOp::create(b, isNearZero, isNearTop);
}

/// Weights of act.exponential_below are 2^64 too large, so that results of
/// these are less than 2^-163.
float RowWeights::vanishing() const { return form ? 0x1p-99f : 0.0f; }

Value RowWeights::multiplyAdd(Value x, Value y, Value z) {
  if (shape.fuses)
    return math::FmaOp::create(b, x, y, z);
  return arith::AddFOp::create(b, arith::MulFOp::create(b, x, y), z);
}

Value RowWeights::splat(VectorType type, double value) {
  return constantLike(b, b.getLoc(), type,
                      b.getFloatAttr(type.getElementType(), value));
}

Value RowWeights::widened(Value value) {
  return convertFloat(b, b.getLoc(), value, b.getF64Type());
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Those of act.exponential_below are at most 2^65.
double RowWeights::aboveWeights() const { return form ? 0x1p66 : 2.0; }

/// What there is in f64 and, where digits are kept, what whole parts sum up to
/// above aboveWeights(), in the type of weights.
SmallVector<Value> RowWeights::emptySums() {
  SmallVector<Value> sums = {splat(wideLanes, 0.0)};
  if (shape.keepsDigits)
    sums.push_back(splat(lanes, aboveWeights()));
  return sums;
}

/// What a sum rounds off is exact as the sum is never less than a weight
/// (Dekker's FastTwoSum): four instructions, where to widen both halves of a
/// register and to add them are seven. Of small weights that is all there is,
/// and so it is rounded twice at most before it is widened.
SmallVector<Value> RowWeights::accumulate(ValueRange sums,
                                          ArrayRef<Parts> terms, bool isSmall) {
  auto sum = [&](Value x, Value y) -> Value {
    return arith::AddFOp::create(b, x, y);
  };
  SmallVector<Value> parts, next(sums);
  for (const Parts &term : terms) {
    if (!shape.keepsDigits) {
      parts.push_back(term.whole);
      continue;
    }
    Value before = std::exchange(next.back(), sum(next.back(), term.whole));
    Value lost = arith::SubFOp::create(
        b, term.whole, arith::SubFOp::create(b, next.back(), before));
    parts.push_back(term.growth ? multiplyAdd(term.whole, term.growth, lost)
                                : lost);
  }
  assert(!terms.empty() && "expected a register of weights");
  const size_t together = isSmall && shape.keepsDigits ? 2 : parts.size();
  for (size_t i = 0; i < parts.size(); i += together) {
    auto some = ArrayRef(parts).slice(i).take_front(together);
    next.front() =
        sum(next.front(), widened(foldInPairs(SmallVector<Value>(some), sum)));
  }
  return next;
}

Value RowWeights::totalOf(ArrayRef<Value> sums) {
  Value total = sums.front();
  for (Value wholes : sums.drop_front()) {
    Value above = arith::SubFOp::create(b, widened(wholes),
                                        splat(wideLanes, aboveWeights()));
    total = arith::AddFOp::create(b, above, total);
  }
  return sumOfLanes(total);
}

Value RowWeights::sumOfLanes(Value totals) {
  auto flags = shape.lanesInOrder ? arith::FastMathFlags::none
                                  : arith::FastMathFlags::reassoc;
  Value zero = arith::ConstantOp::create(b, b.getF64FloatAttr(0.0));
  return vector::ReductionOp::create(b, vector::CombiningKind::ADD, totals,
                                     zero, flags);
}

Value RowWeights::firstOf(Parts weights) {
  auto first = [&](Value values) {
    return widened(vector::ExtractOp::create(b, values, 0));
  };
  Value whole = first(weights.whole);
  if (!weights.growth)
    return whole;
  return multiplyAdd(whole, first(weights.growth), whole);
}

} // namespace act

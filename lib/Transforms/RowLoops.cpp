//===- RowLoops.cpp - Vector loops over rows of probabilities -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Three sweeps over each row while it lies in the nearest cache: the range of
// its scores, the weights with their sum, and the results. A sweep takes
// several registers a step and the rest of the row by one register, masked.
// Where scores are near each other, as they mostly are, the latter two take
// fewer steps.
//
// Where 2 ulp are asked for, each step keeps its digits: weights come in two
// parts, of which the sum, in f64, takes both, and a quotient by the sum is a
// product with its reciprocal in two parts. What is left is the rounding of the
// weight, of up to twice as many ulps of the result, and that of the result.
//
//===----------------------------------------------------------------------===//

#include "RowLoops.h"
#include "RowQuotients.h"
#include "RowSweeps.h"
#include "RowWeights.h"
#include "act/IR/Emission.h"
#include "act/IR/RareBranch.h"
#include "act/IR/Record.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;

namespace act {
namespace {

class ProbabilityLoops : public RowSweeps {
public:
  ProbabilityLoops(OpBuilder &builder, RowwiseOpInterface op,
                   const RowLoopShape &shape)
      : RowSweeps(builder, op, shape), weights(b, shape, element, lanes) {}

protected:
  bool seeksLeast() const override { return weights.knowNear(); }

  Value buildRow(Value result, Range range,
                 function_ref<void()> meanwhile) override {
    Value isNear =
        range.least ? weights.isNear(range.largest, range.least) : Value();
    return op.getRowRecord().form == RowForm::LogProbability
               ? buildLogProbabilities(result, range.largest, isNear, meanwhile)
               : buildProbabilities(result, range.largest, isNear, meanwhile);
  }

private:
  Value isEmpty(Value largest) {
    return arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, largest,
                                 number(computed, -kInfinity));
  }

  /// The largest score, 0 where a row without any weight is 0.
  Value topOf(Value largest) {
    if (!op.isEmptyRowZero())
      return broadcast(largest);
    return broadcast(arith::SelectOp::create(b, isEmpty(largest),
                                             number(computed, 0.0), largest));
  }

  /// What `build` makes, told whether the row's scores are near; `isNear` may
  /// be null, where that isn't known.
  SmallVector<Value> eitherWay(Value isNear,
                               function_ref<SmallVector<Value>(bool)> build) {
    if (!isNear)
      return build(false);
    return emitBranch(
        b, b.getLoc(), isNear, [&] { return build(true); },
        [&] { return build(false); });
  }

  /// The weights of a step's scores; what is not of the row weighs nothing.
  SmallVector<RowWeights::Parts> weightsOf(Step step, ArrayRef<Value> scores,
                                           Value top, bool isNear) {
    auto inRow = llvm::map_to_vector(scores, [&](Value register_) {
      return within(step.mask, register_, top);
    });
    SmallVector<RowWeights::Parts> parts = weights.of(inRow, top, isNear);
    for (RowWeights::Parts &part : parts)
      part.whole = within(step.mask, part.whole, splat(lanes, 0.0));
    return parts;
  }

  /// Where weights wait for their sum: in the registers of a short row, in its
  /// result if that has their type, or in memory for one row.
  struct WeightStore {
    SmallVector<Value> registers;
    Value memory;
    bool isResult;
  };

  Value buildProbabilities(Value result, Value largest, Value isNear,
                           function_ref<void()> meanwhile) {
    assert(!(isShort() && isNear) && "registers have one store");
    WeightStore store;
    store.isResult = element == weights.storeType();
    if (isShort() || store.isResult)
      store.memory = result;
    else
      store.memory = tensor::EmptyOp::create(
          b, ArrayRef<OpFoldResult>{sizes.back()}, weights.storeType());
    Value total = storeWeights(topOf(largest), isNear, store);
    RowQuotients quotients = quotientsBy(total, largest);
    meanwhile();
    if (store.isResult)
      result = store.memory;
    return eitherWay(isNear,
                     [&](bool isNear) {
                       return writeQuotients(result, quotients, store, isNear);
                     })
        .front();
  }

  SmallVector<Value> writeQuotients(Value result, RowQuotients &quotients,
                                    const WeightStore &store, bool isNear) {
    auto *next = store.registers.begin();
    return sweep(result, [&](Step step, ValueRange carried) {
      Value written = carried[0];
      Value stored = store.isResult ? written : store.memory;
      SmallVector<Value> values;
      for (unsigned i = 0; i < step.registers; ++i)
        values.push_back(
            isShort() ? *next++ : read(stored, positionOf(step, i), step.mask));
      values =
          isNear ? quotients.divideNormal(values) : quotients.divide(values);
      for (auto [i, value] : llvm::enumerate(values))
        written = write(convertFloat(b, b.getLoc(), value, element), written,
                        positionOf(step, i), step.mask);
      return SmallVector<Value>{written};
    });
  }

  /// The sum of all weights.
  Value storeWeights(Value top, Value isNear, WeightStore &store) {
    SmallVector<Value> sums = weights.emptySums();
    sums.push_back(store.memory);
    sums = eitherWay(isNear, [&](bool isNear) {
      return sweep(sums, [&](Step step, ValueRange carried) {
        Value stored = carried.back();
        auto terms = weightsOf(step, scoresOf(step), top, isNear);
        for (auto [i, term] : llvm::enumerate(terms)) {
          Value weight = weights.joined(term);
          if (isShort())
            store.registers.push_back(weight);
          else
            stored = write(weight, stored, positionOf(step, i), step.mask);
        }
        SmallVector<Value> next =
            weights.accumulate(carried.drop_back(), terms, /*isSmall=*/false);
        next.push_back(stored);
        return next;
      });
    });
    store.memory = sums.pop_back_val();
    return weights.totalOf(sums);
  }

  /// By `total`; of a row without weight, where that is 0, a quotient is 0.
  RowQuotients quotientsBy(Value total, Value largest) {
    FloatType f64 = b.getF64Type();
    Value share = arith::DivFOp::create(b, number(f64, 1.0), total);
    if (op.isEmptyRowZero()) {
      // Not if all others than a NaN are -inf.
      Value isNumber =
          arith::CmpFOp::create(b, arith::CmpFPredicate::ORD, total, total);
      share = arith::SelectOp::create(b, both(isNumber, isEmpty(largest)),
                                      number(f64, 0.0), share);
    }
    return RowQuotients(b, lanes.clone(weights.storeType()), total, share,
                        shape.keepsDigits && shape.fuses, weights.vanishing());
  }

  //===--------------------------------------------------------------------===//
  // Logarithms
  //===--------------------------------------------------------------------===//

  /// The weights of all scores but one of the largest, in weights of that.
  Value sumBeside(Value largest, Value isNear) {
    Value top = topOf(largest), all = broadcast(largest);
    SmallVector<Value> sums = weights.emptySums();
    sums.push_back(splat(lanes, 0.0));
    sums = eitherWay(isNear, [&](bool isNear) {
      return sweep(sums, [&](Step step, ValueRange carried) {
        Value count = carried.back();
        SmallVector<Value> scores = scoresOf(step);
        auto others = weightsOf(step, scores, top, isNear);
        for (auto [register_, term] : llvm::zip_equal(scores, others)) {
          Value isLargest = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ,
                                                  register_, all);
          term.whole = arith::SelectOp::create(b, isLargest, splat(lanes, 0.0),
                                               term.whole);
          Value more = arith::AddFOp::create(b, count, splat(lanes, 1.0));
          count = arith::SelectOp::create(b, both(step.mask, isLargest), more,
                                          count);
        }
        SmallVector<Value> next =
            weights.accumulate(carried.drop_back(), others, /*isSmall=*/true);
        next.push_back(count);
        return next;
      });
    });
    FloatType f64 = b.getF64Type();
    Value counts = convertFloat(b, b.getLoc(), sums.pop_back_val(), f64);
    auto ofLargest = weights.of({all}, top, /*isNear=*/false);
    Value rest = arith::DivFOp::create(b, weights.totalOf(sums),
                                       weights.firstOf(ofLargest.front()));
    // Lanes count exactly in f32 up to 2^24.
    Value others =
        arith::SubFOp::create(b, weights.sumOfLanes(counts), number(f64, 1.0));
    return arith::AddFOp::create(b, rest, others);
  }

  /// Identity: with the weight W of the largest score, which k scores have, and
  /// the weights w of all others, log(sum / W) = log1p(sum w / W + (k - 1)):
  /// only so do small weights count beside it. Both parts of the result are
  /// negative, so nothing cancels.
  Value buildLogProbabilities(Value result, Value largest, Value isNear,
                              function_ref<void()> meanwhile) {
    Value all = broadcast(largest);
    // Weights of forms are exact enough for a logarithm in f32.
    Value beside = sumBeside(largest, isNear);
    if (shape.exponential)
      beside = convertFloat(b, b.getLoc(), beside, computed);
    auto logarithm = math::Log1pOp::create(b, beside);
    logarithm->setAttr("accuracy", accuracyOfParts(b.getContext()));
    // NaN where the largest is infinite, as its weight is.
    Value nothing = arith::SubFOp::create(b, largest, largest);
    Value less = broadcast(arith::AddFOp::create(
        b, convertFloat(b, b.getLoc(), logarithm, computed), nothing));
    meanwhile();
    return sweep(result,
                 [&](Step step, ValueRange carried) {
                   Value written = carried[0];
                   for (auto [i, scores] : llvm::enumerate(scoresOf(step))) {
                     Value distance = arith::SubFOp::create(b, scores, all);
                     Value value = arith::SubFOp::create(b, distance, less);
                     written =
                         write(convertFloat(b, b.getLoc(), value, element),
                               written, positionOf(step, i), step.mask);
                   }
                   return SmallVector<Value>{written};
                 })
        .front();
  }

  RowWeights weights;
};

} // namespace

const char *reasonAgainstRowLoops(RowwiseOpInterface op) {
  if (const char *reason = reasonAgainstSeparateScores(op))
    return reason;
  if (!hasPlainScores(op))
    return "expected scores that are the operand itself";
  return nullptr;
}

const char *reasonAgainstSeparateScores(RowwiseOpInterface op) {
  const RowForm form = op.getRowRecord().form;
  auto type = dyn_cast<RankedTensorType>(op->getResultTypes()[0]);
  if (!type || type.getEncoding())
    return "expected tensors without an encoding";
  if (form != RowForm::Probability && form != RowForm::LogProbability)
    return "expected a form of probabilities";
  if (op->hasAttr("hard"))
    return "expected probabilities rather than the largest one";
  if (op.getRowAxis() + 1 != type.getRank())
    return "expected rows along the innermost dimension";
  return nullptr;
}

Value buildRowLoops(OpBuilder &builder, RowwiseOpInterface op,
                    const RowLoopShape &shape) {
  return ProbabilityLoops(builder, op, shape).build();
}

} // namespace act

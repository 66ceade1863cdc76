//===- RowLoops.cpp - Vector loops over rows of probabilities -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Three sweeps over each row while it lies in the nearest cache: the largest
// score, the weights with their sum, and the results. A sweep takes several
// registers a step and the rest of the row by one register, masked.
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
#include "act/IR/Emission.h"
#include "act/IR/Record.h"
#include "act/IR/SynthesizedForms.h"
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
      : RowSweeps(builder, op, shape),
        sums(VectorType::get({shape.lanes}, b.getF64Type())) {}

protected:
  Value buildRow(Value result) override {
    Value largest = findLargest();
    return op.getRowRecord().form == RowForm::LogProbability
               ? buildLogProbabilities(result, largest)
               : buildProbabilities(result, largest);
  }

private:
  //===--------------------------------------------------------------------===//
  // Weights
  //===--------------------------------------------------------------------===//

  /// The weights exp(s - m) of scores times a number that m alone decides, in
  /// two parts if they keep what they round off: whole + whole * growth.
  struct Weights {
    Value whole, growth;
  };

  SmallVector<Weights> weightsOf(ArrayRef<Value> scores, Value largest) {
    SmallVector<Weights> weights;
    if (element.getWidth() > 16) {
      for (Value register_ : scores)
        weights.push_back(partsOf(register_, largest));
      return weights;
    }
    SmallVector<Value> distances;
    for (Value register_ : scores)
      distances.push_back(arith::SubFOp::create(b, register_, largest));
    for (Value weight : exponentialsOf(distances))
      weights.push_back({weight, {}});
    return weights;
  }

  /// The form by which weights come in two parts; null where they do not.
  const ExponentialForm *exponentialBelow() {
    if (element.getWidth() <= 16 || !shape.exponential)
      return nullptr;
    auto *form = std::get_if<ExponentialForm>(&shape.exponential->form);
    return form && form->hasTable() ? form : nullptr;
  }

  Weights partsOf(Value scores, Value largest) {
    const ExponentialForm *form = exponentialBelow();
    if (!form) {
      ExpBelow weight = emitExpBelow(b, b.getLoc(), scores, largest);
      return {weight.value, weight.lost};
    }
    auto parts = buildExponentialBelow(
        b, b.getLoc(), *form, shape.exponential->error, scores, largest);
    Weights weights{parts.getPower(), parts.getGrowth()};
    return shape.keepsDigits ? weights : Weights{joined(weights), {}};
  }

  /// A form takes all registers at once: it looks for rare arguments, and so
  /// does it once.
  SmallVector<Value> exponentialsOf(ArrayRef<Value> distances) {
    SmallVector<Value> results;
    if (!shape.exponential) {
      for (Value distance : distances)
        results.push_back(math::ExpOp::create(b, distance));
      return results;
    }
    const int64_t count = distances.size() * shape.lanes;
    Value all = splat(VectorType::get({count}, computed), 0.0);
    for (auto [i, distance] : llvm::enumerate(distances))
      all = vector::InsertStridedSliceOp::create(b, distance, all,
                                                 i * shape.lanes, 1);
    Value weights = buildForm(b, b.getLoc(), *shape.exponential, all);
    for (int64_t offset = 0; offset < count; offset += shape.lanes)
      results.push_back(vector::ExtractStridedSliceOp::create(
          b, weights, offset, shape.lanes, 1));
    return results;
  }

  /// The first of them, in f64.
  Value sumOfParts(Weights weights) {
    auto first = [&](Value values) {
      return convertFloat(b, b.getLoc(),
                          vector::ExtractOp::create(b, values, 0),
                          b.getF64Type());
    };
    Value whole = first(weights.whole);
    if (!weights.growth)
      return whole;
    return multiplyAdd(whole, first(weights.growth), whole);
  }

  /// Both parts together, as they are stored.
  Value joined(Weights weights) {
    Value whole = convertFloat(b, b.getLoc(), weights.whole, storeType());
    if (!weights.growth)
      return whole;
    Value growth = convertFloat(b, b.getLoc(), weights.growth, storeType());
    return multiplyAdd(whole, growth, whole);
  }

  /// f64 where the target does not fuse: weights of f32 would else be rounded
  /// twice.
  FloatType storeType() {
    return computed.isF32() && shape.keepsDigits && !shape.fuses
               ? b.getF64Type()
               : computed;
  }

  Value multiplyAdd(Value x, Value y, Value z) {
    if (shape.fuses)
      return math::FmaOp::create(b, x, y, z);
    return arith::AddFOp::create(b, arith::MulFOp::create(b, x, y), z);
  }

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

  Value sumOf(SmallVector<Value> terms) {
    return foldInPairs(std::move(terms), [&](Value x, Value y) -> Value {
      return arith::AddFOp::create(b, x, y);
    });
  }

  /// `total` and the sum of each lane of `terms`. Where digits are kept, whole
  /// parts are added in f64 one by one, and the small parts first.
  Value accumulate(Value total, ArrayRef<Weights> terms) {
    auto widen = [&](Value value) {
      return convertFloat(b, b.getLoc(), value, b.getF64Type());
    };
    SmallVector<Value> wholes;
    Value small;
    for (const Weights &term : terms) {
      wholes.push_back(shape.keepsDigits ? widen(term.whole) : term.whole);
      if (term.growth && small)
        small = multiplyAdd(term.whole, term.growth, small);
      else if (term.growth)
        small = arith::MulFOp::create(b, term.whole, term.growth);
    }
    if (!shape.keepsDigits)
      wholes = {widen(sumOf(wholes))};
    if (small)
      wholes.push_back(widen(small));
    wholes.push_back(total);
    return sumOf(wholes);
  }

  Value sumOfLanes(Value totals) {
    auto flags = shape.lanesInOrder ? arith::FastMathFlags::none
                                    : arith::FastMathFlags::reassoc;
    return vector::ReductionOp::create(b, vector::CombiningKind::ADD, totals,
                                       number(b.getF64Type(), 0.0), flags);
  }

  /// What is not of the row counts nothing.
  Value masked(Value values, Value mask) {
    if (!mask)
      return values;
    return arith::SelectOp::create(b, mask, values, splat(lanes, 0.0));
  }

  /// Where weights wait for their sum: in the registers of a short row, in its
  /// result if that has their type, or in memory for one row.
  struct WeightStore {
    SmallVector<Value> registers;
    Value memory;
    bool isResult;
  };

  Value buildProbabilities(Value result, Value largest) {
    WeightStore store;
    store.isResult = element == storeType();
    if (!store.isResult && !isShort())
      store.memory = tensor::EmptyOp::create(
          b, ArrayRef<OpFoldResult>{sizes.back()}, storeType());
    Value total = storeWeights(result, topOf(largest), store);
    RowQuotients quotients = quotientsBy(total, largest);
    auto *next = store.registers.begin();
    return sweep(store.isResult && store.memory ? store.memory : result,
                 [&](Step step, ValueRange carried) {
                   Value written = carried[0];
                   Value stored = store.isResult ? written : store.memory;
                   SmallVector<Value> values;
                   for (unsigned i = 0; i < step.registers; ++i)
                     values.push_back(
                         isShort()
                             ? *next++
                             : read(stored, positionOf(step, i), step.mask));
                   values = quotients.divide(values);
                   for (auto [i, value] : llvm::enumerate(values))
                     written =
                         write(convertFloat(b, b.getLoc(), value, element),
                               written, positionOf(step, i), step.mask);
                   return SmallVector<Value>{written};
                 })
        .front();
  }

  /// The sum of all weights.
  Value storeWeights(Value result, Value top, WeightStore &store) {
    SmallVector<Value> carried = {splat(sums, 0.0)};
    if (!isShort())
      carried.push_back(store.isResult ? result : store.memory);
    SmallVector<Value> swept =
        sweep(carried, [&](Step step, ValueRange carried) {
          SmallVector<Value> next(carried);
          SmallVector<Weights> terms = weightsOf(scoresOf(step), top);
          for (auto [i, weights] : llvm::enumerate(terms)) {
            weights.whole = masked(weights.whole, step.mask);
            if (isShort())
              store.registers.push_back(joined(weights));
            else
              next[1] = write(joined(weights), next[1], positionOf(step, i),
                              step.mask);
          }
          next[0] = accumulate(next[0], terms);
          return next;
        });
    if (!isShort())
      store.memory = swept[1];
    return sumOfLanes(swept[0]);
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
    // Weights of act.exponential_below are 2^64 too large, so that from here on
    // down results are less than 2^-163.
    const float vanishing = exponentialBelow() ? 0x1p-99f : 0.0f;
    return RowQuotients(b, lanes.clone(storeType()), total, share,
                        shape.keepsDigits && shape.fuses, vanishing);
  }

  //===--------------------------------------------------------------------===//
  // Logarithms
  //===--------------------------------------------------------------------===//

  /// The weights of all scores but one of the largest, in weights of that.
  Value sumBeside(Value largest) {
    Value top = topOf(largest), all = broadcast(largest);
    SmallVector<Value> swept =
        sweep({splat(sums, 0.0), splat(lanes, 0.0)}, [&](Step step,
                                                         ValueRange carried) {
          Value count = carried[1];
          SmallVector<Value> scores = scoresOf(step);
          SmallVector<Weights> others = weightsOf(scores, top);
          for (auto [register_, weights] : llvm::zip_equal(scores, others)) {
            Value isLargest = arith::CmpFOp::create(
                b, arith::CmpFPredicate::OEQ, register_, all);
            weights.whole =
                arith::SelectOp::create(b, isLargest, splat(lanes, 0.0),
                                        masked(weights.whole, step.mask));
            Value more = arith::AddFOp::create(b, count, splat(lanes, 1.0));
            count = arith::SelectOp::create(b, both(step.mask, isLargest), more,
                                            count);
          }
          return SmallVector<Value>{accumulate(carried[0], others), count};
        });
    FloatType f64 = b.getF64Type();
    Value rest = arith::DivFOp::create(
        b, sumOfLanes(swept[0]), sumOfParts(weightsOf({all}, top).front()));
    // Lanes count exactly in f32 up to 2^24.
    Value counts = convertFloat(b, b.getLoc(), swept[1], f64);
    Value others =
        arith::SubFOp::create(b, sumOfLanes(counts), number(f64, 1.0));
    return arith::AddFOp::create(b, rest, others);
  }

  /// Identity: with the weight W of the largest score, which k scores have, and
  /// the weights w of all others, log(sum / W) = log1p(sum w / W + (k - 1)):
  /// only so do small weights count beside it. Both parts of the result are
  /// negative, so nothing cancels.
  Value buildLogProbabilities(Value result, Value largest) {
    Value all = broadcast(largest);
    // Weights of forms are exact enough for a logarithm in f32.
    Value beside = sumBeside(largest);
    if (shape.exponential)
      beside = convertFloat(b, b.getLoc(), beside, computed);
    auto logarithm = math::Log1pOp::create(b, beside);
    logarithm->setAttr("accuracy", accuracyOfParts(b.getContext()));
    // NaN where the largest is infinite, as its weight is.
    Value nothing = arith::SubFOp::create(b, largest, largest);
    Value less = broadcast(arith::AddFOp::create(
        b, convertFloat(b, b.getLoc(), logarithm, computed), nothing));
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

  VectorType sums;
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

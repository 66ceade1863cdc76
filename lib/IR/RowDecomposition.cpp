//===- RowDecomposition.cpp - Row-wise activations as linalg ops ----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One decomposition for every row record: scores, their largest, and what the
// form asks for. Static and dynamic shapes; f16 and bf16 rows are computed in
// f32.
//
//===----------------------------------------------------------------------===//

#include "ActivationSupport.h"
#include "RowTensors.h"
#include "act/IR/Emission.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace act {
namespace {

/// The score of an element, of the op's variables.
Expression scoreOf(RowwiseOpInterface op) {
  const RowRecord &record = op.getRowRecord();
  SmallVector<double> values = parametersOf(op, record.parameters);
  SmallVector<Expression> variables;
  for (unsigned i = 0; i < record.numVariables; ++i)
    variables.push_back(Expression::variable(i));
  return record.score(variables, exactParameters(record.parameters, values));
}

class RowBuilder : public RowTensors {
public:
  RowBuilder(RowwiseOpInterface op, OpBuilder &builder)
      : RowTensors(op, builder), record(op.getRowRecord()) {}

  /// The op of plain scores on what is computed of the operands first.
  Value buildSeparately() {
    bool isExact = scoreOf(op).isVariable();
    if (isExact)
      computed = cast<FloatType>(input.getElementType());
    Value scores = buildScores();
    Operation *rows = createRowwise(
        builder, loc, *plainRowRecord(op->getContext(), record.form), scores,
        axis);
    rows->setAttr("empty_row_zero", builder.getBoolAttr(op.isEmptyRowZero()));
    if (Attribute accuracy = op->getAttr("accuracy"))
      rows->setAttr("accuracy", accuracy);
    return convertRows(rows->getResult(0), input.getElementType());
  }

  Value build() {
    Value scores = buildScores();
    Value largest = reduce(scores, computed, -kInfinity, maximum);
    Value rows = buildForm(record.form, scores, largest);
    if (op->hasAttr("hard"))
      rows = buildFirstMaximum(scores, largest);
    return convertRows(rows, input.getElementType());
  }

private:
  /// Whether the element takes part; `selector` is its mask or row length.
  Value isSelected(OpBuilder &b, Value selector) {
    if (record.selection == RowSelection::Mask)
      return selector;
    Value position = linalg::IndexOp::create(b, loc, axis);
    if (selector.getType().isInteger(1)) // true is 1, not -1
      selector =
          arith::IndexCastUIOp::create(b, loc, b.getIndexType(), selector);
    else if (!isa<IndexType>(selector.getType()))
      selector = arith::IndexCastOp::create(b, loc, b.getIndexType(), selector);
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, position,
                                 selector);
  }

  /// The score of each element, -inf where it takes no part.
  Value buildScores() {
    Expression score = scoreOf(op);
    return elementwise(
        op->getOperands(), computed, [&](OpBuilder &b, ValueRange args) {
          SmallVector<Value> numbers;
          for (Value arg : args.take_front(record.numVariables))
            numbers.push_back(convertFloat(b, loc, arg, computed));
          Value value = emitFormula(b, loc, score, numbers);
          if (record.selection == RowSelection::Whole)
            return value;
          return arith::SelectOp::create(b, loc, isSelected(b, args.back()),
                                         value, number(b, -kInfinity))
              .getResult();
        });
  }

  Value buildForm(RowForm form, Value scores, Value largest) {
    switch (form) {
    case RowForm::Probability:
      return buildProbability(scores, largest);
    case RowForm::LogProbability:
      return buildLogProbability(scores, largest);
    case RowForm::FirstMaximum:
      return buildFirstMaximum(scores, largest);
    case RowForm::Projection:
      return buildProjection(scores, largest);
    }
    llvm_unreachable("unknown form");
  }

  /// f64 where weights of f32 keep what they round off.
  FloatType weightType() {
    return cast<FloatType>(input.getElementType()).isF32()
               ? builder.getF64Type()
               : computed;
  }

  /// exp(s - m); where an empty row shall be 0, all weights of it are.
  Value buildWeights(Value scores, Value largest) {
    bool zeroIfEmpty = op.isEmptyRowZero();
    return elementwise(
        {scores, largest}, weightType(),
        [&](OpBuilder &b, ValueRange args) -> Value {
          Value shift = args[1];
          if (zeroIfEmpty) {
            Value isEmpty =
                arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ, shift,
                                      number(b, -kInfinity));
            shift =
                arith::SelectOp::create(b, loc, isEmpty, number(b, 0.0), shift);
          }
          // Narrower results do not show what the difference rounds off.
          if (cast<FloatType>(input.getElementType()).getWidth() == 16) {
            Value distance = arith::SubFOp::create(b, loc, args[0], shift);
            return math::ExpOp::create(b, loc, distance);
          }
          ExpBelow weight = emitExpBelow(b, loc, args[0], shift);
          Value value = convertFloat(b, loc, weight.value, weightType());
          Value lost = convertFloat(b, loc, weight.lost, weightType());
          lost = arith::MulFOp::create(b, loc, value, lost);
          return arith::AddFOp::create(b, loc, value, lost);
        });
  }

  /// Sums of each row in f64: their error is far below an ulp of f32.
  Value sumRows(Value rows) {
    FloatType wide = builder.getF64Type();
    return reduce(rows, wide, 0.0, [&](OpBuilder &b, ValueRange args) -> Value {
      Value addend = convertFloat(b, loc, args[0], wide);
      return arith::AddFOp::create(b, loc, args[1], addend);
    });
  }

  /// 1 / total; of a row without weight 0 where that is so.
  Value buildShares(Value total, FloatType type) {
    bool zeroIfEmpty = op.isEmptyRowZero();
    auto body = [&](OpBuilder &b, ValueRange args) {
      Value share = arith::DivFOp::create(b, loc, oneLike(b, args[0]), args[0]);
      if (zeroIfEmpty) {
        Value zero = arith::ConstantOp::create(b, loc, b.getF64FloatAttr(0.0));
        Value isEmpty = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ,
                                              args[0], zero);
        share = arith::SelectOp::create(b, loc, isEmpty, zero, share);
      }
      return convertFloat(b, loc, share, type);
    };
    return elementwise(total, type, body, /*summary=*/true);
  }

  Value buildProbability(Value scores, Value largest) {
    Value weights = buildWeights(scores, largest);
    Value shares = buildShares(sumRows(weights), weightType());
    return elementwise(
        {weights, shares}, computed, [&](OpBuilder &b, ValueRange args) {
          Value product = arith::MulFOp::create(b, loc, args[0], args[1]);
          return convertFloat(b, loc, product, computed);
        });
  }

  /// The sums over the rows of what `term` makes of each weight and of whether
  /// its score is the largest.
  Value sumByLargest(Value scores, Value largest, Value weights,
                     function_ref<Value(OpBuilder &, Value, Value)> term) {
    Value terms = elementwise(
        {scores, largest, weights}, getElementTypeOrSelf(weights.getType()),
        [&](OpBuilder &b, ValueRange args) {
          Value isLargest = arith::CmpFOp::create(
              b, loc, arith::CmpFPredicate::OEQ, args[0], args[1]);
          return term(b, isLargest, args[2]);
        });
    return sumRows(terms);
  }

  /// How many scores of each row are its largest.
  Value countLargest(Value scores, Value largest) {
    return sumByLargest(
        scores, largest, scores, [&](OpBuilder &b, Value isLargest, Value) {
          return arith::SelectOp::create(b, loc, isLargest, number(b, 1.0),
                                         number(b, 0.0))
              .getResult();
        });
  }

  /// Identity: the log of all weights is log1p of those but of one largest
  /// score, whose weight is 1: only so do small ones count beside it.
  Value buildLogProbability(Value scores, Value largest) {
    Value weights = buildWeights(scores, largest);
    // 1 - 1 rather than 0, for the NaN of an infinite score.
    auto beside = [&](OpBuilder &b, Value isLargest, Value weight) {
      Value less = arith::SubFOp::create(b, loc, weight, oneLike(b, weight));
      return arith::SelectOp::create(b, loc, isLargest, less, weight)
          .getResult();
    };
    Value rest = sumByLargest(scores, largest, weights, beside);
    Value count = countLargest(scores, largest);
    auto logarithm = [&](OpBuilder &b, ValueRange args) -> Value {
      Value others =
          arith::SubFOp::create(b, loc, args[1], oneLike(b, args[1]));
      Value all = arith::AddFOp::create(b, loc, args[0], others);
      return convertFloat(b, loc, math::Log1pOp::create(b, loc, all), computed);
    };
    Value logTotal =
        elementwise({rest, count}, computed, logarithm, /*summary=*/true);
    return elementwise(
        {scores, largest, logTotal}, computed,
        [&](OpBuilder &b, ValueRange args) {
          Value distance = arith::SubFOp::create(b, loc, args[0], args[1]);
          return arith::SubFOp::create(b, loc, distance, args[2]).getResult();
        });
  }

  /// The position of the first largest element; a NaN counts as the largest.
  Value buildFirstPosition(Value scores, Value largest) {
    Type index = builder.getIndexType();
    Value positions = elementwise(
        {scores, largest}, index, [&](OpBuilder &b, ValueRange args) {
          Value isLargest = arith::CmpFOp::create(
              b, loc, arith::CmpFPredicate::OEQ, args[0], args[1]);
          Value isNaN = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO,
                                              args[0], args[0]);
          Value counts = arith::OrIOp::create(b, loc, isLargest, isNaN);
          Value position = linalg::IndexOp::create(b, loc, axis);
          Value none = arith::ConstantIndexOp::create(
              b, loc, std::numeric_limits<int64_t>::max());
          return arith::SelectOp::create(b, loc, counts, position, none)
              .getResult();
        });
    return reduce(
        positions, index,
        builder.getIndexAttr(std::numeric_limits<int64_t>::max()),
        [&](OpBuilder &b, ValueRange args) {
          return arith::MinSIOp::create(b, loc, args[0], args[1]).getResult();
        });
  }

  Value buildFirstMaximum(Value scores, Value largest) {
    Value first = buildFirstPosition(scores, largest);
    return elementwise(first, computed, [&](OpBuilder &b, ValueRange args) {
      Value position = linalg::IndexOp::create(b, loc, axis);
      Value isFirst = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq,
                                            position, args[0]);
      return arith::SelectOp::create(b, loc, isFirst, number(b, 1.0),
                                     number(b, 0.0))
          .getResult();
    });
  }

  /// s - m, and 0 at an inf that is the only one of its row. Several, or -inf
  /// alone, are as near to each other as to any projection: NaN.
  Value buildDistances(Value scores, Value largest) {
    Value count = countLargest(scores, largest);
    return elementwise(
        {scores, largest, count}, computed, [&](OpBuilder &b, ValueRange args) {
          auto equals = [&](Value value, Value other) -> Value {
            return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ,
                                         value, other);
          };
          // In a row with NaN no score is the largest.
          Value isLargest = equals(args[0], args[1]);
          Value isInfinite = equals(args[0], number(b, kInfinity));
          Value isSingle = equals(args[2], oneLike(b, args[2]));
          Value takesAll = arith::AndIOp::create(
              b, loc, isLargest,
              arith::AndIOp::create(b, loc, isInfinite, isSingle));
          Value distance = arith::SubFOp::create(b, loc, args[0], args[1]);
          return arith::SelectOp::create(b, loc, takesAll, number(b, 0.0),
                                         distance)
              .getResult();
        });
  }

  /// For each element i, the sum over the elements j of its row with
  /// z_j >= z_i of `term(z_j)`.
  Value sumNotSmaller(Value z, BodyBuilder term) {
    MLIRContext *context = builder.getContext();
    SmallVector<AffineExpr> element, other;
    for (int64_t d = 0; d < rank; ++d) {
      element.push_back(getAffineDimExpr(d, context));
      other.push_back(getAffineDimExpr(d == axis ? rank : d, context));
    }
    AffineMap maps[] = {AffineMap::get(rank + 1, 0, element, context),
                        AffineMap::get(rank + 1, 0, other, context),
                        AffineMap::get(rank + 1, 0, element, context)};
    SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
    loops.push_back(utils::IteratorType::reduction);
    Value init = linalg::FillOp::create(builder, loc, number(builder, 0.0),
                                        empty(/*summary=*/false, computed))
                     .getResult(0);
    return linalg::GenericOp::create(
               builder, loc, init.getType(), ValueRange{z, z}, init, maps,
               loops,
               [&](OpBuilder &b, Location, ValueRange args) {
                 Value counts = arith::CmpFOp::create(
                     b, loc, arith::CmpFPredicate::OGE, args[1], args[0]);
                 Value addend = arith::SelectOp::create(
                     b, loc, counts, term(b, args[1]), number(b, 0.0));
                 linalg::YieldOp::create(
                     b, loc,
                     arith::AddFOp::create(b, loc, args[2], addend)
                         .getResult());
               })
        .getResult(0);
  }

  /// The threshold is t = max over k of (sum of the k largest - 1) / k: this
  /// grows with k as long as the next element exceeds it and then falls
  /// (Martins and Astudillo 2016, proposition 1). Each element gives the k of
  /// its rank, so no row is sorted; the work is quadratic in its length.
  Value buildProjection(Value scores, Value largest) {
    Value z = buildDistances(scores, largest);
    Value count = sumNotSmaller(
        z, [&](OpBuilder &b, ValueRange) { return number(b, 1.0); });
    Value total =
        sumNotSmaller(z, [](OpBuilder &, ValueRange args) { return args[0]; });
    Value candidates = elementwise(
        {total, count}, computed, [&](OpBuilder &b, ValueRange args) {
          Value excess = arith::SubFOp::create(b, loc, args[0], number(b, 1.0));
          return arith::DivFOp::create(b, loc, excess, args[1]).getResult();
        });
    Value threshold = reduce(candidates, computed, -kInfinity, maximum);
    return elementwise(
        {z, threshold}, computed, [&](OpBuilder &b, ValueRange args) {
          Value excess = arith::SubFOp::create(b, loc, args[0], args[1]);
          return arith::MaximumFOp::create(b, loc, excess, number(b, 0.0))
              .getResult();
        });
  }

  const RowRecord &record;
};

} // namespace

bool hasPlainScores(RowwiseOpInterface op) {
  return op.getRowRecord().selection == RowSelection::Whole &&
         scoreOf(op).isVariable();
}

Value separateScores(RowwiseOpInterface op, OpBuilder &builder) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(op);
  return RowBuilder(op, builder).buildSeparately();
}

FailureOr<SmallVector<Value>> decomposeRows(RowwiseOpInterface op,
                                            OpBuilder &builder) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(op);
  return SmallVector<Value>{RowBuilder(op, builder).build()};
}

} // namespace act

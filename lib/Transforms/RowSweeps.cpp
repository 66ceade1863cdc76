//===- RowSweeps.cpp - Sweeps of vectors over rows ------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowSweeps.h"
#include "act/IR/Emission.h"
#include "act/IR/RareBranch.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace act {

RowSweeps::RowSweeps(OpBuilder &builder, RowwiseOpInterface op,
                     const RowLoopShape &shape)
    : b(op->getLoc(), builder), op(op), scores(op->getOperand(0)), shape(shape),
      type(cast<RankedTensorType>(op->getResultTypes()[0])),
      element(cast<FloatType>(type.getElementType())),
      computed(rowComputeType(element)),
      lanes(VectorType::get({shape.lanes}, computed)),
      sizes(tensor::getMixedSizes(b, b.getLoc(), op->getOperand(0))) {}

Value RowSweeps::build() {
  Value result = createMemory();
  length = getValueOrCreateConstantIndexOp(b, b.getLoc(), sizes.back());
  return buildOuterLoop(0, result);
}

Value RowSweeps::createMemory() {
  OpBuilder::InsertionGuard guard(b);
  Value scores = op->getOperand(0);
  Operation *parent = op->getParentOp();
  if (isa<scf::IfOp>(parent) &&
      scores.getParentRegion()->isProperAncestor(op->getParentRegion()))
    b.setInsertionPoint(parent);
  return tensor::EmptyOp::create(
      b, tensor::getMixedSizes(b, b.getLoc(), scores), element);
}

Value RowSweeps::buildOuterLoop(size_t dim, Value result) {
  if (dim + 1 == sizes.size())
    return buildRow(result, rangeOf(findRange()), [] {});
  if (dim + 2 == sizes.size() && !isShort())
    return buildLoopOfRows(result);
  Value size = getValueOrCreateConstantIndexOp(b, b.getLoc(), sizes[dim]);
  return loop(index(0), size, 1, result,
              [&](Value i, ValueRange values) {
                row.push_back(i);
                Value next = buildOuterLoop(dim + 1, values.front());
                row.pop_back();
                return SmallVector<Value>{next};
              })
      .front();
}

/// A row's range is found during the row before it, whose sum and its
/// reciprocal are long in coming. Short rows overlap by themselves.
Value RowSweeps::buildLoopOfRows(Value result) {
  Value rows =
      getValueOrCreateConstantIndexOp(b, b.getLoc(), sizes[sizes.size() - 2]);
  SmallVector<Value> carried = {result};
  carried.append(findRangeAt(index(0), rows));
  return loop(index(0), rows, 1, carried,
              [&](Value i, ValueRange values) {
                SmallVector<Value> next;
                auto findNext = [&] {
                  row.pop_back();
                  next =
                      findRangeAt(arith::AddIOp::create(b, i, index(1)), rows);
                  row.push_back(i);
                };
                row.push_back(i);
                Value written = buildRow(
                    values.front(), rangeOf(values.drop_front()), findNext);
                row.pop_back();
                next.insert(next.begin(), written);
                return next;
              })
      .front();
}

SmallVector<Value> RowSweeps::findRangeAt(Value position, Value rows) {
  Value isRow =
      b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::ult, position, rows);
  row.push_back(position);
  SmallVector<Value> range = emitBranch(
      b, b.getLoc(), isRow, [&] { return findRange(); },
      [&] {
        return SmallVector<Value>(seeksLeast() ? 2 : 1, number(computed, 0.0));
      });
  row.pop_back();
  return range;
}

RowSweeps::Range RowSweeps::rangeOf(ValueRange found) {
  return {found[0], found.size() > 1 ? found[1] : Value()};
}

Value RowSweeps::index(int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

Value RowSweeps::number(FloatType type, double value) {
  return arith::ConstantOp::create(b, b.getFloatAttr(type, value));
}

Value RowSweeps::splat(VectorType type, double value) {
  return constantLike(b, b.getLoc(), type,
                      b.getFloatAttr(type.getElementType(), value));
}

Value RowSweeps::broadcast(Value value) {
  return vector::BroadcastOp::create(b, lanes, value);
}

SmallVector<Value>
RowSweeps::loop(Value from, Value to, int64_t step, ValueRange init,
                function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(b, from, to, index(step), init);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  scf::YieldOp::create(b,
                       body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return loop.getResults();
}

bool RowSweeps::isShort() const {
  int64_t size = type.getShape().back();
  return !ShapedType::isDynamic(size) && size < 2 * shape.unroll * shape.lanes;
}

SmallVector<Value> RowSweeps::sweep(ValueRange carried, StepBody body) {
  return isShort() ? sweepRegisters(carried, body) : sweepMemory(carried, body);
}

SmallVector<Value> RowSweeps::sweepRegisters(ValueRange carried,
                                             StepBody body) {
  const int64_t size = type.getShape().back();
  SmallVector<Value> values(carried);
  for (int64_t i = 0; i < size;) {
    int64_t registers =
        std::min<int64_t>((size - i) / shape.lanes, shape.unroll);
    Value mask = registers ? Value() : lanesInRow(index(i));
    registers = std::max<int64_t>(registers, 1);
    values = body({index(i), unsigned(registers), mask}, values);
    i += registers * shape.lanes;
  }
  return values;
}

SmallVector<Value> RowSweeps::sweepMemory(ValueRange carried, StepBody body) {
  const int64_t step = shape.unroll * shape.lanes;
  Value rest = arith::RemUIOp::create(b, length, index(step));
  Value whole = arith::SubIOp::create(b, length, rest);
  SmallVector<Value> values =
      loop(index(0), whole, step, carried, [&](Value i, ValueRange values) {
        return body({i, shape.unroll, /*mask=*/{}}, values);
      });
  return loop(whole, length, shape.lanes, values,
              [&](Value i, ValueRange values) {
                return body({i, 1, lanesInRow(i)}, values);
              });
}

Value RowSweeps::lanesInRow(Value position) {
  auto mask = VectorType::get({shape.lanes}, b.getI1Type());
  Value left = arith::SubIOp::create(b, length, position);
  return vector::CreateMaskOp::create(b, mask, left);
}

Value RowSweeps::positionOf(Step step, unsigned index) {
  return b.createOrFold<arith::AddIOp>(step.position,
                                       this->index(index * shape.lanes));
}

SmallVector<Value> RowSweeps::indicesOf(Value tensor, Value position) const {
  SmallVector<Value> indices;
  // One of many rows, or a row of its own.
  if (cast<ShapedType>(tensor.getType()).getRank() == type.getRank())
    indices = row;
  indices.push_back(position);
  return indices;
}

Value RowSweeps::read(Value tensor, Value position, Value mask) {
  return readLanes(b, tensor, indicesOf(tensor, position), shape.lanes, mask);
}

Value RowSweeps::write(Value values, Value tensor, Value position, Value mask) {
  SmallVector<Value> indices = indicesOf(tensor, position);
  auto map = AffineMap::getMinorIdentityMap(indices.size(), 1, b.getContext());
  return vector::TransferWriteOp::create(b, values, tensor, indices,
                                         AffineMapAttr::get(map), mask,
                                         b.getBoolArrayAttr({true}))
      .getResult();
}

Value RowSweeps::both(Value mask, Value other) {
  return mask ? b.createOrFold<arith::AndIOp>(mask, other) : other;
}

SmallVector<Value> RowSweeps::scoresOf(Step step) {
  SmallVector<Value> registers;
  for (unsigned i = 0; i < step.registers; ++i) {
    Value read =
        scores.read(b, row, positionOf(step, i), shape.lanes, step.mask);
    registers.push_back(convertFloat(b, b.getLoc(), read, computed));
  }
  return registers;
}

Value RowSweeps::within(Value mask, Value values, Value beyond) {
  return mask ? arith::SelectOp::create(b, mask, values, beyond) : values;
}

namespace {

/// An end of a range.
struct Extreme {
  arith::CmpFPredicate isBeyond;
  vector::CombiningKind kind;
  double ofNone;

  Value choose(ImplicitLocOpBuilder &b, Value a, Value accumulated) const {
    Value isBetter = arith::CmpFOp::create(b, isBeyond, a, accumulated);
    return arith::SelectOp::create(b, isBetter, a, accumulated);
  }
};

} // namespace

SmallVector<Value> RowSweeps::findRange() {
  SmallVector<Extreme> ends = {
      {arith::CmpFPredicate::OGT, vector::CombiningKind::MAXNUMF, -kInfinity}};
  if (seeksLeast() && !isShort())
    ends.push_back(
        {arith::CmpFPredicate::OLT, vector::CombiningKind::MINNUMF, kInfinity});
  SmallVector<Value> start;
  for (const Extreme &end : ends)
    start.append(shape.unroll, splat(lanes, end.ofNone));
  SmallVector<Value> found = sweep(start, [&](Step step, ValueRange carried) {
    SmallVector<Value> next(carried);
    for (auto [i, scores] : llvm::enumerate(scoresOf(step)))
      for (auto [k, end] : llvm::enumerate(ends)) {
        Value &extreme = next[k * shape.unroll + i];
        Value inRow = within(step.mask, scores, splat(lanes, end.ofNone));
        extreme = end.choose(b, inRow, extreme);
      }
    return next;
  });
  SmallVector<Value> range;
  for (auto [k, end] : llvm::enumerate(ends)) {
    Value all = foldInPairs(
        SmallVector<Value>(
            ArrayRef(found).slice(k * shape.unroll, shape.unroll)),
        [&, &end = end](Value x, Value y) { return end.choose(b, x, y); });
    // None of the accumulators is NaN.
    range.push_back(vector::ReductionOp::create(b, end.kind, all,
                                                arith::FastMathFlags::nnan));
  }
  return range;
}

Value foldInPairs(SmallVector<Value> values,
                  function_ref<Value(Value, Value)> combine) {
  while (values.size() > 1) {
    SmallVector<Value> next;
    for (size_t i = 0; i + 1 < values.size(); i += 2)
      next.push_back(combine(values[i], values[i + 1]));
    if (values.size() % 2)
      next.push_back(values.back());
    values = std::move(next);
  }
  return values.front();
}

} // namespace act

//===- WeightedMeans.cpp - Sums weighted by probabilities -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WeightedMeans.h"
#include "ExecutedError.h"
#include "RowReader.h"
#include "TaggedOperands.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include <cmath>
#include <numeric>

using namespace mlir;

namespace act {

namespace {

/// Rows of a simplex among the elements of an operand, perhaps moved.
struct Weights {
  std::shared_ptr<const SourceSet> set;
  std::vector<unsigned> rowOf; ///< of each element of the operand
};

class WeightedMeans {
public:
  WeightedMeans(const LoopNest &nest, unsigned weights, unsigned values,
                const Weights &rows, std::vector<unsigned> elements,
                Semantics semantics)
      : nest(nest), weights(nest.inputs[weights]), values(nest.inputs[values]),
        rows(rows), elements(std::move(elements)), semantics(semantics),
        ofWeights(offsetsOver(nest, this->weights, true)),
        ofValues(offsetsOver(nest, this->values, true)),
        seen(rows.rowOf.size(), 0) {}

  std::vector<Element> refine(const Bounds &known) {
    std::vector<Element> result;
    for (int64_t i = 0; i < nest.outputSize; ++i)
      result.push_back(known[i]);
    std::vector<int64_t> firstWeight = offsetsOver(nest, weights, false),
                         firstValue = offsetsOver(nest, values, false);
    for (auto [point, offset] :
         llvm::enumerate(offsetsOver(nest, nest.output, false))) {
      size_t target = nest.output.offset + offset;
      if (isRow(weights.offset + firstWeight[point]))
        narrow(result[target], values.offset + firstValue[point],
               nest.output.bounds[target]);
    }
    return result;
  }

private:
  /// Whether the steps of a sum take each weight of a row once.
  bool isRow(int64_t first) {
    unsigned row = rows.rowOf[elements[first + ofWeights.front()]];
    if (ofWeights.size() != rows.set->rows()[row].size)
      return false;
    ++visit;
    for (int64_t step : ofWeights) {
      unsigned element = elements[first + step];
      if (rows.rowOf[element] != row || seen[element] == visit)
        return false;
      seen[element] = visit;
    }
    return true;
  }

  void narrow(Element &known, int64_t first, const Element &start) {
    Interval sum = rows.set->rowSet().sum;
    Interval all = values.bounds[first + ofValues.front()].range;
    for (int64_t step : ofValues) {
      const Element each = values.bounds[first + step];
      if (each.poisoned)
        return;
      all = hull(all, each.range);
    }
    double most = roundedUp(roundedUp(all.magnitude() * sum.hi) +
                            start.range.magnitude());
    if (known.poisoned || start.poisoned || !std::isfinite(most))
      return;
    Interval mean = all * sum + start.range;
    if (semantics == Semantics::Ieee) {
      double off = summationError(ofValues.size() + 1.0, most, nest.formats);
      mean = mean + Interval(-off, off);
      if (nest.resultFormat)
        mean = converted(mean, *nest.resultFormat);
    }
    known.range = narrowed(known.range, mean);
  }

  const LoopNest &nest;
  const LoopAccess &weights, &values;
  const Weights &rows;
  std::vector<unsigned> elements; ///< of the operand, at each place read
  Semantics semantics;
  std::vector<int64_t> ofWeights, ofValues; ///< over the steps of a sum
  std::vector<unsigned> seen;
  unsigned visit = 0;
};

} // namespace

/// The simplex that the rows of a value lie in, whatever they are computed
/// from.
static std::shared_ptr<const SourceSet> simplexOf(OpResult value,
                                                  Semantics semantics) {
  Operation *op = value.getOwner();
  if (!hasTransfer(op))
    return nullptr;
  auto set =
      transferOf(op, unknownOperands(op), semantics)[value.getResultNumber()]
          .set;
  return set && set->rowSet().kind == RowSet::Kind::Simplex ? set : nullptr;
}

/// The rows that an operand is, or is moved from.
static std::optional<Weights> weightsOf(Value operand, Semantics semantics) {
  int64_t size = boundsSize(operand.getType());
  if (size > RowReader::kMaxElements)
    return std::nullopt;
  std::vector<unsigned> all(size);
  std::iota(all.begin(), all.end(), 0);
  auto places = std::make_shared<const std::vector<unsigned>>(std::move(all));
  auto value = dyn_cast<OpResult>(operand);
  std::shared_ptr<const SourceSet> set;
  while (value && !(set = simplexOf(value, semantics))) {
    Operation *op = value.getOwner();
    std::optional<Places> moved;
    if (isa<BoundsOpInterface>(op) && !isa<linalg::LinalgOp>(op))
      moved = movedFrom(value, places, semantics);
    if (!moved)
      return std::nullopt;
    places = *moved;
    value = dyn_cast<OpResult>(op->getOperand(0));
  }
  if (!value)
    return std::nullopt;
  std::vector<unsigned> rowOf(boundsSize(value.getType()));
  for (auto [index, row] : llvm::enumerate(set->rows()))
    for (unsigned i = 0; i < row.size; ++i)
      rowOf[row[i]] = index;
  Weights weights{set, {}};
  for (unsigned place : *places)
    weights.rowOf.push_back(rowOf[place]);
  return weights;
}

/// The elements of an operand that the input of the same number of the loops of
/// `op` reads; nothing where it reads anything else.
static std::optional<std::vector<unsigned>>
elementsRead(Operation *op, unsigned number, ArrayRef<Bounds> operands,
             Semantics semantics) {
  TaggedOperands tags;
  for (auto [index, bounds] : llvm::enumerate(operands))
    tags.addOperand(
        index == number
            ? tags.tag(0, boundsSize(op->getOperand(index).getType()))
            : TaggedOperands::Tagged(bounds, bounds));
  Transfer first = transferOf(op, tags.operands(0), semantics).front(),
           second = transferOf(op, tags.operands(1), semantics).front();
  if (!first.loops || !second.loops)
    return std::nullopt;
  const Bounds &a = first.loops->inputs[number].bounds,
               &b = second.loops->inputs[number].bounds;
  std::vector<unsigned> elements;
  for (size_t i = 0, e = a.size(); i < e; ++i) {
    Entry entry = tags.decode(a[i], b[i]);
    if (entry.kind != Entry::OfNode)
      return std::nullopt;
    elements.push_back(entry.element);
  }
  return elements;
}

/// The inputs that are multiplied before they are added up, rounded no more
/// than a sum of products is.
static std::optional<std::pair<unsigned, unsigned>>
factorsOf(const LoopNest &nest, Semantics semantics) {
  if (nest.reduction != Reduction::Sum || !nest.term || nest.endless ||
      !isBatched(nest) || nest.outputSize == 0 ||
      llvm::is_contained(nest.extents, 0))
    return std::nullopt;
  // More take seconds.
  double terms = 1.0;
  for (int64_t extent : nest.extents)
    terms *= extent;
  Expression formula = nest.term->formula();
  if (terms > 0x1p30 || formula.primitive() != Primitive::Mul ||
      !formula.operand(0).isVariable() || !formula.operand(1).isVariable() ||
      (semantics == Semantics::Ieee && !nest.term->roundsOnce()))
    return std::nullopt;
  return std::pair(formula.operand(0).variableIndex(),
                   formula.operand(1).variableIndex());
}

Bounds refineByWeights(Operation *op, const LoopNest &nest,
                       ArrayRef<Bounds> operands, const Bounds &known,
                       Semantics semantics) {
  auto factors = factorsOf(nest, semantics);
  if (!factors)
    return known;
  auto [first, second] = *factors;
  for (auto [weights, values] :
       {std::pair(first, second), std::pair(second, first)}) {
    if (weights >= nest.inputs.size() || values >= nest.inputs.size())
      continue;
    std::optional<Weights> rows = weightsOf(op->getOperand(weights), semantics);
    auto elements =
        rows ? elementsRead(op, weights, operands, semantics) : std::nullopt;
    if (elements)
      return Bounds::elements(WeightedMeans(nest, weights, values, *rows,
                                            std::move(*elements), semantics)
                                  .refine(known));
  }
  return known;
}

} // namespace act

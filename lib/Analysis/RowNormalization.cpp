//===- RowNormalization.cpp - Rows divided by their norm ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowNormalization.h"
#include "LinalgLoops.h"
#include "RowStatistics.h"
#include "ScaledRows.h"
#include "act/IR/FloatFormat.h"
#include <cmath>
#include <map>

using namespace mlir;

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool RowFact::isResult() const {
  if (isa<OpResult>(scalar) &&
      !scalar.getDefiningOp()->getParentOfType<linalg::LinalgOp>())
    return true;
  return llvm::any_of(scalar.getUsers(), [](Operation *user) {
    return user->hasTrait<OpTrait::IsTerminator>();
  });
}

Interval RowFact::rangeOf(size_t element) const {
  if (images.empty())
    return range;
  const Image &image = images[element];
  return range * image.factor + image.offset + Interval(-error, error);
}

//===----------------------------------------------------------------------===//
// Rows as a set
//===----------------------------------------------------------------------===//

/// The places of each sum; nothing where these have no two strides.
static std::optional<std::vector<SourceSet::Row>> evenRows(const RowNode *sum) {
  std::map<unsigned, SmallVector<unsigned>> rows;
  for (auto [place, index] : llvm::enumerate(*sum->place))
    rows[index].push_back(place);
  std::vector<SourceSet::Row> result;
  for (const auto &[index, row] : rows) {
    SourceSet::Row even{row.front(), 1, unsigned(row.size())};
    if (row.size() > 1)
      even.stride = row[1] - row[0];
    while (even.run < row.size() &&
           row[even.run] == row[0] + even.run * even.stride)
      ++even.run;
    if (even.run < row.size())
      even.jump = row[even.run] - row[0];
    for (size_t i = 0; i < row.size(); ++i)
      if (row[i] != even[i])
        return std::nullopt;
    result.push_back(even);
  }
  return result;
}

/// The factors' scale, of which they are multiplied by `factor`.
static std::optional<RowScale> scaleOf(const RowNode *product,
                                       unsigned factor) {
  std::vector<bool> isFactor(2, false);
  isFactor[factor] = true;
  std::optional<AffineForm> form = affineForm(product->step, isFactor);
  if (!form || !form->factors[factor] || !form->constant.isConstant(0.0))
    return std::nullopt;
  Expression x = Expression::variable(0);
  return RowScale{product->operands[1 - factor],
                  form->factors[factor]->substitute({x, x}), nullptr};
}

namespace {

class FactFinder {
public:
  FactFinder(Semantics semantics, llvm::function_ref<Bounds(Value)> bounds)
      : semantics(semantics), bounds(bounds), reader(semantics),
        statistics(reader, semantics, bounds) {}

  std::optional<RowFact> find(OpResult result) {
    auto scalars = reader.readScalars(result);
    for (auto [scalar, node] : scalars)
      if (auto fact = readProduct(scalar, node))
        return fact;
    for (auto [scalar, node] : scalars)
      if (auto fact = readScaled(scalar, node))
        return fact;
    for (auto [scalar, node] : scalars)
      if (auto fact = readVariance(scalar, node))
        return fact;
    return std::nullopt;
  }

private:
  std::optional<RowFact> readProduct(Value scalar, const RowNode *node) {
    // As executed, the product is one rounding of the product of the executed
    // factors.
    if (node->kind != RowNode::Kind::Step || node->operands.size() != 2 ||
        (semantics == Semantics::Ieee && node->ulps > 0.5))
      return std::nullopt;
    for (unsigned factor : {0, 1}) {
      auto sums = sumsBehind(node->operands[1 - factor]);
      if (!sums || sums->empty() || sumsBehind(node->operands[factor]))
        continue;
      std::optional<RowScale> scale = scaleOf(node, factor);
      if (!scale)
        continue;
      for (const RowNode *base : nodesBehind(node->operands[factor]))
        if (base->kind == RowNode::Kind::Leaf)
          if (auto fact = readRows(scalar, node->format, node->operands[factor],
                                   base, *scale, *sums))
            return fact;
    }
    return std::nullopt;
  }

  /// The product of a factor, of which `base` is a leaf, and a scale that is
  /// computed from sums, perhaps rounded to `format`.
  std::optional<RowFact> readRows(Value scalar, Format format,
                                  const RowNode *factor, const RowNode *base,
                                  RowScale scale,
                                  ArrayRef<const RowNode *> sums,
                                  bool isSplit = false) {
    std::optional<Center> center = statistics.readCenter(factor, base);
    if (center && !haveSameRows(center->sum, sums[0]))
      center.reset();
    NormBounds norm;
    if (sums.size() == 1) {
      const RowNode *term = reader.termOf(sums[0], base);
      if (!term || !term->isSquareOf(factor))
        return std::nullopt;
      scale.of = sums[0];
      norm = statistics.boundNorm(scale, term, format);
    } else if (center) {
      norm = statistics.boundCenteredNorm(scale, *center, base, format);
    }
    auto rows = evenRows(sums[0]);
    if (!std::isfinite(norm.norm) || !rows)
      return std::nullopt;
    unsigned size = rows->front().size;
    if (isOnePerRow(scale.node, sums[0]))
      norm.spread = 0.0;
    if (isSplit) {
      // Rounding is relative to the difference: of exact ones |c| is as large.
      double growth = 1 + 4 * unitRoundoff(factor->format);
      norm.norm *= growth;
      norm.spread *= growth;
    }
    Interval sum = boundSum(center, norm, size, format);
    RowFact fact{scalar, Interval(), nullptr, sums.size() > 1, {}, 0.0};
    RowSet set = RowSet::normalized(size, norm.norm, sum);
    fact.range = set.range(0);
    fact.set = std::make_shared<SourceSet>(std::move(set), std::move(*rows));
    return fact;
  }

  /// Rows that no op computes, where there are no others.
  std::optional<RowFact> readScaled(Value scalar, const RowNode *node) {
    if (node->kind != RowNode::Kind::Step)
      return std::nullopt;
    for (const RowNode *each : nodesBehind(node))
      if (each != node && readProduct(scalar, each))
        return std::nullopt;
    std::optional<ScaledRow> row = readScaledRow(node, reader, statistics);
    if (!row)
      return std::nullopt;
    auto fact =
        readRows(scalar, node->format, row->factor, row->base, row->scale,
                 *sumsBehind(row->scale.node), row->isSplit);
    return fact && findImages(*fact, node, *row) ? fact : std::nullopt;
  }

  /// False where executing the node may round away what is known.
  bool findImages(RowFact &fact, const RowNode *node, const ScaledRow &row) {
    std::vector<Interval> ranges, numbers(row.variables.size());
    std::vector<std::vector<Interval>> elements;
    for (const RowNode *variable : row.variables) {
      elements.push_back(
          statistics.numbersOf(variable).value_or(std::vector<Interval>()));
      std::optional<Interval> range = statistics.rangeOf(variable);
      if (!range)
        return false;
      ranges.push_back(*range);
    }
    fact.error = execute(node, row.variables, ranges, semantics).error;
    double most = 0.0;
    for (size_t i = 0, e = row.base->place->size(); i < e; ++i) {
      for (size_t k = 0; k < numbers.size(); ++k)
        if (!elements[k].empty())
          numbers[k] = elements[k][i];
      fact.images.push_back(
          {enclose(row.gain, numbers), enclose(row.offset, numbers)});
      most = std::max({most, fact.images.back().factor.magnitude(),
                       fact.images.back().offset.magnitude()});
    }
    fact.isNumber = true;
    return std::isfinite(most) && fact.error <= most * fact.range.magnitude();
  }

  /// What a row of the products fl(c_i s_i) adds up to. With one number s near
  /// the scales, sum c_i s_i = s sum c_i + sum c_i (s_i - s), the last of which
  /// is at most sqrt(n) |c| max |s_i - s| (Cauchy-Schwarz); rounding adds at
  /// most u sum |c_i s_i|, again at most u sqrt(n) times a norm.
  Interval boundSum(const std::optional<Center> &center, NormBounds norm,
                    double terms, Format format) {
    double ofFactors =
        center ? statistics.boundSumOfDifferences(*center) : kInfinity;
    if (ofFactors == 0.0 && semantics == Semantics::Real)
      return Interval(0.0);
    double rounding = 0.0;
    if (semantics == Semantics::Ieee)
      rounding = unitRoundoff(format) * std::sqrt(terms) * norm.norm +
                 terms * smallestSubnormal(format);
    double ofScales = std::sqrt(terms) * norm.spread;
    double off =
        (norm.scale * ofFactors + ofScales + 2 * rounding) * (1 + 0x1p-40);
    return std::isfinite(off) ? Interval(-off, off) : Interval();
  }

  std::optional<RowFact> readVariance(Value scalar, const RowNode *node) {
    auto sums = sumsBehind(node);
    if (!bounds || !sums || sums->size() != 2)
      return std::nullopt;
    std::optional<Variance> variance = statistics.readVariance(node);
    if (!variance)
      return std::nullopt;
    return RowFact{scalar, variance->range, nullptr, true, {}, 0.0};
  }

  Semantics semantics;
  llvm::function_ref<Bounds(Value)> bounds;
  RowReader reader;
  RowStatistics statistics;
};

} // namespace

std::optional<RowFact> findRowFact(Operation *op, Semantics semantics,
                                   llvm::function_ref<Bounds(Value)> bounds) {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (op->getNumResults() != 1 || !formatOf(op->getResult(0).getType()) ||
      boundsSize(op->getResult(0).getType()) == 0 ||
      !(structured || isa<ScalarFunctionOpInterface>(op)) ||
      op->getParentOfType<linalg::LinalgOp>() ||
      (structured && structured.getNumReductionLoops() > 0))
    return std::nullopt;
  SmallVector<Value> operands(op->getOperands());
  if (structured)
    operands = structured.getDpsInputs();
  if (operands.size() < 2 || llvm::none_of(operands, isMadeOfSums))
    return std::nullopt;
  return FactFinder(semantics, bounds).find(op->getResult(0));
}

std::optional<LoopNest> loopsBehind(const RowFact &fact, Operation *op,
                                    ArrayRef<Bounds> operands, Bounds elements,
                                    Value root) {
  auto structured = dyn_cast<linalg::LinalgOp>(op);
  if (!structured)
    return std::nullopt;
  std::optional<LoopNest> nest = loopsOf(structured, operands, 0);
  if (!nest)
    return std::nullopt;
  SmallVector<Value> leaves = bodyLeaves(structured, 0);
  leaves.insert(std::prev(leaves.end()), fact.scalar);
  nest->inputs.push_back(nest->output);
  nest->inputs.back().bounds = std::move(elements);
  nest->term = ElementFunction::read(root, leaves);
  return nest;
}

Bounds refineByRows(Operation *op, ArrayRef<Bounds> operands,
                    const Bounds &known, Value root, Semantics semantics,
                    llvm::function_ref<Bounds(Value)> bounds) {
  std::optional<RowFact> fact = findRowFact(op, semantics, bounds);
  if (!fact)
    return known;
  Bounds elements = Bounds::splat({fact->range});
  if (!fact->images.empty()) {
    std::vector<Element> each;
    for (size_t i = 0; i < fact->images.size(); ++i)
      each.push_back({fact->rangeOf(i)});
    elements = Bounds::elements(std::move(each));
  }
  if (root && root != fact->scalar) {
    std::optional<LoopNest> loops =
        loopsBehind(*fact, op, operands, elements, root);
    if (!loops || !loops->term)
      return known;
    elements = evaluate(*loops, semantics);
  }
  std::vector<Element> result;
  for (int64_t i = 0, e = boundsSize(op->getResult(0).getType()); i < e; ++i) {
    Element element = known[i], other = elements[i];
    Interval common = intersect(element.range, other.range);
    if (!element.poisoned && common.lo <= common.hi)
      element.range = common;
    element.mayBeNaN &= !fact->isNumber || other.mayBeNaN;
    result.push_back(element);
  }
  return Bounds::elements(std::move(result));
}

} // namespace act

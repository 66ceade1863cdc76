//===- RowSets.cpp - Sets in which rows of tensors lie --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowSets.h"
#include "ExecutedError.h"
#include "act/IR/FloatFormat.h"
#include <cmath>

using namespace mlir;

namespace act {

static std::shared_ptr<const SourceSet> rowsOf(RowSet set, ShapedType type,
                                               unsigned axis) {
  SmallVector<int64_t> shape = boundsShape(type);
  return std::make_shared<SourceSet>(SourceSet::alongAxis(
      std::move(set), std::vector<int64_t>(shape.begin(), shape.end()), axis));
}

static bool hasRows(ShapedType type, unsigned axis) {
  return type.hasRank() && !type.isDynamicDim(axis) && boundsSize(type) > 0 &&
         boundsSize(type) <= kMaxBoundsSize;
}

/// Where the elements e_i / sum e_j add up to, whatever the e_i are computed
/// as: g(k) of Higham off 1 with k roundings on the way of each, and underflow.
/// The sum takes n - 1 roundings in any order, the quotient one, or two by the
/// reciprocal. A sum that is rescaled as larger elements are met takes twice as
/// many, and of exponentials computed twice each may be 2 ulp off.
static Interval softmaxSum(double terms, Format format) {
  SumError error = summationError(2 * terms + 16, format);
  double off = error.of(1.0);
  return {roundedDown(1.0 - off), roundedUp(1.0 + off)};
}

std::shared_ptr<const SourceSet> softmaxRows(ShapedType type, unsigned axis,
                                             bool isEmptyRowZero) {
  if (!hasRows(type, axis))
    return nullptr;
  Interval sum =
      softmaxSum(type.getDimSize(axis), *formatOf(type.getElementType()));
  if (!sum.isBounded())
    return nullptr;
  if (isEmptyRowZero)
    sum.lo = 0.0;
  return rowsOf(RowSet::simplex(sum), type, axis);
}

namespace {

/// The least and the largest probability of elements of a row whose scores lie
/// in bounded intervals, over the reals: 1 / (1 + sum_j exp(s_j - s_i)) with
/// s_i at one end and the others at the opposite one, rounded outward.
class RowProbabilities {
public:
  explicit RowProbabilities(std::vector<Interval> scores)
      : scores(std::move(scores)) {}

  Interval operator[](size_t element) const {
    // Differences of up to 746, which count, lose 2^-53 of that in their
    // rounding; each exp and each sum an ulp or two.
    double slack = double(scores.size() + 1024) * 0x1p-52;
    double least = 1.0, most = 1.0;
    for (size_t j = 0; j < scores.size(); ++j) {
      if (j == element)
        continue;
      least += std::exp(scores[j].lo - scores[element].hi);
      most += std::exp(scores[j].hi - scores[element].lo);
    }
    // What underflows is less than 1e-300.
    return {std::max(0.0, (1.0 - slack) / most - 1e-300),
            std::min(1.0, (1.0 + slack) / least + 1e-300)};
  }

private:
  std::vector<Interval> scores;
};

} // namespace

/// Where a probability lies as computed in `format`, for scores that differ by
/// at most `width`: the difference from the largest is rounded once, which
/// moves its exponential and each of the sum's by exp(u width); besides there
/// are the roundings of softmaxSum() and 2 ulp of each exponential.
static Interval executedProbability(Interval exact, double terms, double width,
                                    Format format) {
  SumError error = summationError(2 * terms + 24, format);
  double off = (1.0 + error.of(1.0)) *
               std::exp(2.0 * unitRoundoff(format) * width) * (1 + 0x1p-40);
  // Exponentials below the smallest normal number may be 0.
  double lost = 2.0 * terms * smallestSubnormal(format) / unitRoundoff(format);
  if (!std::isfinite(off))
    return {0.0, 1.0};
  return {std::max(0.0, roundedDown(exact.lo / off - lost)),
          std::min(1.0, roundedUp(exact.hi * off + lost))};
}

/// Pairs of elements of rows that are taken together at most.
static constexpr double kMaxPairs = 1 << 24;

Bounds softmaxBounds(ShapedType type, unsigned axis, const Bounds &scores,
                     Semantics semantics) {
  Bounds probabilities = Bounds::splat({Interval(0.0, 1.0)});
  if (!hasRows(type, axis) || scores.isBottom() ||
      double(boundsSize(type)) * type.getDimSize(axis) > kMaxPairs ||
      !scores.hull().range.isBounded())
    return probabilities;
  SmallVector<int64_t> shape = boundsShape(type);
  SourceSet rows = SourceSet::alongAxis(
      RowSet(), std::vector<int64_t>(shape.begin(), shape.end()), axis);
  Format format = *formatOf(type.getElementType());
  std::vector<Element> elements(boundsSize(type));
  for (const SourceSet::Row &row : rows.rows()) {
    std::vector<Interval> of;
    Interval all = scores[row[0]].range;
    for (unsigned i = 0; i < row.size; ++i) {
      of.push_back(scores[row[i]].range);
      all = hull(all, of.back());
    }
    RowProbabilities exact(std::move(of));
    for (unsigned i = 0; i < row.size; ++i)
      elements[row[i]].range =
          semantics == Semantics::Real
              ? exact[i]
              : executedProbability(exact[i], row.size, roundedUp(all.width()),
                                    format);
  }
  return Bounds::elements(std::move(elements));
}

std::shared_ptr<const SourceSet> oneHotRows(ShapedType type, unsigned axis) {
  return hasRows(type, axis) ? rowsOf(RowSet::oneHot(), type, axis) : nullptr;
}

} // namespace act

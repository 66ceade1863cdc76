//===- RowSets.cpp - Sets in which rows of tensors lie --------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowSets.h"
#include "ExecutedError.h"
#include "act/Analysis/Bounds.h"
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

std::shared_ptr<const SourceSet> oneHotRows(ShapedType type, unsigned axis) {
  return hasRows(type, axis) ? rowsOf(RowSet::oneHot(), type, axis) : nullptr;
}

} // namespace act

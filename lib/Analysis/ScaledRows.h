//===- ScaledRows.h - Normalised rows that no op computes ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The weights of a norm are often multiplied with its scale first: flax
// computes (x - m) (s g) + b, TensorFlow x (s g) + (b - m (s g)). Over the
// reals both are g n + b of a normalised row n = (x - m) s, which no op
// computes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_SCALEDROWS_H
#define ACT_LIB_ANALYSIS_SCALEDROWS_H

#include "RowStatistics.h"

namespace act {

/// A node that is gain * factor * scale + offset over the reals. Gain and
/// offset are formulas over `variables`, of which they read only leaves of
/// numbers.
struct ScaledRow {
  const RowNode *factor; ///< of the row
  const RowNode *base;   ///< a leaf of it
  /// Whether the node is computed from the operands of the factor, a difference
  /// from the row's mean, and not from the factor, which is rounded.
  bool isSplit;
  RowScale scale; ///< without what it is computed from
  std::vector<const RowNode *> variables;
  Expression gain, offset;
};

/// Nothing where a node is none.
std::optional<ScaledRow> readScaledRow(const RowNode *node, RowReader &reader,
                                       RowStatistics &statistics);

} // namespace act

#endif // ACT_LIB_ANALYSIS_SCALEDROWS_H

//===- RowStatistics.h - Means, variances and norms of rows ----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_ROWSTATISTICS_H
#define ACT_LIB_ANALYSIS_ROWSTATISTICS_H

#include "ExecutedError.h"
#include "RowReader.h"
#include "act/Relaxation/AffineForm.h"

namespace act {

/// By what the elements of a row are multiplied: `factor`, of variable 0, at
/// `node`, which is computed from `of`.
struct RowScale {
  const RowNode *node;
  Expression factor;
  const RowNode *of; ///< a sum, or a variance

  /// The scale as a function of variable 0 in the place of `of`.
  Expression formula() const {
    return factor.substitute({formulaOf(node, {of})});
  }
  /// By how much it is off, as executed, for executed values within `range`.
  double error(Interval range, Semantics semantics) const;
};

/// Elements less their row's mean: `share` times the sum over the reals, which
/// is about 1 / terms.
struct Center {
  const RowNode *difference, *elements, *mean, *sum;
  Interval share;
  double terms;
  bool isExact; ///< whether the share is 1 / terms
};

/// kappa (sum x^2 - (sum x)^2 / n) as executed from other sums: off by at most
/// `off`, of which `steps` behind the sums.
struct Variance {
  double kappa, off, steps;
  Interval range; ///< as executed
};

/// The largest norm of a row, and magnitude of a scale, as computed; and of the
/// norm of the factors times how far a scale computed anew for each of them may
/// lie from one number.
struct NormBounds {
  double norm = std::numeric_limits<double>::infinity(), scale = norm,
         spread = norm;
};

class RowStatistics {
public:
  RowStatistics(RowReader &reader, Semantics semantics,
                llvm::function_ref<Bounds(mlir::Value)> bounds)
      : reader(reader), semantics(semantics), bounds(bounds) {}

  /// Where all elements of a node lie as executed, if they are bounded numbers.
  std::optional<Interval> rangeOf(const RowNode *node);
  /// The elements of a leaf that are numbers of the program.
  std::optional<std::vector<Interval>> numbersOf(const RowNode *leaf);

  /// Reads a difference, of which `base` is a leaf.
  std::optional<Center> readCenter(const RowNode *difference,
                                   const RowNode *base);
  /// An upper bound of the magnitude of the sum of the differences of a row.
  double boundSumOfDifferences(const Center &center);

  /// Reads a function of two sums, those of elements and of their squares.
  std::optional<Variance> readVariance(const RowNode *node);

  /// Bounds for factors times a scale that is computed from the sum of their
  /// squares, `squares`, and rounded to `format`.
  NormBounds boundNorm(const RowScale &scale, const RowNode *squares,
                       Format format);
  /// The same for differences from a mean and a scale that is computed from
  /// another sum of squares and that of the elements. `base` is a leaf of
  /// these.
  NormBounds boundCenteredNorm(RowScale scale, const Center &center,
                               const RowNode *base, Format format);

private:
  double largestOf(const RowNode *sum);
  double meanError(const Center &center, Interval elements);
  std::optional<Variance> readVariance(const RowNode *node,
                                       const RowNode *elements,
                                       const RowNode *base);
  NormBounds boundScaled(const RowScale &scale, const Variance &variance,
                         double terms, double shift, Format format);

  RowReader &reader;
  Semantics semantics;
  llvm::function_ref<Bounds(mlir::Value)> bounds;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_ROWSTATISTICS_H

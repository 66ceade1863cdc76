//===- ProductSums.h - Sums of numbers times intervals ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The inner loops of interval bounds through constant weights w: the intervals
// are given by arrays of centres and radii, and nothing is rounded outward
// until the sums are there, when a bound of all their rounding is added.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_PRODUCTSUMS_H
#define ACT_LIB_ANALYSIS_PRODUCTSUMS_H

#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include <cstddef>
#include <vector>

namespace act {

/// Intervals as arrays, one entry each.
struct FactorArrays {
  std::vector<double> centre;    ///< within the interval
  std::vector<double> radius;    ///< all of it is this close to the centre
  std::vector<double> magnitude; ///< of its ends
  std::vector<double> present;   ///< 1 unless the interval is [0, 0], then 0

  size_t size() const { return centre.size(); }
  void resize(size_t size);
  /// Bounded intervals only.
  void set(size_t index, Interval range);
  /// Of which no more is asked than whether the weights are finite.
  void setUnknown(size_t index);
  void copy(size_t index, const FactorArrays &source, size_t from);
};

/// What a sum of products w x is made of; rounded.
struct ProductSums {
  double centre = 0.0;    ///< of w c
  double radius = 0.0;    ///< of |w| r
  double magnitude = 0.0; ///< of |w| m; not finite if a weight is not
  double terms = 0.0;     ///< products that may differ from 0

  /// Ends that the exact sum of `steps` products lies between; all numbers
  /// are finite.
  Interval bounds(double steps) const;
  /// At least the sum of the magnitudes of the products.
  double largest(double steps) const;
  /// Whether each product may be at least 0 (at most 0): if not, some is not.
  bool mayBeNonNegative(double steps) const;
  bool mayBeNonPositive(double steps) const;

private:
  /// Of the sum of the centre's terms and of the radius's, together.
  double rounding(double steps) const;
};

/// The same for several sums side by side.
struct ProductSumArrays {
  std::vector<double> centre, radius, magnitude, terms;

  explicit ProductSumArrays(size_t size)
      : centre(size), radius(size), magnitude(size), terms(size) {}
  ProductSums operator[](size_t index) const {
    return {centre[index], radius[index], magnitude[index], terms[index]};
  }
};

/// Adds `count` products of weights and the first factors to one sum.
void addProducts(const double *weights, const FactorArrays &factors,
                 size_t count, ProductSums &sums);

/// Rows that addRows() takes at once.
inline constexpr size_t kRowsAtOnce = 8;
/// Sums side by side, and the factors of the rows that are added to them.
struct ColumnSums {
  FactorArrays factors; ///< kRowsAtOnce
  ProductSumArrays sums;

  explicit ColumnSums(size_t size) : sums(size) { factors.resize(kRowsAtOnce); }
};
/// Adds to each of the first `count` sums of all `parts` its weight in each
/// row, numbers of `format` in memory, times the row's factor, row by row.
void addRows(const char *const (&rows)[kRowsAtOnce], Format format,
             size_t count, std::vector<ColumnSums> &parts);

} // namespace act

#endif // ACT_LIB_ANALYSIS_PRODUCTSUMS_H

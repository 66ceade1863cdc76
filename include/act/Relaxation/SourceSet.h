//===- SourceSet.h - What elements of a source satisfy together *- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A box knows nothing of how elements depend on each other. Where they lie on a
// simplex or in a ball, the largest value of a linear function, the support
// function of the set, is often far less than that of its box.
//
// Whatever splits w into u + v, sup w x over the common part of two sets is at
// most sup u x over one plus sup v x over the other: bounds need no exact
// multipliers, and attain the support function with the best ones.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RELAXATION_SOURCESET_H
#define ACT_RELAXATION_SOURCESET_H

#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include <cstdint>
#include <vector>

namespace act {

/// A set of rows of numbers.
struct RowSet {
  enum class Kind {
    Ellipsoid, ///< sum ((x_i - center_i) / radius_i)^2 <= 1
    Simplex,   ///< no x_i below 0
    OneHot     ///< one x_i is 1, the others are 0
  } kind = Kind::Simplex;
  std::vector<double> center, radius; ///< of an ellipsoid; no radius below 0
  /// Of Ellipsoid and Simplex: where the sum of the elements lies.
  Interval sum;

  static RowSet ellipsoid(std::vector<double> center,
                          std::vector<double> radius);
  /// No element is negative; they add up to a number of `sum`, which contains
  /// 1: more than that where the sum is rounded.
  static RowSet simplex(Interval sum);
  static RowSet oneHot();
  /// `size` numbers of a norm of at most `norm` that add up to one of `sum`.
  static RowSet normalized(unsigned size, double norm, Interval sum);

  /// In which each point of the set has an element.
  Interval range(unsigned element) const;
};

/// The rows of a source, each of which lies in a set of the same form. Every
/// element is part of one row.
class SourceSet {
public:
  /// Elements `first`, first + `stride`, ...: runs of `run` elements, whose
  /// first ones are `jump` apart.
  struct Row {
    unsigned first, stride, size;
    unsigned run = 1, jump = stride;
    unsigned operator[](unsigned i) const {
      return first + i / run * jump + i % run * stride;
    }
  };

  SourceSet(RowSet set, std::vector<Row> rows)
      : set(std::move(set)), all(std::move(rows)) {}
  /// One row of `size` elements.
  SourceSet(RowSet set, unsigned size)
      : SourceSet(std::move(set), {{0, 1, size}}) {}
  /// Rows along dimension `axis` of a tensor of `shape`, row-major.
  static SourceSet alongAxis(RowSet set, const std::vector<int64_t> &shape,
                             unsigned axis);

  const RowSet &rowSet() const { return set; }
  const std::vector<Row> &rows() const { return all; }

  /// An upper bound, `value + error`, of the sum of the products of
  /// `coefficients` with the elements of a point of the set in `box`.
  struct Bound {
    double value = 0.0, error = 0.0;
  };
  Bound support(const double *coefficients,
                const std::vector<Interval> &box) const;
  /// Where in the box a point of the set is about highest; all coefficients are
  /// 0 where there are none.
  std::vector<double> maximizer(const double *coefficients,
                                const std::vector<Interval> &box) const;
  /// Narrows `box` to a box around what of the set lies in it; false where
  /// nothing does.
  bool narrow(std::vector<Interval> &box) const;

  /// Moves `point` to a point of the set near it, up to rounding. Here and
  /// below the elements of a simplex add up to 1.
  void project(std::vector<double> &point) const;
  /// Moves `point`, a random one of a box, to a random one of the set. For even
  /// numbers it lies at the end of the set: on the surface of an ellipsoid, at
  /// or near a vertex of a simplex.
  void spread(std::vector<double> &point, uint64_t number) const;
  /// Moves `point` to one of numbers of `format` that certainly lies in the
  /// set; false where none is found.
  bool makeRepresentable(std::vector<double> &point, Format format) const;

private:
  RowSet set;
  std::vector<Row> all;
};

} // namespace act

#endif // ACT_RELAXATION_SOURCESET_H

//===- ProductSums.cpp - Sums of numbers times intervals ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProductSums.h"
#include "NumberLayouts.h"
#include "act/Formula/VectorVersions.h"
#include "act/Relaxation/Network.h"
#include <algorithm>
#include <cmath>
#include <cstring>

namespace act {

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

void FactorArrays::resize(size_t size) {
  for (std::vector<double> *each : {&centre, &radius, &magnitude, &present})
    each->resize(size);
}

void FactorArrays::set(size_t index, Interval range) {
  double middle = range.isPoint() ? range.lo : range.lo / 2 + range.hi / 2;
  centre[index] = middle;
  radius[index] =
      range.isPoint()
          ? 0.0
          : roundedUp(std::max(range.hi - middle, middle - range.lo));
  magnitude[index] = range.magnitude();
  present[index] = range == Interval(0.0) ? 0.0 : 1.0;
}

void FactorArrays::setUnknown(size_t index) {
  centre[index] = radius[index] = 0.0;
  magnitude[index] = present[index] = 1.0;
}

void FactorArrays::copy(size_t index, const FactorArrays &source, size_t from) {
  centre[index] = source.centre[from];
  radius[index] = source.radius[from];
  magnitude[index] = source.magnitude[from];
  present[index] = source.present[from];
}

//===----------------------------------------------------------------------===//
// What is known of a sum
//===----------------------------------------------------------------------===//

/// What underflow can take from a sum of products, each at most half the
/// smallest double: a few times that.
static double underflowError(double steps) { return (steps + 1.0) * 0x1p-1072; }

/// Each sum is off by at most g(n) of the magnitudes of its terms (Higham,
/// Accuracy and Stability of Numerical Algorithms, 2nd ed., 3.1), and those of
/// the centres and of the radii add up to no more than 3 `magnitude`.
double ProductSums::rounding(double steps) const {
  double relative = relativeSumError(steps + 4.0) * 4.0;
  return roundedUp(roundedUp(relative * magnitude) + underflowError(steps));
}

Interval ProductSums::bounds(double steps) const {
  if (terms == 0.0)
    return Interval(0.0);
  Interval width(roundedUp(radius + rounding(steps)));
  return Interval(centre) + Interval(-width.hi, width.hi);
}

/// A product that is at least 0 has |w| m as its upper end, which is at most
/// w c + |w| r.
bool ProductSums::mayBeNonNegative(double steps) const {
  return roundedUp(centre + radius) + rounding(steps) >= magnitude;
}

bool ProductSums::mayBeNonPositive(double steps) const {
  return roundedUp(radius - centre) + rounding(steps) >= magnitude;
}

double ProductSums::largest(double steps) const {
  if (terms == 0.0)
    return 0.0;
  double growth = 1.0 + 2.0 * relativeSumError(steps + 4.0);
  return roundedUp(roundedUp(magnitude * growth) + underflowError(steps));
}

//===----------------------------------------------------------------------===//
// The loops
//===----------------------------------------------------------------------===//

/// Sums side by side, so that none waits for the one before.
static constexpr size_t kLanes = 8;

static double total(const double *lanes) {
  return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
         ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

ACT_VECTOR_VERSIONS
static void
addDot(const double *__restrict weights, const double *__restrict centre,
       const double *__restrict radius, const double *__restrict magnitude,
       const double *__restrict present, size_t count, ProductSums &sums) {
  double c[kLanes] = {}, r[kLanes] = {}, m[kLanes] = {}, n[kLanes] = {};
  auto step = [&](size_t i, size_t k) __attribute__((always_inline)) {
    double weight = weights[i], size = std::abs(weight);
    c[k] += weight * centre[i];
    r[k] += size * radius[i];
    m[k] += size * magnitude[i];
    n[k] += weight != 0.0 ? present[i] : 0.0;
  };
  size_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    for (size_t k = 0; k < kLanes; ++k)
      step(i + k, k);
  for (; i < count; ++i)
    step(i, 0);
  sums.centre += total(c);
  sums.radius += total(r);
  sums.magnitude += total(m);
  sums.terms += total(n);
}

void addProducts(const double *weights, const FactorArrays &factors,
                 size_t count, ProductSums &sums) {
  addDot(weights, factors.centre.data(), factors.radius.data(),
         factors.magnitude.data(), factors.present.data(), count, sums);
}

/// Columns side by side; a machine with shorter vectors takes several.
typedef double Lanes __attribute__((vector_size(64), aligned(8)));
typedef int64_t LaneBits __attribute__((vector_size(64), aligned(8)));
static_assert(sizeof(Lanes) == kLanes * sizeof(double));

template <typename Layout>
[[gnu::always_inline]] static inline void load(const char *row, size_t column,
                                               double &number) {
  number = numberAt<Layout>(row, column);
}
template <typename Layout>
[[gnu::always_inline]] static inline void load(const char *row, size_t column,
                                               Lanes &numbers) {
  for (size_t k = 0; k < kLanes; ++k)
    numbers[k] = numberAt<Layout>(row, column + k);
}

[[gnu::always_inline]] static inline double sizeOf(double number) {
  return std::abs(number);
}
[[gnu::always_inline]] static inline Lanes sizeOf(Lanes numbers) {
  return (Lanes)((LaneBits)numbers & INT64_MAX);
}

/// Adds the rows' products to the sums of as many columns as are in a Number,
/// which stay in registers.
template <typename Layout, typename Number>
[[gnu::always_inline]] static inline void
addToColumns(const char *const *rows, size_t column, ColumnSums &part) {
  const FactorArrays &factors = part.factors;
  double *arrays[] = {&part.sums.centre[column], &part.sums.radius[column],
                      &part.sums.magnitude[column], &part.sums.terms[column]};
  Number c, r, m, n;
  std::memcpy(&c, arrays[0], sizeof(Number));
  std::memcpy(&r, arrays[1], sizeof(Number));
  std::memcpy(&m, arrays[2], sizeof(Number));
  std::memcpy(&n, arrays[3], sizeof(Number));
  for (size_t row = 0; row < kRowsAtOnce; ++row) {
    Number weight;
    load<Layout>(rows[row], column, weight);
    Number size = sizeOf(weight);
    c += weight * factors.centre[row];
    r += size * factors.radius[row];
    m += size * factors.magnitude[row];
    n += weight != 0.0 ? Number() + factors.present[row] : Number();
  }
  std::memcpy(arrays[0], &c, sizeof(Number));
  std::memcpy(arrays[1], &r, sizeof(Number));
  std::memcpy(arrays[2], &m, sizeof(Number));
  std::memcpy(arrays[3], &n, sizeof(Number));
}

template <typename Layout>
[[gnu::always_inline]] static inline void
addRowsAs(const char *const *rows, size_t count, ColumnSums *parts,
          size_t numParts) {
  /// Rows lie in pages of their own, of each of which little is read at once.
  constexpr size_t kColumnsAhead = 128;
  size_t column = 0;
  for (; column + kLanes <= count; column += kLanes) {
    for (size_t row = 0; row < kRowsAtOnce; ++row)
      __builtin_prefetch(rows[row] + (column + kColumnsAhead) *
                                         sizeof(typename Layout::Bits));
    for (size_t part = 0; part < numParts; ++part)
      addToColumns<Layout, Lanes>(rows, column, parts[part]);
  }
  for (; column < count; ++column)
    for (size_t part = 0; part < numParts; ++part)
      addToColumns<Layout, double>(rows, column, parts[part]);
}

ACT_VECTOR_VERSIONS
static void addRowsOf(Format format, const char *const *rows, size_t count,
                      ColumnSums *parts, size_t numParts) {
  visitLayout(format, [&](auto layout) __attribute__((always_inline)) {
    addRowsAs<decltype(layout)>(rows, count, parts, numParts);
  });
}

void addRows(const char *const (&rows)[kRowsAtOnce], Format format,
             size_t count, std::vector<ColumnSums> &parts) {
  addRowsOf(format, rows, count, parts.data(), parts.size());
}

} // namespace act

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

template <typename Layout>
[[gnu::always_inline]] static inline void
addColumnsAs(const char *const *rows, const FactorArrays &factors, size_t count,
             double *__restrict c, double *__restrict r, double *__restrict m,
             double *__restrict n) {
  static_assert(kRowsAtOnce == 4, "as many as are written out here");
  const char *row0 = rows[0], *row1 = rows[1], *row2 = rows[2], *row3 = rows[3];
  double c0 = factors.centre[0], r0 = factors.radius[0];
  double c1 = factors.centre[1], r1 = factors.radius[1];
  double c2 = factors.centre[2], r2 = factors.radius[2];
  double c3 = factors.centre[3], r3 = factors.radius[3];
  double m0 = factors.magnitude[0], n0 = factors.present[0];
  double m1 = factors.magnitude[1], n1 = factors.present[1];
  double m2 = factors.magnitude[2], n2 = factors.present[2];
  double m3 = factors.magnitude[3], n3 = factors.present[3];
  for (size_t j = 0; j < count; ++j) {
    double w0 = numberAt<Layout>(row0, j), w1 = numberAt<Layout>(row1, j);
    double w2 = numberAt<Layout>(row2, j), w3 = numberAt<Layout>(row3, j);
    double s0 = std::abs(w0), s1 = std::abs(w1);
    double s2 = std::abs(w2), s3 = std::abs(w3);
    c[j] += (w0 * c0 + w1 * c1) + (w2 * c2 + w3 * c3);
    r[j] += (s0 * r0 + s1 * r1) + (s2 * r2 + s3 * r3);
    m[j] += (s0 * m0 + s1 * m1) + (s2 * m2 + s3 * m3);
    n[j] += ((w0 != 0.0 ? n0 : 0.0) + (w1 != 0.0 ? n1 : 0.0)) +
            ((w2 != 0.0 ? n2 : 0.0) + (w3 != 0.0 ? n3 : 0.0));
  }
}

ACT_VECTOR_VERSIONS
static void addColumns(const char *const *rows, Format format,
                       const FactorArrays &factors, size_t count, double *c,
                       double *r, double *m, double *n) {
  visitLayout(format, [&](auto layout) __attribute__((always_inline)) {
    addColumnsAs<decltype(layout)>(rows, factors, count, c, r, m, n);
  });
}

void addRows(const char *const (&rows)[kRowsAtOnce], Format format,
             const FactorArrays &factors, size_t count,
             ProductSumArrays &sums) {
  addColumns(rows, format, factors, count, sums.centre.data(),
             sums.radius.data(), sums.magnitude.data(), sums.terms.data());
}

} // namespace act

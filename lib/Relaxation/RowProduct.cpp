//===- RowProduct.cpp - Rows of coefficients times a map ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Many coefficients are 0, as those of units that are off: only the others'
// rows of the map are read, four at a time so that the result is loaded and
// stored once for four products.
//
//===----------------------------------------------------------------------===//

#include "RowProduct.h"
#include <algorithm>
#include <cmath>

namespace act {

// Vectors of the machine at hand; every version gives the same bits.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define ACT_FOR_EACH_X86 __attribute__((target_clones("avx2", "default")))
#else
#define ACT_FOR_EACH_X86
#endif

namespace {
struct Factor {
  double value;
  const double *row;
};
} // namespace

ACT_FOR_EACH_X86
static void addDense(const Factor *factors, size_t count, size_t columns,
                     double *__restrict result) {
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const Factor *f = factors + i;
    const double *r0 = f[0].row, *r1 = f[1].row, *r2 = f[2].row, *r3 = f[3].row;
    double a0 = f[0].value, a1 = f[1].value, a2 = f[2].value, a3 = f[3].value;
    for (size_t j = 0; j < columns; ++j)
      result[j] =
          (((result[j] + a0 * r0[j]) + a1 * r1[j]) + a2 * r2[j]) + a3 * r3[j];
  }
  for (; i < count; ++i)
    for (size_t j = 0; j < columns; ++j)
      result[j] += factors[i].value * factors[i].row[j];
}

/// Sums side by side, so that none waits for the one before.
static constexpr size_t kSums = 8;

static double total(const double *sums) {
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
         ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

void LineArrays::resize(size_t size) {
  for (std::vector<double> *each : {&lowerSlope, &lowerOffset, &lowerSlack,
                                    &upperSlope, &upperOffset, &upperSlack})
    each->resize(size);
}

void LineArrays::set(size_t element, const Line &lower, const Line &upper) {
  lowerSlope[element] = lower.slope;
  lowerOffset[element] = lower.offset;
  upperSlope[element] = upper.slope;
  upperOffset[element] = upper.offset;
}

ACT_FOR_EACH_X86
static ConstantPart addLinesOf(const double *__restrict a,
                               const double *const *__restrict lines,
                               size_t count, double *__restrict result) {
  double values[kSums] = {}, errors[kSums] = {};
  auto step = [&](size_t i, size_t k) __attribute__((always_inline)) {
    // One of the two is 0, so that the sums below are exact.
    double up = a[i] > 0.0 ? a[i] : 0.0, down = a[i] > 0.0 ? 0.0 : a[i];
    result[i] += up * lines[3][i] + down * lines[0][i];
    values[k] += up * lines[4][i] + down * lines[1][i];
    errors[k] += up * lines[5][i] - down * lines[2][i];
  };
  size_t i = 0;
  for (; i + kSums <= count; i += kSums)
    for (size_t k = 0; k < kSums; ++k)
      step(i + k, k);
  for (; i < count; ++i)
    step(i, 0);
  return {total(values), total(errors)};
}

ConstantPart addLines(const double *coefficients, const LineArrays &lines,
                      double *result) {
  const double *arrays[] = {lines.lowerSlope.data(),  lines.lowerOffset.data(),
                            lines.lowerSlack.data(),  lines.upperSlope.data(),
                            lines.upperOffset.data(), lines.upperSlack.data()};
  return addLinesOf(coefficients, arrays, lines.lowerSlope.size(), result);
}

/// The sum of the terms, several side by side. Inlined into each version of its
/// caller.
template <typename Term>
__attribute__((always_inline)) static inline double sumOf(size_t count,
                                                          Term term) {
  double sums[kSums] = {};
  size_t i = 0;
  for (; i + kSums <= count; i += kSums)
    for (size_t k = 0; k < kSums; ++k)
      sums[k] += term(i + k);
  for (; i < count; ++i)
    sums[0] += term(i);
  return total(sums);
}

ACT_FOR_EACH_X86
double magnitudeProduct(const double *a, const double *b, size_t count) {
  return sumOf(count, [=](size_t i) __attribute__((always_inline)) {
    return std::abs(a[i]) * b[i];
  });
}

ACT_FOR_EACH_X86
double dotProduct(const double *a, const double *b, size_t count) {
  return sumOf(count, [=](size_t i) __attribute__((always_inline)) {
    return a[i] * b[i];
  });
}

ConstantPart addOffsets(const double *coefficients, const double *values,
                        const double *slack, size_t count) {
  return {dotProduct(coefficients, values, count),
          magnitudeProduct(coefficients, slack, count)};
}

void addRowProducts(const std::vector<double> &coefficients, unsigned rows,
                    const LinearMap &map, std::vector<double> &result) {
  size_t inner = map.numRows(), columns = map.numColumns();
  std::vector<Factor> factors(inner);
  for (unsigned r = 0; r < rows; ++r) {
    const double *a = coefficients.data() + r * inner;
    double *out = result.data() + r * columns;
    if (!map.isDense()) {
      for (size_t i = 0; i < inner; ++i)
        if (a[i] != 0.0)
          map.forEachEntry(i, [&](unsigned column, double value) {
            out[column] += a[i] * value;
          });
      continue;
    }
    size_t count = 0;
    for (size_t i = 0; i < inner; ++i) {
      factors[count] = {a[i], map.denseRow(i)};
      count += a[i] != 0.0;
    }
    addDense(factors.data(), count, columns, out);
  }
}

} // namespace act

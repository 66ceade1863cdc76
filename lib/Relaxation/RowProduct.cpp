//===- RowProduct.cpp - Rows of coefficients times a map ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Many coefficients are 0, as those of units that are off: only the others'
// rows of the map are read. Of one row of coefficients, four at a time, so that
// the result is loaded and stored once for four products; of many, a tile of
// the result stays in registers and a panel of the map in the cache (Goto and
// van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS
// 2008). Both add the products of an element in the order of the rows.
//
//===----------------------------------------------------------------------===//

#include "RowProduct.h"
#include "act/Formula/VectorVersions.h"
#include <algorithm>
#include <cmath>

namespace act {

namespace {
struct Factor {
  double value;
  const double *row;
};
} // namespace

ACT_VECTOR_VERSIONS
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

/// A tile of the result: so many sums as registers of four doubles hold.
static constexpr size_t kTileRows = 4, kTileColumns = 8;

namespace {
/// Rows of coefficients side by side, without the columns in which all are 0.
struct TileRows {
  std::vector<unsigned> places;
  std::vector<double> values; ///< kTileRows for each place
};
} // namespace

static TileRows packRows(const double *a, size_t inner) {
  TileRows packed;
  for (size_t i = 0; i < inner; ++i) {
    double column[kTileRows];
    bool isZero = true;
    for (size_t r = 0; r < kTileRows; ++r) {
      column[r] = a[r * inner + i];
      isZero &= column[r] == 0.0;
    }
    if (isZero)
      continue;
    packed.places.push_back(i);
    packed.values.insert(packed.values.end(), column, column + kTileRows);
  }
  return packed;
}

/// Adds the products of packed rows with a panel kTileColumns wide to a tile of
/// the result, whose rows are `stride` apart.
ACT_VECTOR_VERSIONS
static void addTile(const unsigned *places, const double *values, size_t count,
                    const double *panel, double *result, size_t stride) {
  double sums[kTileRows][kTileColumns];
  for (size_t r = 0; r < kTileRows; ++r)
    for (size_t j = 0; j < kTileColumns; ++j)
      sums[r][j] = result[r * stride + j];
  for (size_t k = 0; k < count; ++k) {
    const double *b = panel + places[k] * kTileColumns;
    for (size_t r = 0; r < kTileRows; ++r)
      for (size_t j = 0; j < kTileColumns; ++j)
        sums[r][j] += values[k * kTileRows + r] * b[j];
  }
  for (size_t r = 0; r < kTileRows; ++r)
    for (size_t j = 0; j < kTileColumns; ++j)
      result[r * stride + j] = sums[r][j];
}

/// Adds to one row after the other.
static void addRowByRow(const double *a, size_t rows, size_t inner,
                        const double *b, size_t columns, double *result,
                        size_t stride) {
  std::vector<Factor> factors(inner);
  for (size_t r = 0; r < rows; ++r) {
    size_t count = 0;
    for (size_t i = 0; i < inner; ++i) {
      factors[count] = {a[r * inner + i], b + i * columns};
      count += factors[count].value != 0.0;
    }
    addDense(factors.data(), count, columns, result + r * stride);
  }
}

/// The same for a tile that is `width` wide.
static void addTile(const TileRows &rows, const double *panel, size_t width,
                    double *result, size_t stride) {
  auto add = [&](double *to, size_t apart) {
    addTile(rows.places.data(), rows.values.data(), rows.places.size(), panel,
            to, apart);
  };
  if (width == kTileColumns)
    return add(result, stride);
  double tile[kTileRows * kTileColumns] = {};
  for (size_t r = 0; r < kTileRows; ++r)
    std::copy_n(result + r * stride, width, tile + r * kTileColumns);
  add(tile, kTileColumns);
  for (size_t r = 0; r < kTileRows; ++r)
    std::copy_n(tile + r * kTileColumns, width, result + r * stride);
}

/// Copies up to `count` panels of a matrix, from column `first` on; what the
/// last one lacks stays as it is.
static void copyPanels(const double *matrix, size_t rows, size_t columns,
                       size_t first, size_t count, double *panels) {
  size_t end = std::min(columns, first + count * kTileColumns);
  for (size_t i = 0; i < rows; ++i) {
    const double *row = matrix + i * columns;
    double *panel = panels + i * kTileColumns;
    size_t at = first;
    for (; at + kTileColumns <= end; at += kTileColumns) {
      std::copy_n(row + at, kTileColumns, panel);
      panel += rows * kTileColumns;
    }
    for (size_t j = 0; at + j < end; ++j)
      panel[j] = row[at + j];
  }
}

void addMatrixProduct(const double *a, size_t rows, size_t inner,
                      const double *b, size_t columns, double *result,
                      size_t stride) {
  // From so many rows on a panel is worth its copy.
  constexpr size_t kMinRows = 16;
  size_t inTiles = rows < kMinRows ? 0 : rows - rows % kTileRows;
  std::vector<TileRows> tiles;
  for (size_t r = 0; r < inTiles; r += kTileRows)
    tiles.push_back(packRows(a + r * inner, inner));
  // Several panels are copied at a time, for rows may lie a page apart.
  constexpr size_t kPanels = 4;
  size_t size = inner * kTileColumns;
  std::vector<double> panels(inTiles ? kPanels * size : 0);
  for (size_t first = 0; inTiles && first < columns; first += kTileColumns) {
    size_t panel = first / kTileColumns % kPanels;
    if (panel == 0)
      copyPanels(b, inner, columns, first, kPanels, panels.data());
    double *corner = result + first;
    for (const TileRows &tile : tiles) {
      addTile(tile, panels.data() + panel * size,
              std::min(kTileColumns, columns - first), corner, stride);
      corner += kTileRows * stride;
    }
  }
  addRowByRow(a + inTiles * inner, rows - inTiles, inner, b, columns,
              result + inTiles * stride, stride);
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

ACT_VECTOR_VERSIONS
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

ACT_VECTOR_VERSIONS
double magnitudeProduct(const double *a, const double *b, size_t count) {
  return sumOf(count, [=](size_t i) __attribute__((always_inline)) {
    return std::abs(a[i]) * b[i];
  });
}

ACT_VECTOR_VERSIONS
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
  if (map.isDense())
    return addMatrixProduct(coefficients.data(), rows, inner, map.denseRow(0),
                            columns, result.data(), columns);
  for (unsigned r = 0; r < rows; ++r) {
    const double *a = coefficients.data() + r * inner;
    double *out = result.data() + r * columns;
    for (size_t i = 0; i < inner; ++i)
      if (a[i] != 0.0)
        map.forEachEntry(i, [&](unsigned column, double value) {
          out[column] += a[i] * value;
        });
  }
}

void addMapProduct(const LinearMap &map, const double *matrix, size_t columns,
                   unsigned firstRow, unsigned numRows, double *result,
                   size_t stride) {
  if (map.isDense())
    return addMatrixProduct(map.denseRow(firstRow), numRows, map.numColumns(),
                            matrix, columns, result, stride);
  std::vector<Factor> factors;
  for (unsigned r = 0; r < numRows; ++r) {
    factors.clear();
    map.forEachEntry(firstRow + r, [&](unsigned column, double value) {
      factors.push_back({value, matrix + column * columns});
    });
    addDense(factors.data(), factors.size(), columns, result + r * stride);
  }
}

} // namespace act

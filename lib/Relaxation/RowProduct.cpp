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
#include <cstring>

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

namespace {
/// Eight doubles; a machine with shorter vectors takes several.
typedef double Lanes __attribute__((vector_size(64), aligned(8)));
constexpr size_t kLanes = 8;

/// Rows of coefficients side by side, without the columns in which all are 0.
struct TileRows {
  std::vector<unsigned> places;
  std::vector<double> values; ///< one per row of a tile for each place
};

/// Adds the products of packed rows with a panel, as wide as a tile, to a tile
/// of the result, whose rows are `stride` apart.
using AddTile = void (*)(const unsigned *places, const double *values,
                         size_t count, const double *panel, double *result,
                         size_t stride);

/// Copies panels as wide as a tile.
using CopyPanels = void (*)(const double *matrix, size_t rows, size_t columns,
                            size_t first, size_t count, double *panels);

/// A part of the result whose sums the registers hold.
struct Tile {
  size_t rows, columns;
  AddTile add;
  CopyPanels copy;
};
} // namespace

template <size_t Rows, size_t Vectors>
[[gnu::always_inline]] static inline void
addProducts(const unsigned *places, const double *values, size_t count,
            const double *panel, double *result, size_t stride) {
  Lanes sums[Rows][Vectors];
  for (size_t r = 0; r < Rows; ++r)
    std::memcpy(sums[r], result + r * stride, sizeof(sums[r]));
  for (size_t k = 0; k < count; ++k) {
    Lanes b[Vectors];
    std::memcpy(b, panel + places[k] * Vectors * kLanes, sizeof(b));
    for (size_t r = 0; r < Rows; ++r)
      for (size_t v = 0; v < Vectors; ++v)
        sums[r][v] += values[k * Rows + r] * b[v];
  }
  for (size_t r = 0; r < Rows; ++r)
    std::memcpy(result + r * stride, sums[r], sizeof(sums[r]));
}

/// For registers of four doubles or less.
ACT_VECTOR_VERSIONS
static void addNarrowTile(const unsigned *places, const double *values,
                          size_t count, const double *panel, double *result,
                          size_t stride) {
  addProducts<4, 1>(places, values, count, panel, result, stride);
}

#ifdef ACT_HAS_VECTOR_VERSIONS
/// For 32 registers of eight doubles.
__attribute__((target("avx512f"))) static void
addWideTile(const unsigned *places, const double *values, size_t count,
            const double *panel, double *result, size_t stride) {
  addProducts<8, 2>(places, values, count, panel, result, stride);
}
#endif

/// Copies up to `count` panels of a matrix, from column `first` on; what the
/// last one lacks stays as it is.
template <size_t Width>
static void copyPanels(const double *matrix, size_t rows, size_t columns,
                       size_t first, size_t count, double *panels) {
  size_t end = std::min(columns, first + count * Width);
  for (size_t i = 0; i < rows; ++i) {
    const double *row = matrix + i * columns;
    double *panel = panels + i * Width;
    size_t at = first;
    for (; at + Width <= end; at += Width) {
      std::memcpy(panel, row + at, Width * sizeof(double));
      panel += rows * Width;
    }
    std::copy(row + at, row + end, panel);
  }
}

/// Each sum adds the same products in the same order, whatever the tile.
static Tile tileOfMachine() {
#ifdef ACT_HAS_VECTOR_VERSIONS
  if (__builtin_cpu_supports("avx512f"))
    return {8, 2 * kLanes, addWideTile, copyPanels<2 * kLanes>};
#endif
  return {4, kLanes, addNarrowTile, copyPanels<kLanes>};
}

static constexpr size_t kMostTileRows = 8, kMostTileColumns = 2 * kLanes;

static TileRows packRows(const double *a, size_t inner, size_t rows) {
  TileRows packed;
  for (size_t i = 0; i < inner; ++i) {
    double column[kMostTileRows];
    bool isZero = true;
    for (size_t r = 0; r < rows; ++r) {
      column[r] = a[r * inner + i];
      isZero &= column[r] == 0.0;
    }
    if (isZero)
      continue;
    packed.places.push_back(i);
    packed.values.insert(packed.values.end(), column, column + rows);
  }
  return packed;
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

/// Adds to a tile of which only `width` columns are there.
static void addTile(const Tile &tile, const TileRows &rows, const double *panel,
                    size_t width, double *result, size_t stride) {
  auto add = [&](double *to, size_t apart) {
    tile.add(rows.places.data(), rows.values.data(), rows.places.size(), panel,
             to, apart);
  };
  if (width == tile.columns)
    return add(result, stride);
  double whole[kMostTileRows * kMostTileColumns] = {};
  for (size_t r = 0; r < tile.rows; ++r)
    std::copy_n(result + r * stride, width, whole + r * tile.columns);
  add(whole, tile.columns);
  for (size_t r = 0; r < tile.rows; ++r)
    std::copy_n(whole + r * tile.columns, width, result + r * stride);
}

void addMatrixProduct(const double *a, size_t rows, size_t inner,
                      const double *b, size_t columns, double *result,
                      size_t stride) {
  static const Tile tile = tileOfMachine();
  // From so many rows on a panel is worth its copy.
  constexpr size_t kMinRows = 16;
  size_t inTiles = rows < kMinRows ? 0 : rows - rows % tile.rows;
  std::vector<TileRows> packed;
  for (size_t r = 0; r < inTiles; r += tile.rows)
    packed.push_back(packRows(a + r * inner, inner, tile.rows));
  // Several panels are copied at a time, for rows may lie a page apart.
  constexpr size_t kPanels = 4;
  size_t size = inner * tile.columns;
  std::vector<double> panels(inTiles ? kPanels * size : 0);
  for (size_t first = 0; inTiles && first < columns; first += tile.columns) {
    size_t panel = first / tile.columns % kPanels;
    if (panel == 0)
      tile.copy(b, inner, columns, first, kPanels, panels.data());
    double *corner = result + first;
    for (const TileRows &each : packed) {
      addTile(tile, each, panels.data() + panel * size,
              std::min(tile.columns, columns - first), corner, stride);
      corner += tile.rows * stride;
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
double magnitudeSum(const double *a, size_t count) {
  return sumOf(count, [=](size_t i) __attribute__((always_inline)) {
    return std::abs(a[i]);
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

//===- RowProduct.h - Rows of coefficients times a map ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_RELAXATION_ROWPRODUCT_H
#define ACT_LIB_RELAXATION_ROWPRODUCT_H

#include "act/Relaxation/LineArrays.h"

namespace act {

/// Adds to each of `rows` rows of `result`, map.numColumns() long, the product
/// of the row of `coefficients`, map.numRows() long, with `map`. In a fixed
/// order, without fused multiply-add: the same bits on every machine.
void addRowProducts(const std::vector<double> &coefficients, unsigned rows,
                    const LinearMap &map, std::vector<double> &result);

/// Adds to `rows` rows of `result`, `stride` apart, the product of `a`, `rows`
/// by `inner`, with `b`, `inner` by `columns`. All are row-major and finite;
/// the same bits on every machine, and for every row whatever the others are.
void addMatrixProduct(const double *a, size_t rows, size_t inner,
                      const double *b, size_t columns, double *result,
                      size_t stride);

/// Adds to `numRows` rows of `result`, `stride` apart, the product of as many
/// rows of `map` with `matrix`, map.numColumns() by `columns`.
void addMapProduct(const LinearMap &map, const double *matrix, size_t columns,
                   unsigned firstRow, unsigned numRows, double *result,
                   size_t stride);

/// What is added to a bound's constant, and to the bound of its error.
struct ConstantPart {
  double value = 0.0, error = 0.0;
};

/// Replaces functions by their upper lines where `coefficients` are positive,
/// else by their lower ones: adds the coefficients of the operands to `result`.
ConstantPart addLines(const double *coefficients, const LineArrays &lines,
                      double *result);
/// The products of coefficients with values, and of their magnitudes with
/// `slack`, each summed.
ConstantPart addOffsets(const double *coefficients, const double *values,
                        const double *slack, size_t count);

/// The same of the magnitudes of `a` with `b`.
double magnitudeProduct(const double *a, const double *b, size_t count);
/// The sum of the magnitudes of `count` numbers.
double magnitudeSum(const double *a, size_t count);
/// The sum of the products of `count` pairs; the same bits on every machine.
double dotProduct(const double *a, const double *b, size_t count);

} // namespace act

#endif // ACT_LIB_RELAXATION_ROWPRODUCT_H

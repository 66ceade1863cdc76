//===- RandomDraws.cpp - Random numbers that are equal everywhere ---------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled without contraction of a * b + c, which rounds once where the
// machine can and twice where it cannot.
//
//===----------------------------------------------------------------------===//

#include "act/IR/RandomDraws.h"

#include <algorithm>
#include <cmath>

using namespace act;

uint64_t RandomStream::bits() {
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

double RandomStream::uniform() {
  // 52 bits and a half have 53 digits: the sum is exact.
  return (double(bits() >> 12) + 0.5) * 0x1p-52;
}

/// The natural logarithm of a normal `x` > 0, to 1e-15 relative: m 2^e with m
/// within sqrt(2) of 1, and log m = 2 atanh(s), s = (m - 1)/(m + 1) below
/// 0.172, where the series up to s^21 leaves out less than 1e-18.
static double portableLog(double x) {
  int exponent;
  double m = std::frexp(x, &exponent); // exact
  if (m < M_SQRT1_2) {
    m *= 2;
    --exponent;
  }
  double s = (m - 1) / (m + 1), square = s * s, series = 0;
  for (int degree = 21; degree >= 1; degree -= 2)
    series = series * square + 1.0 / degree;
  return exponent * M_LN2 + 2 * s * series;
}

double RandomStream::normal() {
  if (hasSpare) {
    hasSpare = false;
    return spare;
  }
  double x, y, square;
  do {
    x = 2 * uniform() - 1;
    y = 2 * uniform() - 1;
    square = x * x + y * y;
  } while (square >= 1);
  double factor = std::sqrt(-2 * portableLog(square) / square);
  spare = y * factor;
  hasSpare = true;
  return x * factor;
}

/// For 0 <= lower: uniform proposals where the density varies by at most e^2;
/// else Robert's shifted exponential ones (Simulation of truncated normal
/// variables, Statistics and Computing 5, 1995, 2.2), whose rate is the best.
/// A proposal of relative density e^-t is accepted if an exponential is >= t.
static double tailNormal(RandomStream &stream, double lower, double upper) {
  if (lower > 0x1p53)
    return lower; // the next double has no probability
  double width = upper - lower;
  bool flat = width * (lower + width / 2) <= 2;
  double rate = lower / 2 + std::sqrt(lower * lower / 4 + 1);
  for (;;) {
    double step =
        flat ? stream.uniform() * width : -portableLog(stream.uniform()) / rate;
    double x = lower + step;
    double t = flat ? step * (lower + step / 2) : (x - rate) * (x - rate) / 2;
    if (step <= width && -portableLog(stream.uniform()) >= t)
      return x;
  }
}

double act::truncatedNormal(RandomStream &stream, double lower, double upper) {
  if (!(lower < upper))
    return lower;
  if (lower >= 0)
    return tailNormal(stream, lower, upper);
  if (upper <= 0)
    return -tailNormal(stream, -upper, -lower);
  // Around 0 the normal itself is proposed, unless the interval is so narrow
  // that a uniform number is accepted more often: below sqrt(2 pi).
  bool narrow = upper - lower < 2.5;
  for (;;) {
    double x =
        narrow ? lower + stream.uniform() * (upper - lower) : stream.normal();
    if (narrow ? -portableLog(stream.uniform()) >= x * x / 2
               : lower <= x && x <= upper)
      return x;
  }
}

double act::betaTwoOne(RandomStream &stream) {
  return std::sqrt(stream.uniform()); // the inverse of the cdf x^2
}

/// Eight partial sums, so that the order of addition is fixed and yet a
/// machine with vectors can use them.
static double dot(const double *a, const double *b, int64_t size) {
  constexpr int lanes = 8;
  double sums[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= size; i += lanes)
    for (int lane = 0; lane < lanes; ++lane)
      sums[lane] += a[i + lane] * b[i + lane];
  double rest = 0;
  for (; i < size; ++i)
    rest += a[i] * b[i];
  for (double sum : sums)
    rest += sum;
  return rest;
}

/// Makes `count` vectors of `size` entries orthonormal by modified
/// Gram-Schmidt. What is left of a vector that nearly lies in the span of the
/// others is projected again (Kahan: twice is enough).
static void orthonormalize(std::vector<double> &vectors, int64_t count,
                           int64_t size) {
  for (int64_t j = 0; j < count; ++j) {
    double *current = vectors.data() + j * size;
    double before, after = std::sqrt(dot(current, current, size));
    do {
      before = after;
      for (int64_t k = 0; k < j; ++k) {
        const double *basis = vectors.data() + k * size;
        double share = dot(current, basis, size);
        for (int64_t i = 0; i < size; ++i)
          current[i] -= share * basis[i];
      }
      after = std::sqrt(dot(current, current, size));
    } while (after < before * 0.01);
    for (int64_t i = 0; i < size; ++i)
      current[i] /= after;
  }
}

std::vector<double> act::orthogonalMatrix(RandomStream &stream, int64_t rows,
                                          int64_t columns) {
  // Gram-Schmidt of a Gaussian matrix is its QR factor Q with a positive
  // diagonal of R, which is what makes Q Haar-distributed (Mezzadri, How to
  // generate random matrices from the classical compact groups, 2007, 5).
  int64_t count = std::min(rows, columns), size = std::max(rows, columns);
  std::vector<double> vectors(count * size);
  for (double &entry : vectors)
    entry = stream.normal();
  orthonormalize(vectors, count, size);
  if (rows <= columns)
    return vectors;
  std::vector<double> transposed(vectors.size());
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      transposed[row * columns + column] = vectors[column * size + row];
  return transposed;
}

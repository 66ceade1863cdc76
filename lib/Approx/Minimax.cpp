//===- Minimax.cpp - Weighted minimax polynomials -------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/Minimax.h"
#include <algorithm>
#include <cmath>

namespace act {

namespace {

/// The normal equations of a weighted least squares problem in monomials of
/// v = u/scale, |v| <= 1: solved in long double, they keep some 40 bits up to
/// degree 12.
class LeastSquares {
public:
  explicit LeastSquares(unsigned unknowns)
      : unknowns(unknowns), matrix(unknowns * unknowns), right(unknowns) {}

  void clear() {
    std::fill(matrix.begin(), matrix.end(), 0.0L);
    std::fill(right.begin(), right.end(), 0.0L);
  }

  void add(const long double *row, long double value, long double weight) {
    for (unsigned i = 0; i < unknowns; ++i) {
      long double scaled = weight * row[i];
      for (unsigned j = 0; j <= i; ++j)
        matrix[i * unknowns + j] += scaled * row[j];
      right[i] += scaled * value;
    }
  }

  /// By Cholesky's decomposition; a direction the samples do not see gets 0.
  const std::vector<long double> &solve() {
    for (unsigned j = 0; j < unknowns; ++j) {
      long double pivot = at(j, j);
      for (unsigned k = 0; k < j; ++k)
        pivot -= at(j, k) * at(j, k);
      at(j, j) = pivot > 0 ? std::sqrt(pivot) : INFINITY;
      for (unsigned i = j + 1; i < unknowns; ++i) {
        for (unsigned k = 0; k < j; ++k)
          at(i, j) -= at(i, k) * at(j, k);
        at(i, j) /= at(j, j);
      }
    }
    for (unsigned i = 0; i < unknowns; ++i) {
      for (unsigned k = 0; k < i; ++k)
        right[i] -= at(i, k) * right[k];
      right[i] /= at(i, i);
    }
    for (unsigned i = unknowns; i-- > 0;) {
      for (unsigned k = i + 1; k < unknowns; ++k)
        right[i] -= at(k, i) * right[k];
      right[i] /= at(i, i);
    }
    return right;
  }

private:
  long double &at(unsigned i, unsigned j) { return matrix[i * unknowns + j]; }

  unsigned unknowns;
  std::vector<long double> matrix, right;
};

} // namespace

static double largestMagnitude(const std::vector<double> &values) {
  double largest = 0.0;
  for (double value : values)
    largest = std::max(largest, std::fabs(value));
  return largest > 0.0 ? largest : 1.0;
}

namespace {

/// Lawson's iteration, a round at a time.
class Lawson {
public:
  Lawson(const Samples &samples, unsigned lowest, unsigned degree)
      : samples(samples), lowest(lowest), unknowns(degree + 1 - lowest),
        scale(largestMagnitude(samples.points)), system(unknowns),
        shares(samples.points.size(), 1.0L / samples.points.size()),
        errors(samples.points.size()) {
    rows.reserve(shares.size() * unknowns);
    for (long double point : samples.points) {
      long double v = point / scale;
      long double power = std::pow(v, static_cast<long double>(lowest));
      for (unsigned j = 0; j < unknowns; ++j, power *= v)
        rows.push_back(power);
    }
  }

  void solve() {
    system.clear();
    for (size_t i = 0; i < shares.size(); ++i) {
      long double weight = samples.weights[i];
      system.add(&rows[i * unknowns], samples.values[i],
                 shares[i] * weight * weight);
    }
    solution = &system.solve();
    largest = 0.0;
    long double mean = 0.0L;
    for (size_t i = 0; i < shares.size(); ++i) {
      long double error = samples.values[i];
      for (unsigned j = 0; j < unknowns; ++j)
        error -= (*solution)[j] * rows[i * unknowns + j];
      errors[i] = std::fabs(static_cast<double>(error) * samples.weights[i]);
      largest = std::max(largest, errors[i]);
      mean += shares[i] * errors[i];
    }
    least = mean;
  }

  void shiftShares() {
    for (size_t i = 0; i < shares.size(); ++i)
      shares[i] *= errors[i] / least;
  }

  /// Coefficients of powers of u, those below the lowest 0.
  std::vector<double> coefficients() const {
    std::vector<double> result(lowest + unknowns, 0.0);
    for (unsigned j = 0; j < unknowns; ++j)
      result[lowest + j] =
          (*solution)[j] / std::pow(static_cast<long double>(scale),
                                    static_cast<long double>(lowest + j));
    return result;
  }

  double largest = 0.0; ///< error of the last solution
  double least = 0.0;   ///< a lower bound of every polynomial's

private:
  const Samples &samples;
  const unsigned lowest, unknowns;
  const double scale;
  LeastSquares system;
  std::vector<long double> rows, shares;
  std::vector<double> errors;
  const std::vector<long double> *solution = nullptr;
};

constexpr unsigned kMaxRounds = 40;

} // namespace

Polynomial1D fitMinimax(const Samples &samples, unsigned lowest,
                        unsigned degree, double enough) {
  Polynomial1D best;
  best.error = INFINITY;
  Lawson iteration(samples, lowest, degree);
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    iteration.solve();
    if (iteration.largest < best.error) {
      best.error = iteration.largest;
      best.coefficients = iteration.coefficients();
    }
    if (iteration.largest <= enough ||
        iteration.largest <= 1.02 * iteration.least)
      break;
    iteration.shiftShares();
  }
  return best;
}

bool mayFit(const Samples &samples, unsigned lowest, unsigned degree,
            double limit) {
  Lawson iteration(samples, lowest, degree);
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    iteration.solve();
    if (iteration.largest <= limit)
      return true;
    if (iteration.least > limit)
      return false;
    iteration.shiftShares();
  }
  return false;
}

Polynomial1D fitMinimaxFloat(const Samples &samples, unsigned lowest,
                             unsigned degree, double enough) {
  Samples rest = samples;
  Polynomial1D result;
  result.coefficients.assign(degree + 1, 0.0);
  for (unsigned power = lowest; power <= degree; ++power) {
    Polynomial1D fit = fitMinimax(rest, power, degree, enough);
    float rounded = static_cast<float>(fit.coefficients[power]);
    result.coefficients[power] = rounded;
    for (unsigned i = 0; i < rest.points.size(); ++i)
      rest.values[i] -= rounded * std::pow(rest.points[i], power);
  }
  for (unsigned i = 0; i < rest.points.size(); ++i)
    result.error =
        std::max(result.error, std::fabs(rest.values[i] * rest.weights[i]));
  return result;
}

} // namespace act

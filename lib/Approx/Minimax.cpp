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

  /// Of `rows` with `unknowns` numbers each, and as many values and weights.
  /// Each sum stays in a register: long doubles are slow to load and to store.
  void set(const std::vector<long double> &rows,
           const std::vector<double> &values,
           const std::vector<long double> &weights) {
    const size_t count = values.size();
    scaled.resize(count);
    for (unsigned i = 0; i < unknowns; ++i) {
      long double sum = 0.0L;
      for (size_t s = 0; s < count; ++s) {
        scaled[s] = weights[s] * rows[s * unknowns + i];
        sum += scaled[s] * values[s];
      }
      right[i] = sum;
      for (unsigned j = 0; j <= i; ++j) {
        sum = 0.0L;
        for (size_t s = 0; s < count; ++s)
          sum += scaled[s] * rows[s * unknowns + j];
        at(i, j) = sum;
      }
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
  std::vector<long double> matrix, right, scaled;
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
        products(samples.points.size()), errors(samples.points.size()) {
    rows.reserve(shares.size() * unknowns);
    for (long double point : samples.points) {
      long double v = point / scale, power = powerOf(v, lowest);
      for (unsigned j = 0; j < unknowns; ++j, power *= v)
        rows.push_back(power);
    }
  }

  void solve() {
    for (size_t i = 0; i < shares.size(); ++i) {
      long double weight = samples.weights[i];
      products[i] = shares[i] * weight * weight;
    }
    system.set(rows, samples.values, products);
    solution = system.solve();
    largest = 0.0;
    long double mean = 0.0L;
    for (size_t i = 0; i < shares.size(); ++i) {
      long double error = samples.values[i];
      for (unsigned j = 0; j < unknowns; ++j)
        error -= solution[j] * rows[i * unknowns + j];
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

  /// Coefficients of powers of u that `solution` means, those below the lowest
  /// 0.
  std::vector<double>
  coefficientsOf(const std::vector<long double> &solution) const {
    std::vector<double> result(lowest, 0.0);
    for (unsigned j = 0; j < solution.size(); ++j)
      result.push_back(solution[j] / powerOf(scale, lowest + j));
    return result;
  }

  std::vector<long double> solution; ///< of the last round
  double largest = 0.0;              ///< error of it
  double least = 0.0;                ///< a lower bound of every polynomial's

private:
  static long double powerOf(long double base, unsigned exponent) {
    long double power = 1.0L;
    for (unsigned i = 0; i < exponent; ++i)
      power *= base;
    return power;
  }

  const Samples &samples;
  const unsigned lowest, unknowns;
  const double scale;
  LeastSquares system;
  std::vector<long double> rows, shares, products;
  std::vector<double> errors;
};

constexpr unsigned kMaxRounds = 40;

} // namespace

Polynomial1D fitMinimax(const Samples &samples, unsigned lowest,
                        unsigned degree, double enough) {
  Polynomial1D best;
  best.error = INFINITY;
  std::vector<long double> bestSolution;
  Lawson iteration(samples, lowest, degree);
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    iteration.solve();
    if (iteration.largest < best.error) {
      best.error = iteration.largest;
      bestSolution = iteration.solution;
    }
    if (iteration.largest <= enough ||
        iteration.largest <= 1.02 * iteration.least)
      break;
    iteration.shiftShares();
  }
  best.coefficients = iteration.coefficientsOf(bestSolution);
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

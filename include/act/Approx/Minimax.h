//===- Minimax.h - Weighted minimax polynomials -----------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_MINIMAX_H
#define ACT_APPROX_MINIMAX_H

#include <cstddef>
#include <vector>

namespace act {

/// Values to fit at sample points: the error at point i counts `weight` times.
struct Samples {
  std::vector<double> points, values, weights;

  void add(double point, double value, double weight) {
    points.push_back(point);
    values.push_back(value);
    weights.push_back(weight);
  }
  /// Takes a line out of what is to be fitted.
  void subtractLine(double constant, double slope) {
    for (std::size_t i = 0; i < points.size(); ++i)
      values[i] -= constant + slope * points[i];
  }
};

struct Polynomial1D {
  std::vector<double> coefficients; ///< of 1, u, u^2, ...
  double error = 0.0;               ///< largest weighted error at the samples
};

/// The polynomial with powers u^lowest ... u^degree whose largest weighted
/// error at the samples is least, by Lawson's algorithm (iterated weighted
/// least squares; Lawson 1961, convergence: Cline 1972). Unlike an exchange it
/// needs no Haar condition, so a power that vanishes inside may lead. An error
/// of at most `enough` is not improved.
Polynomial1D fitMinimax(const Samples &samples, unsigned lowest,
                        unsigned degree, double enough = 0.0);

/// Whether the least largest error is at most `limit`; cheaper than the fit.
bool mayFit(const Samples &samples, unsigned lowest, unsigned degree,
            double limit);

/// The same with coefficients that are floats: each is rounded in turn, the
/// lowest first, and the higher ones are fitted to what it leaves.
Polynomial1D fitMinimaxFloat(const Samples &samples, unsigned lowest,
                             unsigned degree, double enough = 0.0);

} // namespace act

#endif // ACT_APPROX_MINIMAX_H

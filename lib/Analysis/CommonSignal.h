//===- CommonSignal.h - What all inputs have in common ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pre-activation of power 1 is the sum of a normal variable of its place,
// which is the same for all inputs, and of one of its own, independent for each
// input and position. The first are drawn by their covariance, of which a
// pivoted Cholesky factorization takes the part that matters (Harbrecht,
// Peters, Schneider, On the low-rank approximation by the pivoted Cholesky
// decomposition, Appl. Numer. Math. 62, 2012). Where draws of several layers
// are taken together, each variable takes the quantiles of its law in a random
// order (McKay, Beckman, Conover, A comparison of three methods for selecting
// values of input variables, Technometrics 21, 1979).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_COMMONSIGNAL_H
#define ACT_LIB_ANALYSIS_COMMONSIGNAL_H

#include "SignalField.h"

namespace act {

/// Draws of standard normal numbers, always the same ones: a power of two of
/// them, those of different streams independent.
class NormalDraws {
public:
  NormalDraws(unsigned count, unsigned stream);

  size_t size() const { return quantiles.size(); }
  double number(size_t draw, unsigned variable) const {
    return quantiles[other(draw, variable)];
  }
  /// A draw that is independent of this one and others of it.
  size_t other(size_t draw, unsigned number) const;

private:
  std::vector<double> quantiles;
  uint64_t stream;
};

class CommonSignal {
public:
  /// Means are taken over `mostDraws` draws, always the same ones, or over
  /// points of even distance where all places have one variable. Those of a
  /// `stream`, if it is not 0, are a power of two of draws, independent of
  /// those of others.
  CommonSignal(const SignalField &field, unsigned mostDraws,
               unsigned stream = 0);

  size_t numDraws() const;
  /// The weight of a draw in a mean.
  double weightOf(size_t draw) const;
  /// The variables that the draw consists of.
  std::vector<double> variablesOf(size_t draw) const;
  /// The law of what stands at each place, given the variables of a draw.
  std::vector<NormalLaw> lawsOf(size_t draw, double mean) const;
  /// What is common at a place, given these.
  double commonAt(unsigned place, llvm::ArrayRef<double> variables) const;
  /// The deviation of the rest.
  double ownDeviation(unsigned place) const { return own[place]; }

private:
  bool isEven() const { return rows.size() == 1 && !inQuantiles; }

  std::vector<std::vector<double>> rows; ///< of the factor, one for each place
  std::vector<double> own, deviations;
  unsigned mostDraws;
  std::optional<NormalDraws> inQuantiles;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_COMMONSIGNAL_H

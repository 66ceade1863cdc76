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
// decomposition, Appl. Numer. Math. 62, 2012).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ANALYSIS_COMMONSIGNAL_H
#define ACT_LIB_ANALYSIS_COMMONSIGNAL_H

#include "SignalField.h"

namespace act {

class CommonSignal {
public:
  /// Means are taken over `mostDraws` draws, always the same ones, or over
  /// points of even distance where all places have one variable.
  CommonSignal(const SignalField &field, unsigned mostDraws);

  size_t numDraws() const;
  /// The weight of a draw in a mean.
  double weightOf(size_t draw) const;
  /// The variables that the draw consists of.
  std::vector<double> variablesOf(size_t draw) const;
  /// What is common at a place, given these.
  double commonAt(unsigned place, llvm::ArrayRef<double> variables) const;
  /// The deviation of the rest.
  double ownDeviation(unsigned place) const { return own[place]; }

private:
  std::vector<std::vector<double>> rows; ///< of the factor, one for each place
  std::vector<double> own;
  unsigned mostDraws;
};

} // namespace act

#endif // ACT_LIB_ANALYSIS_COMMONSIGNAL_H

//===- Reference.h - Values of a function in doubles -----------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_APPROX_REFERENCE_H
#define ACT_LIB_APPROX_REFERENCE_H

#include "act/Formula/Expression.h"
#include <unordered_map>
#include <vector>

namespace act {

/// A function of one variable, evaluated often: by doubles where they agree
/// with exact values to 2^-40 at sample points, else by exact values.
class Reference {
public:
  explicit Reference(Expression formula);

  /// The value at a finite `x` to about 2^-40, or better. Not for several
  /// threads at once.
  double operator()(double x) const;
  bool isFast() const { return doublesSuffice; }

private:
  void findZeros();

  Expression formula;
  bool doublesSuffice;
  std::vector<double> zeros; ///< within 20 of 0, not 0 itself
  /// What takes long: candidates are judged at the same points. Not at 0, whose
  /// two signs are one key.
  mutable std::unordered_map<double, double> exactValues;
};

} // namespace act

#endif // ACT_LIB_APPROX_REFERENCE_H

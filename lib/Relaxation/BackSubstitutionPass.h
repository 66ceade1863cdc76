//===- BackSubstitutionPass.h - Objectives on their way --------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_RELAXATION_BACKSUBSTITUTIONPASS_H
#define ACT_LIB_RELAXATION_BACKSUBSTITUTIONPASS_H

#include "RowProduct.h"
#include "act/Relaxation/BackSubstitution.h"

namespace act {

/// Objectives on their way from the target to the sources.
struct BackSubstitution::Pass {
  explicit Pass(size_t nodes) : coefficients(nodes) {}
  /// Forgets all, but keeps the memory.
  void reset(size_t newRows) {
    rows = newRows;
    for (std::vector<double> &each : coefficients)
      each.clear();
    constant.assign(rows, 0.0);
    error.assign(rows, 0.0);
  }

  /// The coefficients on `node`, row-major; all 0 at first.
  std::vector<double> &on(unsigned node, size_t size) {
    if (coefficients[node].empty())
      coefficients[node].assign(rows * size, 0.0);
    return coefficients[node];
  }

  void add(size_t row, const ConstantPart &part) {
    constant[row] += part.value;
    error[row] += part.error;
  }

  size_t rows = 0;
  std::vector<std::vector<double>> coefficients; ///< per node; empty: all 0
  std::vector<double> constant;
  std::vector<double> error; ///< at least what the constant is too small by
};

} // namespace act

#endif // ACT_LIB_RELAXATION_BACKSUBSTITUTIONPASS_H

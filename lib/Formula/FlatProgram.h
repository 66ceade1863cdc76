//===- FlatProgram.h - A formula as a list of steps ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Readers that evaluate one formula at many points walk this array instead of
// the DAG with a hash map.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_FLATPROGRAM_H
#define ACT_LIB_FORMULA_FLATPROGRAM_H

#include "act/Formula/Expression.h"
#include <vector>

namespace act {

class FlatProgram {
public:
  struct Step {
    Primitive primitive;
    unsigned variable;
    double constant;
    unsigned operands[4]; ///< indices of earlier steps
  };

  explicit FlatProgram(Expression expression);

  /// The program of `expression`, cached in this thread.
  static const FlatProgram &of(Expression expression);

  unsigned root() const { return steps.size() - 1; }
  const Step &step(unsigned index) const { return steps[index]; }
  unsigned size() const { return steps.size(); }

private:
  std::vector<Step> steps;
};

} // namespace act

#endif // ACT_LIB_FORMULA_FLATPROGRAM_H

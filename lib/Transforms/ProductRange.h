//===- ProductRange.h - Where a product is as good as its factors -*- C++ -*-=//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For which operands may the factors of a gated activation be rounded to f32
// and multiplied? A factor that underflows has lost digits that a large one
// would bring back: 1e38 sigmoid(-110) is 1.7e-10.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_PRODUCTRANGE_H
#define ACT_LIB_TRANSFORMS_PRODUCTRANGE_H

#include "act/Approx/Synthesis.h"
#include "act/Formula/Interval.h"
#include <cmath>

namespace act {

/// One factor of a product: a function of one of its variables.
struct Factor {
  Expression formula; ///< of variable 0
  unsigned variable;
  std::optional<SynthesizedForm> form; ///< none: emitted as it is
  /// What is rounded off here is multiplied as well: in a form, the last factor
  /// of two, or in the product of two exact factors at the second one, whose
  /// product with a form, which is not negative, follows.
  bool isKept = false;
};

/// Whether what some step of the product of `factors` rounds off is multiplied.
bool keepsRounding(const std::vector<Factor> &factors);

/// Splits a product into functions of one variable each; false if one is not.
bool splitProduct(Expression formula, std::vector<Factor> &factors);

/// `factors` with one of each of so many variables; none if one is missing.
/// Identity: products commute and associate. Exact, of functions.
std::vector<Factor> joinByVariable(const std::vector<Factor> &factors,
                                   unsigned variables);

/// Arguments in [lo, hi], which has 0 inside.
struct ArgumentRange {
  float lo = -std::numeric_limits<float>::infinity();
  float hi = std::numeric_limits<float>::infinity();
  /// Without those below this in magnitude, but for 0.
  float least = 0.0f;

  bool isWholeLine() const {
    return std::isinf(lo) && std::isinf(hi) && least == 0.0f;
  }
  /// Those that `other` has as well.
  void intersect(const ArgumentRange &other);
};

/// Where a factor of one that is kept, or a product that is, has room for all
/// digits.
ArgumentRange rangeOfKept();

/// The part of the line on which `form` is valid.
ArgumentRange validRange(const SynthesizedForm &form);

/// For each of the variables the arguments for which the product of `factors`,
/// multiplied in the order they are left in, loses nothing but a rounding of
/// each step: forms are valid and give normal floats, and what a step lets
/// underflow is not made large again. Where something is kept factors are far
/// from the ends of the floats, and so is to be a product of exact ones, by
/// rangeOfKept(). `inDouble`: the steps are in f64, which has room.
/// None if no order will do.
std::optional<std::vector<ArgumentRange>>
rangesOfProduct(std::vector<Factor> &factors, unsigned variables,
                bool inDouble);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_PRODUCTRANGE_H

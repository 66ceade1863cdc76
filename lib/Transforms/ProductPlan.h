//===- ProductPlan.h - Forms for the factors of a product ------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function of several variables is computed as a product of functions of one,
// each by a form in f32. What their errors and those of the multiplications add
// up to is bounded for all digits: an error of half an ulp just above a power
// of two is one of a whole ulp of a product just below one.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_PRODUCTPLAN_H
#define ACT_LIB_TRANSFORMS_PRODUCTPLAN_H

#include "ProductRange.h"

namespace act {

/// Factors in the order in which they are multiplied, and for which arguments
/// their product keeps the accuracy.
struct ProductPlan {
  std::vector<Factor> factors;
  std::vector<ArgumentRange> ranges; ///< one per variable
  bool inDouble = false;             ///< the multiplications are in f64
};

/// The cheapest plan for `request`, whose formula is of so many variables; none
/// where no forms keep the accuracy. A function of one variable is one factor.
std::optional<ProductPlan> planProduct(const SynthesisRequest &request,
                                       unsigned variables);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_PRODUCTPLAN_H

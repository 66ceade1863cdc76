//===- ZonotopeForms.h - Forms in the order of a selection -----*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_RELAXATION_ZONOTOPEFORMS_H
#define ACT_LIB_RELAXATION_ZONOTOPEFORMS_H

#include "act/Relaxation/Zonotope.h"

namespace act {

struct Zonotope::Selection {
  static constexpr unsigned kDropped = ~0u;
  std::vector<unsigned> symbols; ///< ascending
  std::vector<unsigned> places;  ///< by symbol

  unsigned placeOf(unsigned symbol) const { return places[symbol]; }
};

struct Zonotope::Spread {
  size_t width = 0; ///< the places of the other symbols lie before this
  std::vector<double> coefficients; ///< elements by `width`
  /// Of what has no place, per element.
  std::vector<double> noise;
};

/// At least the exact sum of some numbers, none negative, whose rounded sum in
/// any order is `sum`; each of them may be a product.
inline double roundedSum(double sum, double terms) {
  return sum == 0.0 ? 0.0 : roundedUp(sum * (1.0 + (terms + 4) * 0x1p-52));
}
/// More than a product loses that underflows.
inline constexpr double kTinyProduct = 0x1p-1073;

} // namespace act

#endif // ACT_LIB_RELAXATION_ZONOTOPEFORMS_H

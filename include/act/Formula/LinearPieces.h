//===- LinearPieces.h - Functions by their linear pieces -------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_LINEARPIECES_H
#define ACT_FORMULA_LINEARPIECES_H

#include "act/Formula/Expression.h"
#include <optional>
#include <vector>

namespace act {

/// A function of variable 0 that consists of a few lines, as the choice of one
/// of them: the derivative of hard_swish is (2x + 3) / 6 between -3 and 3,
/// which its formula computes as the sum of a product and what may cancel it.
/// Equal to `formula` in the reals, at the ends of lines too; NaN gives NaN.
/// None where `formula` is something else.
std::optional<Expression> byLinearPieces(Expression formula);

/// scale (x - zeros[0]) or scale (x - zeros[0]) (x - zeros[1]), the zeros being
/// floats, for arguments between `lo` and `hi`.
struct LineProduct {
  Expression scale; ///< closed
  std::vector<float> zeros;
  double lo = 0.0, hi = 0.0;
  /// What it is for arguments past an end as well.
  enum class Past {
    Nothing,  ///< some other value
    Constant, ///< the value of the end
    Line,     ///< x times what the other factor is at the end
  };
  Past pastLo = Past::Nothing, pastHi = Past::Nothing;
};

/// A function of variable 0 that consists of a few lines and products of two:
/// hard_swish is x (x + 3) / 6 between -3 and 3.
struct ProductPieces {
  /// Of variable 0 and the values of `products`, which are variables 1, 2 and
  /// so on. Equal to the function in the reals; NaN gives NaN.
  Expression choice;
  std::vector<LineProduct> products;
};

/// None where `formula` is something else, or consists of constants and lines
/// through 0.
std::optional<ProductPieces> byProductsOfLines(Expression formula);

} // namespace act

#endif // ACT_FORMULA_LINEARPIECES_H

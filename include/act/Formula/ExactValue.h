//===- ExactValue.h - Correctly rounded value of a formula ------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_EXACTVALUE_H
#define ACT_FORMULA_EXACTVALUE_H

#include "act/Formula/Expression.h"
#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include <vector>

namespace act {

/// `value` rounded to `format` (nearest, ties to even; subnormals kept,
/// overflow to infinity), as a double.
double roundTo(double value, Format format);

/// The distance between `format`'s neighbours around |value|, subnormal
/// spacing included: one ulp.
double ulp(double value, Format format);

/// The value of `expression` at `point` rounded once to `format`, by MPFR
/// interval evaluation at rising precision until both ends round alike.
///
/// Special values are the limits: at +-inf the limit of the function (NaN if
/// there is none), at +-0 that from the side of the sign, which gives 0/0 a
/// value and a zero its sign: tanh_shrink(-0) = -0. Where the values beside are
/// 0 too, and at other points, a zero has the sign of IEEE arithmetic:
/// relu(-0) = +0, hard_swish(-5) = -0. Of several variables the limits of parts
/// in one of them are combined as in IEEE arithmetic: -0 * inf is NaN in
/// swiglu(-inf, inf). A NaN in `point` gives NaN.
double exactValue(Expression expression, const std::vector<double> &point,
                  Format format);

/// An enclosure of the value at `point` (all finite), about 2^-52 wide
/// relative to the value.
Interval enclosePoint(Expression expression, const std::vector<double> &point);

/// |computed - exact| in ulps of the exact result in `format`; 0 if both are
/// NaN or the same infinity, infinity if only one is.
double errorInUlps(double computed, Expression expression,
                   const std::vector<double> &point, Format format);

} // namespace act

#endif // ACT_FORMULA_EXACTVALUE_H

//===- ExactValue.h - Correctly rounded value of a formula ------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_EXACTVALUE_H
#define ACT_FORMULA_EXACTVALUE_H

#include "act/Formula/Expression.h"
#include "act/Formula/Interval.h"
#include <vector>

namespace act {

enum class Format { F16, BF16, F32, F64 };

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
/// there is none). A zero result at a zero of the variable has the sign of the
/// values beside it (tanh_shrink(-0) = -0); where those are 0 too, and at other
/// points, the sign that IEEE arithmetic gives the formula (relu(-0) = +0). A
/// NaN in `point` gives NaN.
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

//===- RoundingError.h - Error of a formula computed as written -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_APPROX_ROUNDINGERROR_H
#define ACT_APPROX_ROUNDINGERROR_H

#include "act/Formula/Expression.h"
#include "act/Formula/Format.h"

namespace act {

/// A bound of the error in ulps of `formula` computed step by step in `format`,
/// f32 or f64, as emitFormulaInFormat() does; infinite where digits may cancel,
/// a step is not correctly rounded, or one before the last may leave the range
/// of normal numbers.
double roundingErrorInUlps(Expression formula, Format format = Format::F32);

/// The largest such error of a formula of variable 0 at points between 2^-12
/// and 2^6 on both sides of 0, and some more around kinks elsewhere: 18,000 in
/// f32, 1,800 in f64. Infinite where a step is not correctly rounded. The bound
/// above adds worst cases that may not meet. In formats of 16 bits it is that
/// of the result computed in f32 and then rounded, over all finite arguments.
double seenRoundingErrorInUlps(Expression formula, Format format = Format::F32);

} // namespace act

#endif // ACT_APPROX_ROUNDINGERROR_H

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

/// A bound of the error in ulps of `formula` computed step by step in f32, as
/// the reference lowering emits it for a result of that format; infinite where
/// digits may cancel, a step is not correctly rounded, or one before the last
/// may leave the range of normal floats.
double roundingErrorInUlps(Expression formula);

/// The largest such error of a formula of variable 0 at 18,000 points between
/// 2^-12 and 2^6 on both sides of 0, and some more around kinks elsewhere;
/// infinite where a step is not correctly rounded. The bound above adds worst
/// cases that may not meet.
double seenRoundingErrorInUlps(Expression formula);

/// The largest error, in ulps of a `format` of 16 bits, of a formula of
/// variable 0 computed so in f32 and then rounded: of all its finite arguments.
double seenRoundingErrorInUlps(Expression formula, Format format);

} // namespace act

#endif // ACT_APPROX_ROUNDINGERROR_H

//===- Format.h - The binary floating-point formats ------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_FORMAT_H
#define ACT_FORMULA_FORMAT_H

namespace act {

enum class Format { F16, BF16, F32, F64 };

/// How the numbers of a format are laid out.
struct FormatLayout {
  const char *name; ///< as MLIR spells the type
  int bits;         ///< of a number in memory
  int precision;    ///< bits of a normal significand, the leading one included
  int minExponent;  ///< the smallest subnormal is 2^minExponent
  int maxExponent;  ///< finite numbers lie below 2^maxExponent
};

const FormatLayout &layoutOf(Format format);

/// Half the spacing of the numbers in [1, 2): the relative error of one
/// rounding.
double unitRoundoff(Format format);
/// The smallest positive number.
double smallestSubnormal(Format format);
/// The smallest positive number with all digits.
double smallestNormal(Format format);
double largestFinite(Format format);

} // namespace act

#endif // ACT_FORMULA_FORMAT_H

//===- MathConstants.h - Numbers of mathematics ----------------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_FORMULA_MATHCONSTANTS_H
#define ACT_FORMULA_MATHCONSTANTS_H

namespace act {

/// Rounded to nearest; C++17 has none of these.
inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kLn2 = 0.69314718055994530942;

} // namespace act

#endif // ACT_FORMULA_MATHCONSTANTS_H

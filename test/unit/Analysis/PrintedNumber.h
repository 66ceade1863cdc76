//===- PrintedNumber.h - A value against a table's digits -------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_ANALYSIS_PRINTEDNUMBER_H
#define ACT_TEST_UNIT_ANALYSIS_PRINTEDNUMBER_H

#include "gtest/gtest.h"
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

namespace act::test {

/// Half a unit of the last digit of a decimal as "-1.25e-3".
inline double halfUnitOfLastDigit(const std::string &printed) {
  size_t exponentAt = printed.find('e'), pointAt = printed.find('.');
  std::string digits = printed.substr(0, exponentAt);
  double exponent = exponentAt == std::string::npos
                        ? 0.0
                        : std::atof(printed.c_str() + exponentAt + 1);
  if (pointAt != std::string::npos)
    exponent -= double(digits.size() - pointAt - 1);
  return 0.5 * std::pow(10.0, exponent);
}

/// Success where `value` rounds to the decimal `printed`; a tie may go either
/// way.
inline testing::AssertionResult printsAs(double value,
                                         const std::string &printed) {
  double distance = std::abs(value - std::atof(printed.c_str()));
  if (distance <= halfUnitOfLastDigit(printed) * (1.0 + 1e-9))
    return testing::AssertionSuccess();
  return testing::AssertionFailure() << value << " is not " << printed;
}

} // namespace act::test

#endif // ACT_TEST_UNIT_ANALYSIS_PRINTEDNUMBER_H

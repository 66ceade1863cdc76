//===- SimpsonRule.h - Integrals by another route ---------------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_ANALYSIS_SIMPSONRULE_H
#define ACT_TEST_UNIT_ANALYSIS_SIMPSONRULE_H

#include <cmath>

namespace act::test {

/// Simpson's rule with an even number of panels.
template <typename Function>
double simpson(double from, double to, int panels, Function function) {
  double sum = 0, step = (to - from) / panels;
  for (int i = 0; i <= panels; ++i)
    sum += (i == 0 || i == panels ? 1
            : i % 2               ? 4
                                  : 2) *
           function(from + i * step);
  return sum * step / 3;
}

/// P(u1 <= 0, u2 <= 0) for N(r, 1) of correlation cos(angle): its derivative
/// by the correlation is the density of the pair at the corner (Plackett).
inline double bothSilent(double angle, double r) {
  double alone = std::erfc(r / std::sqrt(2.0)) / 2;
  return alone * alone + simpson(angle, M_PI / 2, 400, [&](double a) {
           return std::exp(-r * r / (1 + std::cos(a))) / (2 * M_PI);
         });
}

} // namespace act::test

#endif // ACT_TEST_UNIT_ANALYSIS_SIMPSONRULE_H

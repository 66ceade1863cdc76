//===- RunningSum.cpp - A sum that bounds its own rounding ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RunningSum.h"
#include "act/Formula/Interval.h"
#include <cmath>
#include <limits>

namespace act {

void RunningSum::add(double term) {
  // Knuth's two-sum: the part of the sum that is rounded away, exactly.
  double total = sum + term, part = total - sum;
  double away = (sum - (total - part)) + (term - part);
  if (std::isfinite(total))
    lost += std::abs(away);
  else if (std::isfinite(sum) && std::isfinite(term))
    lost = std::numeric_limits<double>::infinity();
  sum = total;
  ++steps;
}

void RunningSum::addProduct(double a, double b) {
  double product = a * b;
  if (std::isfinite(product) && product != 0.0)
    lost += std::abs(std::fma(a, b, -product));
  // Where the product is so small that its error underflows, so does this.
  if (std::abs(product) < 0x1p-900 && a != 0.0 && b != 0.0)
    lost += 0x1p-1022;
  if (std::isinf(product) && std::isfinite(a) && std::isfinite(b))
    lost = std::numeric_limits<double>::infinity();
  add(product);
}

/// `lost` is itself a rounded sum of at most 3 terms for each step.
double RunningSum::error() const {
  if (lost == 0.0)
    return 0.0;
  return roundedUp(lost * (1.0 + 4.0 * (steps + 1) * 0x1p-53));
}

double RunningSum::lower() const {
  double e = error(), end = e == 0.0 ? sum : roundedDown(sum - e);
  return std::isnan(end) ? -std::numeric_limits<double>::infinity() : end;
}

double RunningSum::upper() const {
  double e = error(), end = e == 0.0 ? sum : roundedUp(sum + e);
  return std::isnan(end) ? std::numeric_limits<double>::infinity() : end;
}

} // namespace act

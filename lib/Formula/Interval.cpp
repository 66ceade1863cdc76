//===- Interval.cpp - Arithmetic with ends rounded outward ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each end is rounded to nearest by the machine; the sign of what that lost
// tells whether the next double is needed. The processor's rounding mode is
// left alone.
//
//===----------------------------------------------------------------------===//

#include "act/Formula/Interval.h"
#include <algorithm>
#include <cmath>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kLargest = std::numeric_limits<double>::max();

double roundedDown(double x) { return std::nextafter(x, -kInfinity); }
double roundedUp(double x) { return std::nextafter(x, kInfinity); }

double Interval::middle() const {
  if (lo == hi)
    return lo;
  double a = std::max(lo, -kLargest), b = std::min(hi, kLargest);
  // Far from 0, and on the same side of it, floats are spread geometrically.
  if (a > 0 && b / a > 4)
    return std::sqrt(a) * std::sqrt(b);
  if (b < 0 && a / b > 4)
    return -std::sqrt(-a) * std::sqrt(-b);
  if (a < 0 && b > 0 && (a < -1e3 || b > 1e3))
    return 0.0;
  return a / 2 + b / 2;
}

double Interval::magnitude() const {
  return std::max(std::abs(lo), std::abs(hi));
}

Interval hull(Interval a, Interval b) {
  return {std::min(a.lo, b.lo), std::max(a.hi, b.hi)};
}

Interval intersect(Interval a, Interval b) {
  return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
}

Interval narrowed(Interval range, Interval other) {
  Interval common = intersect(range, other);
  return common.lo <= common.hi ? common : range;
}

//===----------------------------------------------------------------------===//
// One end
//===----------------------------------------------------------------------===//

namespace {
/// A number rounded to nearest, and the exact result minus it: its sign is
/// right, NaN where it is not known.
struct Rounded {
  double value, error;

  /// The largest double that is not above the exact result.
  double down() const {
    if (value == kInfinity && error != 0.0)
      return kLargest;
    return error >= 0.0 ? value : roundedDown(value);
  }
  double up() const {
    if (value == -kInfinity && error != 0.0)
      return -kLargest;
    return error <= 0.0 ? value : roundedUp(value);
  }
};
} // namespace

/// Knuth's two-sum.
static Rounded sum(double a, double b) {
  if (std::isinf(a) || std::isinf(b))
    return {a + b, 0.0};
  double s = a + b, part = s - a;
  return {s, (a - (s - part)) + (b - part)};
}

/// a b - p for a number p near it. Small factors are scaled by powers of two,
/// so that what is below the smallest double still has its sign.
static double excessOfProduct(double a, double b, double p) {
  if (std::abs(p) >= 0x1p-960)
    return std::fma(a, b, -p);
  // |a b| < 2^-959, and a < 1 (exchanged if need be): the scaled product is
  // below 2^121, and its last bit at least 2^-1068.
  if (std::abs(a) > std::abs(b))
    std::swap(a, b);
  a *= 0x1p540;
  (std::abs(b) < 1.0 ? b : a) *= 0x1p540;
  return std::fma(a, b, -(p * 0x1p540 * 0x1p540));
}

static Rounded product(double a, double b) {
  // An infinite end stands for arbitrarily large numbers: 0 times them is 0.
  if (a == 0.0 || b == 0.0)
    return {0.0, 0.0};
  if (std::isinf(a) || std::isinf(b))
    return {a * b, 0.0};
  double p = a * b;
  return {p, std::isinf(p) ? -p : excessOfProduct(a, b, p)};
}

/// For b > 0.
static Rounded quotient(double a, double b) {
  if (a == 0.0 || (std::isinf(b) && !std::isinf(a)))
    return {0.0, a == 0.0 ? 0.0 : a};
  if (std::isinf(a))
    return {a, 0.0};
  double q = a / b;
  return {q, std::isinf(q) ? -q : -excessOfProduct(q, b, a)};
}

//===----------------------------------------------------------------------===//
// Intervals
//===----------------------------------------------------------------------===//

Interval operator+(Interval a, Interval b) {
  double lo = sum(a.lo, b.lo).down(), hi = sum(a.hi, b.hi).up();
  // inf - inf is no bound.
  return {std::isnan(lo) ? -kInfinity : lo, std::isnan(hi) ? kInfinity : hi};
}

Interval operator-(Interval a) { return {-a.hi, -a.lo}; }
Interval operator-(Interval a, Interval b) { return a + -b; }

Interval operator*(Interval a, Interval b) {
  if (a.hi <= 0.0 && a.lo < 0.0)
    return -(-a * b);
  if (b.hi <= 0.0 && b.lo < 0.0)
    return -(a * -b);
  // Each is now above 0 or spans it.
  if (a.lo >= 0.0 && b.lo >= 0.0)
    return {product(a.lo, b.lo).down(), product(a.hi, b.hi).up()};
  if (a.lo >= 0.0)
    return {product(a.hi, b.lo).down(), product(a.hi, b.hi).up()};
  if (b.lo >= 0.0)
    return {product(a.lo, b.hi).down(), product(a.hi, b.hi).up()};
  return {std::min(product(a.lo, b.hi).down(), product(a.hi, b.lo).down()),
          std::max(product(a.lo, b.lo).up(), product(a.hi, b.hi).up())};
}

Interval operator/(Interval a, Interval b) {
  if (b.hi <= 0.0 && b.lo < 0.0)
    return -(a / -b);
  if (b.lo < 0.0 || b.hi == 0.0)
    return Interval();
  // Towards b = 0 a quotient has no bound but its sign.
  Interval result(a.lo >= 0.0 ? 0.0 : -kInfinity,
                  a.hi <= 0.0 ? 0.0 : kInfinity);
  if (a.lo >= 0.0 && !std::isinf(b.hi))
    result.lo = quotient(a.lo, b.hi).down();
  else if (a.lo < 0.0 && b.lo > 0.0)
    result.lo = quotient(a.lo, b.lo).down();
  if (a.hi <= 0.0 && !std::isinf(b.hi))
    result.hi = quotient(a.hi, b.hi).up();
  else if (a.hi > 0.0 && b.lo > 0.0)
    result.hi = quotient(a.hi, b.lo).up();
  return result;
}

} // namespace act

//===- LineProduct.cpp - Products of lines, nearly correctly rounded ------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Approx/LineProduct.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>

namespace act {

namespace {

struct TwoFloats {
  float high, low;
};

/// x - zero, exactly.
TwoFloats distance(float x, float zero) {
  if (zero == 0.0f)
    return {x, 0.0f};
  float high = x - zero;
  return {high, x - (high + zero)};
}

/// A NaN fails both comparisons and stays.
float clamp(float x, float lo, float hi) {
  if (lo > x)
    x = lo;
  if (hi < x)
    x = hi;
  return x;
}

} // namespace

float LineProductForm::evaluate(float x) const {
  x = clamp(x, lo, hi);
  const float inside = clamp(x, lineLo, lineHi);
  TwoFloats line = distance(inside, zero);
  TwoFloats scaled;
  scaled.high = scale * line.high;
  scaled.low = std::fma(scale, line.high, -scaled.high);
  if (scaleLow != 0.0f)
    scaled.low = std::fma(scaleLow, line.high, scaled.low);
  if (zero != 0.0f)
    scaled.low = std::fma(scale, line.low, scaled.low);
  if (!otherZero)
    return scaled.high + scaled.low;
  if (*otherZero == 0.0f)
    return std::fma(x, scaled.high, inside * scaled.low);
  TwoFloats other = distance(x, *otherZero);
  float rest = std::fma(other.low, scaled.high, other.high * scaled.low);
  return std::fma(other.high, scaled.high, rest);
}

namespace {

/// So that low parts of products, 2^-48 of them, are far from underflowing.
bool isModerate(double value) {
  constexpr double kLeast = 0x1p-20, kMost = 0x1p20;
  return std::fabs(value) >= kLeast && std::fabs(value) <= kMost;
}

/// Whether x - zero is two floats for |x| <= reach: the zero is a multiple of
/// the last digit of the largest x (Fast2Sum; Dekker).
bool isExactDistance(float zero, float reach) {
  float unit = std::nextafterf(reach, INFINITY) - reach;
  return zero == 0.0f ||
         (isModerate(zero) && isModerate(reach) && std::fmod(zero, unit) == 0);
}

/// A bound of the error in ulps of `form`, whose constant is `scale`.
double errorOf(const LineProductForm &form, double scale) {
  // The last step rounds by half an ulp. What is rounded of low parts is less
  // than 2^-45 of the result: of an ulp, 2^-20 in all.
  constexpr double kHalf = 0.5, kLowParts = 0x1p-20, kUlpsInAll = 0x1p24;
  const double lacks = scale - form.scale - form.scaleLow;
  double error = kHalf + kLowParts + kUlpsInAll * std::fabs(lacks / scale);
  if (!form.otherZero || *form.otherZero != 0.0f)
    return error;
  // Beside a zero at 0 the rest underflows, by up to half the least number and
  // less than all of it: where it is the share s of the result, by 2^24 s ulps.
  if (form.zero == 0.0f)
    return error + kHalf;
  const float atZero = form.scale * -form.zero;
  const double rest = double(form.scale) * -form.zero - atZero -
                      double(form.scaleLow) * form.zero;
  return error + std::min(kHalf, kUlpsInAll * std::fabs(rest / atZero));
}

/// Whether zeros of `form` have the signs of those of `formula`.
bool keepsSignsOfZeros(const LineProductForm &form, const LineProduct &product,
                       Expression formula) {
  using Past = LineProduct::Past;
  std::vector<float> points = {0.0f, -0.0f};
  points.insert(points.end(), product.zeros.begin(), product.zeros.end());
  for (float end : {float(product.lo), float(product.hi)})
    points.insert(points.end(), {end, 2.0f * end, end - 1.0f, end + 1.0f});
  for (float x : points) {
    bool isOutside = (x < product.lo && product.pastLo == Past::Nothing) ||
                     (x > product.hi && product.pastHi == Past::Nothing);
    double exact = exactValue(formula, {x}, Format::F32);
    float got = form.evaluate(x);
    if (!isOutside && exact == 0.0 && got == 0.0f &&
        std::signbit(exact) != std::signbit(got))
      return false;
  }
  return true;
}

/// Clamps `form` as `product` is continued. False where what x is multiplied by
/// past an end is no float.
bool setClamps(LineProductForm &form, const LineProduct &product) {
  using Past = LineProduct::Past;
  auto isFloatAt = [&](double end) {
    double factor =
        exactValue(product.scale * (end - double(form.zero)), {}, Format::F64);
    return factor == form.scale * (float(end) - form.zero);
  };
  if (product.pastLo == Past::Constant)
    form.lo = product.lo;
  if (product.pastHi == Past::Constant)
    form.hi = product.hi;
  if (product.pastLo == Past::Line)
    form.lineLo = product.lo;
  if (product.pastHi == Past::Line)
    form.lineHi = product.hi;
  return (product.pastLo != Past::Line || isFloatAt(product.lo)) &&
         (product.pastHi != Past::Line || isFloatAt(product.hi));
}

} // namespace

std::optional<LineProductForm> formOf(const LineProduct &product,
                                      Expression formula, double allowed) {
  LineProductForm form;
  const float lo = product.lo, hi = product.hi;
  const double scale = exactValue(product.scale, {}, Format::F64);
  if (lo != product.lo || hi != product.hi || !isModerate(scale))
    return std::nullopt;
  const float reach = std::max(std::fabs(lo), std::fabs(hi));
  for (float zero : product.zeros)
    if (!isExactDistance(zero, reach))
      return std::nullopt;
  form.scale = scale;
  // The line through 0 last, where what underflows is small in the end.
  std::vector<float> zeros = product.zeros;
  if (zeros.front() == 0.0f)
    std::swap(zeros.front(), zeros.back());
  form.zero = zeros.front();
  if (zeros.size() > 1)
    form.otherZero = zeros.back();
  if (!setClamps(form, product))
    return std::nullopt;
  // The second part of the constant where it must be; it may not give the rest
  // beside -0 the other sign.
  const float low = exactValue(product.scale - form.scale, {}, Format::F32);
  for (float scaleLow : {0.0f, low, std::nextafterf(low, INFINITY),
                         std::nextafterf(low, -INFINITY)}) {
    form.scaleLow = scaleLow;
    form.error = errorOf(form, scale);
    if (form.error <= allowed && keepsSignsOfZeros(form, product, formula))
      return form;
  }
  return std::nullopt;
}

} // namespace act

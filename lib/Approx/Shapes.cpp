//===- Shapes.cpp - Folds, joins and ranges a function allows -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Symmetries are asked by values at sample points: a wrong answer costs speed
// only, as every form is checked on both sides of 0.
//
//===----------------------------------------------------------------------===//

#include "Shapes.h"
#include "act/Formula/ExactValue.h"
#include <cmath>
#include <optional>

namespace act {

using Fold = PiecewiseForm::Fold;
using Join = PiecewiseForm::Join;

double Target::inFull(double t) const {
  switch (join) {
  case Join::Plain:
  case Join::Odd:
    return function(t);
  case Join::Reflected:
    return function(-t);
  case Join::Ramp:
    return fold == Fold::Identity ? level * std::fmax(t, 0.0) - function(t)
                                  : -function(-t);
  case Join::LeftRamp:
    return fold == Fold::Identity ? level * std::fmin(t, 0.0) - function(t)
                                  : -function(t);
  }
  return function(t);
}

double Target::joined(double x, double p) const {
  switch (join) {
  case Join::Plain:
    return p;
  case Join::Odd:
    return x < 0.0 ? -p : p;
  case Join::Reflected:
    return x < 0.0 ? p : level - p;
  case Join::Ramp:
    return level * std::fmax(x, 0.0) - p;
  case Join::LeftRamp:
    return level * std::fmin(x, 0.0) - p;
  }
  return p;
}

unsigned Target::argumentsOf(double t, double x[2]) const {
  x[0] = fold == Fold::NegativePart ? -t : t;
  x[1] = -t;
  return fold == Fold::Magnitude ? 2 : 1;
}

namespace {

constexpr double kProbes[] = {1e-4, 0.0171, 0.23, 0.5,  0.917, 1.3, 1.75,
                              2.19, 2.71,   3.3,  4.01, 5.2,   6.7, 7.9,
                              9.4,  12.3,   17.1, 24.9, 43.0,  80.2};

template <typename IdentityFn>
bool holdsAtProbes(const Reference &f, IdentityFn &&difference) {
  for (double x : kProbes) {
    double size = std::fmax(std::fabs(f(x)), std::fabs(f(-x)));
    if (!(std::fabs(difference(x)) <= size * 0x1p-38))
      return false;
  }
  return true;
}

/// The slope of the line that `f` nears on the side of `sign`; 0 for none.
double slopeFarOut(const Reference &f, double sign) {
  double slope = sign * f(sign * 0x1p60) / 0x1p60;
  if (!std::isfinite(slope) || std::fabs(slope) < 0x1p-20)
    return 0.0;
  auto rest = [&](double t) { return f(sign * t) - slope * sign * t; };
  double far = rest(1e4), farther = rest(1e5);
  return std::fabs(far) < 1.0 && std::fabs(farther - far) < 1e-3 ? slope : 0.0;
}

std::vector<Target> findTargets(const Reference &f) {
  std::vector<Target> targets;
  if (double slope = slopeFarOut(f, -1.0))
    if (holdsAtProbes(f, [&](double x) { return f(x) - f(-x) - slope * x; }))
      targets.emplace_back(f, Fold::Magnitude, Join::LeftRamp, slope);
  if (double slope = slopeFarOut(f, 1.0)) {
    if (holdsAtProbes(f, [&](double x) { return f(x) - slope * x; }))
      targets.emplace_back(f, Fold::NegativePart, Join::Ramp, slope);
    else if (holdsAtProbes(f,
                           [&](double x) { return f(x) - f(-x) - slope * x; }))
      targets.emplace_back(f, Fold::Magnitude, Join::Ramp, slope);
    targets.emplace_back(f, Fold::Identity, Join::Ramp, slope);
  }
  if (holdsAtProbes(f, [&](double x) { return f(x) + f(-x); }))
    targets.emplace_back(f, Fold::Magnitude, Join::Odd, 1.0f);
  else if (holdsAtProbes(f, [&](double x) { return f(x) - f(-x); }))
    targets.emplace_back(f, Fold::Magnitude, Join::Plain, 1.0f);
  double sum = f(1.3) + f(-1.3);
  if (sum != 0.0 && static_cast<float>(sum) == sum &&
      holdsAtProbes(f, [&](double x) { return f(x) + f(-x) - sum; }))
    targets.emplace_back(f, Fold::Magnitude, Join::Reflected, sum);
  targets.emplace_back(f, Fold::Identity, Join::Plain, 1.0f);
  return targets;
}

constexpr double kFarOut = 1e30;

/// How far from the function its limit may be where it takes its place, as a
/// part of the tolerance. The rest is what the last polynomial may be off.
constexpr double kMostOfLimit = 0.6, kPartOfLimit = 0.3;

/// Whether `value`, in place of p, serves at x: is off by at most `part` of the
/// tolerance. In few bits the function's limit is kept, and elsewhere if it is
/// 0.
bool servesAt(const Target &target, double x, double value, Format format,
              Accuracy accuracy, double part) {
  const bool isShort = layoutOf(format).bits == 16;
  const double exact = target.exact(x);
  const double limit = accuracy.tolerance(exact, format);
  const bool levelsOff = std::fabs(x) > kFarOut / 2 && std::fabs(exact) < 1e10;
  const bool isExact = levelsOff && (isShort || exact == 0.0) &&
                       accuracy.kind == Accuracy::Kind::Ulp;
  // Room for the polynomial's own error: of a bound in more than 16 bits some
  // is left; in 16 bits the value may come to lie beyond a tie.
  double off = isShort ? (limit - 0.5 * ulp(exact, format)) / 2 : 0.0;
  for (double moved : {value - off, value + off}) {
    double got = target.joined(x, moved);
    if (accuracy.kind != Accuracy::Kind::Factor)
      got = roundTo(got, format);
    // Lines leave a format of few exponents.
    if (got == roundTo(exact, format))
      continue;
    if (isExact ||
        !(std::fabs(got - exact) <= (isShort ? limit : part * limit)))
      return false;
  }
  return true;
}

/// Whether the value of p at `end` serves for all t beyond, away from 0; with
/// `rightOnly` for the positive arguments alone.
bool saturatesAt(const Target &target, double end, Format format,
                 Accuracy accuracy, double part, bool rightOnly = false) {
  double p = target(end);
  for (double factor :
       {1.0, 1.001, 1.02, 1.2, 2.0, 8.0, 1e3, 1e6, 1e12, kFarOut / end}) {
    double x[2];
    for (unsigned i = target.argumentsOf(end * std::fabs(factor), x); i-- > 0;)
      if (!(rightOnly && x[i] < 0.0) &&
          !servesAt(target, x[i], p, format, accuracy, part))
        return false;
  }
  return true;
}

/// The end nearest 0 on the side of `sign` where the function is settled; 0
/// where it is not within 2^7.
double saturation(const Target &target, double sign, Format format,
                  Accuracy accuracy, double part = kMostOfLimit) {
  double settled = 128.0, open = 0x1p-6;
  if (!saturatesAt(target, sign * settled, format, accuracy, part))
    return 0.0;
  for (int i = 0; i < 24; ++i) {
    double middle = (settled + open) / 2;
    (saturatesAt(target, sign * middle, format, accuracy, part) ? settled
                                                                : open) =
        middle;
  }
  return sign * settled * 1.0001;
}

/// `shape` up to where p rounds to 0, if that is past many binades in which p
/// has one sign: there log2 (p / t^power) is a slow function of t.
std::optional<Shape> findDecay(Shape shape, Format format) {
  const FormatLayout &layout = layoutOf(format);
  constexpr double kFewBinades = 0x1p-60, kFarthest = 128.0;
  if (shape.target.fold == Fold::Identity || shape.target.join == Join::Odd ||
      shape.coldLo || shape.coldHi || !(shape.target(shape.hi) < kFewBinades))
    return std::nullopt;
  // A quarter of the least number.
  const double least = std::ldexp(1.0, layout.minExponent - 2);
  while (shape.target(shape.hi) > least && shape.hi < kFarthest)
    shape.hi *= 1.001;
  constexpr unsigned kPoints = 64;
  for (unsigned i = 1; i <= kPoints; ++i)
    if (!(shape.target(shape.hi * i / kPoints) > least / 4))
      return std::nullopt;
  shape.byLogarithm = true;
  return shape;
}

/// Polynomials times an exponential, up to where p is no normal number; of a
/// format that ends before, up to where it settles. With a zero inside, beside
/// which a form keeps what it rounds off, up to where that is none.
std::optional<Shape> findProductWithDecay(const Target &target, double settled,
                                          Format format) {
  // Beside a left ramp it is the right side that vanishes: the ends of a shape
  // are those of one where the left does.
  if (target.fold == Fold::Identity || target.join == Join::Odd ||
      target.join == Join::LeftRamp)
    return std::nullopt;
  auto p = [&](double t) { return target.inFull(t); };
  const ExponentialDecay decay = findExponentialDecay(p);
  if (decay.rate == 0.0)
    return std::nullopt;
  Shape shape = {target, 0.0, settled, false, true, false, false};
  shape.target.decay = decay;
  shape.exponential = decay.fit(layoutOf(format).precision);
  // The power of two is a normal number, too, and up to sqrt(2) less than the
  // exponential.
  const double least = 2.0 * smallestNormal(Format::F32);
  auto smaller = [&](double t) {
    return std::fmin(std::fabs(p(t)), 1.0 / decay.growthAt(t));
  };
  if (settled > 0.0 && smaller(settled) >= least)
    return shape;
  shape.hi = whereAsLarge(smaller, 128.0, least);
  // What such a form keeps has the last bits of a product of floats.
  constexpr int kBitsOfProduct = 48;
  if (layoutOf(format).bits > 16 && shape.hasZeroInside())
    shape.hi = whereAsLarge(smaller, 128.0, std::ldexp(least, kBitsOfProduct));
  shape.coldLo = true;
  return shape;
}

/// `product` up to where p rounds to 0, if that is past the normal numbers.
std::optional<Shape> extendToZero(Shape product, Format format) {
  if (!product.coldLo || product.coldHi)
    return std::nullopt;
  const Target &target = product.target;
  auto p = [&](double t) { return target.inFull(t); };
  // A quarter of the least number; as much more than is scaled up has a power
  // of two that is a normal number.
  const double least = std::ldexp(1.0, layoutOf(format).minExponent - 2);
  constexpr double kLeastPower = 0x1p-165, kFarthest = 128.0;
  product.hi = 1.0001 * whereAsLarge(p, kFarthest, least);
  if (std::fabs(p(product.hi)) > least ||
      1.0 / target.decay.growthAt(product.hi) < kLeastPower)
    return std::nullopt;
  product.coldLo = false;
  // With the digits of f32 in 16 bits too: as each argument is judged there, no
  // rounding may be seen but the last.
  product.exponential = target.decay.fit(layoutOf(Format::F32).precision);
  product.exponential.toZero = true;
  return product;
}

} // namespace

bool Shape::hasZeroInside() const {
  constexpr unsigned kPoints = 64;
  const double step = (hi - lo) / kPoints;
  const bool isNegative = target(lo) < 0.0;
  for (unsigned i = 1; i <= kPoints; ++i)
    if ((target(lo + i * step) < 0.0) != isNegative)
      return true;
  return false;
}

std::vector<Shape> findShapes(const Reference &function, Format format,
                              Accuracy accuracy) {
  // How far to go where the function never settles: inputs of networks are
  // mostly within 8, nearly all within 17.
  constexpr double kReaches[] = {17.4, 8.02};
  std::vector<Shape> shapes;
  for (const Target &target : findTargets(function)) {
    double hi = saturation(target, 1.0, format, accuracy);
    if (target.fold != Fold::Identity) {
      if (hi > 0.0) {
        // The wider range first: it leaves the polynomial more.
        bool isShort = layoutOf(format).bits == 16;
        double wider =
            isShort ? 0.0
                    : saturation(target, 1.0, format, accuracy, kPartOfLimit);
        if (wider > hi)
          shapes.push_back({target, 0.0, wider, false, true, false, false});
        shapes.push_back({target, 0.0, hi, false, true, false, false});
        if (std::optional<Shape> decay = findDecay(shapes.back(), format))
          shapes.push_back(*decay);
      }
      auto isColdRight = [&](double reach) {
        return target.fold == Fold::Magnitude &&
               !saturatesAt(target, reach, format, accuracy, kMostOfLimit,
                            /*rightOnly=*/true);
      };
      if (auto product = findProductWithDecay(target, hi, format)) {
        product->coldHi = product->coldLo && isColdRight(product->hi);
        product->clampsHi = !product->coldHi;
        shapes.push_back(*product);
        if (auto whole = extendToZero(*product, format))
          shapes.push_back(*whole);
      }
      for (double reach : kReaches) {
        if (hi > 0.0 && hi <= reach)
          continue;
        bool coldRight = isColdRight(reach);
        shapes.push_back(
            {target, 0.0, reach, false, !coldRight, true, coldRight});
      }
      continue;
    }
    double lo = saturation(target, -1.0, format, accuracy);
    if (lo < 0.0 && hi > 0.0)
      shapes.push_back({target, lo, hi, true, true, false, false});
    for (double reach : kReaches) {
      bool openLo = lo == 0.0 || lo < -reach, openHi = hi == 0.0 || hi > reach;
      if (openLo || openHi)
        shapes.push_back({target, openLo ? -reach : lo, openHi ? reach : hi,
                          !openLo, !openHi, openLo, openHi});
    }
  }
  return shapes;
}

} // namespace act

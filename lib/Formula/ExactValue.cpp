//===- ExactValue.cpp - Correctly rounded value of a formula --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ExactValue.h"
#include "MpfrEvaluator.h"
#include <cmath>
#include <memory>
#include <optional>
#include <unordered_map>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

namespace {
/// Significant bits, and the exponents of the least and greatest normal
/// binade [2^e, 2^(e+1)).
struct Layout {
  int precision, least, greatest;
};
} // namespace

static Layout layoutOf(Format format) {
  switch (format) {
  case Format::F16:
    return {11, -14, 15};
  case Format::BF16:
    return {8, -126, 127};
  case Format::F32:
    return {24, -126, 127};
  case Format::F64:
    return {53, -1022, 1023};
  }
  return {53, -1022, 1023};
}

/// `value` rounded once: scaled so that the last kept bit is a unit, which
/// subnormals limit, and rounded to a whole number.
static double roundNumber(mpfr_srcptr value, Format format) {
  if (!mpfr_regular_p(value))
    return mpfr_get_d(value, MPFR_RNDN);
  Layout layout = layoutOf(format);
  // MPFR's significand lies in [1/2, 1).
  mpfr_exp_t exponent = mpfr_get_exp(value) - 1;
  double sign = mpfr_signbit(value) ? -1.0 : 1.0;
  if (exponent > layout.greatest)
    return sign * kInfinity;
  if (exponent < layout.least - layout.precision)
    return sign * 0.0;
  long unit = std::max<long>(exponent, layout.least) - (layout.precision - 1);
  thread_local MpfrNumber scaled(8192);
  mpfr_set_prec(scaled.get(), mpfr_get_prec(value));
  mpfr_div_2si(scaled.get(), value, unit, MPFR_RNDN);
  mpfr_rint(scaled.get(), scaled.get(), MPFR_RNDN);
  double units = mpfr_get_d(scaled.get(), MPFR_RNDN);
  if (std::ldexp(std::abs(units), unit - layout.greatest) >= 2.0)
    return sign * kInfinity;
  return units == 0.0 ? sign * 0.0 : std::ldexp(units, unit);
}

double roundTo(double value, Format format) {
  if (format == Format::F64)
    return value;
  if (format == Format::F32)
    return static_cast<float>(value);
  thread_local MpfrNumber number(53);
  mpfr_set_d(number.get(), value, MPFR_RNDN);
  return roundNumber(number.get(), format);
}

double ulp(double value, Format format) {
  Layout layout = layoutOf(format);
  int exponent = layout.least;
  if (value != 0.0 && std::isfinite(value))
    exponent = std::max(layout.least, std::ilogb(value));
  return std::ldexp(1.0, std::min(exponent, layout.greatest) -
                             (layout.precision - 1));
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

namespace {

constexpr mpfr_prec_t kFirstPrecision = 64, kLastPrecision = 8192;

/// A point whose coordinates may lie beyond every format: sign, or a double
/// times 2^scale.
struct Coordinate {
  double value;
  long scale = 0;
};

/// The evaluators of one formula, by precision.
class Evaluators {
public:
  explicit Evaluators(Expression expression) : program(expression) {}

  MpfrEvaluator &at(mpfr_prec_t precision) {
    if (precision == kFirstPrecision) {
      if (!first)
        first = std::make_unique<MpfrEvaluator>(program, precision);
      return *first;
    }
    // Rarely needed, and large.
    larger = std::make_unique<MpfrEvaluator>(program, precision);
    return *larger;
  }

  static Evaluators &of(Expression expression) {
    thread_local const void *lastId = nullptr;
    thread_local Evaluators *last = nullptr;
    if (lastId == expression.id())
      return *last;
    thread_local std::unordered_map<const void *, std::unique_ptr<Evaluators>>
        cache;
    std::unique_ptr<Evaluators> &entry = cache[expression.id()];
    if (!entry)
      entry = std::make_unique<Evaluators>(expression);
    lastId = expression.id();
    last = entry.get();
    return *entry;
  }

private:
  FlatProgram program;
  std::unique_ptr<MpfrEvaluator> first, larger;
};

/// The coordinates as MPFR numbers; doubles are exact in 53 bits.
class MpfrPoint {
public:
  explicit MpfrPoint(const std::vector<Coordinate> &coordinates) {
    for (const Coordinate &coordinate : coordinates) {
      numbers.push_back(std::make_unique<MpfrNumber>(53));
      mpfr_ptr number = numbers.back()->get();
      mpfr_set_d(number, coordinate.value, MPFR_RNDN);
      mpfr_mul_2si(number, number, coordinate.scale, MPFR_RNDN);
      pointers.push_back(numbers.back().get());
    }
  }
  const std::vector<MpfrNumber *> &get() const { return pointers; }

private:
  std::vector<std::unique_ptr<MpfrNumber>> numbers;
  std::vector<MpfrNumber *> pointers;
};

} // namespace

/// Calls `accept` with enclosures of rising precision until it returns true.
/// False if it never does, or if no enclosure is defined.
template <typename Accept>
static bool refine(Expression expression,
                   const std::vector<Coordinate> &coordinates, Accept accept) {
  MpfrPoint point(coordinates);
  Evaluators &evaluators = Evaluators::of(expression);
  for (mpfr_prec_t precision = kFirstPrecision; precision <= kLastPrecision;
       precision *= 2) {
    MpfrEvaluator &evaluator = evaluators.at(precision);
    if (evaluator.run(point.get()) && accept(evaluator.lo(), evaluator.hi()))
      return true;
  }
  return false;
}

/// The value rounded to `format`, if both ends of an enclosure round alike.
/// A zero keeps the sign that IEEE arithmetic gives it.
static std::optional<double> roundedValue(Expression expression,
                                          const std::vector<Coordinate> &point,
                                          Format format) {
  double result = kNaN;
  bool found = refine(expression, point, [&](mpfr_srcptr lo, mpfr_srcptr hi) {
    double a = roundNumber(lo, format), b = roundNumber(hi, format);
    if (a != b)
      return false;
    // Of two zeros the one that is no bound but the value's own sign.
    bool negative = mpfr_sgn(lo) < 0 && mpfr_sgn(hi) <= 0;
    bool exact = mpfr_zero_p(lo) && mpfr_zero_p(hi);
    result = a != 0.0 ? a : exact ? b : (negative ? -0.0 : 0.0);
    return true;
  });
  if (!found)
    return std::nullopt;
  return result;
}

/// The sign of the values beside a zero of variable 0: -1, 0 or 1.
static int signBesideZero(Expression expression, bool negativeSide) {
  int sign = 0;
  // Below the least number of every format.
  refine(expression, {{negativeSide ? -1.0 : 1.0, -1100}},
         [&](mpfr_srcptr lo, mpfr_srcptr hi) {
           sign = mpfr_sgn(lo) > 0 ? 1 : mpfr_sgn(hi) < 0 ? -1 : 0;
           return sign != 0 || (mpfr_zero_p(lo) && mpfr_zero_p(hi));
         });
  return sign;
}

/// The limit at an infinity where IEEE arithmetic finds none: the common
/// rounded value at two points beyond every format.
static double limitValue(Expression expression,
                         const std::vector<double> &point, Format format) {
  std::optional<double> limit;
  for (long scale : {1100L, 2200L}) {
    std::vector<Coordinate> far;
    for (double x : point)
      far.push_back(std::isinf(x) ? Coordinate{x < 0 ? -1.0 : 1.0, scale}
                                  : Coordinate{x});
    std::optional<double> value = roundedValue(expression, far, format);
    if (!value || (limit && *limit != *value))
      return kNaN;
    limit = value;
  }
  return *limit;
}

double exactValue(Expression expression, const std::vector<double> &point,
                  Format format) {
  std::vector<Coordinate> coordinates;
  bool anyInfinite = false;
  for (double x : point) {
    if (std::isnan(x))
      return kNaN;
    anyInfinite |= std::isinf(x);
    coordinates.push_back({x});
  }
  if (anyInfinite) {
    // One try decides: more digits do not make inf - inf defined.
    MpfrPoint exact(coordinates);
    MpfrEvaluator &evaluator = Evaluators::of(expression).at(kFirstPrecision);
    if (!evaluator.run(exact.get()))
      return limitValue(expression, point, format);
  }
  std::optional<double> value = roundedValue(expression, coordinates, format);
  if (!value)
    return kNaN;
  bool isZeroAtZero = *value == 0.0 && point.size() == 1 && point[0] == 0.0;
  if (isZeroAtZero)
    if (int sign = signBesideZero(expression, std::signbit(point[0])))
      return sign < 0 ? -0.0 : 0.0;
  return *value;
}

Interval enclosePoint(Expression expression, const std::vector<double> &point) {
  std::vector<Coordinate> coordinates;
  for (double x : point)
    coordinates.push_back({x});
  Interval result;
  refine(expression, coordinates, [&](mpfr_srcptr lo, mpfr_srcptr hi) {
    result = {mpfr_get_d(lo, MPFR_RNDD), mpfr_get_d(hi, MPFR_RNDU)};
    return result.hi - result.lo <= 0x1p-51 * result.magnitude() ||
           (result.lo >= -0x1p-1074 && result.hi <= 0x1p-1074);
  });
  return result;
}

double errorInUlps(double computed, Expression expression,
                   const std::vector<double> &point, Format format) {
  double exact = exactValue(expression, point, format);
  if (std::isnan(computed) || std::isnan(exact))
    return std::isnan(computed) && std::isnan(exact) ? 0.0 : kInfinity;
  if (std::isinf(computed) || std::isinf(exact))
    return computed == exact ? 0.0 : kInfinity;
  for (double x : point)
    if (std::isinf(x))
      return std::abs(computed - exact) / ulp(exact, format);
  Interval value = enclosePoint(expression, point);
  double distance =
      std::max(std::abs(computed - value.lo), std::abs(computed - value.hi));
  return distance / ulp(exact, format);
}

} // namespace act

//===- ExactValue.cpp - Correctly rounded value of a formula --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Formula/ExactValue.h"
#include "MpfrEvaluator.h"
#include "ThreadCache.h"
#include <algorithm>
#include <cmath>
#include <optional>

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

double roundTo(double value, Format format) {
  if (!std::isfinite(value) || value == 0.0 || format == Format::F64)
    return value;
  FormatLayout layout = layoutOf(format);
  double unit = ulp(value, format);
  double rounded = std::nearbyint(value / unit) * unit;
  return std::abs(rounded) < std::ldexp(1.0, layout.maxExponent)
             ? rounded
             : std::copysign(kInfinity, value);
}

double ulp(double value, Format format) {
  if (std::isnan(value))
    return kNaN;
  FormatLayout layout = layoutOf(format);
  int exponent = layout.maxExponent;
  if (std::isfinite(value))
    std::frexp(value, &exponent); // |value| < 2^exponent
  if (value == 0.0)
    exponent = layout.minExponent;
  exponent = std::min(exponent, layout.maxExponent);
  return std::ldexp(1.0,
                    std::max(exponent - layout.precision, layout.minExponent));
}

/// `value` rounded once to `format`.
static double roundTo(mpfr_srcptr value, Format format) {
  if (!mpfr_regular_p(value))
    return mpfr_get_d(value, MPFR_RNDN);
  FormatLayout layout = layoutOf(format);
  bool negative = mpfr_signbit(value);
  long exponent = mpfr_get_exp(value); // 2^(exponent-1) <= |value|
  if (exponent > layout.maxExponent)
    return negative ? -kInfinity : kInfinity;
  long bits = std::min<long>(layout.precision, exponent - layout.minExponent);
  if (bits <= 0) {
    // Half of the smallest number, a power of 2, is a tie: 0 is even.
    bool above = bits == 0 && mpfr_min_prec(value) > 1;
    double smallest = std::ldexp(1.0, layout.minExponent);
    return std::copysign(above ? smallest : 0.0, negative ? -1.0 : 1.0);
  }
  thread_local MpfrNumber rounded(MPFR_PREC_MIN);
  mpfr_set_prec(rounded.get(), bits);
  mpfr_set(rounded.get(), value, MPFR_RNDN);
  if (mpfr_get_exp(rounded.get()) > layout.maxExponent)
    return negative ? -kInfinity : kInfinity;
  return mpfr_get_d(rounded.get(), MPFR_RNDN);
}

/// What both ends round to; nothing while they differ. The sign of a zero is
/// that of the values in between.
static std::optional<double> roundedAlike(mpfr_srcptr lo, mpfr_srcptr hi,
                                          Format format) {
  double low = roundTo(lo, format), high = roundTo(hi, format);
  if (low != high)
    return std::nullopt;
  if (low != 0.0)
    return low;
  int below = mpfr_sgn(lo), above = mpfr_sgn(hi);
  if (below < 0 && above > 0)
    return std::nullopt;
  bool exact = below == 0 && above == 0;
  bool negative = exact ? mpfr_signbit(lo) && mpfr_signbit(hi) : below < 0;
  return negative ? -0.0 : 0.0;
}

/// The rounding of ends that the last precision could not part from the
/// midpoint of the neighbours `low` and `high`: the value is that midpoint.
static double tieToEven(double low, double high, Format format) {
  double near = std::min(std::abs(low), std::abs(high));
  double far = std::max(std::abs(low), std::abs(high));
  double unit = ulp(near, format);
  if (far == 0.0)
    return 0.0;
  if (low * high < 0.0 || roundTo(near + unit, format) != far)
    return kNaN; // no neighbours: the ends say nothing
  bool nearIsEven = std::fmod(near / unit, 2.0) == 0.0;
  return std::copysign(nearIsEven ? near : far, low + high);
}

//===----------------------------------------------------------------------===//
// Rising precision
//===----------------------------------------------------------------------===//

using Argument = MpfrEvaluator::Argument;
using Preset = MpfrEvaluator::Preset;
using Status = MpfrEvaluator::Status;

/// Encloses `root` at rising precision until `accept(lo, hi)` is true.
template <typename Accept>
static Status refine(MpfrEvaluator &evaluator, unsigned root,
                     const std::vector<Argument> &arguments,
                     const std::vector<Preset> &presets, Accept accept) {
  for (mpfr_prec_t precision = MpfrEvaluator::kFirstPrecision;
       precision <= MpfrEvaluator::kLastPrecision; precision *= 2) {
    Status status = evaluator.run(root, arguments, precision, presets);
    if (status == Status::Undefined)
      return status;
    if (status == Status::Done &&
        accept(evaluator.lo(root), evaluator.hi(root)))
      return status;
  }
  return Status::Undecided;
}

/// The value of step `root` rounded once; NaN where it is undefined.
static double evaluate(MpfrEvaluator &evaluator, unsigned root,
                       const std::vector<Argument> &arguments, Format format,
                       const std::vector<Preset> &presets = {},
                       Status *status = nullptr) {
  double result = kNaN;
  Status reached = refine(
      evaluator, root, arguments, presets, [&](mpfr_srcptr lo, mpfr_srcptr hi) {
        std::optional<double> rounded = roundedAlike(lo, hi, format);
        result = rounded.value_or(kNaN);
        return rounded.has_value();
      });
  if (reached == Status::Undecided)
    result = tieToEven(roundTo(evaluator.lo(root), format),
                       roundTo(evaluator.hi(root), format), format);
  if (status)
    *status = reached;
  return result;
}

static std::vector<Argument> argumentsOf(const std::vector<double> &point) {
  std::vector<Argument> arguments;
  arguments.reserve(point.size());
  for (double x : point)
    arguments.push_back({x});
  return arguments;
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

static bool isZero(const Argument &argument) {
  return argument.significand == 0.0;
}
static bool isInfinite(const Argument &argument) {
  return std::isinf(argument.significand);
}

/// `arguments` with those that `moves` accepts replaced by numbers of the
/// same sign and the magnitude 2^exponent.
static std::vector<Argument> moved(std::vector<Argument> arguments,
                                   bool (*moves)(const Argument &),
                                   long exponent) {
  for (Argument &argument : arguments)
    if (moves(argument))
      argument = {std::copysign(1.0, argument.significand), exponent};
  return arguments;
}

/// Beyond every double, and below every double but 0, a formula has settled.
static constexpr long kBeyond = 1100;

/// The value to which step `root` has settled beyond (`kBeyond`) or below
/// (-`kBeyond`) all doubles; NaN if it has not.
static double settledValue(MpfrEvaluator &evaluator, unsigned root,
                           const std::vector<Argument> &arguments,
                           bool (*moves)(const Argument &), long exponent,
                           Format format) {
  double near =
      evaluate(evaluator, root, moved(arguments, moves, exponent), format);
  double far =
      evaluate(evaluator, root, moved(arguments, moves, 2 * exponent), format);
  if (near != far)
    return kNaN;
  // Zeros of two signs, as of sin(x)/x.
  return near == 0.0 && std::signbit(near) != std::signbit(far) ? 0.0 : near;
}

/// The limit at a point with infinite coordinates. A part that is undefined
/// there and depends on one variable has its own limit (silu in swiglu);
/// what combines parts of several variables is defined only as in IEEE
/// arithmetic (inf * 0 is not), or along the only infinite coordinate.
static double valueAtInfinity(MpfrEvaluator &evaluator,
                              const std::vector<Argument> &arguments,
                              Format format) {
  unsigned root = evaluator.root();
  std::vector<Preset> presets;
  while (true) {
    Status status;
    double value =
        evaluate(evaluator, root, arguments, format, presets, &status);
    if (!std::isnan(value))
      return value;
    unsigned step = evaluator.undefinedStep();
    // inf * 0 of two variables: a gate that is shut differs from one that is
    // nearly so.
    if (status == Status::Undefined && !evaluator.hasSoleVariable(step) &&
        evaluator.isProductOfZero(step))
      return kNaN;
    if (status != Status::Undefined || evaluator.hasSoleVariable(root) ||
        !evaluator.hasSoleVariable(step))
      break;
    value = settledValue(evaluator, step, arguments, isInfinite, kBeyond,
                         Format::F64);
    if (std::isnan(value))
      break;
    presets.push_back({step, value});
  }
  bool onlyOneMoves =
      std::count_if(arguments.begin(), arguments.end(), isInfinite) == 1 &&
      std::none_of(arguments.begin(), arguments.end(), isZero);
  if (!evaluator.hasSoleVariable(root) && !onlyOneMoves)
    return kNaN;
  return settledValue(evaluator, root, arguments, isInfinite, kBeyond, format);
}

/// `value` at a point with zero coordinates, where the limit from the sides
/// that their signs name gives the sign of a zero and the value of 0/0.
static double valueBesideZero(MpfrEvaluator &evaluator, double value,
                              const std::vector<Argument> &arguments,
                              Format format) {
  unsigned root = evaluator.root();
  if (std::isnan(value))
    return evaluator.hasSoleVariable(root)
               ? settledValue(evaluator, root, arguments, isZero, -kBeyond,
                              format)
               : kNaN;
  double beside = evaluate(evaluator, root, moved(arguments, isZero, -kBeyond),
                           Format::F64);
  return beside == 0.0 ? beside : value;
}

double exactValue(Expression expression, const std::vector<double> &point,
                  Format format) {
  if (std::any_of(point.begin(), point.end(),
                  [](double x) { return std::isnan(x); }))
    return kNaN;
  MpfrEvaluator &evaluator = cachedInThread<MpfrEvaluator>(expression);
  std::vector<Argument> arguments = argumentsOf(point);
  if (std::any_of(arguments.begin(), arguments.end(), isInfinite))
    return valueAtInfinity(evaluator, arguments, format);
  double value = evaluate(evaluator, evaluator.root(), arguments, format);
  bool besideZero = (value == 0.0 || std::isnan(value)) &&
                    std::any_of(arguments.begin(), arguments.end(), isZero);
  return besideZero ? valueBesideZero(evaluator, value, arguments, format)
                    : value;
}

//===----------------------------------------------------------------------===//
// Distances
//===----------------------------------------------------------------------===//

Interval enclosePoint(Expression expression, const std::vector<double> &point) {
  MpfrEvaluator &evaluator = cachedInThread<MpfrEvaluator>(expression);
  Interval result;
  refine(evaluator, evaluator.root(), argumentsOf(point), {},
         [&](mpfr_srcptr lo, mpfr_srcptr hi) {
           result = {mpfr_get_d(lo, MPFR_RNDD), mpfr_get_d(hi, MPFR_RNDU)};
           return result.hi <= roundedUp(roundedUp(result.lo));
         });
  return result;
}

/// |end - other| / unit, rounded up.
static double distance(mpfr_srcptr end, mpfr_srcptr other, double unit) {
  thread_local MpfrNumber difference(64);
  mpfr_sub(difference.get(), end, other, MPFR_RNDA);
  mpfr_div_d(difference.get(), difference.get(), unit, MPFR_RNDA);
  return std::abs(mpfr_get_d(difference.get(), MPFR_RNDA));
}

/// errorInUlps where everything is finite; nothing where it is not.
static std::optional<double> finiteError(double computed, Expression expression,
                                         const std::vector<double> &point,
                                         Format format) {
  MpfrEvaluator &evaluator = cachedInThread<MpfrEvaluator>(expression);
  MpfrNumber target(53);
  mpfr_set_d(target.get(), computed, MPFR_RNDN);
  std::optional<double> error;
  refine(evaluator, evaluator.root(), argumentsOf(point), {},
         [&](mpfr_srcptr lo, mpfr_srcptr hi) {
           double low = roundTo(lo, format), high = roundTo(hi, format);
           double unit = ulp(low, format);
           if (distance(lo, hi, unit) > 0x1p-10)
             return false;
           if (std::isfinite(low) && std::isfinite(high))
             error = std::max(distance(target.get(), lo, unit),
                              distance(target.get(), hi, unit));
           return true;
         });
  return error;
}

double errorInUlps(double computed, Expression expression,
                   const std::vector<double> &point, Format format) {
  bool allFinite = std::isfinite(computed);
  for (double x : point)
    allFinite = allFinite && std::isfinite(x);
  if (allFinite)
    if (auto error = finiteError(computed, expression, point, format))
      return *error;
  double exact = exactValue(expression, point, format);
  if (std::isnan(exact) || std::isnan(computed))
    return std::isnan(exact) && std::isnan(computed) ? 0.0 : kInfinity;
  if (std::isinf(exact) || std::isinf(computed))
    return exact == computed ? 0.0 : kInfinity;
  return std::abs(computed - exact) / ulp(exact, format);
}

} // namespace act

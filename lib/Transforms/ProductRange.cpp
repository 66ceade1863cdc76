//===- ProductRange.cpp - Where a product is as good as its factors -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProductRange.h"
#include "act/Formula/ExactValue.h"
#include "act/Formula/Profile.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace act;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool act::keepsRounding(const std::vector<Factor> &factors) {
  return llvm::any_of(factors,
                      [](const Factor &factor) { return factor.isKept; });
}

bool act::splitProduct(Expression formula, std::vector<Factor> &factors) {
  if (std::optional<unsigned> variable = formula.onlyVariable();
      variable &&
      (formula.isVariable() || formula.primitive() != Primitive::Mul)) {
    std::vector<Expression> values(*variable + 1, Expression::variable(0));
    factors.push_back({formula.substitute(values), *variable, {}});
    return true;
  }
  return formula.primitive() == Primitive::Mul &&
         splitProduct(formula.operand(0), factors) &&
         splitProduct(formula.operand(1), factors);
}

std::vector<Factor> act::joinByVariable(const std::vector<Factor> &factors,
                                        unsigned variables) {
  std::vector<Factor> joined;
  for (unsigned variable = 0; variable < variables; ++variable) {
    std::optional<Expression> product;
    for (const Factor &factor : factors)
      if (factor.variable == variable)
        product = product ? *product * factor.formula : factor.formula;
    if (!product)
      return {};
    joined.push_back({*product, variable, {}});
  }
  return joined;
}

void ArgumentRange::intersect(const ArgumentRange &other) {
  lo = std::max(lo, other.lo);
  hi = std::min(hi, other.hi);
  least = std::max(least, other.least);
}

ArgumentRange act::rangeOfKept() {
  constexpr float kLeast = 0x1p-50f, kMost = 0x1p60f;
  return {-kMost, kMost, kLeast};
}

ArgumentRange act::validRange(const SynthesizedForm &synthesized) {
  auto *form = std::get_if<PiecewiseForm>(&synthesized.form);
  return form ? ArgumentRange{form->validLo, form->validHi} : ArgumentRange();
}

namespace {

/// Magnitudes of the values of a factor.
struct Magnitudes {
  double least, most;
  float leastArgument; ///< of a factor that is 0 at 0
};

/// Normal floats, with room for the error of a form.
constexpr Magnitudes kNormal = {Accuracy::kLeastFactor, 0x1p127, 0x1p-100f};

/// Times a factor in rangeOfKept() what is kept of them, 2^-24 of that or less,
/// is rounded to 2^-150: to less than 2^-26 ulps of the product.
constexpr Magnitudes kKept = {Accuracy::kLeastKeptFactor, 0x1p60, 0x1p-48f};

} // namespace

/// Whether all values of `f` between the two arguments have one sign and are of
/// `allowed` magnitudes.
static bool isWithin(const Magnitudes &allowed, Expression f, double from,
                     double to) {
  Interval values = range(f, Interval(std::min(from, to), std::max(from, to)));
  if (values.hi < 0.0)
    values = -values;
  return values.lo >= allowed.least && values.hi <= allowed.most;
}

/// The farthest argument in `direction` up to which, from `from` on, the values
/// of `f` are of `allowed` magnitudes and one sign, as at `from`.
static double reachOfSign(const Magnitudes &allowed, Expression f, double from,
                          double direction) {
  if (isWithin(allowed, f, from, direction * kInfinity))
    return direction * kInfinity;
  double inside = from, outside = direction * std::numeric_limits<float>::max();
  constexpr int kSteps = 60;
  for (int i = 0; i < kSteps; ++i) {
    // First through the binades, then through the numbers.
    double middle = std::abs(outside) > 4.0 * std::max(std::abs(inside), 1.0)
                        ? direction * std::sqrt(std::abs(outside) *
                                                std::max(std::abs(inside), 1.0))
                        : inside / 2 + outside / 2;
    (isWithin(allowed, f, from, middle) ? inside : outside) = middle;
  }
  return inside;
}

static float roundedTowardZero(double x) {
  float rounded = x;
  return std::abs(rounded) > std::abs(x) ? std::nextafterf(rounded, 0.0f)
                                         : rounded;
}

/// The farthest float in `direction` up to which, from `from` on, the values of
/// `f` at floats are of `allowed` magnitudes; none if there is none. A zero may
/// lie between two floats.
static std::optional<float> reachOf(const Magnitudes &allowed, Expression f,
                                    float from, float direction) {
  if (!isWithin(allowed, f, from, from))
    return std::nullopt;
  constexpr unsigned kMostZeros = 4;
  const float end = direction * std::numeric_limits<float>::infinity();
  float reach = from, next = from;
  for (unsigned zeros = 0; zeros <= kMostZeros; ++zeros) {
    reach = roundedTowardZero(reachOfSign(allowed, f, next, direction));
    next = std::nextafterf(reach, end);
    if (reach == end || !isWithin(allowed, f, next, next))
      break;
  }
  return reach;
}

/// The arguments around 0 for which `f` is of `allowed` magnitudes; `f` may
/// vanish at 0.
static std::optional<ArgumentRange> rangeWithin(const Magnitudes &allowed,
                                                Expression f) {
  ArgumentRange result;
  if (exactValue(f, {0.0}, Format::F64) == 0.0) {
    // The smaller the slope the larger the arguments.
    constexpr float kMost = 0x1p-20f;
    auto isSmall = [&](float x) { return !isWithin(allowed, f, x, x); };
    result.least = allowed.leastArgument;
    while (result.least < kMost &&
           (isSmall(result.least) || isSmall(-result.least)))
      result.least *= 4.0f;
  }
  std::optional<float> lo = reachOf(allowed, f, -result.least, -1.0f);
  std::optional<float> hi = reachOf(allowed, f, result.least, 1.0f);
  if (!lo || !hi)
    return std::nullopt;
  result.lo = *lo;
  result.hi = *hi;
  return result;
}

/// The largest magnitude of a factor for `arguments`.
static double largestOf(const Factor &factor, const ArgumentRange &arguments) {
  double largest =
      range(factor.formula, Interval(arguments.lo, arguments.hi)).magnitude();
  // Of forms that end at 1, what the enclosure adds is of no account.
  return largest > 1.0 && largest < 1.0 + 0x1p-10 ? 1.0 : largest;
}

/// Whether an overflow of other factors beyond `from` in the direction of its
/// sign is one of the product as well: what else depends on the variable has
/// become 1, and nothing depends on others but a variable itself.
static bool settles(const std::vector<Factor> &factors, unsigned variable,
                    double from) {
  return llvm::all_of(factors, [&](const Factor &factor) {
    if (factor.formula.isVariable())
      return true;
    if (factor.variable != variable)
      return false;
    double end = std::copysign(kInfinity, from);
    Interval values = range(factor.formula,
                            Interval(std::min(from, end), std::max(from, end)));
    return Interval(1.0 - 0x1p-30, 1.0 + 0x1p-30).contains(values);
  });
}

std::optional<std::vector<ArgumentRange>>
act::rangesOfProduct(std::vector<Factor> &factors, unsigned variables,
                     bool inDouble) {
  std::vector<ArgumentRange> ranges(variables);
  const bool isKept = keepsRounding(factors);
  const bool isFormKept = factors.back().isKept;
  for (const Factor &factor : factors) {
    ArgumentRange &arguments = ranges[factor.variable];
    if (isFormKept && !factor.form) {
      if (!factor.formula.isVariable())
        return std::nullopt;
      arguments.intersect(rangeOfKept());
    }
    if (!factor.form)
      continue;
    std::optional<ArgumentRange> inside =
        rangeWithin(isKept ? kKept : kNormal, factor.formula);
    if (!inside)
      return std::nullopt;
    arguments.intersect(*inside);
    arguments.intersect(validRange(*factor.form));
  }
  if (inDouble || isKept || factors.size() < 3)
    return ranges;

  // No product of some factors may overflow where another makes it small.
  constexpr double kLargest = 0x1p60;
  for (const Factor &factor : factors) {
    ArgumentRange &arguments = ranges[factor.variable];
    if (largestOf(factor, arguments) <= kLargest)
      continue;
    if (!factor.formula.isVariable())
      return std::nullopt;
    if (!settles(factors, factor.variable, -kLargest))
      arguments.lo = std::max<float>(arguments.lo, -kLargest);
    if (!settles(factors, factor.variable, kLargest))
      arguments.hi = std::min<float>(arguments.hi, kLargest);
  }
  // Small factors last: what underflows before them is small in the end, too.
  auto largest = [&](const Factor &factor) {
    return std::min(largestOf(factor, ranges[factor.variable]), kLargest);
  };
  std::vector<Factor> ordered;
  for (bool isSmall : {false, true})
    for (const Factor &factor : factors)
      if ((largest(factor) <= 1.0) == isSmall)
        ordered.push_back(factor);
  factors = std::move(ordered);
  double product = 1.0;
  for (auto [i, factor] : llvm::enumerate(factors)) {
    double bound = largest(factor);
    // The product before this factor has two factors or more.
    if (i > 1 && (product > 0x1p127 || bound > 1.0))
      return std::nullopt;
    product *= bound;
  }
  return ranges;
}

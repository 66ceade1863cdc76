//===- PiecewiseSearch.cpp - The cheapest piecewise form ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormSearch.h"
#include "Segments.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <tuple>

namespace act {

using Fold = PiecewiseForm::Fold;
using Join = PiecewiseForm::Join;
using Spacing = PiecewiseForm::Spacing;

namespace {

constexpr unsigned kMaxDegree = 9;
/// Where looking up in twice as many segments takes several instructions, and
/// there is room for what a long polynomial rounds.
constexpr unsigned kMaxDegreeOfFewSegments = 13;

struct Candidate {
  const Shape *shape;
  Spread spread;
  unsigned degree;
  bool splitsSlope; ///< see PiecewiseForm::slopes
  Centring centring;
  bool decays;     ///< see PiecewiseForm::exponents
  unsigned family; ///< of candidates that differ in degree only
  unsigned twin;   ///< the family of those that do not split, else this one
  unsigned cost;
};

/// Of a form with exponents, beyond the lookups and steps of another one of its
/// degree: the exponent, the line's rounding, two powers, the whole part and
/// what is left of it, the exponential and the scaling.
unsigned extraCostOfDecay(unsigned lookup, const Isa &isa) {
  return lookup + 2 + 2 + 3 + 3 + 7 + (isa.scalesByPowerOfTwo ? 2 : 3);
}

unsigned costOf(const Candidate &candidate, const Isa &isa) {
  const Shape &shape = *candidate.shape;
  unsigned lookup = isa.lookupCost(candidate.spread.segments);
  // Lookups of each coefficient; an fma a degree.
  unsigned cost = lookup * (candidate.degree + 1) + candidate.degree;
  // That of the centre; t - c.
  cost += candidate.centring == Centring::Segment ? lookup + 1 : 0;
  cost += candidate.spread.spacing == Spacing::Uniform ? 1 : 2;
  cost += candidate.splitsSlope ? lookup + 1 : 0;
  cost += candidate.decays ? extraCostOfDecay(lookup, isa) : 0;
  cost += shape.target.fold == Fold::Identity ? 0 : 1;
  cost += shape.clampsLo + shape.clampsHi;
  switch (shape.target.join) {
  case Join::Plain:
    break;
  case Join::Odd:
    cost += 1;
    break;
  case Join::Reflected:
  case Join::Ramp:
  case Join::LeftRamp:
    cost += 2;
    break;
  }
  bool cold = shape.coldLo || shape.coldHi;
  // Inputs between 8 and 17 are rare, but not so rare.
  bool narrow = shape.hi < 10.0;
  return cost + (cold ? 1 : 0) + (narrow ? shape.coldLo + 2 * shape.coldHi : 0);
}

/// Whether two roundings are more than `accuracy` allows, of large results at
/// least.
bool isTight(Accuracy accuracy) {
  constexpr double kTwoRoundings = 1.1;
  return accuracy.kind == Accuracy::Kind::Absolute ||
         accuracy.bound < kTwoRoundings;
}

bool hasZeroAtOrigin(const Shape &shape) {
  return shape.lo <= 0.0 && shape.target(0.0) == 0.0;
}

/// Elsewhere than at the origin.
bool hasZeroInside(const Shape &shape) {
  constexpr unsigned kPoints = 64;
  const double step = (shape.hi - shape.lo) / kPoints;
  const bool isNegative = shape.target(shape.lo) < 0.0;
  for (unsigned i = 1; i <= kPoints; ++i)
    if (shape.target(shape.lo + i * step) < 0.0 != isNegative)
      return true;
  return false;
}

std::vector<Candidate> enumerate(const std::vector<Shape> &shapes,
                                 const SynthesisRequest &request) {
  const Isa &isa = *request.isa;
  // In 16 bits, f32 has bits to spare.
  const bool inUlps = request.format == Format::F32 &&
                      request.accuracy.kind == Accuracy::Kind::Ulp;
  const bool tight = inUlps && isTight(request.accuracy);
  constexpr double kSlopeIsSeen = 2.0;
  const bool seesSlope = inUlps && request.accuracy.bound <= kSlopeIsSeen;
  std::vector<Candidate> candidates;
  unsigned family = 0;
  auto add = [&](const Shape &shape, Spread spread, bool maySplit) {
    if (isa.lookupCost(spread.segments) == 0)
      return;
    const bool isFew = !tight && spread.segments <= isa.lookupEntries &&
                       isa.lookupCost(2 * spread.segments) > 2;
    const unsigned maxDegree = isFew ? kMaxDegreeOfFewSegments : kMaxDegree;
    auto addFamily = [&](bool splits, Centring centring, bool decays) {
      ++family;
      const unsigned twin = splits ? family - 1 : family;
      for (unsigned degree = decays ? 2 : 1; degree <= maxDegree; ++degree) {
        Candidate candidate = {&shape, spread, degree, splits, centring,
                               decays, family, twin,   0};
        candidate.cost = costOf(candidate, isa);
        candidates.push_back(candidate);
      }
    };
    if (shape.decays)
      return addFamily(/*splits=*/false, Centring::Segment, /*decays=*/true);
    addFamily(/*splits=*/false, Centring::Segment, /*decays=*/false);
    if (maySplit)
      addFamily(/*splits=*/true, Centring::Segment, /*decays=*/false);
    if (layoutOf(request.format).bits == 16)
      addFamily(/*splits=*/false, Centring::Origin, /*decays=*/false);
  };
  for (const Shape &shape : shapes) {
    if (shape.decays && (tight || !inUlps))
      continue;
    const bool maySplit =
        seesSlope && (hasZeroAtOrigin(shape) || hasZeroInside(shape));
    for (unsigned segments : {8u, 16u, 32u, 64u}) {
      for (double ratio : {0.5, 1.2, 2.5, 3.5, 5.0})
        add(shape, {Spacing::Quadratic, segments, ratio}, maySplit);
      // Where much cancels beside a zero inside.
      if (segments == 64 && !tight)
        continue;
      add(shape, {Spacing::Uniform, segments, 0.0}, maySplit);
      for (double octaves : {2.0, 4.0, 8.0})
        add(shape, {Spacing::Logarithmic, segments, octaves}, maySplit);
    }
  }
  // Of equal cost the wider ranges first: they are the first shapes.
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate &a, const Candidate &b) {
              return std::tie(a.cost, a.family) < std::tie(b.cost, b.family);
            });
  return candidates;
}

/// The arguments at which a form is judged: around every joint, inside every
/// segment, along all binades on both sides; each argument where there are
/// only 2^16.
class JudgedPoints {
public:
  JudgedPoints(const Layout &layout, Format format) : form(layout.form) {
    for (const Segment &segment : layout.segments)
      addSegment(segment);
    for (int exponent = -149; exponent < 127; ++exponent)
      for (float mantissa : {1.0f, 1.375f, 1.99f})
        addBoth(std::ldexp(mantissa, exponent));
    addBinades(-24, 5, 200);
    for (float &x : points)
      x = roundTo(x, format);
  }

  /// Densely where most inputs are, so that no unlucky rounding is missed.
  void addBinades(int begin, int end, unsigned pointsEach) {
    std::uniform_real_distribution<float> mantissa(1.0f, 2.0f);
    for (int exponent = begin; exponent < end; ++exponent)
      for (unsigned i = 0; i < pointsEach; ++i)
        addBoth(std::ldexp(mantissa(random), exponent));
  }

  void addNeighbours(float x, unsigned count) {
    constexpr double kReach = 0x1p-6;
    std::uniform_real_distribution<double> factor(1.0 - kReach, 1.0 + kReach);
    for (unsigned i = 0; i < count; ++i)
      points.push_back(x * factor(random));
  }

  /// At the ends of segments: of a function that has a zero, terms cancel
  /// there.
  void addEnds(const std::vector<Segment> &segments, unsigned pointsEach) {
    constexpr double kPart = 1.0 / 32;
    for (const Segment &segment : segments) {
      const double width = kPart * (segment.hi - segment.lo);
      std::uniform_real_distribution<double> distance(0.0, width);
      for (unsigned i = 0; i < pointsEach; ++i) {
        addBoth(segment.lo + distance(random));
        addBoth(segment.hi - distance(random));
      }
    }
  }

  std::vector<float> points;

private:
  void addBoth(float t) {
    for (float x : {t, -t})
      if (x >= form.validLo && x <= form.validHi)
        points.push_back(x);
  }

  void addSegment(const Segment &segment) {
    for (double end : {segment.lo, segment.hi}) {
      float up = end, down = end;
      for (int i = 0; i < 24; ++i) {
        addBoth(up);
        addBoth(down);
        up = std::nextafterf(up, INFINITY);
        down = std::nextafterf(down, -INFINITY);
      }
    }
    std::uniform_real_distribution<double> inside(segment.lo, segment.hi);
    for (int i = 0; i < 250; ++i)
      addBoth(inside(random));
    for (int k = 1; k < 24; ++k)
      addBoth(segment.lo + std::ldexp(segment.hi - segment.lo, -k));
  }

  const PiecewiseForm &form;
  std::mt19937 random{20240229};
};

/// Errors in tolerances and where they are seen.
using Errors = std::vector<std::pair<double, float>>;

/// The errors at `points`; nothing as soon as one exceeds `accepted`.
std::optional<Errors> errorsAt(const std::vector<float> &points,
                               const PiecewiseForm &form,
                               const Reference &function,
                               const SynthesisRequest &request,
                               double accepted) {
  const FormatLayout &result = layoutOf(request.format);
  const double leastNormal =
      std::ldexp(1.0, result.minExponent + result.precision - 1);
  Errors errors;
  errors.reserve(points.size());
  for (float x : points) {
    if (x < form.validLo || x > form.validHi)
      continue;
    double exact = function(x);
    double error = errorOf(form.evaluate(x), exact, request);
    // Subnormal results have few bits: no worse rounding is left unseen.
    bool isSubnormal = std::fabs(exact) < leastNormal;
    if (!(error <= (isSubnormal ? 1.0 : accepted)))
      return std::nullopt;
    errors.push_back({isSubnormal ? error * accepted : error, x});
  }
  return errors;
}

/// Of what is counted in ulps the worst rounding is rarely among the samples:
/// of a gelu 0.914 was seen, and 1.053 when all floats were taken; of a silu
/// 0.886 and 0.939. An absolute error is mostly that of the polynomial.
/// By the logarithm more steps round, without a place where that is worst.
double acceptedShare(const PiecewiseForm &form,
                     const SynthesisRequest &request) {
  if (request.format != Format::F32)
    return acceptedShare(request.format);
  if (request.accuracy.kind == Accuracy::Kind::Absolute)
    return 0.98;
  return form.exponents.empty() ? 0.89 : 0.83;
}

/// The largest error at sample points, if it is small enough. Where the first
/// are passed, many more are asked, and then the neighbours of the worst: the
/// error of the polynomial is large in few places, and there some unlucky
/// rounding is sure to be met.
std::optional<double> judge(const Shape &shape, const Layout &layout,
                            const Reference &function,
                            const SynthesisRequest &request) {
  JudgedPoints judged(layout, request.format);
  const bool isSampled = request.format == Format::F32;
  const bool isMany = isSampled && function.isFast();
  const bool isExhaustive = !isSampled && function.isFast();
  const double accepted = acceptedShare(layout.form, request);
  double largest = 0.0;
  for (unsigned round = 0;; ++round) {
    std::optional<Errors> errors =
        errorsAt(judged.points, layout.form, function, request, accepted);
    if (!errors)
      return std::nullopt;
    constexpr size_t kNumWorst = 16;
    size_t numWorst = std::min(kNumWorst, errors->size());
    std::partial_sort(errors->begin(), errors->begin() + numWorst,
                      errors->end(), std::greater<>());
    errors->resize(numWorst);
    if (!errors->empty())
      largest = std::max(largest, errors->front().first);
    if (round == (isSampled ? 3 : isExhaustive ? 1 : 0))
      return largest;
    judged.points.clear();
    if (isExhaustive)
      judged.points = finiteNumbers(request.format);
    else if (round == 0) {
      judged.addBinades(-12, 4, isMany ? 4000 : 400);
      if (hasZeroInside(shape))
        judged.addEnds(layout.segments, isMany ? 2000 : 100);
    } else {
      for (const auto &[error, x] : *errors)
        judged.addNeighbours(x, isMany ? 500 : 50);
    }
  }
}

/// The part of what the last rounding leaves that polynomials may use up. Where
/// each argument is judged, most results are too far from a tie for an error of
/// more than all of it to matter.
double shareOfFit(const Reference &function, const SynthesisRequest &request) {
  bool isExhaustive = layoutOf(request.format).bits == 16 && function.isFast();
  return isExhaustive ? 2.5 : 0.5;
}

std::function<double(double)> toleranceOfFit(const Target &target,
                                             const SynthesisRequest &request,
                                             double share) {
  return [&target, request, share](double t) {
    double x[2], least = INFINITY;
    for (unsigned i = target.argumentsOf(t, x); i-- > 0;) {
      double exact = target.exact(x[i]);
      double rounding = 0.5 * ulp(exact, request.format);
      least = std::min(
          least, request.accuracy.tolerance(exact, request.format) - rounding);
    }
    return share * least;
  };
}

/// A bound of the error of the polynomials where nothing rounds, in tolerances.
/// Between the points judged first it may be larger than there by less than a
/// twentieth: act-prove-fits proves it of the catalogue.
double boundFit(const Layout &layout, const Reference &function,
                const SynthesisRequest &request) {
  constexpr double kMargin = 1.05;
  double largest = 0.0;
  for (float x : JudgedPoints(layout, Format::F32).points) {
    if (layout.form.isClamped(x))
      continue;
    double exact = function(x);
    largest = std::max(largest,
                       std::fabs(layout.form.evaluateInDouble(x) - exact) /
                           request.accuracy.tolerance(exact, request.format));
  }
  return largest * kMargin;
}

/// Where a function levels off, lets the form give its limit: the segment at
/// the end is moved, by less than its polynomial may be off.
void settleLimits(PiecewiseForm &form, const SynthesisRequest &request) {
  for (float x : {-INFINITY, INFINITY}) {
    double limit = exactValue(request.formula, {x}, request.format);
    if (x < form.validLo || x > form.validHi || !form.isClamped(x) ||
        !std::isfinite(limit) || limit == 0.0)
      continue;
    float &constant = form.coefficients[0][form.segmentOf(form.folded(x))];
    float before = constant;
    auto off = [&] {
      return limit - roundTo(form.evaluate(x), request.format);
    };
    double wanted = off();
    // Joins may turn the polynomial over.
    for (double step : {wanted, -wanted, 2.0 * wanted, -2.0 * wanted}) {
      if (off() == 0.0)
        break;
      constant = before + step;
    }
    if (off() != 0.0)
      constant = before;
  }
}

/// Whether zeros have the right sign where a function is 0 or underflows.
bool keepsSignsOfZeros(const PiecewiseForm &form,
                       const SynthesisRequest &request) {
  for (int exponent = -149; exponent < 128; ++exponent)
    for (float sign : {-1.0f, 1.0f}) {
      float x = std::ldexp(sign, exponent);
      if (x < form.validLo || x > form.validHi)
        continue;
      double got = roundTo(form.evaluate(x), request.format);
      if (got == 0.0 &&
          std::signbit(got) !=
              std::signbit(exactValue(request.formula, {x}, request.format)))
        return false;
    }
  return true;
}

/// Whether zeros and infinities inside the valid range come out as the limits,
/// signs of zero included.
bool keepsSpecialValues(const PiecewiseForm &form,
                        const SynthesisRequest &request) {
  for (float x : {0.0f, -0.0f, INFINITY, -INFINITY}) {
    if (x < form.validLo || x > form.validHi)
      continue;
    double exact = exactValue(request.formula, {x}, request.format);
    double got = roundedResult(form.evaluate(x), request.format);
    bool isSame = exact == got && std::signbit(exact) == std::signbit(got);
    double tolerance = request.accuracy.tolerance(exact, request.format);
    bool mayBeFar =
        exact != 0.0 || request.accuracy.kind == Accuracy::Kind::Absolute;
    bool isClose = mayBeFar && std::fabs(got - exact) <= tolerance;
    if (!isSame && !isClose)
      return false;
  }
  return keepsSignsOfZeros(form, request);
}

/// Fits `candidate`; the share of the tolerance that is used up.
double fit(const Candidate &candidate, Layout &layout,
           const SynthesisRequest &request, double share) {
  const Target &target = candidate.shape->target;
  auto tolerance = toleranceOfFit(target, request, share);
  if (candidate.decays) {
    layout.form.power = hasZeroAtOrigin(*candidate.shape) ? 1 : 0;
    return fitLogarithms(layout, target, candidate.degree, tolerance);
  }
  if (candidate.splitsSlope)
    layout.form.slopes.assign(layout.form.segments(), 0.0f);
  return fitSegments(layout, target, candidate.degree, candidate.centring,
                     tolerance);
}

std::optional<SynthesizedForm> search(const std::vector<Shape> &shapes,
                                      const Reference &function,
                                      const SynthesisRequest &request) {
  // A function that none of these fits is not worth more: the generic road
  // serves it.
  unsigned judgements = 0;
  constexpr unsigned kMaxJudgements = 40;
  std::set<unsigned> hopeless; // families that a higher degree does not help
  std::set<std::pair<unsigned, unsigned>> unfit; // families and degrees
  const double share = shareOfFit(function, request);
  for (const Candidate &candidate : enumerate(shapes, request)) {
    // Where the slope is split no other polynomials fit.
    if (hopeless.count(candidate.family) ||
        unfit.count({candidate.twin, candidate.degree}))
      continue;
    Layout layout = layOut(*candidate.shape, candidate.spread);
    if (!layout.valid)
      continue;
    if (!isTight(request.accuracy)) {
      layout.form.level = candidate.shape->target.level;
      layout.form.levelLow = 0.0f;
    }
    double fitError = fit(candidate, layout, request, share);
    if (fitError > 1.0) {
      unfit.insert({candidate.family, candidate.degree});
      continue;
    }
    settleLimits(layout.form, request);
    std::optional<double> error =
        judge(*candidate.shape, layout, function, request);
    if (error && keepsSpecialValues(layout.form, request))
      return SynthesizedForm{layout.form,
                             {},
                             boundFit(layout, function, request),
                             *error,
                             candidate.cost};
    // What is left is rounding.
    if (candidate.decays ? fitError < 0.5 : fitError * share < 0.3)
      hopeless.insert(candidate.family);
    if (++judgements == kMaxJudgements)
      break;
  }
  return std::nullopt;
}

} // namespace

std::optional<SynthesizedForm>
synthesizePiecewise(const Reference &function,
                    const SynthesisRequest &request) {
  std::vector<Shape> shapes =
      findShapes(function, request.format, request.accuracy);
  return search(shapes, function, request);
}

} // namespace act

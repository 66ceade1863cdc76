//===- PiecewiseSearch.cpp - The cheapest piecewise form ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FormSearch.h"
#include "PiecewiseJudge.h"
#include "act/Formula/ExactValue.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace act {

using Fold = PiecewiseForm::Fold;
using Join = PiecewiseForm::Join;
using Spacing = PiecewiseForm::Spacing;

namespace {

constexpr unsigned kMaxDegree = 9;
/// Where looking up in twice as many segments takes more instructions, and
/// there is room for what a long polynomial rounds.
constexpr unsigned kMaxDegreeOfFewSegments = 13;

struct Candidate {
  const Shape *shape;
  Spread spread;
  unsigned degree;
  bool splitsSlope; ///< see PiecewiseForm::slopes, or lowSlopes where it is
                    ///< compensated
  Centring centring;
  bool decays;      ///< see PiecewiseForm::exponents
  bool compensated; ///< see PiecewiseForm::compensated
  unsigned group;   ///< of candidates of one shape and spread
  unsigned family;  ///< of those of a group that differ in degree only
  unsigned twin;    ///< the family of those that do not split, else this one
  unsigned cost;
};

/// Of a form with exponents, beyond the lookups and steps of another one of its
/// degree: the exponent, the line's rounding, two powers, the whole part and
/// what is left of it, the exponential and the scaling.
unsigned extraCostOfDecay(unsigned lookup, const Isa &isa) {
  return lookup + 2 + 2 + 3 + 3 + 7 + (isa.scalesByPowerOfTwo ? 2 : 3);
}

/// Of what is kept of two steps and of the join, and of multiplying that: a
/// product of its own and a sign, beyond the last difference.
unsigned extraCostOfCompensation(Join join, Accuracy accuracy) {
  const unsigned product = accuracy.kind == Accuracy::Kind::Factor ? 2 : 0;
  switch (join) {
  case Join::Plain:
  case Join::Odd:
    return 6 + product;
  case Join::Reflected:
  case Join::Ramp:
  case Join::LeftRamp:
    return 10 + product;
  }
  return 0;
}

unsigned costOf(const Candidate &candidate, const SynthesisRequest &request) {
  const Isa &isa = *request.isa;
  const Shape &shape = *candidate.shape;
  unsigned lookup = isa.lookupCost(candidate.spread.segments);
  // Lookups of each coefficient; an fma a degree.
  unsigned cost = lookup * (candidate.degree + 1) + candidate.degree;
  // That of the centre; t - c.
  cost += candidate.centring == Centring::Segment ? lookup + 1 : 0;
  cost += candidate.spread.spacing == Spacing::Uniform ? 1 : 2;
  const unsigned rowsOfSplit = candidate.compensated ? 2 : 1;
  cost += candidate.splitsSlope ? rowsOfSplit * (lookup + 1) : 0;
  cost += candidate.decays ? extraCostOfDecay(lookup, isa) : 0;
  if (candidate.compensated)
    cost += extraCostOfCompensation(shape.target.join, request.accuracy);
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
         accuracy.leastUlps() < kTwoRoundings;
}

/// Whether polynomials would give subnormal numbers, with which some processors
/// take a hundred times as long. By the logarithm the last step alone does.
bool endsInSubnormals(const Shape &shape) {
  const double end = std::fabs(shape.target(shape.hi));
  return !shape.decays && end > 0.0 && end < smallestNormal(Format::F32);
}

std::vector<Candidate> enumerate(const std::vector<Shape> &shapes,
                                 const SynthesisRequest &request, Reach reach) {
  const Isa &isa = *request.isa;
  // In 16 bits, f32 has bits to spare.
  const bool inUlps = request.format == Format::F32 &&
                      request.accuracy.kind != Accuracy::Kind::Absolute;
  const bool tight = inUlps && isTight(request.accuracy);
  constexpr double kSlopeIsSeen = 2.0;
  const bool seesSlope = inUlps && request.accuracy.leastUlps() <= kSlopeIsSeen;
  std::vector<Candidate> candidates;
  unsigned group = 0, family = 0;
  auto add = [&](const Shape &shape, Spread spread, bool maySplit) {
    if (isa.lookupCost(spread.segments) == 0)
      return;
    const bool isFew = !tight && spread.segments <= isa.lookupEntries &&
                       isa.lookupCost(2 * spread.segments) > 1;
    ++group;
    const unsigned maxDegree = isFew ? kMaxDegreeOfFewSegments : kMaxDegree;
    auto addFamily = [&](Candidate candidate) {
      candidate.shape = &shape;
      candidate.spread = spread;
      candidate.group = group;
      candidate.family = ++family;
      // Where two roundings are too many, that of the slope is one.
      candidate.twin = candidate.splitsSlope && !tight ? family - 1 : family;
      const bool isLong = candidate.decays || candidate.compensated;
      for (unsigned degree = isLong ? 2 : 1; degree <= maxDegree; ++degree) {
        candidate.degree = degree;
        candidate.cost = costOf(candidate, request);
        candidates.push_back(candidate);
      }
    };
    Candidate plain = {}, split = {}, atOrigin = {}, decaying = {};
    plain.centring = split.centring = decaying.centring = Centring::Segment;
    decaying.decays = true;
    if (shape.decays)
      return addFamily(decaying);
    split.splitsSlope = true;
    addFamily(plain);
    if (maySplit)
      addFamily(split);
    atOrigin.centring = Centring::Origin;
    if (layoutOf(request.format).bits == 16)
      addFamily(atOrigin);
    plain.compensated = split.compensated = true;
    if (tight)
      addFamily(plain);
    if (tight && maySplit)
      addFamily(split);
  };
  for (const Shape &shape : shapes) {
    if (shape.decays && (tight || !inUlps))
      continue;
    if (reach == Reach::WholeLine &&
        (shape.coldLo || shape.coldHi || (inUlps && endsInSubnormals(shape))))
      continue;
    const bool maySplit =
        seesSlope && (shape.hasZeroAtOrigin() || shape.hasZeroInside());
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

/// The part of what the last rounding leaves that polynomials may use up. Where
/// each argument is judged, most results are too far from a tie for an error of
/// more than all of it to matter.
double shareOfFit(const Reference &function, const SynthesisRequest &request) {
  bool isExhaustive = layoutOf(request.format).bits == 16 && function.isFast();
  return isExhaustive ? 2.5 : 0.5;
}

std::function<double(double)> toleranceOfFit(const Target &target,
                                             const SynthesisRequest &request,
                                             double share, bool isKept) {
  return [&target, request, share, isKept](double t) {
    double x[2], least = INFINITY;
    for (unsigned i = target.argumentsOf(t, x); i-- > 0;) {
      double exact = target.exact(x[i]);
      double rounding = isKept ? 0.0 : 0.5 * ulp(exact, request.format);
      least = std::min(
          least, request.accuracy.tolerance(exact, request.format) - rounding);
    }
    return share * least;
  };
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

/// Which degrees may do, asked once for all candidates of a group.
class DegreeFilter {
public:
  DegreeFilter(const SynthesisRequest &request, double share)
      : request(request), share(share) {}

  bool mayFit(const Candidate &candidate, const Layout &layout) {
    if (candidate.decays)
      return true;
    auto [known, isNew] =
        degrees.insert({{candidate.group, candidate.degree}, false});
    const Target &target = candidate.shape->target;
    const bool mayKeep = request.accuracy.kind == Accuracy::Kind::Factor;
    if (isNew)
      known->second =
          mayFitSegments(layout, target, candidate.degree,
                         toleranceOfFit(target, request, share, mayKeep));
    return known->second;
  }

private:
  const SynthesisRequest &request;
  const double share;
  std::map<std::pair<unsigned, unsigned>, bool> degrees;
};

/// Fits `candidate`; the share of the tolerance that is used up.
double fit(const Candidate &candidate, Layout &layout,
           const SynthesisRequest &request, double share) {
  const Target &target = candidate.shape->target;
  layout.form.compensated = candidate.compensated;
  auto tolerance = toleranceOfFit(target, request, share,
                                  isKept(layout.form, request.accuracy));
  if (candidate.decays) {
    layout.form.power = candidate.shape->hasZeroAtOrigin() ? 1 : 0;
    return fitLogarithms(layout, target, candidate.degree, tolerance);
  }
  const std::vector<float> zeros(layout.form.segments(), 0.0f);
  if (candidate.splitsSlope && candidate.compensated)
    layout.form.lowSlopes = layout.form.lowConstants = zeros;
  else if (candidate.splitsSlope)
    layout.form.slopes = zeros;
  return fitSegments(layout, target, candidate.degree, candidate.centring,
                     tolerance);
}

} // namespace

std::optional<SynthesizedForm>
synthesizePiecewise(const Reference &function, const SynthesisRequest &request,
                    Reach reach) {
  std::vector<Shape> shapes =
      findShapes(function, request.format, request.accuracy);
  // A function that none of these fits is not worth more: the generic road
  // serves it.
  unsigned judgements = 0;
  const unsigned maxJudgements = isTight(request.accuracy) ? 120 : 40;
  std::set<unsigned> hopeless; // families that a higher degree does not help
  std::set<std::pair<unsigned, unsigned>> unfit; // families and degrees
  const double share = shareOfFit(function, request);
  DegreeFilter filter(request, share);
  for (const Candidate &candidate : enumerate(shapes, request, reach)) {
    // Where the slope is split no other polynomials fit.
    if (hopeless.count(candidate.family) ||
        unfit.count({candidate.twin, candidate.degree}))
      continue;
    Layout layout = layOut(*candidate.shape, candidate.spread);
    if (!layout.valid || !filter.mayFit(candidate, layout))
      continue;
    if (!isTight(request.accuracy)) {
      layout.form.level = roundedTowardZero(candidate.shape->target.level);
      layout.form.levelLow = 0.0f;
    }
    double fitError = fit(candidate, layout, request, share);
    if (fitError > 1.0) {
      unfit.insert({candidate.family, candidate.degree});
      continue;
    }
    settleLimits(layout.form, request);
    std::optional<double> error = judge(layout, function, request);
    if (error && keepsSpecialValues(layout.form, request))
      return SynthesizedForm{layout.form,
                             {},
                             boundFit(layout, function, request),
                             *error,
                             candidate.cost};
    // What is left is rounding.
    if (candidate.decays ? fitError < 0.5 : fitError * share < 0.15)
      hopeless.insert(candidate.family);
    if (++judgements == maxJudgements)
      break;
  }
  return std::nullopt;
}

} // namespace act

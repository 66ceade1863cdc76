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
  bool byLogarithm; ///< see PiecewiseForm::exponents
  bool compensated; ///< see PiecewiseForm::compensated
  unsigned group;   ///< of candidates of one shape and spread
  unsigned family;  ///< of those of a group that differ in degree only
  unsigned twin;    ///< the family of those that do not split, else this one
  unsigned cost;
};

/// By f64, where each register is converted as two.
constexpr unsigned kCostOfScalingDown = 12;

/// Of a form with exponents, beyond the lookups and steps of another one of its
/// degree: the exponent, the line's rounding, two powers, the whole part and
/// what is left of it, the exponential and the scaling, up and down.
unsigned extraCostOfLogarithm(unsigned lookup, const Isa &isa) {
  return lookup + 2 + 2 + 3 + 3 + 7 + (isa.scalesByPowerOfTwo ? 2 : 3) +
         kCostOfScalingDown;
}

/// Of the exponential beside polynomials: its argument in two parts, the whole
/// part and what is left of it, the growth, the scaling and the last steps, or
/// of those what keeps what they round off.
unsigned costOfDecay(const PiecewiseForm::Decay &decay, const Isa &isa,
                     bool compensated) {
  if (decay.growth.empty())
    return 0;
  constexpr unsigned kCostOfArgument[] = {0, 3, 10};
  return kCostOfArgument[unsigned(decay.argument)] + 5 + decay.growth.size() +
         (isa.scalesByPowerOfTwo ? 1 : 3) + (compensated ? 6 : 3) +
         (decay.toZero ? kCostOfScalingDown : 0);
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
  cost += candidate.byLogarithm ? extraCostOfLogarithm(lookup, isa) : 0;
  cost += costOfDecay(shape.exponential, isa, candidate.compensated);
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
  return !shape.byLogarithm && end > 0.0 && end < smallestNormal(Format::F32);
}

/// What forms of `request` have room for.
struct Room {
  explicit Room(const SynthesisRequest &request)
      : isShort(layoutOf(request.format).bits == 16),
        // In 16 bits, f32 has bits to spare.
        inUlps(request.format == Format::F32 &&
               request.accuracy.kind != Accuracy::Kind::Absolute),
        isTight(inUlps && act::isTight(request.accuracy)),
        seesSlope(inUlps && request.accuracy.leastUlps() <= kSlopeIsSeen),
        isFactor(request.accuracy.kind == Accuracy::Kind::Factor) {}

  static constexpr double kSlopeIsSeen = 2.0;
  const bool isShort, inUlps;
  const bool isTight; ///< two roundings are too many
  const bool seesSlope, isFactor;
};

/// The polynomials worth a trial for `shape`: each family is one of them, of
/// all degrees. One that splits follows the one that does not, if it may do.
std::vector<Candidate> familiesOf(const Shape &shape, const Room &room) {
  std::vector<Candidate> families;
  Candidate family = {};
  family.shape = &shape;
  family.centring = Centring::Segment;
  family.byLogarithm = shape.byLogarithm;
  if (shape.byLogarithm)
    return {family};
  const bool isProduct = !shape.exponential.growth.empty();
  // Of what is to be within 1 ulp, the growth has rounded too much.
  if (isProduct && room.isTight && !room.isFactor)
    return {};
  // Beside a zero inside the rounding of a product is one too many, and the
  // zero itself lies between two floats.
  const bool hasZeroInside = room.seesSlope && shape.hasZeroInside();
  const bool hasZeroAtOrigin = shape.hasZeroAtOrigin();
  const bool maySplit = room.seesSlope && (hasZeroAtOrigin || hasZeroInside);
  const bool mustSplit = room.isTight && hasZeroInside && !hasZeroAtOrigin;
  auto add = [&](bool compensated) {
    family.compensated = compensated;
    for (bool splits : {false, true}) {
      family.splitsSlope = splits;
      if (splits ? maySplit : !mustSplit)
        families.push_back(family);
    }
  };
  const bool compensates = room.isTight || (isProduct && hasZeroInside);
  // Scaled up a ramp may overflow: code takes none.
  if (compensates && shape.exponential.toZero &&
      shape.target.join == Join::Ramp)
    return {};
  if (!isProduct || !compensates)
    add(/*compensated=*/false);
  if (compensates)
    add(/*compensated=*/true);
  if (room.isShort) {
    family.compensated = family.splitsSlope = false;
    family.centring = Centring::Origin;
    families.push_back(family);
  }
  return families;
}

std::vector<Spread> spreadsOf(const Shape &shape, unsigned segments,
                              const Room &room) {
  std::vector<Spread> spreads;
  // Beside an exponential nothing happens far out.
  if (shape.exponential.growth.empty())
    for (double ratio : {0.5, 1.2, 2.5, 3.5, 5.0})
      spreads.push_back({Spacing::Quadratic, segments, ratio});
  // Where much cancels beside a zero inside.
  if (segments == 64 && !room.isTight)
    return spreads;
  spreads.push_back({Spacing::Uniform, segments, 0.0});
  for (double octaves : {2.0, 4.0, 8.0})
    spreads.push_back({Spacing::Logarithmic, segments, octaves});
  return spreads;
}

std::vector<Candidate> enumerate(const std::vector<Shape> &shapes,
                                 const SynthesisRequest &request, Reach reach) {
  const Isa &isa = *request.isa;
  const Room room(request);
  std::vector<Candidate> candidates;
  unsigned group = 0, family = 0;
  auto add = [&](Candidate candidate, unsigned maxDegree) {
    candidate.group = group;
    candidate.family = ++family;
    // Where two roundings are too many, that of the slope is one.
    candidate.twin =
        candidate.splitsSlope && !room.isTight ? family - 1 : family;
    const bool isLong = candidate.byLogarithm || candidate.compensated;
    for (unsigned degree = isLong ? 2 : 1; degree <= maxDegree; ++degree) {
      candidate.degree = degree;
      candidate.cost = costOf(candidate, request);
      candidates.push_back(candidate);
    }
  };
  for (const Shape &shape : shapes) {
    // In 16 bits logarithms are far too long where polynomials do.
    const bool servesAll = reach == Reach::WholeLine;
    const bool mayBeLogarithm =
        !room.isTight && (room.inUlps || (room.isShort && servesAll));
    if (shape.byLogarithm && !mayBeLogarithm)
      continue;
    const bool isCut = shape.coldLo || shape.coldHi;
    if (servesAll ? isCut || endsInSubnormals(shape) : shape.exponential.toZero)
      continue;
    const std::vector<Candidate> families = familiesOf(shape, room);
    for (unsigned segments : {8u, 16u, 32u, 64u}) {
      if (isa.lookupCost(segments) == 0)
        continue;
      const bool isFew = !room.isTight && segments <= isa.lookupEntries &&
                         isa.lookupCost(2 * segments) > 1;
      for (const Spread &spread : spreadsOf(shape, segments, room)) {
        ++group;
        for (Candidate candidate : families) {
          candidate.spread = spread;
          add(candidate, isFew ? kMaxDegreeOfFewSegments : kMaxDegree);
        }
      }
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
    return share * least * target.decay.growthAt(t);
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
    if (candidate.byLogarithm)
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
  if (candidate.byLogarithm) {
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
  // A function that none of these fits, with or without an exponential beside
  // the polynomials, is not worth more: the generic road serves it.
  unsigned judgementsLeft = isTight(request.accuracy) ? 120 : 40;
  unsigned judgementsOfProductsLeft = judgementsLeft / 2;
  std::set<unsigned> hopeless; // families that a higher degree does not help
  std::set<std::pair<unsigned, unsigned>> unfit; // families and degrees
  const double share = shareOfFit(function, request);
  DegreeFilter filter(request, share);
  for (const Candidate &candidate : enumerate(shapes, request, reach)) {
    unsigned &left = candidate.shape->exponential.growth.empty()
                         ? judgementsLeft
                         : judgementsOfProductsLeft;
    // Where the slope is split no other polynomials fit.
    if (left == 0 || hopeless.count(candidate.family) ||
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
    if (candidate.byLogarithm ? fitError < 0.5 : fitError * share < 0.15)
      hopeless.insert(candidate.family);
    --left;
  }
  return std::nullopt;
}

} // namespace act

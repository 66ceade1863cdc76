//===- RowStatistics.cpp - Means, variances and norms of rows -------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RowStatistics.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Profile.h"
#include <cmath>
#include <mutex>

using namespace mlir;

namespace act {

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Far more than the rounding of a few steps in doubles.
static constexpr double kRounding = 1 + 0x1p-40;

double RowScale::error(Interval range, Semantics semantics) const {
  ExecutedNode executed = execute(node, {of}, {range}, semantics);
  if (executed.error == 0.0 || std::isinf(executed.error))
    return executed.error;
  return roundedUp(executed.error *
                   enclose(differentiate(factor, 0),
                           {hull(executed.range, executed.executed)})
                       .magnitude());
}

/// How often a term is rounded before it is added, and the sum with it: what
/// is off by k / 2 ulps is within k roundings.
static SumError errorOfSquares(double terms, const RowNode *squares,
                               Format format) {
  double roundings = std::ceil(2 * squares->ulps);
  SumError error = summationError(terms + roundings, {format, squares->format});
  error.underflow = roundedUp(error.underflow * (1.0 + roundings));
  return error;
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

std::optional<Interval> RowStatistics::rangeOf(const RowNode *node) {
  if (!bounds)
    return std::nullopt;
  SmallVector<const RowNode *> leaves;
  SmallVector<Interval> ranges;
  for (const RowNode *each : nodesBehind(node)) {
    if (each->kind == RowNode::Kind::Step)
      continue;
    Bounds known = bounds(each->value);
    Element all = known.isBottom() ? Element::unknown() : known.hull();
    if (all.poisoned || all.mayBeNaN || !all.range.isBounded())
      return std::nullopt;
    leaves.push_back(each);
    ranges.push_back(all.range);
  }
  ExecutedNode executed = execute(node, leaves, ranges, semantics);
  if (std::isinf(executed.error))
    return std::nullopt;
  return executed.executed.isBounded() ? std::optional(executed.executed)
                                       : std::nullopt;
}

std::optional<std::vector<Interval>>
RowStatistics::numbersOf(const RowNode *leaf) {
  if (leaf->kind != RowNode::Kind::Leaf || !bounds)
    return std::nullopt;
  Bounds known = bounds(leaf->value);
  if (known.isBottom() || !known.areNumbers())
    return std::nullopt;
  std::vector<Interval> numbers;
  for (unsigned place : *leaf->place) {
    Element element = known[place];
    if (element.poisoned || element.mayBeNaN || !element.range.isBounded())
      return std::nullopt;
    numbers.push_back(element.range);
  }
  return numbers;
}

//===----------------------------------------------------------------------===//
// Means
//===----------------------------------------------------------------------===//

std::optional<Center> RowStatistics::readCenter(const RowNode *difference,
                                                const RowNode *base) {
  if (difference->kind != RowNode::Kind::Step ||
      difference->operands.size() != 2)
    return std::nullopt;
  std::optional<AffineForm> form = affineForm(difference->step, {true, true});
  if (!form || !form->constant.isConstant(0.0) || !form->factors[0] ||
      !form->factors[1])
    return std::nullopt;
  for (unsigned x : {0, 1}) {
    Center center{difference,
                  difference->operands[x],
                  difference->operands[1 - x],
                  nullptr,
                  Interval(),
                  0.0,
                  false};
    auto sums = sumsBehind(center.mean);
    if (!canonicalize(*form->factors[x]).isConstant(1.0) ||
        !canonicalize(*form->factors[1 - x]).isConstant(-1.0) || !sums ||
        sums->size() != 1)
      continue;
    center.sum = sums->front();
    std::optional<AffineForm> mean =
        affineForm(formulaOf(center.mean, {center.sum}), {true});
    if (!mean || !mean->factors[0] || !mean->constant.isConstant(0.0) ||
        mean->factors[0]->numVariables() > 0 ||
        reader.termOf(center.sum, base) != center.elements)
      continue;
    center.share = enclose(*mean->factors[0], {});
    center.terms = reader.numTerms(center.sum);
    center.isExact = canonicalize(*mean->factors[0]) ==
                     canonicalize(1.0 / Expression(center.terms));
    return center;
  }
  return std::nullopt;
}

/// By how much the executed mean may be off that of the elements; infinite
/// where nobody knows.
double RowStatistics::meanError(const Center &center, Interval elements) {
  double most = center.terms * elements.magnitude();
  // Over the reals all but the rest of n a - 1, rounded outward.
  double rest =
      (Interval(center.terms) * center.share - Interval(1.0)).magnitude();
  double error = rest * elements.magnitude();
  if (semantics == Semantics::Real)
    return error * kRounding;
  double ofSum =
      summationError(center.terms, most, reader.formatOf(center.sum));
  if (std::isinf(ofSum))
    return kInfinity;
  Interval sum(-most - ofSum, most + ofSum);
  double ofSteps = execute(center.mean, {center.sum}, {sum}, semantics).error;
  return (error + center.share.magnitude() * ofSum + ofSteps) * kRounding;
}

/// What rounding the difference itself adds.
static double differenceError(const Center &center, Interval elements,
                              double mean, Semantics semantics) {
  double most = 2 * elements.magnitude() + mean;
  const RowNode *node = center.difference;
  if (semantics == Semantics::Real || node->ulps == 0.0)
    return 0.0;
  return most < largestFinite(node->format) / 2
             ? 2 * node->ulps * ulp(most, node->format)
             : kInfinity;
}

double RowStatistics::boundSumOfDifferences(const Center &center) {
  if (semantics == Semantics::Real && center.isExact)
    return 0.0;
  std::optional<Interval> elements = rangeOf(center.elements);
  if (!elements)
    return kInfinity;
  double ofMean = meanError(center, *elements);
  return center.terms *
         (ofMean + differenceError(center, *elements, ofMean, semantics)) *
         kRounding;
}

//===----------------------------------------------------------------------===//
// Variances
//===----------------------------------------------------------------------===//

std::optional<Variance> RowStatistics::readVariance(const RowNode *node) {
  auto sums = sumsBehind(node);
  if (!sums)
    return std::nullopt;
  // The places are those of one sum; the variance is one of each sum.
  for (const RowNode *sum : *sums) {
    std::optional<RowReader::Terms> terms = reader.termsOf(sum);
    if (!terms)
      return std::nullopt;
    for (const RowNode *base : nodesBehind(terms->term)) {
      if (base->kind != RowNode::Kind::Leaf)
        continue;
      const RowNode *wide = reader.spread(node, sum, terms->sumOf);
      if (!wide)
        return std::nullopt;
      if (auto variance = readVariance(wide, terms->term, base))
        return variance;
    }
  }
  return std::nullopt;
}

/// Of variable 1 a multiple of its square, no number else; null otherwise.
static std::optional<Interval> squareFactor(Expression formula) {
  Expression first = differentiate(formula, 1);
  Expression second = canonicalize(differentiate(first, 1));
  Interval zero(0.0);
  if (second.numVariables() > 0 || !(enclose(formula, {zero, zero}) == zero) ||
      !(enclose(first, {zero, zero}) == zero))
    return std::nullopt;
  return enclose(second, {}) * Interval(0.5);
}

/// The same over the places of the elements.
std::optional<Variance> RowStatistics::readVariance(const RowNode *node,
                                                    const RowNode *elements,
                                                    const RowNode *base) {
  auto sums = sumsBehind(node);
  std::optional<Interval> range = rangeOf(elements);
  if (!sums || sums->size() != 2 || !range)
    return std::nullopt;
  const RowNode *terms[2] = {reader.termOf((*sums)[0], base),
                             reader.termOf((*sums)[1], base)};
  if (!haveSameRows((*sums)[0], (*sums)[1]))
    return std::nullopt;
  unsigned s = terms[0] == elements ? 0 : 1;
  const RowNode *sum = (*sums)[s], *squares = (*sums)[1 - s];
  if (terms[s] != elements || !terms[1 - s] ||
      !terms[1 - s]->isSquareOf(elements))
    return std::nullopt;
  // kappa q - rho s^2 over the reals.
  Expression formula = formulaOf(node, {squares, sum});
  std::optional<AffineForm> form = affineForm(formula, {true, false});
  if (!form || !form->factors[0] || form->factors[0]->numVariables() > 0)
    return std::nullopt;
  Interval kappa = enclose(*form->factors[0], {});
  std::optional<Interval> rho = squareFactor(form->constant);
  if (!rho || !(kappa.lo > 0))
    return std::nullopt;
  double n = reader.numTerms(sum), most = range->magnitude();
  double off = (kappa / Interval(n) + *rho).magnitude() * n * n * most * most;
  double highest = kappa.hi * n * most * most;
  off += kappa.width() * n * most * most;
  double ofSteps = 0.0;
  if (semantics == Semantics::Ieee) {
    // Sums of executed elements and of executed squares.
    double ofSum = summationError(n, n * most, reader.formatOf(sum));
    SumError each = errorOfSquares(n, terms[1 - s], reader.formatOf(squares));
    double top = n * most * most, ofSquares = each.of(top);
    if (!(std::isfinite(ofSum) && std::isfinite(ofSquares)) ||
        !(top + ofSquares < largestFinite(reader.formatOf(squares))) ||
        !(top + ofSquares < largestFinite(terms[1 - s]->format)))
      return std::nullopt;
    double end = n * most + ofSum;
    ofSteps = execute(node, {squares, sum},
                      {{0.0, top + ofSquares}, {-end, end}}, semantics)
                  .error;
    off += ofSteps + kappa.hi * ofSquares + 2 * rho->magnitude() * end * ofSum;
  }
  off *= kRounding;
  if (!std::isfinite(off))
    return std::nullopt;
  return Variance{kappa.lo, off, ofSteps,
                  Interval(-off, (highest + off) * kRounding)};
}

//===----------------------------------------------------------------------===//
// Norms
//===----------------------------------------------------------------------===//

/// sup t g(t^2) over the reals; what execution adds follows by parts of the
/// range of the sum q, each from 2^k to 2^(k+1): an executed scale is off by at
/// most e there, and the executed sum is at least (1 - g) of that of the
/// squares but for underflow (Higham, 2nd ed., 3.1). An infinite sum has to
/// give the scale 0.
static NormBounds computeNorm(const RowScale &row, const RowNode *squares,
                              double terms, double largest, Format ofSum,
                              Format format, Semantics semantics) {
  Expression scale = row.formula(), t = Expression::variable(0);
  Expression product = t * scale.substitute({t * t});
  if (semantics == Semantics::Real)
    return {range(product, Interval(0.0, kInfinity)).magnitude(),
            range(scale, Interval(0.0, kInfinity)).magnitude(), 0.0};
  if (exactValue(scale, {kInfinity}, Format::F64) != 0.0)
    return {};
  const FormatLayout &layout = layoutOf(ofSum);
  double root = std::sqrt(largest), end = roundedDown(root);
  Interval rest(roundedDown(end * end), largest);
  double norm = std::max(range(product, Interval(0.0, end)).magnitude(),
                         roundedUp(root) * range(scale, rest).magnitude());
  double highest = range(scale, Interval(0.0, largest)).magnitude();
  double ofNorm = 0.0, ofScale = 0.0;
  for (int k = layout.minExponent - 1, e = std::ilogb(largest); k <= e; ++k) {
    double low = k < layout.minExponent ? 0.0 : std::ldexp(1.0, k),
           high = std::min(std::ldexp(1.0, k + 1), largest);
    double error = row.error({low, high}, semantics);
    ofScale = std::max(ofScale, error);
    ofNorm = std::max(ofNorm, roundedUp(std::sqrt(high)) * error);
  }
  SumError sum = errorOfSquares(terms, squares, ofSum);
  if (!(sum.relative < 0.5))
    return {};
  double lost = std::sqrt(sum.underflow);
  double growth = (1 + unitRoundoff(format)) / std::sqrt(1 - sum.relative);
  double last = std::sqrt(terms) * smallestSubnormal(format);
  return {((norm + ofNorm + lost * (highest + ofScale)) * growth + last) *
              kRounding,
          (highest + ofScale) * kRounding,
          (ofNorm + lost * ofScale) * growth * kRounding};
}

/// Up to where a sum lies as executed: a power of two, so that few are asked
/// for, or the largest number.
double RowStatistics::largestOf(const RowNode *sum) {
  double largest = largestFinite(reader.formatOf(sum));
  if (!bounds)
    return largest;
  Bounds known = bounds(sum->value);
  Element all = known.isBottom() ? Element::unknown() : known.hull();
  if (all.poisoned || !(all.range.hi < largest / 2))
    return largest;
  return std::max(std::ldexp(1.0, std::ilogb(all.range.hi) + 1),
                  std::sqrt(smallestSubnormal(reader.formatOf(sum))));
}

/// The same is asked again at each input that is tried.
NormBounds RowStatistics::boundNorm(const RowScale &row, const RowNode *squares,
                                    Format format) {
  static std::mutex mutex;
  static std::map<std::vector<double>, NormBounds> known;
  double terms = reader.numTerms(row.of), largest = largestOf(row.of);
  Format ofSum = reader.formatOf(row.of);
  std::vector<double> key{terms,
                          largest,
                          double(ofSum),
                          double(format),
                          double(semantics),
                          squares->ulps,
                          double(squares->format),
                          double(uintptr_t(row.factor.id()))};
  // Expressions live as long as the process, at addresses of less than 53 bits.
  std::vector<const RowNode *> nodes = nodesBehind(row.node);
  for (const RowNode *node : nodes) {
    if (node->kind == RowNode::Kind::Step)
      key.insert(key.end(), {double(uintptr_t(node->step.id())), node->ulps,
                             double(node->format)});
    for (const RowNode *operand : node->operands)
      key.push_back(double(llvm::find(nodes, operand) - nodes.begin()));
  }
  std::lock_guard<std::mutex> lock(mutex);
  auto [place, isNew] = known.try_emplace(std::move(key));
  if (isNew)
    place->second =
        computeNorm(row, squares, terms, largest, ofSum, format, semantics);
  return place->second;
}

/// By the first node on the way to the scale that is a variance of these
/// elements.
NormBounds RowStatistics::boundCenteredNorm(RowScale scale,
                                            const Center &center,
                                            const RowNode *base,
                                            Format format) {
  std::optional<Interval> elements = rangeOf(center.elements);
  if (!elements)
    return {};
  double shift = meanError(center, *elements);
  shift += differenceError(center, *elements, shift, semantics);
  for (const RowNode *each : nodesBehind(scale.node)) {
    if (each->kind != RowNode::Kind::Step || each->isNumber())
      continue;
    if (auto variance = readVariance(each, center.elements, base)) {
      scale.of = each;
      return boundScaled(scale, *variance, center.terms, shift, format);
    }
  }
  return {};
}

/// The exact differences have a norm of t, what they are off one of at most e,
/// and the executed variance v is at least kappa t^2 - d: t g(v) is at most
/// s g(kappa s^2) sqrt(1 + d / v) with s = sqrt(v / kappa). By parts of the
/// range of v, each from x to 2 x, with what the scale rounds there. Of one row
/// the executed v come from the same two sums: they are at most twice apart
/// what the steps behind these round, and their g at most that times |g'|.
NormBounds RowStatistics::boundScaled(const RowScale &row,
                                      const Variance &variance, double terms,
                                      double shift, Format format) {
  double kappa = variance.kappa, off = variance.off;
  Interval all = variance.range;
  double e = std::sqrt(terms) * shift * kRounding;
  double error = row.error(all, semantics);
  Expression scale = row.formula();
  if (!std::isfinite(error) || !std::isfinite(e))
    return {};
  double highest = enclose(scale, {all}).magnitude() + error;
  Expression slope = differentiate(scale, 0);
  auto distance = [&](Interval part) {
    double rounding = row.error(part, semantics);
    if (variance.steps == 0.0)
      return rounding;
    double apart = 2 * variance.steps * kRounding;
    Interval near = intersect(part + Interval(-apart, apart), all);
    return rounding + apart * enclose(slope, {near}).magnitude();
  };
  Expression t = Expression::variable(0);
  Expression product =
      t *
      specialize(scale, Interval(0.0, kInfinity)).substitute({kappa * t * t});
  double low = std::max(off, 0x1p-100);
  double least = std::sqrt((low + off) / kappa), norm = least * highest;
  double spread = least * distance({all.lo, std::min(low, all.hi)});
  for (double high = 2 * low; low < all.hi; low = high, high *= 2) {
    Interval part(low, std::min(high, all.hi));
    double most = std::sqrt(part.hi / kappa) * kRounding;
    double exact =
        range(product, Interval(std::sqrt(low / kappa) / kRounding, most))
            .magnitude();
    double growth = std::sqrt(1 + off / low);
    norm = std::max(norm, (exact + most * row.error(part, semantics)) * growth);
    spread = std::max(spread, most * growth * distance(part));
  }
  norm = (norm + e * highest) * kRounding;
  spread = (spread + e * distance(all)) * kRounding;
  if (semantics == Semantics::Ieee)
    norm = norm * (1 + unitRoundoff(format)) +
           std::sqrt(terms) * smallestSubnormal(format);
  return {norm * kRounding, highest * kRounding, spread * kRounding};
}

} // namespace act

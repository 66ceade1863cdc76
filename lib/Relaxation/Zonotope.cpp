//===- Zonotope.cpp - Affine forms of a network's elements ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A symbol may become noise of each element by itself in the form of one node
// and stay a symbol in that of another: what the forms enclose together only
// grows.
//
// Rounding: a computed center or coefficient is off by at most g(n) times the
// sum of the magnitudes of its n terms. Over all symbols these are no more than
// the weights times the magnitudes of the forms that are read, which are known
// per element. What underflows counts once for each product.
//
//===----------------------------------------------------------------------===//

#include "RowProduct.h"
#include "ZonotopeForms.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

void Zonotope::inOrder(size_t count, const std::function<void(size_t)> &call) {
  for (size_t i = 0; i < count; ++i)
    call(i);
}

void Zonotope::reach(unsigned node) {
  forms.resize(std::max<size_t>(forms.size(), network.size()));
  for (unsigned each : network.ancestors(node))
    if (!forms[each].isKnown())
      add(each);
}

void Zonotope::add(unsigned node) {
  switch (network[node].kind) {
  case Kind::Source:
  case Kind::Multivariate:
    addBox(node);
    break;
  case Kind::Affine:
    addAffine(node);
    break;
  case Kind::Elementwise:
    addElementwise(node);
    break;
  }
  kept += forms[node].coefficients.size();
  while (kept > limits.allCoefficients && oldestKept < node)
    forgetOldest();
}

/// The forms of the oldest node become boxes.
void Zonotope::forgetOldest() {
  Forms &oldest = forms[oldestKept++];
  if (oldest.coefficients.empty())
    return;
  kept -= oldest.coefficients.size();
  oldest.symbols.clear();
  oldest.coefficients = {};
  oldest.noise = oldest.radius;
  oldest.firstOwn.reset();
}

/// Of what is computed from several elements a zonotope knows the ranges.
void Zonotope::addBox(unsigned node) {
  const std::vector<Interval> &range = network[node].range;
  Forms &result = forms[node];
  result.resize(range.size());
  for (size_t i = 0; i < range.size(); ++i) {
    result.setBox(i, range[i]);
    result.sumRadius(i);
  }
  result.firstOwn = numSymbols;
  numSymbols += range.size();
}

/// Elements that are computed together, by one core.
static constexpr size_t kBlock = 64;

/// What an affine node is computed from, in the order of one selection.
struct Zonotope::AffineSum {
  struct Operand {
    const LinearMap &map;
    const Forms &forms;
    Spread spread;
    std::vector<double> magnitudes; ///< of the forms
    /// Where the symbols that elements have of their own go; none if all are
    /// noise.
    std::vector<unsigned> ownPlaces;
  };
  Selection selection;
  std::vector<Operand> operands;
  std::vector<std::vector<double>> most; ///< magnitudes of elements, by node
  double longest = 1.0;                  ///< at least the terms of one sum
};

Zonotope::AffineSum Zonotope::readAffine(unsigned index) const {
  const NetworkNode &node = network[index];
  AffineSum sum;
  sum.most.resize(index);
  std::vector<unsigned> operands;
  double entries = 1.0;
  for (const LinearTerm &term : node.terms) {
    operands.push_back(term.node);
    entries += term.map->numEntries();
    sum.longest += term.map->mostEntriesInLine();
    std::vector<double> &most = sum.most[term.node];
    most.clear();
    for (unsigned i = 0; i < network[term.node].size(); ++i)
      most.push_back(rangeWithin(term.node, i).magnitude());
  }
  size_t limit =
      std::min<double>(limits.products / entries,
                       double(limits.coefficients / std::max(node.size(), 1u)));
  sum.selection = select(operands, limit);
  for (const LinearTerm &term : node.terms) {
    const Forms &each = forms[term.node];
    AffineSum::Operand operand{
        *term.map, each, spread(each, sum.selection, false), {}, {}};
    for (unsigned i = 0; i < each.center.size(); ++i) {
      operand.magnitudes.push_back(each.magnitude(i));
      if (each.firstOwn)
        operand.ownPlaces.push_back(
            each.isOwnKept(i) ? sum.selection.placeOf(*each.firstOwn + i)
                              : Selection::kDropped);
    }
    sum.operands.push_back(std::move(operand));
  }
  return sum;
}

void Zonotope::addAffine(unsigned index) {
  const NetworkNode &node = network[index];
  AffineSum sum = readAffine(index);
  Forms &result = forms[index];
  result.symbols = sum.selection.symbols;
  result.resize(node.size());
  size_t width = result.symbols.size();
  loop((node.size() + kBlock - 1) / kBlock, [&](size_t block) {
    unsigned first = block * kBlock;
    unsigned count = std::min<size_t>(kBlock, node.size() - first);
    for (const AffineSum::Operand &each : sum.operands)
      addMapProduct(each.map, each.spread.coefficients.data(),
                    each.spread.width, first, count,
                    result.coefficients.data() + first * width, width);
    for (unsigned i = first; i < first + count; ++i) {
      setSum(index, i, sum);
      result.sumRadius(i);
    }
  });
}

/// Completes a row of which the symbols of all operands were added up.
void Zonotope::setSum(unsigned index, unsigned i, const AffineSum &sum) {
  const NetworkNode &node = network[index];
  Forms &result = forms[index];
  size_t width = result.symbols.size();
  double *row = result.coefficients.data() + i * width;
  double center = node.offset[i], noise = 0.0;
  double magnitude = std::abs(center);
  for (const AffineSum::Operand &each : sum.operands) {
    center += each.map.rowProduct(i, each.forms.center.data());
    noise += each.map.rowMagnitude(i, each.spread.noise.data());
    magnitude += each.map.rowMagnitude(i, each.magnitudes.data());
    if (!each.ownPlaces.empty())
      each.map.forEachEntry(i, [&](unsigned column, double weight) {
        if (unsigned place = each.ownPlaces[column];
            place != Selection::kDropped)
          row[place] += weight * each.forms.noise[column];
      });
  }
  // Nothing that is computed of less overflows.
  if (!(magnitude < 0x1p1000))
    return result.setBox(i, node.range[i]);
  double error =
      std::min(node.error[i],
               node.sumError[i].of(network.magnitude(index, i, sum.most)));
  result.center[i] = center;
  // What is computed from zeros alone is exact.
  if (magnitude == 0.0 && error == 0.0)
    return;
  double relative = relativeSumError(2 * sum.longest + 4);
  double underflow = kTinyProduct * sum.longest * (width + 4);
  result.noise[i] = roundedSum(noise + error + relative * magnitude + underflow,
                               2 * sum.longest);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

namespace {
/// slope * x + lower <= f(x) <= slope * x + upper.
struct Band {
  double slope = 0.0, lower = -kInfinity, upper = kInfinity;
  double width() const { return upper - lower; }
};
} // namespace

/// The narrowest of the bands around a function whose slope is that of its
/// chord or of a line around it: the chord's, where it is convex or concave.
static Band bandAround(const FunctionRelaxation &function, Interval range) {
  LinearBounds lines = function.relax(range);
  if (lines.lower.slope == lines.upper.slope)
    return {lines.lower.slope, lines.lower.offset, lines.upper.offset};
  double chord =
      (function.approximateAt(range.hi) - function.approximateAt(range.lo)) /
      (range.hi - range.lo);
  Band best;
  for (double slope : {chord, lines.lower.slope, lines.upper.slope}) {
    if (!std::isfinite(slope))
      continue;
    Band band{slope, function.offsetBelow(slope, range),
              function.offsetAbove(slope, range)};
    if (band.width() < best.width())
      best = band;
  }
  return best;
}

void Zonotope::addElementwise(unsigned index) {
  const NetworkNode &node = network[index];
  Selection selection =
      select({node.operand}, limits.coefficients / std::max(node.size(), 1u));
  Spread operand = spread(forms[node.operand], selection, true);
  Forms &result = forms[index];
  result.symbols = selection.symbols;
  result.resize(node.size());
  result.firstOwn = numSymbols;
  numSymbols += node.size();
  loop((node.size() + kBlock - 1) / kBlock, [&](size_t block) {
    unsigned end = std::min<size_t>(node.size(), (block + 1) * kBlock);
    for (unsigned i = block * kBlock; i < end; ++i) {
      setFunction(index, i, operand);
      result.sumRadius(i);
    }
  });
}

/// y = slope * x + middle of the band, with half its width as noise.
void Zonotope::setFunction(unsigned index, unsigned i, const Spread &operand) {
  const NetworkNode &node = network[index];
  const Forms &from = forms[node.operand];
  Forms &result = forms[index];
  Interval domain = rangeWithin(node.operand, i);
  if (!domain.isBounded())
    return result.setBox(i, node.range[i]);
  result.setBox(i, narrowed(node.range[i], node.executedValues(i, domain)));
  Band band = bandAround(*node.function, domain);
  double middle = band.lower / 2 + band.upper / 2, noise = node.error[i];
  if (band.lower < band.upper)
    noise += roundedUp(std::max(band.upper - middle, middle - band.lower));
  if (band.slope != 0.0 || noise != 0.0) {
    double slope = std::abs(band.slope);
    double magnitude = slope * from.magnitude(i) + std::abs(middle);
    noise = roundedSum(noise + slope * operand.noise[i] + 0x1p-50 * magnitude +
                           kTinyProduct * (operand.width + 4),
                       4);
  }
  // A box of no more noise is better, whatever reads it.
  if (result.noise[i] <= noise || !std::isfinite(noise))
    return;
  result.center[i] = band.slope * from.center[i] + middle;
  result.noise[i] = noise;
  double *row = result.coefficients.data() + i * result.symbols.size();
  for (size_t k = 0; k < operand.width; ++k)
    row[k] = band.slope * operand.coefficients[i * operand.width + k];
}

} // namespace act

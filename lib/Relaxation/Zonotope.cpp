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

#include "act/Relaxation/Zonotope.h"
#include "RowProduct.h"
#include <algorithm>
#include <cmath>

namespace act {

using Kind = NetworkNode::Kind;
static constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// At least the exact sum of some numbers, none negative, whose rounded sum in
/// any order is `sum`; each of them may be a product.
static double sumUp(double sum, double terms) {
  return sum == 0.0 ? 0.0 : roundedUp(sum * (1.0 + (terms + 4) * 0x1p-52));
}
/// More than a product loses that underflows.
static constexpr double kTinyProduct = 0x1p-1073;

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

void Zonotope::Forms::resize(size_t size) {
  coefficients.assign(size * symbols.size(), 0.0);
  center.assign(size, 0.0);
  noise.assign(size, 0.0);
  radius.assign(size, 0.0);
}

double Zonotope::Forms::magnitude(size_t element) const {
  return sumUp(std::abs(center[element]) + radius[element], 2);
}

bool Zonotope::Forms::isOwnKept(size_t element) const {
  // Less is hardly worth a column.
  constexpr double kShare = 0x1p-12;
  return firstOwn && std::isfinite(noise[element]) && noise[element] > 0.0 &&
         noise[element] >= kShare * radius[element];
}

void Zonotope::Forms::setBox(size_t element, Interval range) {
  std::fill_n(coefficients.begin() + element * symbols.size(), symbols.size(),
              0.0);
  bool isBounded = range.isBounded();
  double middle = isBounded ? range.lo / 2 + range.hi / 2 : 0.0;
  double reach = std::max(range.hi - middle, middle - range.lo);
  center[element] = middle;
  noise[element] = range.isPoint() ? 0.0 : roundedUp(reach);
}

void Zonotope::Forms::sumRadius(size_t element) {
  const double *row = coefficients.data() + element * symbols.size();
  double sum = noise[element];
  for (size_t k = 0; k < symbols.size(); ++k)
    sum += std::abs(row[k]);
  radius[element] = sumUp(sum, symbols.size() + 1);
}

Interval Zonotope::range(unsigned node, unsigned element) const {
  double center = forms[node].center[element];
  double radius = forms[node].radius[element];
  if (radius == 0.0)
    return Interval(center);
  Interval range(roundedDown(center - radius), roundedUp(center + radius));
  return range.lo <= range.hi ? range : Interval();
}

/// What the form and the network together say.
Interval Zonotope::rangeWithin(unsigned node, unsigned element) const {
  return narrowed(network[node].range[element], range(node, element));
}

//===----------------------------------------------------------------------===//
// Selection of symbols
//===----------------------------------------------------------------------===//

struct Zonotope::Selection {
  static constexpr unsigned kDropped = ~0u;
  std::vector<unsigned> symbols; ///< ascending
  std::vector<unsigned> places;  ///< by symbol

  unsigned placeOf(unsigned symbol) const { return places[symbol]; }
};

struct Zonotope::Spread {
  size_t width = 0; ///< the places of the other symbols lie before this
  std::vector<double> coefficients; ///< elements by `width`
  /// Of what has no place, per element.
  std::vector<double> noise;
};

Zonotope::Selection Zonotope::select(const std::vector<unsigned> &operands,
                                     size_t limit) const {
  std::vector<double> weights(numSymbols, 0.0);
  for (unsigned operand : operands) {
    const Forms &each = forms[operand];
    for (size_t i = 0; i < each.center.size(); ++i) {
      const double *row = each.coefficients.data() + i * each.symbols.size();
      for (size_t k = 0; k < each.symbols.size(); ++k)
        weights[each.symbols[k]] += std::abs(row[k]);
      if (each.isOwnKept(i))
        weights[*each.firstOwn + i] += each.noise[i];
    }
  }
  Selection selection;
  for (unsigned symbol = 0; symbol < numSymbols; ++symbol)
    if (weights[symbol] > 0.0)
      selection.symbols.push_back(symbol);
  if (selection.symbols.size() > limit) {
    auto isHeavier = [&](unsigned a, unsigned b) {
      return weights[a] != weights[b] ? weights[a] > weights[b] : a < b;
    };
    std::sort(selection.symbols.begin(), selection.symbols.end(), isHeavier);
    selection.symbols.resize(limit);
    std::sort(selection.symbols.begin(), selection.symbols.end());
  }
  selection.places.assign(numSymbols, Selection::kDropped);
  for (unsigned place = 0; place < selection.symbols.size(); ++place)
    selection.places[selection.symbols[place]] = place;
  return selection;
}

Zonotope::Spread Zonotope::spread(const Forms &from, const Selection &selection,
                                  bool withOwn) const {
  Spread result;
  auto include = [&](unsigned symbol) {
    if (unsigned place = selection.placeOf(symbol);
        place != Selection::kDropped)
      result.width = std::max<size_t>(result.width, place + 1);
  };
  std::for_each(from.symbols.begin(), from.symbols.end(), include);
  size_t size = from.center.size();
  for (size_t i = 0; withOwn && i < size; ++i)
    if (from.isOwnKept(i))
      include(*from.firstOwn + i);
  result.coefficients.assign(size * result.width, 0.0);
  for (size_t i = 0; i < size; ++i) {
    const double *row = from.coefficients.data() + i * from.symbols.size();
    double *to = result.coefficients.data() + i * result.width;
    double noise = 0.0;
    for (size_t k = 0; k < from.symbols.size(); ++k) {
      unsigned place = selection.placeOf(from.symbols[k]);
      if (place == Selection::kDropped)
        noise += std::abs(row[k]);
      else
        to[place] = row[k];
    }
    unsigned own = from.isOwnKept(i) ? selection.placeOf(*from.firstOwn + i)
                                     : Selection::kDropped;
    if (own == Selection::kDropped)
      noise += from.noise[i];
    else if (withOwn)
      to[own] = from.noise[i];
    result.noise.push_back(sumUp(noise, from.symbols.size() + 1));
  }
  return result;
}

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

void Zonotope::addAffine(unsigned index) {
  const NetworkNode &node = network[index];
  std::vector<unsigned> operands;
  double entries = 1.0, longest = 1.0;
  std::vector<std::vector<double>> most(index);
  for (const LinearTerm &term : node.terms) {
    operands.push_back(term.node);
    entries += term.map->numEntries();
    longest += term.map->mostEntriesInLine();
    std::vector<double> &each = most[term.node];
    each.clear();
    for (unsigned i = 0; i < network[term.node].size(); ++i)
      each.push_back(rangeWithin(term.node, i).magnitude());
  }
  size_t limit =
      std::min<double>(limits.products / entries,
                       double(limits.coefficients / std::max(node.size(), 1u)));
  Selection selection = select(operands, limit);
  struct Operand {
    const LinearMap &map;
    const Forms &forms;
    Spread spread;
    std::vector<double> magnitudes;
  };
  std::vector<Operand> read;
  for (const LinearTerm &term : node.terms) {
    const Forms &each = forms[term.node];
    read.push_back({*term.map, each, spread(each, selection, false), {}});
    for (unsigned i = 0; i < each.center.size(); ++i)
      read.back().magnitudes.push_back(each.magnitude(i));
  }
  Forms &result = forms[index];
  result.symbols = selection.symbols;
  result.resize(node.size());
  size_t width = result.symbols.size();
  double relative = relativeSumError(2 * longest + 4);
  double underflow = kTinyProduct * longest * (width + 4);
  auto addRow = [&](unsigned i) {
    double *row = result.coefficients.data() + i * width;
    double center = node.offset[i], noise = 0.0;
    double magnitude = std::abs(center);
    for (const Operand &each : read) {
      center += each.map.rowProduct(i, each.forms.center.data());
      noise += each.map.rowMagnitude(i, each.spread.noise.data());
      magnitude += each.map.rowMagnitude(i, each.magnitudes.data());
      if (each.forms.firstOwn)
        each.map.forEachEntry(i, [&](unsigned column, double weight) {
          if (!each.forms.isOwnKept(column))
            return;
          unsigned place = selection.placeOf(*each.forms.firstOwn + column);
          if (place != Selection::kDropped)
            row[place] += weight * each.forms.noise[column];
        });
    }
    double error = std::min(
        node.error[i], node.sumError[i].of(network.magnitude(index, i, most)));
    // Nothing that is computed of less overflows.
    if (!(magnitude < 0x1p1000))
      return result.setBox(i, node.range[i]);
    result.center[i] = center;
    // What is computed from zeros alone is exact.
    if (magnitude != 0.0 || error != 0.0)
      result.noise[i] =
          sumUp(noise + error + relative * magnitude + underflow, 2 * longest);
  };
  loop((node.size() + kBlock - 1) / kBlock, [&](size_t block) {
    unsigned first = block * kBlock;
    unsigned count = std::min<size_t>(kBlock, node.size() - first);
    for (const Operand &each : read)
      addMapProduct(each.map, each.spread.coefficients.data(),
                    each.spread.width, first, count,
                    result.coefficients.data() + first * width, width);
    for (unsigned i = first; i < first + count; ++i) {
      addRow(i);
      result.sumRadius(i);
    }
  });
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
    noise = sumUp(noise + slope * operand.noise[i] + 0x1p-50 * magnitude +
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

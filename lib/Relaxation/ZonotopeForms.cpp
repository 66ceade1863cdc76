//===- ZonotopeForms.cpp - Forms and the symbols that they keep -----------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ZonotopeForms.h"
#include "RowProduct.h"
#include <algorithm>
#include <cmath>

namespace act {

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
  return roundedSum(std::abs(center[element]) + radius[element], 2);
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
  radius[element] = roundedSum(
      noise[element] + magnitudeSum(row, symbols.size()), symbols.size() + 1);
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
    result.noise.push_back(roundedSum(noise, from.symbols.size() + 1));
  }
  return result;
}

} // namespace act

//===- CommonSignal.cpp - What all inputs have in common ------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CommonSignal.h"
#include "act/Relaxation/PointSearch.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <numeric>

namespace act {

static constexpr unsigned kMaxVariables = 64;

static double innerProduct(llvm::ArrayRef<double> a, llvm::ArrayRef<double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

CommonSignal::CommonSignal(const SignalField &field, unsigned mostDraws,
                           unsigned stream)
    : rows(field.size()), mostDraws(mostDraws) {
  if (stream != 0)
    inQuantiles.emplace(mostDraws, stream);
  std::vector<double> left;
  for (unsigned place = 0; place < field.size(); ++place)
    left.push_back(std::max(0.0, field.correlation(place, place)));
  constexpr double kNegligible = 1e-5;
  for (unsigned step = 0; step < kMaxVariables; ++step) {
    unsigned pivot = llvm::max_element(left) - left.begin();
    if (left[pivot] <= kNegligible)
      break;
    double root = std::sqrt(left[pivot]);
    std::vector<double> pivotRow = rows[pivot];
    for (unsigned place = 0; place < field.size(); ++place) {
      double known = innerProduct(rows[place], pivotRow);
      double entry = place == pivot
                         ? root
                         : (field.correlation(place, pivot) - known) / root;
      rows[place].push_back(entry);
      left[place] =
          place == pivot ? 0.0 : std::max(0.0, left[place] - entry * entry);
    }
  }
  for (const std::vector<double> &row : rows)
    own.push_back(std::sqrt(std::max(0.0, 1.0 - innerProduct(row, row))));
  for (unsigned place = 0; place < field.size(); ++place)
    deviations.push_back(std::sqrt(field.square(place)));
}

//===----------------------------------------------------------------------===//
// Draws
//===----------------------------------------------------------------------===//

/// They are the middle quantiles of equally likely parts of the law.
NormalDraws::NormalDraws(unsigned count, unsigned stream) : stream(stream) {
  for (unsigned part = 0; part < count; ++part)
    quantiles.push_back(normalQuantile((part + 0.5) / count));
}

/// Products with odd numbers and sums with higher bits are one-to-one.
size_t NormalDraws::other(size_t draw, unsigned number) const {
  for (unsigned round = 0; round < 3; ++round) {
    uint64_t random = mixed((stream << 32) + 3 * uint64_t(number) + round);
    draw = (draw * (random | 1) + (random >> 32)) & (size() - 1);
    draw ^= draw >> 5;
  }
  return draw;
}

/// Of the points of even distance: nothing is left of a normal law beyond.
static constexpr double kReach = 9.0, kStep = 0.04;

size_t CommonSignal::numDraws() const {
  return isEven() ? size_t(2 * kReach / kStep) + 1 : mostDraws;
}

double CommonSignal::weightOf(size_t draw) const {
  return isEven() ? kStep * normalDensity(draw * kStep - kReach)
                  : 1.0 / mostDraws;
}

/// Number n of a stream of standard normal numbers (Box, Muller, A note on the
/// generation of random normal deviates, 1958).
static double normalNumber(uint64_t n) {
  auto uniform = [](uint64_t number) {
    return (mixed(number) >> 11) * 0x1p-53 + 0x1p-54;
  };
  constexpr double kTwoPi = 6.28318530717958647692;
  return std::sqrt(-2.0 * std::log(uniform(2 * n))) *
         std::cos(kTwoPi * uniform(2 * n + 1));
}

std::vector<double> CommonSignal::variablesOf(size_t draw) const {
  std::vector<double> variables(rows.front().size());
  for (auto [k, variable] : llvm::enumerate(variables))
    variable = isEven()      ? draw * kStep - kReach
               : inQuantiles ? inQuantiles->number(draw, k)
                             : normalNumber(draw * kMaxVariables + k);
  return variables;
}

double CommonSignal::commonAt(unsigned place,
                              llvm::ArrayRef<double> variables) const {
  return innerProduct(rows[place], variables);
}

std::vector<NormalLaw> CommonSignal::lawsOf(size_t draw, double mean) const {
  std::vector<double> variables = variablesOf(draw);
  std::vector<NormalLaw> laws;
  for (auto [place, deviation] : llvm::enumerate(deviations))
    laws.push_back({mean + deviation * commonAt(place, variables),
                    deviation * own[place]});
  return laws;
}

} // namespace act

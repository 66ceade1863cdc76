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

CommonSignal::CommonSignal(const SignalField &field, unsigned mostDraws)
    : rows(field.size()), mostDraws(mostDraws) {
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
}

//===----------------------------------------------------------------------===//
// Draws
//===----------------------------------------------------------------------===//

/// Of the points of even distance: nothing is left of a normal law beyond.
static constexpr double kReach = 9.0, kStep = 0.04;

size_t CommonSignal::numDraws() const {
  return rows.size() == 1 ? size_t(2 * kReach / kStep) + 1 : mostDraws;
}

double CommonSignal::weightOf(size_t draw) const {
  return rows.size() == 1 ? kStep * normalDensity(draw * kStep - kReach)
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
    variable = rows.size() == 1 ? draw * kStep - kReach
                                : normalNumber(draw * kMaxVariables + k);
  return variables;
}

double CommonSignal::commonAt(unsigned place,
                              llvm::ArrayRef<double> variables) const {
  return innerProduct(rows[place], variables);
}

} // namespace act

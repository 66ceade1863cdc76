//===- SeededDraws.h - Random numbers that never change ---------*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The laws of the standard library differ between implementations; these do
// not.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_ANALYSIS_SEEDEDDRAWS_H
#define ACT_TEST_UNIT_ANALYSIS_SEEDEDDRAWS_H

#include "gtest/gtest.h"
#include <cmath>
#include <cstdint>

namespace act::test {

/// splitmix64 (Steele, Lea, Flood, Fast splittable pseudorandom number
/// generators, OOPSLA 2014).
class SeededDraws {
public:
  explicit SeededDraws(uint64_t seed) : state(seed) {}

  /// Uniform in (0, 1), never an end.
  double uniform() { return (double(bits() >> 12) + 0.5) * 0x1p-52; }

  /// Uniform in (-bound, bound).
  double symmetric(double bound = 1.0) {
    return bound * (2.0 * uniform() - 1.0);
  }

  /// Standard normal by Box and Muller's transform.
  double normal() {
    if (hasSpare) {
      hasSpare = false;
      return spare;
    }
    double length = std::sqrt(-2.0 * std::log(uniform()));
    double angle = 2.0 * M_PI * uniform();
    spare = length * std::sin(angle);
    hasSpare = true;
    return length * std::cos(angle);
  }

private:
  uint64_t bits() {
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  uint64_t state;
  double spare = 0.0;
  bool hasSpare = false;
};

/// Success where `event` came true in a share of `trials` within four standard
/// errors of `probability`; chance alone exceeds that once in 16000 seeds.
template <typename Event>
testing::AssertionResult happensWith(double probability, unsigned trials,
                                     Event event) {
  unsigned count = 0;
  for (unsigned i = 0; i < trials; ++i)
    count += event() ? 1 : 0;
  double share = double(count) / trials;
  double error = std::sqrt(probability * (1.0 - probability) / trials);
  if (std::abs(share - probability) <= 4.0 * error)
    return testing::AssertionSuccess();
  return testing::AssertionFailure()
         << share << " of the draws, not " << probability << " +- " << error;
}

} // namespace act::test

#endif // ACT_TEST_UNIT_ANALYSIS_SEEDEDDRAWS_H

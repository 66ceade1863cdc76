//===- RandomDraws.h - Random numbers that are equal everywhere -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which numbers does a seed stand for? The same bits on every machine: only
// integer arithmetic and + - * / sqrt of binary64, each rounded once, are used,
// and no function of libm, whose last digits differ between systems.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_RANDOMDRAWS_H
#define ACT_IR_RANDOMDRAWS_H

#include <cstdint>
#include <vector>

namespace act {

/// The numbers that follow from one seed.
class RandomStream {
public:
  explicit RandomStream(uint64_t seed) : state(seed) {}

  /// 64 uniform bits: SplitMix64 (Steele, Lea and Flood, Fast splittable
  /// pseudorandom number generators, OOPSLA 2014). Also the seed of a stream
  /// that is independent of this one.
  uint64_t bits();
  /// Uniform over the 2^52 odd multiples of 2^-53 below 1: never 0 or 1.
  double uniform();
  /// Standard normal, by Marsaglia's polar method: within 9 of 0.
  double normal();

private:
  uint64_t state;
  double spare = 0.0; // the second normal of a pair
  bool hasSpare = false;
};

/// Standard normal, restricted to [lower, upper]; either may be infinite. The
/// expected number of tries is below 4 wherever the interval lies. Returns
/// `lower` if not lower < upper.
double truncatedNormal(RandomStream &stream, double lower, double upper);

/// Beta(2, 1), of density 2 x on [0, 1].
double betaTwoOne(RandomStream &stream);

/// A Haar-distributed matrix of rows x columns in row-major order, whose rows
/// are orthonormal if rows <= columns and whose columns are otherwise. Takes
/// min(rows, columns)^2 max(rows, columns) steps.
std::vector<double> orthogonalMatrix(RandomStream &stream, int64_t rows,
                                     int64_t columns);

} // namespace act

#endif // ACT_IR_RANDOMDRAWS_H

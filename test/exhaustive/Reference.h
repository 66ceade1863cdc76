//===- Reference.h - Enclosures of many values, fast -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where do the exact values of a formula lie? Interval arithmetic in doubles
// over a block of points, some hundred times faster than enclosePoint(). An
// undecided comparison gives the hull of both sides, so every answer encloses;
// one that is too wide to judge a result by is for MPFR.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_REFERENCE_H
#define ACT_TEST_EXHAUSTIVE_REFERENCE_H

#include "FlatProgram.h"
#include "act/Formula/Interval.h"
#include <array>
#include <vector>

namespace act::test {

class Reference {
public:
  static constexpr unsigned kBlock = 512; ///< a multiple of 8
  struct Block {
    std::array<double, kBlock> lo{}, hi{};
  };

  explicit Reference(Expression expression);

  /// Enclosures of the formula of one variable at `count` <= kBlock finite
  /// points; the answer lives until the next call.
  const Block &evaluate(const double *points, unsigned count);

private:
  const FlatProgram program;
  std::vector<Block> values; ///< one for each step
};

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_REFERENCE_H

//===- Scan.h - Judging the results of one activation -*- C++ -*-===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How wrong is a compiled activation at the worst of its inputs? Chunks of
// consecutive inputs are computed and compared with Reference; what may exceed
// the largest error so far is measured by errorInUlps(). Blocks that surely
// have nothing to report, nearly all, are passed by a loop without branches.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_EXHAUSTIVE_SCAN_H
#define ACT_TEST_EXHAUSTIVE_SCAN_H

#include "act/Formula/Expression.h"
#include "act/Formula/Format.h"
#include "act/Formula/Interval.h"
#include <cstdint>
#include <functional>
#include <vector>

namespace act::test {

/// An error in ulps with the input that has it.
struct Worst {
  double ulps = 0.0;
  uint64_t input = 0; ///< bits
};

/// What was found on some inputs.
struct Findings {
  /// Where the exact result, rounded, is normal; and where it is not.
  Worst normal, subnormal;
  /// Neighbours whose results run against the direction of their piece, how
  /// many there are and the largest step in ulps.
  uint64_t reversals = 0;
  Worst reversal;
  uint64_t outOfRange = 0;    ///< results beyond the range of the function
  uint64_t wrongSpecials = 0; ///< of NaNs, infinities and zeros
  uint64_t wrongSpecial = 0;  ///< bits of one of these inputs
  uint64_t inputs = 0;

  void merge(const Findings &other);
};

/// Computes the results of inputs; both are bits of the format.
using Compute =
    std::function<void(const std::vector<uint64_t> &, std::vector<uint64_t> &)>;

/// The inputs first, first + stride, ..., of `count`.
struct Inputs {
  uint64_t first = 0, count = 0, stride = 1;
};

/// Errors below this many ulps are not told from 0.
constexpr double kNegligible = 0x1p-10;

/// One of the implementations that a scan judges, and what is known of it.
struct Candidate {
  Compute compute;
  Findings known;
};

/// Judges each candidate as `expression` in `format`; the exact values are
/// computed once for all. Errors that a candidate's `known` exceeds, or that
/// exceed it by less than a millionth, are not measured. It is fast only if
/// `known` comes from a sample of all inputs: a scan in order from 0 where the
/// error grows with the input would measure at each of them.
std::vector<Findings> scan(Expression expression, Format format,
                           const Inputs &inputs,
                           const std::vector<Candidate> &candidates);

} // namespace act::test

#endif // ACT_TEST_EXHAUSTIVE_SCAN_H

//===- RecordMatcher.h - Which activation a formula is ---------*- C++ -*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RAISETOACT_RECORDMATCHER_H
#define ACT_LIB_CONVERSION_RAISETOACT_RECORDMATCHER_H

#include "RoundedFormula.h"
#include "act/IR/RecordTable.h"
#include <map>

namespace act {

/// How far a record's function is from a formula.
struct Distance {
  double largest = 0.0; ///< the largest difference of values seen
  double at = 0.0;      ///< where it was seen
  double allowed = 0.0; ///< what the format allows there
};

/// A record with parameters, beside a formula.
struct Resemblance {
  RecordMatch match;
  Distance distance;
  /// Whether the canonical forms are equal: then so are the functions.
  bool proved = false;
  /// Of a near miss: the values agree wherever they were compared, but not
  /// provably everywhere.
  bool agrees = false;
};

/// What was found for a formula: the activation that it is, or one that it
/// nearly is, or neither.
struct Recognition {
  std::optional<Resemblance> match;
  std::optional<Resemblance> nearMiss;
};

/// Recognizes functions of one variable by value. Answers are remembered.
class RecordMatcher {
public:
  explicit RecordMatcher(mlir::MLIRContext *context);

  /// What `formula` is when it is computed in `format`.
  const Recognition &recognize(Expression formula, Format format);

private:
  struct Candidate {
    const Record *record;
    Expression parametric; ///< parameters are the variables 1, 2, ...
  };
  struct Sieve;

  Recognition search(const RoundedFormula &body) const;
  bool searchPlain(Sieve &sieve, Recognition &result) const;
  bool searchDefaults(Sieve &sieve, Recognition &result) const;
  bool searchFitted(Sieve &sieve, Recognition &result) const;

  mlir::MLIRContext *context;
  RecordTable table;
  std::vector<Candidate> candidates; ///< the simplest first
  std::map<std::pair<const void *, Format>, Recognition> known;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_RAISETOACT_RECORDMATCHER_H

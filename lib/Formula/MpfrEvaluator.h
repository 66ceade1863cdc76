//===- MpfrEvaluator.h - Interval evaluation in MPFR's arithmetic --*- C++
//-*--===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_MPFREVALUATOR_H
#define ACT_LIB_FORMULA_MPFREVALUATOR_H

#include "FlatProgram.h"
#include "MpfrFunctions.h"
#include <memory>
#include <vector>

namespace act {

/// Evaluates one formula at points with intervals of one precision. Zeros keep
/// their sign and infinities are points, as in IEEE arithmetic.
class MpfrEvaluator {
public:
  MpfrEvaluator(const FlatProgram &program, mpfr_prec_t precision);

  /// Encloses the value at `point`; variables beyond its end are 0. Returns
  /// false where the value is undefined (0/0, inf-inf, log of a negative
  /// number) or not separated from such a point at this precision.
  bool run(const std::vector<MpfrNumber *> &point);

  mpfr_srcptr lo() const { return lower[program.root()]->get(); }
  mpfr_srcptr hi() const { return upper[program.root()]->get(); }

private:
  enum class State : uint8_t { Unknown, Defined, Undefined };

  State visit(unsigned index);
  State evaluate(unsigned index);
  State visitWhere(unsigned index);
  State multiply(unsigned index);
  State divide(unsigned index);
  State applyWave(unsigned index);
  void applyMonotone(unsigned index);
  State checked(unsigned index) const;
  void hullOfFour(unsigned index, int (*operation)(mpfr_ptr, mpfr_srcptr,
                                                   mpfr_srcptr, mpfr_rnd_t));

  const FlatProgram &program;
  std::vector<std::unique_ptr<MpfrNumber>> lower, upper;
  std::vector<State> states;
  std::vector<bool> closed; ///< free of variables: evaluated once
  MpfrNumber scratch, candidate;
  const std::vector<MpfrNumber *> *point = nullptr;
};

} // namespace act

#endif // ACT_LIB_FORMULA_MPFREVALUATOR_H

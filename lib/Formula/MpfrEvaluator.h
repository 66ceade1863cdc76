//===- MpfrEvaluator.h - A formula in MPFR's interval arithmetic -*- C++ -*-==//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Between which two numbers of a given precision does the value at one point
// lie? A side of a `where` that is not taken is not evaluated.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_FORMULA_MPFREVALUATOR_H
#define ACT_LIB_FORMULA_MPFREVALUATOR_H

#include "FlatProgram.h"
#include "MpfrFunctions.h"
#include <cstdint>
#include <vector>

namespace act {

class MpfrEvaluator {
public:
  static constexpr mpfr_prec_t kFirstPrecision = 64;
  static constexpr mpfr_prec_t kLastPrecision = 8192;

  /// The number significand * 2^exponent; infinite if the significand is.
  struct Argument {
    double significand;
    long exponent = 0;
  };

  /// A step whose value the caller knows.
  struct Preset {
    unsigned step;
    double value;
  };

  enum class Status {
    Done,
    Undecided, ///< a condition, at this precision
    Undefined, ///< a step has no value: 0/0, inf - inf, log of -1, ...
  };

  explicit MpfrEvaluator(Expression expression);

  /// Encloses step `root` at `arguments`. Infinite arguments take part as in
  /// IEEE arithmetic, and so do the signs of zeros. At the last precision the
  /// two sides of an undecided condition are taken for equal.
  Status run(unsigned root, const std::vector<Argument> &arguments,
             mpfr_prec_t precision, const std::vector<Preset> &presets);

  unsigned root() const { return program.root(); }
  mpfr_srcptr lo(unsigned step) const { return values[step].lo.get(); }
  mpfr_srcptr hi(unsigned step) const { return values[step].hi.get(); }

  /// The step for which run() last answered Undefined.
  unsigned undefinedStep() const { return undefined; }
  /// Whether `step`, whose operands are known, is a product with a 0 at a
  /// finite argument that has not underflown.
  bool isProductOfZero(unsigned step) const;
  /// Whether `step` depends on exactly one variable.
  bool hasSoleVariable(unsigned step) const { return soleVariable[step] >= 0; }

private:
  struct Ends {
    MpfrNumber lo{kFirstPrecision}, hi{kFirstPrecision};
    bool isPoint() const { return mpfr_equal_p(lo.get(), hi.get()); }
    bool isZero() const {
      return mpfr_zero_p(lo.get()) && mpfr_zero_p(hi.get());
    }
    bool isInfinite() const { return isPoint() && mpfr_inf_p(lo.get()); }
    bool containsZero() const {
      return mpfr_sgn(lo.get()) <= 0 && mpfr_sgn(hi.get()) >= 0;
    }
  };
  enum class Truth { Holds, Fails, Unknown };

  void usePrecision(mpfr_prec_t precision);
  bool isKnown(unsigned step) const;
  Truth decide(const FlatProgram::Step &step) const;
  unsigned awaited(const FlatProgram::Step &step) const;

  void compute(unsigned index);
  void setExact(Ends &result, double value, long exponent = 0);
  void add(Ends &result, const Ends &a, const Ends &b);
  void subtract(Ends &result, const Ends &a, const Ends &b);
  void multiply(Ends &result, const Ends &a, const Ends &b);
  void divide(Ends &result, const Ends &a, const Ends &b);
  void applyUnary(Primitive primitive, Ends &result, const Ends &a);
  void applyAtPoint(Primitive primitive, Ends &result, mpfr_srcptr x);
  void applyWave(Primitive primitive, Ends &result, const Ends &a);

  FlatProgram program;
  std::vector<Ends> values;
  /// The only variable below a step, or one of these.
  enum { kNoVariable = -1, kSeveralVariables = -2 };
  std::vector<int> soleVariable;

  /// The evaluation that computed each step last. Closed steps stay known
  /// until the precision changes.
  std::vector<uint64_t> computedIn;
  uint64_t evaluation = 0, precisionSince = 0;
  mpfr_prec_t precision = 0;

  const std::vector<Argument> *arguments = nullptr;
  std::vector<unsigned> stack;
  unsigned undefined = 0;
  Ends scratch;
};

} // namespace act

#endif // ACT_LIB_FORMULA_MPFREVALUATOR_H

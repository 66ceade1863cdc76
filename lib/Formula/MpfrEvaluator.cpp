//===- MpfrEvaluator.cpp - A formula in MPFR's interval arithmetic --------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MpfrEvaluator.h"
#include <cassert>
#include <cmath>
#include <utility>

namespace act {

/// Answers of awaited() that are no step.
static constexpr unsigned kNothing = ~0u, kUndecidable = ~0u - 1;

MpfrEvaluator::MpfrEvaluator(Expression expression)
    : program(expression), values(program.size()),
      soleVariable(program.size(), kNoVariable), computedIn(program.size(), 0) {
  for (unsigned i = 0; i < program.size(); ++i) {
    const FlatProgram::Step &step = program.step(i);
    if (step.primitive == Primitive::Variable)
      soleVariable[i] = step.variable;
    for (unsigned k = 0; k < arity(step.primitive); ++k) {
      int below = soleVariable[step.operands[k]];
      if (soleVariable[i] == kNoVariable)
        soleVariable[i] = below;
      else if (below != kNoVariable && below != soleVariable[i])
        soleVariable[i] = kSeveralVariables;
    }
  }
}

void MpfrEvaluator::usePrecision(mpfr_prec_t newPrecision) {
  if (precision == newPrecision)
    return;
  precision = newPrecision;
  precisionSince = evaluation + 1;
  for (Ends &ends : values) {
    mpfr_set_prec(ends.lo.get(), precision);
    mpfr_set_prec(ends.hi.get(), precision);
  }
  mpfr_set_prec(scratch.lo.get(), precision);
  mpfr_set_prec(scratch.hi.get(), precision);
}

bool MpfrEvaluator::isKnown(unsigned step) const {
  return computedIn[step] == evaluation || (soleVariable[step] == kNoVariable &&
                                            computedIn[step] >= precisionSince);
}

MpfrEvaluator::Status MpfrEvaluator::run(unsigned root,
                                         const std::vector<Argument> &point,
                                         mpfr_prec_t newPrecision,
                                         const std::vector<Preset> &presets) {
  usePrecision(newPrecision);
  ++evaluation;
  arguments = &point;
  for (const Preset &preset : presets) {
    setExact(values[preset.step], preset.value);
    computedIn[preset.step] = evaluation;
  }
  // An explicit stack: a formula may be deeper than the machine's.
  stack.assign(1, root);
  while (!stack.empty()) {
    unsigned index = stack.back();
    if (!isKnown(index)) {
      unsigned next = awaited(program.step(index));
      if (next == kUndecidable)
        return Status::Undecided;
      if (next != kNothing) {
        stack.push_back(next);
        continue;
      }
      compute(index);
      if (mpfr_nan_p(lo(index)) || mpfr_nan_p(hi(index))) {
        undefined = index;
        return Status::Undefined;
      }
      computedIn[index] = evaluation;
    }
    stack.pop_back();
  }
  return Status::Done;
}

bool MpfrEvaluator::isProductOfZero(unsigned index) const {
  const FlatProgram::Step &step = program.step(index);
  auto isFiniteZero = [&](unsigned operand) {
    int variable = soleVariable[operand];
    return values[operand].isZero() && variable >= 0 &&
           std::isfinite((*arguments)[variable].significand);
  };
  return step.primitive == Primitive::Mul &&
         (isFiniteZero(step.operands[0]) || isFiniteZero(step.operands[1]));
}

/// The condition of a `where` whose two sides are known.
MpfrEvaluator::Truth
MpfrEvaluator::decide(const FlatProgram::Step &step) const {
  const Ends &a = values[step.operands[0]], &b = values[step.operands[1]];
  bool below = mpfr_less_p(a.hi.get(), b.lo.get());
  bool above = mpfr_greater_p(a.lo.get(), b.hi.get());
  bool equal = !below && !above &&
               ((a.isPoint() && b.isPoint()) || precision == kLastPrecision);
  bool decided = below || above || equal;
  switch (step.primitive) {
  case Primitive::WhereLess:
    if (mpfr_greaterequal_p(a.lo.get(), b.hi.get()))
      return Truth::Fails;
    return !decided ? Truth::Unknown : below ? Truth::Holds : Truth::Fails;
  case Primitive::WhereLessEqual:
    if (mpfr_lessequal_p(a.hi.get(), b.lo.get()))
      return Truth::Holds;
    return !decided ? Truth::Unknown : above ? Truth::Fails : Truth::Holds;
  default:
    assert(step.primitive == Primitive::WhereEqual && "no other condition");
    return !decided ? Truth::Unknown : equal ? Truth::Holds : Truth::Fails;
  }
}

/// The first operand that `step` needs and does not have.
unsigned MpfrEvaluator::awaited(const FlatProgram::Step &step) const {
  bool isWhere = arity(step.primitive) == 4;
  unsigned needed = isWhere ? 2 : arity(step.primitive);
  for (unsigned k = 0; k < needed; ++k)
    if (!isKnown(step.operands[k]))
      return step.operands[k];
  if (!isWhere)
    return kNothing;
  Truth truth = decide(step);
  if (truth == Truth::Unknown)
    return kUndecidable;
  unsigned taken = step.operands[truth == Truth::Holds ? 2 : 3];
  return isKnown(taken) ? kNothing : taken;
}

void MpfrEvaluator::compute(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  Ends &result = values[index];
  const Ends &a = values[step.operands[0]], &b = values[step.operands[1]];
  switch (step.primitive) {
  case Primitive::Constant:
    return setExact(result, step.constant);
  case Primitive::Pi:
    mpfr_const_pi(result.lo.get(), MPFR_RNDD);
    mpfr_const_pi(result.hi.get(), MPFR_RNDU);
    return;
  case Primitive::Variable: {
    assert(step.variable < arguments->size() && "a value for each variable");
    const Argument &argument = (*arguments)[step.variable];
    return setExact(result, argument.significand, argument.exponent);
  }
  case Primitive::Add:
    return add(result, a, b);
  case Primitive::Sub:
    return subtract(result, a, b);
  case Primitive::Mul:
    multiply(result, a, b);
    // A square is not negative.
    if (&a == &b && mpfr_sgn(result.lo.get()) < 0)
      mpfr_set_zero(result.lo.get(), 1);
    return;
  case Primitive::Div:
    return divide(result, a, b);
  case Primitive::Min:
    mpfr_min(result.lo.get(), a.lo.get(), b.lo.get(), MPFR_RNDD);
    mpfr_min(result.hi.get(), a.hi.get(), b.hi.get(), MPFR_RNDU);
    return;
  case Primitive::Max:
    mpfr_max(result.lo.get(), a.lo.get(), b.lo.get(), MPFR_RNDD);
    mpfr_max(result.hi.get(), a.hi.get(), b.hi.get(), MPFR_RNDU);
    return;
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual: {
    bool holds = decide(step) == Truth::Holds;
    const Ends &taken = values[step.operands[holds ? 2 : 3]];
    mpfr_set(result.lo.get(), taken.lo.get(), MPFR_RNDD);
    mpfr_set(result.hi.get(), taken.hi.get(), MPFR_RNDU);
    return;
  }
  default:
    return applyUnary(step.primitive, result, a);
  }
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

void MpfrEvaluator::setExact(Ends &result, double value, long exponent) {
  mpfr_set_d(result.lo.get(), value, MPFR_RNDN);
  mpfr_mul_2si(result.lo.get(), result.lo.get(), exponent, MPFR_RNDN);
  mpfr_set(result.hi.get(), result.lo.get(), MPFR_RNDN);
}

void MpfrEvaluator::add(Ends &result, const Ends &a, const Ends &b) {
  mpfr_add(result.lo.get(), a.lo.get(), b.lo.get(), MPFR_RNDD);
  mpfr_add(result.hi.get(), a.hi.get(), b.hi.get(), MPFR_RNDU);
  // Directed rounding gives an exact zero two signs; IEEE's nearest one.
  if (result.isZero()) {
    mpfr_add(result.lo.get(), a.lo.get(), b.lo.get(), MPFR_RNDN);
    mpfr_set(result.hi.get(), result.lo.get(), MPFR_RNDN);
  }
}

void MpfrEvaluator::subtract(Ends &result, const Ends &a, const Ends &b) {
  mpfr_sub(result.lo.get(), a.lo.get(), b.hi.get(), MPFR_RNDD);
  mpfr_sub(result.hi.get(), a.hi.get(), b.lo.get(), MPFR_RNDU);
  if (result.isZero()) {
    mpfr_sub(result.lo.get(), a.lo.get(), b.lo.get(), MPFR_RNDN);
    mpfr_set(result.hi.get(), result.lo.get(), MPFR_RNDN);
  }
}

/// x * y for ends of intervals: an infinite end is an overflow, and 0 times
/// the reals below it is 0.
static void multiplyEnds(mpfr_ptr result, mpfr_srcptr x, mpfr_srcptr y,
                         mpfr_rnd_t rounding) {
  mpfr_mul(result, x, y, rounding);
  if (mpfr_nan_p(result))
    mpfr_set_zero(result, mpfr_signbit(x) == mpfr_signbit(y) ? 1 : -1);
}

void MpfrEvaluator::multiply(Ends &result, const Ends &a, const Ends &b) {
  if ((a.isInfinite() && b.containsZero()) ||
      (b.isInfinite() && a.containsZero()))
    return mpfr_set_nan(result.lo.get());
  if (b.isPoint() && !a.isPoint())
    return multiply(result, b, a);
  mpfr_ptr lo = result.lo.get(), hi = result.hi.get();
  if (a.isPoint()) {
    bool falls = mpfr_signbit(a.lo.get());
    multiplyEnds(lo, a.lo.get(), falls ? b.hi.get() : b.lo.get(), MPFR_RNDD);
    multiplyEnds(hi, a.lo.get(), falls ? b.lo.get() : b.hi.get(), MPFR_RNDU);
    return;
  }
  multiplyEnds(lo, a.lo.get(), b.lo.get(), MPFR_RNDD);
  multiplyEnds(hi, a.lo.get(), b.lo.get(), MPFR_RNDU);
  for (auto [x, y] :
       {std::pair(a.lo.get(), b.hi.get()), std::pair(a.hi.get(), b.lo.get()),
        std::pair(a.hi.get(), b.hi.get())}) {
    multiplyEnds(scratch.lo.get(), x, y, MPFR_RNDD);
    mpfr_min(lo, lo, scratch.lo.get(), MPFR_RNDD);
    multiplyEnds(scratch.hi.get(), x, y, MPFR_RNDU);
    mpfr_max(hi, hi, scratch.hi.get(), MPFR_RNDU);
  }
}

void MpfrEvaluator::divide(Ends &result, const Ends &a, const Ends &b) {
  mpfr_ptr lo = result.lo.get(), hi = result.hi.get();
  if (b.containsZero() && !b.isZero()) {
    mpfr_set_inf(lo, -1);
    mpfr_set_inf(hi, 1);
    return;
  }
  // Each end of the quotient comes from one end of a and of b: the quotient
  // rises with a for b > 0, and rises with b where a < 0 < b.
  bool falls = mpfr_signbit(b.lo.get());
  const MpfrNumber &below = falls ? a.hi : a.lo, &above = falls ? a.lo : a.hi;
  bool belowIsNegative = mpfr_signbit(a.lo.get()) != 0;
  bool aboveIsNegative = mpfr_signbit(a.hi.get()) != 0;
  const MpfrNumber &belowBy =
      (falls ? aboveIsNegative : belowIsNegative) ? b.lo : b.hi;
  const MpfrNumber &aboveBy =
      (falls ? belowIsNegative : aboveIsNegative) ? b.hi : b.lo;
  mpfr_div(lo, below.get(), belowBy.get(), MPFR_RNDD);
  mpfr_div(hi, above.get(), aboveBy.get(), MPFR_RNDU);
}

//===----------------------------------------------------------------------===//
// Functions of one operand
//===----------------------------------------------------------------------===//

void MpfrEvaluator::applyUnary(Primitive primitive, Ends &result,
                               const Ends &a) {
  mpfr_ptr lo = result.lo.get(), hi = result.hi.get();
  mpfr_srcptr from = a.lo.get(), to = a.hi.get();
  if (a.isPoint())
    return applyAtPoint(primitive, result, from);
  switch (primitive) {
  case Primitive::Abs:
    mpfr_abs(lo, from, MPFR_RNDD);
    mpfr_abs(hi, to, MPFR_RNDU);
    if (mpfr_sgn(to) <= 0)
      mpfr_swap(lo, hi);
    else if (mpfr_sgn(from) < 0) {
      mpfr_max(hi, lo, hi, MPFR_RNDU);
      mpfr_set_zero(lo, 1);
    }
    return;
  case Primitive::Sin:
  case Primitive::Cos:
    return applyWave(primitive, result, a);
  case Primitive::Neg:
  case Primitive::Erfc:
    std::swap(from, to);
    break;
  default:
    break; // the others rise
  }
  applyMpfr(primitive, lo, from, scratch.lo.get(), MPFR_RNDD);
  applyMpfr(primitive, hi, to, scratch.lo.get(), MPFR_RNDU);
  // The lower end may leave the domain by rounding alone.
  if (mpfr_nan_p(lo) && !mpfr_nan_p(hi)) {
    if (primitive == Primitive::Sqrt)
      mpfr_set_zero(lo, 1);
    else
      mpfr_set_inf(lo, -1);
  }
}

/// The value of a function that MPFR rounds correctly: rounded down, it lies
/// below the next number.
static void boundBothSides(Primitive primitive, mpfr_ptr lo, mpfr_ptr hi,
                           mpfr_srcptr x) {
  bool exact = applyMpfr(primitive, lo, x, /*scratch=*/hi, MPFR_RNDD) == 0;
  mpfr_set(hi, lo, MPFR_RNDU);
  if (!exact)
    mpfr_nextabove(hi);
}

void MpfrEvaluator::applyAtPoint(Primitive primitive, Ends &result,
                                 mpfr_srcptr x) {
  mpfr_ptr lo = result.lo.get(), hi = result.hi.get();
  mpfr_ptr powerLo = scratch.lo.get(), powerHi = scratch.hi.get();
  switch (primitive) {
  case Primitive::Sigmoid: // 1/(1 + e^-x), one exponential for both ends
    mpfr_neg(hi, x, MPFR_RNDN);
    boundBothSides(Primitive::Exp, powerLo, powerHi, hi);
    mpfr_add_ui(powerHi, powerHi, 1, MPFR_RNDU);
    mpfr_add_ui(powerLo, powerLo, 1, MPFR_RNDD);
    mpfr_ui_div(lo, 1, powerHi, MPFR_RNDD);
    mpfr_ui_div(hi, 1, powerLo, MPFR_RNDU);
    return;
  case Primitive::Softplus: // max(x, 0) + log1p(e^-|x|)
    mpfr_abs(hi, x, MPFR_RNDN);
    mpfr_neg(hi, hi, MPFR_RNDN);
    boundBothSides(Primitive::Exp, powerLo, powerHi, hi);
    boundBothSides(Primitive::Log1p, lo, hi, powerLo);
    // log1p rises by less than its argument.
    mpfr_sub(powerHi, powerHi, powerLo, MPFR_RNDU);
    mpfr_add(hi, hi, powerHi, MPFR_RNDU);
    if (mpfr_sgn(x) > 0) {
      mpfr_add(lo, lo, x, MPFR_RNDD);
      mpfr_add(hi, hi, x, MPFR_RNDU);
    }
    return;
  default:
    boundBothSides(primitive, lo, hi, x);
  }
}

/// sin and cos change by no more than their argument does.
void MpfrEvaluator::applyWave(Primitive primitive, Ends &result,
                              const Ends &a) {
  applyAtPoint(primitive, result, a.lo.get());
  mpfr_sub(scratch.hi.get(), a.hi.get(), a.lo.get(), MPFR_RNDU);
  mpfr_sub(result.lo.get(), result.lo.get(), scratch.hi.get(), MPFR_RNDD);
  mpfr_add(result.hi.get(), result.hi.get(), scratch.hi.get(), MPFR_RNDU);
}

} // namespace act

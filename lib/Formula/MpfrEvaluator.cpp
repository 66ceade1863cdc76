//===- MpfrEvaluator.cpp - Interval evaluation in MPFR's arithmetic -------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MpfrEvaluator.h"

namespace act {

MpfrEvaluator::MpfrEvaluator(const FlatProgram &program, mpfr_prec_t precision)
    : program(program), states(program.size(), State::Unknown),
      closed(program.size(), false), scratch(precision), candidate(precision) {
  for (unsigned i = 0; i < program.size(); ++i) {
    lower.push_back(std::make_unique<MpfrNumber>(precision));
    upper.push_back(std::make_unique<MpfrNumber>(precision));
    const FlatProgram::Step &step = program.step(i);
    closed[i] = step.primitive != Primitive::Variable;
    for (unsigned k = 0; k < arity(step.primitive); ++k)
      closed[i] = closed[i] && closed[step.operands[k]];
  }
}

bool MpfrEvaluator::run(const std::vector<MpfrNumber *> &newPoint) {
  point = &newPoint;
  for (unsigned i = 0; i < program.size(); ++i)
    if (!closed[i])
      states[i] = State::Unknown;
  return visit(program.root()) == State::Defined;
}

MpfrEvaluator::State MpfrEvaluator::visit(unsigned index) {
  if (states[index] == State::Unknown)
    states[index] = evaluate(index);
  return states[index];
}

MpfrEvaluator::State MpfrEvaluator::checked(unsigned index) const {
  bool isNaN =
      mpfr_nan_p(lower[index]->get()) || mpfr_nan_p(upper[index]->get());
  return isNaN ? State::Undefined : State::Defined;
}

MpfrEvaluator::State MpfrEvaluator::evaluate(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  mpfr_ptr lo = lower[index]->get(), hi = upper[index]->get();
  if (arity(step.primitive) == 4)
    return visitWhere(index);
  for (unsigned k = 0; k < arity(step.primitive); ++k)
    if (visit(step.operands[k]) != State::Defined)
      return State::Undefined;
  mpfr_srcptr aLo = lower[step.operands[0]]->get();
  mpfr_srcptr aHi = upper[step.operands[0]]->get();
  mpfr_srcptr bLo = lower[step.operands[1]]->get();
  mpfr_srcptr bHi = upper[step.operands[1]]->get();
  switch (step.primitive) {
  case Primitive::Constant:
    mpfr_set_d(lo, step.constant, MPFR_RNDD);
    mpfr_set_d(hi, step.constant, MPFR_RNDU);
    break;
  case Primitive::Pi:
    mpfr_const_pi(lo, MPFR_RNDD);
    mpfr_const_pi(hi, MPFR_RNDU);
    break;
  case Primitive::Variable:
    if (step.variable < point->size()) {
      mpfr_set(lo, (*point)[step.variable]->get(), MPFR_RNDD);
      mpfr_set(hi, (*point)[step.variable]->get(), MPFR_RNDU);
    } else {
      mpfr_set_zero(lo, 1);
      mpfr_set_zero(hi, 1);
    }
    break;
  case Primitive::Add:
    mpfr_add(lo, aLo, bLo, MPFR_RNDD);
    mpfr_add(hi, aHi, bHi, MPFR_RNDU);
    // An exact zero is +0, as it is when rounded to nearest.
    if (mpfr_zero_p(lo) && mpfr_zero_p(hi) && !mpfr_signbit(hi))
      mpfr_set_zero(lo, 1);
    break;
  case Primitive::Sub:
    mpfr_sub(lo, aLo, bHi, MPFR_RNDD);
    mpfr_sub(hi, aHi, bLo, MPFR_RNDU);
    if (mpfr_zero_p(lo) && mpfr_zero_p(hi) && !mpfr_signbit(hi))
      mpfr_set_zero(lo, 1);
    break;
  case Primitive::Mul:
    return multiply(index);
  case Primitive::Div:
    return divide(index);
  case Primitive::Min:
    mpfr_min(lo, aLo, bLo, MPFR_RNDD);
    mpfr_min(hi, aHi, bHi, MPFR_RNDU);
    break;
  case Primitive::Max:
    mpfr_max(lo, aLo, bLo, MPFR_RNDD);
    mpfr_max(hi, aHi, bHi, MPFR_RNDU);
    break;
  case Primitive::Sin:
  case Primitive::Cos:
    return applyWave(index);
  default:
    applyMonotone(index);
    break;
  }
  return checked(index);
}

/// The other functions of one operand rise, or fall, or are V-shaped.
void MpfrEvaluator::applyMonotone(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  mpfr_ptr lo = lower[index]->get(), hi = upper[index]->get();
  mpfr_srcptr aLo = lower[step.operands[0]]->get();
  mpfr_srcptr aHi = upper[step.operands[0]]->get();
  bool falls = step.primitive == Primitive::Neg ||
               step.primitive == Primitive::Erfc ||
               (step.primitive == Primitive::Abs && mpfr_sgn(aHi) <= 0);
  applyMpfr(step.primitive, lo, falls ? aHi : aLo, scratch.get(), MPFR_RNDD);
  applyMpfr(step.primitive, hi, falls ? aLo : aHi, scratch.get(), MPFR_RNDU);
  if (step.primitive == Primitive::Abs && mpfr_sgn(aLo) < 0 &&
      mpfr_sgn(aHi) > 0) {
    mpfr_max(hi, hi, lo, MPFR_RNDU);
    mpfr_set_zero(lo, 1);
  }
}

/// The slope of both waves is at most 1: the value at one end, widened by the
/// width of the argument.
MpfrEvaluator::State MpfrEvaluator::applyWave(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  mpfr_ptr lo = lower[index]->get(), hi = upper[index]->get();
  mpfr_srcptr aLo = lower[step.operands[0]]->get();
  mpfr_srcptr aHi = upper[step.operands[0]]->get();
  applyMpfr(step.primitive, lo, aLo, scratch.get(), MPFR_RNDD);
  applyMpfr(step.primitive, hi, aLo, scratch.get(), MPFR_RNDU);
  if (!mpfr_equal_p(aLo, aHi)) {
    mpfr_sub(scratch.get(), aHi, aLo, MPFR_RNDU);
    mpfr_sub(lo, lo, scratch.get(), MPFR_RNDD);
    mpfr_add(hi, hi, scratch.get(), MPFR_RNDU);
  }
  return checked(index);
}

/// The hull of `operation` over the four pairs of ends.
void MpfrEvaluator::hullOfFour(unsigned index,
                               int (*operation)(mpfr_ptr, mpfr_srcptr,
                                                mpfr_srcptr, mpfr_rnd_t)) {
  const FlatProgram::Step &step = program.step(index);
  mpfr_ptr lo = lower[index]->get(), hi = upper[index]->get();
  const MpfrNumber *a[] = {lower[step.operands[0]].get(),
                           upper[step.operands[0]].get()};
  const MpfrNumber *b[] = {lower[step.operands[1]].get(),
                           upper[step.operands[1]].get()};
  operation(lo, a[0]->get(), b[0]->get(), MPFR_RNDD);
  operation(hi, a[0]->get(), b[0]->get(), MPFR_RNDU);
  bool aIsPoint = mpfr_equal_p(a[0]->get(), a[1]->get());
  bool bIsPoint = mpfr_equal_p(b[0]->get(), b[1]->get());
  for (unsigned i = 0; i < (aIsPoint ? 1u : 2u); ++i)
    for (unsigned k = 0; k < (bIsPoint ? 1u : 2u); ++k) {
      if (i == 0 && k == 0)
        continue;
      operation(candidate.get(), a[i]->get(), b[k]->get(), MPFR_RNDD);
      bool isNaN = mpfr_nan_p(candidate.get());
      mpfr_min(lo, lo, candidate.get(), MPFR_RNDD);
      operation(candidate.get(), a[i]->get(), b[k]->get(), MPFR_RNDU);
      mpfr_max(hi, hi, candidate.get(), MPFR_RNDU);
      // mpfr_min and mpfr_max drop a NaN.
      if (isNaN)
        mpfr_set_nan(lo);
    }
}

MpfrEvaluator::State MpfrEvaluator::multiply(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  hullOfFour(index, mpfr_mul);
  // A square is no product of two independent numbers.
  if (step.operands[0] == step.operands[1] && mpfr_sgn(lower[index]->get()) < 0)
    mpfr_set_zero(lower[index]->get(), 1);
  return checked(index);
}

MpfrEvaluator::State MpfrEvaluator::divide(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  mpfr_srcptr bLo = lower[step.operands[1]]->get();
  mpfr_srcptr bHi = upper[step.operands[1]]->get();
  bool touchesZero = mpfr_sgn(bLo) <= 0 && mpfr_sgn(bHi) >= 0;
  if (touchesZero && !mpfr_equal_p(bLo, bHi))
    return State::Undefined;
  hullOfFour(index, mpfr_div);
  return checked(index);
}

MpfrEvaluator::State MpfrEvaluator::visitWhere(unsigned index) {
  const FlatProgram::Step &step = program.step(index);
  if (visit(step.operands[0]) != State::Defined ||
      visit(step.operands[1]) != State::Defined)
    return State::Undefined;
  mpfr_srcptr aLo = lower[step.operands[0]]->get();
  mpfr_srcptr aHi = upper[step.operands[0]]->get();
  mpfr_srcptr bLo = lower[step.operands[1]]->get();
  mpfr_srcptr bHi = upper[step.operands[1]]->get();
  bool always, never;
  switch (step.primitive) {
  case Primitive::WhereLess:
    always = mpfr_less_p(aHi, bLo);
    never = mpfr_greaterequal_p(aLo, bHi);
    break;
  case Primitive::WhereLessEqual:
    always = mpfr_lessequal_p(aHi, bLo);
    never = mpfr_greater_p(aLo, bHi);
    break;
  default:
    always = mpfr_equal_p(aLo, aHi) && mpfr_equal_p(bLo, bHi) &&
             mpfr_equal_p(aLo, bLo);
    never = mpfr_less_p(aHi, bLo) || mpfr_less_p(bHi, aLo);
    break;
  }
  mpfr_ptr lo = lower[index]->get(), hi = upper[index]->get();
  if (always || never) {
    unsigned taken = step.operands[always ? 2 : 3];
    if (visit(taken) != State::Defined)
      return State::Undefined;
    mpfr_set(lo, lower[taken]->get(), MPFR_RNDD);
    mpfr_set(hi, upper[taken]->get(), MPFR_RNDU);
    return State::Defined;
  }
  unsigned then = step.operands[2], otherwise = step.operands[3];
  if (visit(then) != State::Defined || visit(otherwise) != State::Defined)
    return State::Undefined;
  mpfr_min(lo, lower[then]->get(), lower[otherwise]->get(), MPFR_RNDD);
  mpfr_max(hi, upper[then]->get(), upper[otherwise]->get(), MPFR_RNDU);
  return State::Defined;
}

} // namespace act

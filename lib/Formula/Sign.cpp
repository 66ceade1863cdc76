//===- Sign.cpp - The sign of a formula on a box --------------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sign.h"
#include "act/Formula/Canonical.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace act {

Sign signOf(Interval enclosure) {
  if (enclosure.lo > 0)
    return Sign::Positive;
  if (enclosure.hi < 0)
    return Sign::Negative;
  if (enclosure.isPoint())
    return Sign::Zero;
  if (enclosure.lo == 0)
    return Sign::NonNegative;
  return enclosure.hi == 0 ? Sign::NonPositive : Sign::Unknown;
}

/// The image of `x` under one primitive.
static Interval image(Primitive primitive, Interval x) {
  return enclose(Expression::apply(primitive, {Expression::variable(0)}), {x});
}

static Interval squared(Interval x) {
  Interval magnitude = image(Primitive::Abs, x);
  return magnitude * magnitude;
}

//===----------------------------------------------------------------------===//
// Bounds of what remains of a primitive without its exponential
//===----------------------------------------------------------------------===//

/// exp(v^2) erfc(v) for v >= 0, by Abramowitz and Stegun 7.1.13:
/// 2/sqrt(pi) / (v + sqrt(v^2 + c)) with c between 4/pi and 2.
static Interval scaledErfc(Interval v) {
  static const Interval pi = enclose(Expression::pi(), {});
  static const Interval scale = 2.0 / image(Primitive::Sqrt, pi);
  Interval c((4.0 / pi).lo, 2.0);
  return scale / (v + image(Primitive::Sqrt, squared(v) + c));
}

/// softplus(u) exp(-u) = log1p(t)/t with t = exp(u): 2/(2+t) <= . <= 1.
static Interval scaledSoftplus(Interval u) {
  Interval t = image(Primitive::Exp, u);
  return {(2.0 / (2.0 + t)).lo, 1.0};
}

/// f(w)/w for |w| <= 1/2 and a function with f(0) = 0 and a slope at 0; whole
/// line for others. The Taylor series of tanh, atan, erf and sin alternate
/// there, with no cubic term larger than w^3/3.
static Interval secantSlope(Primitive primitive, Interval w) {
  static const Interval erfSlope =
      2.0 / image(Primitive::Sqrt, enclose(Expression::pi(), {}));
  Interval concave(1.0 - (squared(w) / 3.0).hi, 1.0);
  switch (primitive) {
  case Primitive::Tanh:
  case Primitive::Atan:
  case Primitive::Sin:
    return concave;
  case Primitive::Erf:
    return erfSlope * concave;
  case Primitive::Expm1: // between 1 and exp(w)
    return hull(1.0, image(Primitive::Exp, w));
  case Primitive::Log1p: // between 1 and 1/(1+w)
    return hull(1.0, 1.0 / (1.0 + w));
  default:
    return Interval();
  }
}

//===----------------------------------------------------------------------===//
// Exponents
//===----------------------------------------------------------------------===//

static Sum difference(const Sum &a, const Sum &b) {
  Sum result = a;
  for (const Term &term : b)
    addTerm(result, -term.coefficient, term.rest);
  return result;
}

static Sum together(const Sum &a, const Sum &b) {
  Sum result = a;
  for (const Term &term : b)
    addTerm(result, term.coefficient, term.rest);
  return result;
}

static Interval encloseSum(const Sum &sum, Interval box) {
  Interval total = 0.0;
  for (const Term &term : sum)
    total = total + term.coefficient.enclosure() * enclose(term.rest, {box});
  return total;
}

//===----------------------------------------------------------------------===//
// SignReader
//===----------------------------------------------------------------------===//

/// The exponent with which `e` decays where it does.
static Sum decayOf(Expression e) {
  switch (e.primitive()) {
  case Primitive::Exp:
  case Primitive::Sigmoid:
  case Primitive::Softplus:
    return readSum(canonicalize(e.operand(0)));
  case Primitive::Erfc:
    return readSum(canonicalize(-(e.operand(0) * e.operand(0))));
  default:
    return {};
  }
}

SignReader::SignReader(Expression expression) : expression(expression) {
  std::unordered_map<Expression, unsigned, ExpressionHash> index;
  for (Expression e : expression.postorder()) {
    Step step{e, {0, 0}, decayOf(e)};
    for (unsigned i = 0; i < std::min(e.numOperands(), 2u); ++i)
      step.operands[i] = index.at(e.operand(i));
    decays |= !step.decay.empty();
    index.emplace(e, steps.size());
    steps.push_back(step);
  }
}

/// An upper bound of ln x, a bit's worth above it at most.
static double logarithmAbove(double x) {
  if (x == 0.0 || std::isinf(x))
    return x == 0.0 ? -std::numeric_limits<double>::infinity() : x;
  // x < 2^k, and 0.69314 < ln 2 < 0.69315.
  int k = std::ilogb(x) + 1;
  return k * (k > 0 ? 0.69315 : 0.69314);
}

SignReader::Scaled::Scaled(Sum exponent, Interval factor, Interval plain)
    : exponent(std::move(exponent)), factor(factor),
      logarithm(logarithmAbove(factor.magnitude())), plain(plain) {}

/// exp(gap) * b.factor, also where the factor overflows.
static Interval lowered(Interval gap, Interval factor, double logarithm) {
  Interval product = image(Primitive::Exp, gap) * factor;
  double bound =
      image(Primitive::Exp, Interval(gap.hi) + Interval(logarithm)).hi;
  return intersect(product, {-bound, bound});
}

/// a + b under the exponent of the one that is not far below the other.
SignReader::Scaled SignReader::add(const Scaled &a, const Scaled &b,
                                   Interval box) {
  Interval plain = a.plain + b.plain;
  if (a.factor == Interval(0.0))
    return {b.exponent, b.factor, plain};
  Sum apart = difference(b.exponent, a.exponent);
  Interval gap = encloseSum(apart, box);
  bool upper = gap.hi <= 1;
  if (!upper && gap.lo < -1)
    return Scaled(plain);
  const Scaled &high = upper ? a : b, &low = upper ? b : a;
  Interval factor =
      high.factor + lowered(upper ? gap : -gap, low.factor, low.logarithm);
  Scaled sum(high.exponent, factor, plain);
  // exp(gap) is at most e < 3, and ln(1 + 3) < 2.
  sum.logarithm =
      std::min(sum.logarithm, std::max(a.logarithm, b.logarithm) + 2);
  return sum;
}

SignReader::Scaled SignReader::multiply(const Scaled &a, const Scaled &b) {
  Scaled product(together(a.exponent, b.exponent), a.factor * b.factor,
                 a.plain * b.plain);
  product.logarithm = std::min(
      product.logarithm, (Interval(a.logarithm) + Interval(b.logarithm)).hi);
  return product;
}

SignReader::Scaled SignReader::divide(const Scaled &a, const Scaled &b) {
  Scaled quotient(difference(a.exponent, b.exponent), a.factor / b.factor,
                  a.plain / b.plain);
  if (Interval inverse = 1.0 / b.factor; inverse.isBounded())
    quotient.logarithm = std::min(
        quotient.logarithm,
        (Interval(a.logarithm) + logarithmAbove(inverse.magnitude())).hi);
  return quotient;
}

SignReader::Scaled SignReader::evaluateUnary(const Step &step,
                                             const Scaled &u) {
  Primitive primitive = step.node.primitive();
  Interval plain = image(primitive, u.plain);
  switch (primitive) {
  case Primitive::Neg:
    return {u.exponent, -u.factor, plain};
  case Primitive::Exp:
    return {step.decay, 1.0, plain};
  case Primitive::Sigmoid:
    if (u.plain.hi <= 0)
      return {step.decay, image(Primitive::Sigmoid, -u.plain), plain};
    break;
  case Primitive::Softplus:
    if (u.plain.hi <= 0)
      return {step.decay, scaledSoftplus(u.plain), plain};
    break;
  case Primitive::Erfc:
    if (u.plain.lo >= 0)
      return {step.decay, scaledErfc(u.plain), plain};
    break;
  default:
    if (!u.exponent.empty() && u.plain.magnitude() <= 0.5)
      if (Interval ratio = secantSlope(primitive, u.plain); ratio.isBounded())
        return {u.exponent, u.factor * ratio, plain};
    break;
  }
  return Scaled(plain);
}

SignReader::Scaled SignReader::evaluate(const Step &step,
                                        const std::vector<Scaled> &values,
                                        Interval box) const {
  if (step.node.numOperands() == 1)
    return evaluateUnary(step, values[step.operands[0]]);
  const Scaled &a = values[step.operands[0]], &b = values[step.operands[1]];
  switch (step.node.primitive()) {
  case Primitive::Add:
    return add(a, b, box);
  case Primitive::Sub:
    return add(a, {b.exponent, -b.factor, -b.plain}, box);
  case Primitive::Mul: {
    Scaled product = multiply(a, b);
    if (step.operands[0] == step.operands[1]) {
      product.factor = squared(a.factor);
      product.plain = squared(a.plain);
    }
    return product;
  }
  case Primitive::Div:
    return divide(a, b);
  default: // leaves and branches
    return Scaled(enclose(step.node, {box}));
  }
}

SignReader::Scaled SignReader::evaluate(Interval box) const {
  std::vector<Scaled> values;
  values.reserve(steps.size());
  for (const Step &step : steps)
    values.push_back(evaluate(step, values, box));
  return values.back();
}

/// The part of `box` where there are doubles.
static Interval finitePart(Interval box) {
  constexpr double largest = std::numeric_limits<double>::max();
  return intersect(box, {-largest, largest});
}

Sign SignReader::on(Interval box) const {
  box = finitePart(box);
  Sign plain = signOf(enclose(expression, {box}));
  if (isStrict(plain) || plain == Sign::Zero || !decays)
    return plain;
  Sign scaled = signOf(evaluate(box).factor);
  return scaled == Sign::Unknown ? plain : scaled;
}

Interval SignReader::enclosure(Interval box) const {
  box = finitePart(box);
  Interval plain = enclose(expression, {box});
  if (!decays)
    return plain;
  Scaled value = evaluate(box);
  return intersect(plain, lowered(encloseSum(value.exponent, box), value.factor,
                                  value.logarithm));
}

} // namespace act

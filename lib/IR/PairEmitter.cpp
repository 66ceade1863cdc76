//===- PairEmitter.cpp - A formula in f64, rounded once -------------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PairEmitter.h"
#include "PairSeries.h"
#include "SignsOfZeros.h"
#include "act/Formula/ExactValue.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/Support/ErrorHandling.h"
#include <cmath>

using namespace mlir;

namespace act {

using arith::CmpFPredicate;

PairEmitter::PairEmitter(OpBuilder &builder, Location loc, ValueRange variables,
                         const LimitsAtInfinity &limits, bool fused)
    : builder(builder), loc(loc), variables(variables), limits(limits),
      pairs(builder, loc, variables.front().getType(), fused) {}

Value PairEmitter::emit(Expression e) {
  if (variables.size() > 1)
    collectFactors(e);
  Pair result = pairOf(e);
  if (e.numVariables() == 1 && variables.size() == 1)
    for (const RootSeries &root : seriesAtRoots(e))
      result = besideRoot(root, result);
  return pairs.round(result);
}

Pair PairEmitter::besideRoot(const RootSeries &root, Pair elsewhere) {
  Pair distance =
      pairs.add(pairs.exactSum(variables.front(), pairs.constant(-root.hi)),
                Pair{pairs.constant(-root.lo)});
  Value t = pairs.mul(distance.hi, pairs.constant(1.0 / root.width));
  Value rest = pairs.mul(t, pairs.polynomial(t, root.series.rest));
  Pair slope = pairs.addSmaller({pairs.constant(root.series.firstHi),
                                 pairs.constant(root.series.firstLo)},
                                {rest});
  Value isBeside = pairs.compare(CmpFPredicate::OLT, pairs.abs(distance.hi),
                                 pairs.constant(root.width));
  return pairs.select(isBeside, pairs.multiply(distance, slope), elsewhere);
}

Pair PairEmitter::pairOf(Expression e) {
  if (auto known = memo.find(e.id()); known != memo.end())
    return known->second;
  Pair value = e.numVariables() == 0 ? pairs.closed(e) : node(e);
  for (const LimitsAtInfinity::Fix &fix : limits.fixesOf(e)) {
    Value isEnd = pairs.compare(CmpFPredicate::OEQ, variables[fix.variable],
                                pairs.constant(fix.end));
    value = pairs.select(isEnd, Pair{pairs.constant(fix.limit)}, value);
  }
  memo[e.id()] = value;
  return value;
}

/// Whether multiples of the closed `e` are exact only as quotients: a/b.
static bool isQuotientOfConstants(Expression e) {
  return e.primitive() == Primitive::Div && e.operand(0).isConstant() &&
         e.operand(1).isConstant();
}

/// (a/b) u + d is exactly zero where it should be: x/6 + 1/2 at -3. And c x,
/// where it underflows beside another zero, keeps its sign.
Pair PairEmitter::sum(Expression e) {
  for (unsigned i : {0u, 1u}) {
    Expression term = e.operand(i), other = e.operand(1 - i);
    if (term.primitive() != Primitive::Mul ||
        term.operand(0).numVariables() > 0)
      continue;
    if (other.numVariables() > 0 && term.operand(1).isVariable()) {
      Pair linear = pairOf(term), result = pairs.add(linear, pairOf(other));
      Value isZero =
          pairs.compare(CmpFPredicate::OEQ, result.hi, pairs.constant(0.0));
      Value isLinearZero =
          pairs.compare(CmpFPredicate::OEQ, linear.hi, pairs.constant(0.0));
      Value both = arith::AndIOp::create(builder, loc, isZero, isLinearZero);
      return {pairs.select(both, linear.hi, result.hi), result.lo};
    }
    if (other.numVariables() > 0 || !isQuotientOfConstants(term.operand(0)))
      continue;
    Expression ratio = term.operand(0);
    Pair multiple =
        pairs.multiply(pairOf(term.operand(1)), pairs.closed(ratio.operand(0)));
    return pairs.add(
        pairs.divideByConstant(multiple, ratio.operand(1).constant()),
        pairOf(other));
  }
  return pairs.add(pairOf(e.operand(0)), pairOf(e.operand(1)));
}

/// Finds the products of which the whole formula is one.
void PairEmitter::collectFactors(Expression e) {
  switch (e.primitive()) {
  case Primitive::Mul:
    if (!gatedProducts.insert(e.id()).second)
      return;
    [[fallthrough]];
  case Primitive::Neg:
  case Primitive::Min:
  case Primitive::Max:
    for (unsigned i = 0; i < e.numOperands(); ++i)
      collectFactors(e.operand(i));
    return;
  default:
    return;
  }
}

/// With an exponent, so that no product of factors underflows before another
/// variable makes it large again.
Pair PairEmitter::factor(Expression e) {
  Pair value = pairOf(e);
  if (value.exponent || e.numVariables() == 0)
    return value;
  return pairs.normalized(value);
}

Pair PairEmitter::product(Expression e) {
  if (gatedProducts.contains(e.id()))
    return pairs.multiply(factor(e.operand(0)), factor(e.operand(1)));
  for (unsigned i : {0u, 1u})
    if (e.operand(i).isPowerOfTwo())
      return pairs.scale(pairOf(e.operand(1 - i)),
                         pairs.constant(e.operand(i).constant()));
  return pairs.multiply(pairOf(e.operand(0)), pairOf(e.operand(1)));
}

/// The argument of a function that is the identity near 0: c f(u/c) is u where
/// u/c underflows.
Pair PairEmitter::argument(Expression e) {
  bool divides = e.primitive() == Primitive::Div;
  if (!divides && e.primitive() != Primitive::Mul)
    return pairOf(e);
  for (unsigned i : {0u, 1u}) {
    Expression c = e.operand(i), u = e.operand(1 - i);
    if (c.numVariables() > 0 || (divides && i == 0))
      continue;
    double factor =
        std::abs(exactValue(divides ? 1.0 / c : c, {}, Format::F64));
    Pair value = pairOf(u);
    if (factor < 0x1p-300 || factor >= 1.0 || value.exponent)
      break;
    value = pairs.raised(value);
    return divides ? pairs.divide(value, pairs.closed(c))
                   : pairs.multiply(value, pairs.closed(c));
  }
  return pairOf(e);
}

Pair PairEmitter::quotient(Expression e) {
  Expression divisor = e.operand(1);
  if (divisor.isPowerOfTwo())
    return pairs.scale(pairOf(e.operand(0)),
                       pairs.constant(1.0 / divisor.constant()));
  if (divisor.isConstant())
    return pairs.divideByConstant(pairOf(e.operand(0)), divisor.constant());
  if (divisor.numVariables() == 0)
    return pairs.multiply(pairOf(e.operand(0)), pairs.closed(1.0 / divisor));
  return pairs.divide(pairOf(e.operand(0)), pairOf(divisor));
}

Pair PairEmitter::difference(Expression e) {
  Expression a = e.operand(0), b = e.operand(1);
  if (b.primitive() == Primitive::Tanh && b.operand(0) == a)
    return pairs.tanhShrink(pairOf(a));
  if (a.primitive() == Primitive::Expm1 && a.operand(0) == b)
    return pairs.expm1Excess(pairOf(b));
  return pairs.add(pairOf(a), pairs.negate(pairOf(b)));
}

/// sqrt(u^2 + c) = sqrt((u/s)^2 + c/s^2) s, where a power of two s keeps the
/// square from overflow. Without c it is |u|.
Pair PairEmitter::root(Expression e) {
  Expression sum = e.operand(0);
  if (sum.primitive() == Primitive::Mul && sum.operand(0) == sum.operand(1))
    return pairs.magnitude(pairOf(sum.operand(0)));
  if (sum.primitive() == Primitive::Add)
    for (unsigned i : {0u, 1u}) {
      Expression square = sum.operand(i), rest = sum.operand(1 - i);
      if (square.primitive() != Primitive::Mul ||
          square.operand(0) != square.operand(1) || rest.numVariables() > 0)
        continue;
      Pair u = pairs.unscaled(pairOf(square.operand(0)));
      Value isLarge = pairs.compare(CmpFPredicate::OGT, pairs.abs(u.hi),
                                    pairs.constant(0x1p500));
      auto either = [&](double large) {
        return pairs.select(isLarge, pairs.constant(large),
                            pairs.constant(1.0));
      };
      u = pairs.scale(u, either(0x1p-600));
      Pair c = pairs.scale(pairOf(rest), either(0.0));
      Pair result = pairs.squareRoot(pairs.add(pairs.multiply(u, u), c));
      return pairs.scale(result, either(0x1p600));
    }
  return pairs.squareRoot(pairOf(sum));
}

/// min or max; NaN stays, and -0 is below 0.
Pair PairEmitter::extremum(Expression e) {
  bool isMax = e.primitive() == Primitive::Max;
  for (unsigned i : {0u, 1u})
    if (Pair u = pairOf(e.operand(i)), bound = pairOf(e.operand(1 - i));
        u.exponent && e.operand(1 - i).isConstant() &&
        !e.operand(1 - i).isConstant(0.0)) {
      // What underflows keeps its exponent, and is far from the bound.
      Pair value = pairs.unscaled(u);
      Value isBeyond = isMax ? pairs.less(value, bound, /*orUnordered=*/false)
                             : pairs.less(bound, value, /*orUnordered=*/false);
      return pairs.select(isBeyond, bound, u);
    }
  Pair a = pairs.unscaled(pairOf(e.operand(0)));
  Pair b = pairs.unscaled(pairOf(e.operand(1)));
  Pair result;
  if (isMax)
    result.hi = arith::MaximumFOp::create(builder, loc, a.hi, b.hi);
  else
    result.hi = arith::MinimumFOp::create(builder, loc, a.hi, b.hi);
  if (!a.lo && !b.lo)
    return result;
  Value takesA = isMax ? pairs.less(b, a, /*orUnordered=*/false)
                       : pairs.less(a, b, /*orUnordered=*/false);
  result.lo = pairs.select(takesA, a.lo ? a.lo : pairs.constant(0.0),
                           b.lo ? b.lo : pairs.constant(0.0));
  return result;
}

/// NaN takes the side that depends on a variable, and so stays NaN; beside two
/// constants it is a third case.
Pair PairEmitter::where(Expression e) {
  bool thenKeepsNaN = e.operand(2).numVariables() > 0;
  Pair a = pairs.unscaled(pairOf(e.operand(0)));
  Pair b = pairs.unscaled(pairOf(e.operand(1)));
  Value holds;
  ZeroSides sides = zeroSidesOf(e);
  Primitive comparison = e.primitive();
  if (sides == ZeroSides::Swapped)
    comparison = comparison == Primitive::WhereLess ? Primitive::WhereLessEqual
                                                    : Primitive::WhereLess;
  switch (comparison) {
  case Primitive::WhereLess:
    holds = pairs.less(a, b, thenKeepsNaN);
    break;
  case Primitive::WhereLessEqual: {
    // Not b < a.
    Value one = arith::ConstantOp::create(
        builder, loc, builder.getOneAttr(pairs.less(a, b, false).getType()));
    holds = arith::XOrIOp::create(builder, loc, pairs.less(b, a, !thenKeepsNaN),
                                  one);
    break;
  }
  default:
    holds = pairs.equal(a, b, thenKeepsNaN);
    break;
  }
  if (sides == ZeroSides::BySign) {
    bool isLeft = e.operand(0).isVariable();
    holds = hasSign(builder, loc, isLeft ? a.hi : b.hi, /*isNegative=*/isLeft);
  }
  Pair value = pairs.select(holds, pairOf(e.operand(2)), pairOf(e.operand(3)));
  if (e.operand(2).numVariables() + e.operand(3).numVariables() > 0)
    return value;
  Value isNaN = pairs.compare(CmpFPredicate::UNO, a.hi, b.hi);
  return pairs.select(isNaN, Pair{pairs.constant(std::nan(""))}, value);
}

Pair PairEmitter::node(Expression e) {
  auto operand = [&](unsigned i) { return pairOf(e.operand(i)); };
  auto rounded = [&](unsigned i) { return pairs.round(operand(i)); };
  switch (e.primitive()) {
  case Primitive::Constant:
  case Primitive::Pi:
    return pairs.closed(e);
  case Primitive::Variable:
    return {variables[e.variableIndex()]};
  case Primitive::Neg:
    return pairs.negate(operand(0));
  case Primitive::Abs:
    return pairs.magnitude(operand(0));
  case Primitive::Sqrt:
    return root(e);
  case Primitive::Exp:
    return pairs.exp(operand(0));
  case Primitive::Expm1:
    return pairs.expm1(argument(e.operand(0)));
  case Primitive::Log:
    return pairs.log(operand(0));
  case Primitive::Log1p:
    return pairs.log1p(argument(e.operand(0)));
  case Primitive::Tanh:
    return pairs.tanh(argument(e.operand(0)));
  case Primitive::Erf:
    return pairs.erf(operand(0));
  case Primitive::Erfc:
    return pairs.erfc(operand(0));
  case Primitive::Sin:
    return {math::SinOp::create(builder, loc, rounded(0))};
  case Primitive::Cos:
    return {math::CosOp::create(builder, loc, rounded(0))};
  case Primitive::Atan:
    return {math::AtanOp::create(builder, loc, rounded(0))};
  case Primitive::Sigmoid:
    return pairs.sigmoid(operand(0));
  case Primitive::Softplus:
    return pairs.softplus(operand(0));
  case Primitive::Add:
    return sum(e);
  case Primitive::Sub:
    return difference(e);
  case Primitive::Mul:
    return product(e);
  case Primitive::Div:
    return quotient(e);
  case Primitive::Min:
  case Primitive::Max:
    return extremum(e);
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return where(e);
  }
  llvm_unreachable("unknown primitive");
}

} // namespace act

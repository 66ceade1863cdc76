//===- ElementFunction.cpp - What an op does to each element --------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "act/Analysis/ElementFunction.h"
#include "ExecutedError.h"
#include "act/Approx/Accuracy.h"
#include "act/Formula/Canonical.h"
#include "act/Formula/Definedness.h"
#include "act/Formula/Derivative.h"
#include "act/Formula/Profile.h"
#include "act/IR/FloatFormat.h"
#include "act/Relaxation/Homogeneity.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include <cmath>

using namespace mlir;

namespace act {

/// Builds the formula with its roundings beside the one without.
class ElementFunctionReader {
public:
  ElementFunctionReader(ElementFunction &function, Value root,
                        ValueRange leaves)
      : function(function), root(root), reals(leaves) {
    for (auto [index, leaf] : llvm::enumerate(leaves))
      known[leaf] = Expression::variable(index);
  }

  std::optional<Expression> read(Value value) {
    if (auto found = known.find(value); found != known.end()) {
      if (found->second)
        function.markRead(*found->second);
      return found->second;
    }
    // Whatever is longer is unknown: every step takes a rounding, and each of
    // these a walk through the formula.
    constexpr unsigned kMaxSteps = 64;
    if (known.size() >= kMaxSteps)
      return std::nullopt;
    known[value] = std::nullopt;
    std::optional<Expression> result;
    if (std::optional<double> constant = constantOf(value)) {
      if (!std::isnan(*constant))
        result = Expression(*constant);
    } else if (auto op = value.getDefiningOp<ScalarFunctionOpInterface>()) {
      SmallVector<std::optional<Expression>> operands;
      for (Value operand : op->getOperands())
        operands.push_back(read(operand));
      result = op.composeExpression(operands);
      if (result) {
        addPartialSteps(op, *result, operands);
        result = roundedResult(op, value, *result);
      }
    }
    known[value] = result;
    return result;
  }

private:
  /// Notes the steps of an op that are not defined for all `operands`. A
  /// function of one operand of this dialect has a value everywhere: its
  /// limits.
  void addPartialSteps(ScalarFunctionOpInterface op, Expression result,
                       ArrayRef<std::optional<Expression>> operands) {
    if (isa<ActivationOpInterface>(op.getOperation()) &&
        op->getNumOperands() == 1)
      return;
    llvm::DenseSet<const void *> seen;
    for (const std::optional<Expression> &operand : operands)
      if (operand)
        seen.insert(operand->id());
    SmallVector<Expression> stack{result};
    while (!stack.empty()) {
      Expression e = stack.pop_back_val();
      if (!seen.insert(e.id()).second)
        continue;
      function.addPartialStep(e, [&](Expression operand) {
        auto found = correctlyRounded.find(operand.id());
        return found == correctlyRounded.end() ? operand : found->second;
      });
      for (unsigned i = 0; i < e.numOperands(); ++i)
        stack.push_back(e.operand(i));
    }
  }

  static Interval boundsKeptBy(ScalarFunctionOpInterface op, Format format) {
    auto activation = dyn_cast<ActivationOpInterface>(op.getOperation());
    Interval bounds;
    if (!activation || activation.getExpression().numVariables() != 1)
      return bounds;
    Interval values = range(activation.getExpression(), Interval());
    if (roundTo(values.lo, format) == values.lo)
      bounds.lo = values.lo;
    if (roundTo(values.hi, format) == values.hi)
      bounds.hi = values.hi;
    return bounds;
  }

  /// `exact` with the error that executing `op` adds.
  std::optional<Expression> roundedResult(ScalarFunctionOpInterface op,
                                          Value value, Expression exact) {
    double ulps = op.executedErrorInUlps();
    if (ulps == 0.0)
      return exact;
    std::optional<Format> format = formatOf(value.getType());
    if (!format || std::isinf(ulps))
      return std::nullopt;
    if (!llvm::is_contained(function.formats, *format))
      function.formats.push_back(*format);
    function.onlyRootRounds &= value == root;
    function.rootUlps = ulps;
    function.rootFormat = *format;
    // Its operands have a formula, and so has it.
    function.roundedValues.push_back(*reals.read(value));
    // An ulp is at most 2u of the value, and correct rounding at most u off.
    double relative = 2 * ulps * unitRoundoff(*format);
    double absolute = ulps * smallestSubnormal(*format);
    Expression d = fresh(Interval(-relative, relative));
    Expression h = fresh(Interval(-absolute, absolute));
    Expression result = exact * (1.0 + d) + h;
    if (ulps <= 0.5)
      correctlyRounded.try_emplace(result.id(), exact);
    // No less accurate code was seen to keep signs and bounds.
    if (value == root && ulps <= Accuracy::defaultFor(*format).bound) {
      function.beforeRoot = exact;
      function.rootBounds = boundsKeptBy(op, *format);
    }
    if (value != root)
      function.innerPeak =
          max(function.innerPeak, abs(result) / largestFinite(*format));
    return result;
  }

  Expression fresh(Interval range) {
    function.roundings.push_back(range);
    return Expression::variable(function.leaves + function.roundings.size() -
                                1);
  }

  ElementFunction &function;
  Value root;
  ScalarReader reals;
  llvm::DenseMap<Value, std::optional<Expression>> known;
  /// What is correctly rounded, before it is.
  llvm::DenseMap<const void *, Expression> correctlyRounded;
};

std::optional<ElementFunction> ElementFunction::read(Value root,
                                                     ValueRange leaves) {
  ElementFunction function(leaves.size());
  std::optional<Expression> exact = ScalarReader(leaves).read(root);
  if (!exact)
    return std::nullopt;
  function.exact = *exact;
  std::optional<Expression> rounded =
      ElementFunctionReader(function, root, leaves).read(root);
  // An unknown error leaves the executed program without a bound.
  function.rounded = rounded.value_or(0.0);
  if (!rounded) {
    function.rootUlps = std::numeric_limits<double>::infinity();
    function.onlyRootRounds = true;
  }
  function.simplify();
  return function;
}

ElementFunction ElementFunction::unrounded(Expression formula,
                                           unsigned leaves) {
  ElementFunction function(leaves);
  function.exact = function.rounded = formula;
  for (Expression e : formula.postorder()) {
    function.markRead(e);
    function.addPartialStep(e, [](Expression operand) { return operand; });
  }
  function.simplify();
  return function;
}

void ElementFunction::simplify() {
  exact = canonicalize(exact);
  isLost = isRead;
  llvm::DenseMap<const void *, unsigned> occurrences;
  for (Expression e : exact.postorder()) {
    if (e.isVariable())
      isLost[e.variableIndex()] = false;
    for (unsigned i = 0; i < e.numOperands(); ++i)
      ++occurrences[e.operand(i).id()];
  }
  occursOnce = llvm::all_of(exact.postorder(), [&](Expression e) {
    return e.isConstant() || occurrences.lookup(e.id()) <= 1;
  });
}

void ElementFunction::addPartialStep(
    Expression e, llvm::function_ref<Expression(Expression)> beforeRounding) {
  Interval all;
  if (!act::mayBeUndefined(e.primitive(), all, all, /*infiniteEnds=*/true))
    return;
  bool isUnary = e.numOperands() == 1;
  // Rounding to nearest never leaves a domain, which ends at a number. Nor is
  // 0 times infinity a square.
  if (isUnary)
    partialSteps.push_back({e.primitive(), beforeRounding(e.operand(0)), 0.0});
  else if (e.primitive() != Primitive::Mul || e.operand(0) != e.operand(1))
    partialSteps.push_back({e.primitive(), e.operand(0), e.operand(1)});
}

void ElementFunction::markRead(Expression e) {
  if (e.isVariable() && e.variableIndex() < leaves)
    isRead[e.variableIndex()] = true;
}

/// With one of `values` in the place of each leaf.
ElementFunction
ElementFunction::substitute(std::vector<Expression> values) const {
  ElementFunction result = *this;
  result.exact = exact.substitute(values);
  // Roundings are numbered right after the leaves.
  for (unsigned i = 0; i < roundings.size(); ++i)
    values.push_back(Expression::variable(leaves + i));
  for (Step &step : result.partialSteps)
    step = {step.primitive, step.first.substitute(values),
            step.second.substitute(values)};
  result.rounded = rounded.substitute(values);
  if (beforeRoot)
    result.beforeRoot = beforeRoot->substitute(values);
  result.innerPeak = innerPeak.substitute(values);
  for (Expression &each : result.roundedValues)
    each = each.substitute(values);
  return result;
}

ElementFunction
ElementFunction::bind(ArrayRef<std::optional<double>> numbers) const {
  std::vector<Expression> values;
  for (auto [index, number] : llvm::enumerate(numbers.take_front(leaves)))
    values.push_back(number && !std::isinf(*number)
                         ? Expression(*number)
                         : Expression::variable(index));
  ElementFunction bound = substitute(std::move(values));
  bound.simplify();
  return bound;
}

ElementFunction ElementFunction::identify(ArrayRef<unsigned> sameAs) const {
  std::vector<Expression> values;
  for (unsigned leaf = 0; leaf < leaves; ++leaf)
    values.push_back(Expression::variable(sameAs[leaf]));
  ElementFunction result = substitute(std::move(values));
  for (unsigned leaf = 0; leaf < leaves; ++leaf)
    if (sameAs[leaf] != leaf && isRead[leaf]) {
      result.isRead[sameAs[leaf]] = true;
      result.isRead[leaf] = false;
    }
  result.sensitivities.clear();
  result.simplify();
  return result;
}

Interval ElementFunction::exactRange(const std::vector<Interval> &box) const {
  // Bisection over several variables is too slow for every element.
  bool oneVariable = exact.numVariables() <= 1;
  if (occursOnce || !oneVariable)
    return enclose(exact, box);
  return range(exact, box);
}

bool ElementFunction::mayBeNaN(const std::vector<Interval> &box) const {
  bool anyUnbounded = false;
  for (unsigned leaf = 0; leaf < leaves; ++leaf) {
    bool isUnbounded = !box[leaf].isBounded();
    if (isLost[leaf] && isUnbounded)
      return true;
    anyUnbounded |= isUnbounded;
  }
  // From here on all values on the way are finite.
  return enclose(innerPeak, box).hi > 1.0 || mayBeUndefined(box, anyUnbounded);
}

bool ElementFunction::mayBeUndefined(const std::vector<Interval> &box,
                                     bool infiniteEnds) const {
  return llvm::any_of(partialSteps, [&](const Step &step) {
    Interval all;
    return act::mayBeUndefined(step.primitive, all, all, infiniteEnds) &&
           act::mayBeUndefined(step.primitive, enclose(step.first, box),
                               enclose(step.second, box), infiniteEnds);
  });
}

Element ElementFunction::evaluate(ArrayRef<Interval> leafBox,
                                  Semantics semantics) const {
  leafBox = leafBox.take_front(leaves);
  std::vector<Interval> box(leafBox.begin(), leafBox.end());
  if (semantics == Semantics::Real) {
    box.resize(leaves + roundings.size(), Interval(0.0));
    return {exactRange(box), false, mayBeUndefined(box, false)};
  }
  box.insert(box.end(), roundings.begin(), roundings.end());
  if (mayBeNaN(box))
    return Element::unknown();
  // Zeros have a sign, of which intervals know nothing: 1 / -0 is -inf.
  if (llvm::any_of(partialSteps, [&](const Step &step) {
        return step.primitive == Primitive::Div &&
               enclose(step.second, box).contains(0.0);
      }))
    return onlyRootRounds ? Element() : Element::unknown();
  if (onlyRootRounds)
    return {
        intersect(executed(exactRange(box), rootUlps, rootFormat), rootBounds)};
  Interval result = enclose(rounded, box);
  result = intersect(result, rootBounds);
  // No result has the wrong sign: a square is not below 0.
  if (beforeRoot && enclose(*beforeRoot, box).lo >= 0.0)
    result.lo = std::max(result.lo, 0.0);
  if (beforeRoot && enclose(*beforeRoot, box).hi <= 0.0)
    result.hi = std::min(result.hi, 0.0);
  double largest = largestFinite(rootFormat);
  // Beyond the format the value is infinite.
  return {Interval(result.lo < -largest ? -HUGE_VAL : result.lo,
                   result.hi > largest ? HUGE_VAL : result.hi)};
}

/// Fails where a comparison that takes a jump reads a rounded value.
bool ElementFunction::findSensitivities() const {
  if (!sensitivities.empty())
    return true;
  for (Expression e : rounded.postorder())
    if (isDecision(e.primitive()) && e.numOperands() == 4 &&
        std::max(e.operand(0).numVariables(), e.operand(1).numVariables()) >
            leaves)
      return false;
  for (unsigned i = 0; i < roundings.size(); ++i)
    sensitivities.push_back(canonicalize(differentiate(rounded, leaves + i)));
  return true;
}

bool ElementFunction::errorScales(const std::vector<bool> &isVariable) const {
  return llvm::all_of(roundedValues, [&](Expression each) {
    return isHomogeneous(each, isVariable);
  });
}

double ElementFunction::executionError(ArrayRef<Interval> leafBox) const {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  if (std::isinf(rootUlps))
    return kUnbounded;
  leafBox = leafBox.take_front(leaves);
  std::vector<Interval> box(leafBox.begin(), leafBox.end());
  box.insert(box.end(), roundings.begin(), roundings.end());
  if (mayBeNaN(box))
    return kUnbounded;
  if (onlyRootRounds) {
    // The result may have the next larger ulp than the exact value.
    double most = exactRange(box).magnitude();
    return rootUlps == 0.0 ? 0.0 : 2 * rootUlps * ulp(most, rootFormat);
  }
  if (!findSensitivities())
    return kUnbounded;
  // By the mean value theorem along the line from no roundings to these.
  double error = 0.0;
  for (auto [sensitivity, rounding] : llvm::zip(sensitivities, roundings))
    error = roundedUp(error + roundedUp(enclose(sensitivity, box).magnitude() *
                                        rounding.magnitude()));
  return error;
}

} // namespace act

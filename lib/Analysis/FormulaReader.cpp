//===- FormulaReader.cpp - A formula as nodes of a network ----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only the last node is off by what the execution rounds, all of it: those
// before it are the parts of the formula over the reals.
//
//===----------------------------------------------------------------------===//

#include "FormulaReader.h"
#include "act/Formula/Canonical.h"

using namespace mlir;

namespace act {

NetworkReader::FormulaReader::FormulaReader(NetworkReader &reader,
                                            const ElementFunction &term,
                                            unsigned inputs, size_t places,
                                            EntryAt entryAt)
    : reader(reader), term(term), places(places), entryAt(entryAt),
      isVariable(inputs, false), entries(inputs), box(inputs) {}

bool NetworkReader::FormulaReader::Values::isBounded() const {
  return llvm::all_of(range, [](Interval each) { return each.isBounded(); });
}

bool NetworkReader::FormulaReader::Values::allErrorsScale() const {
  return llvm::all_of(errorScales, [](bool each) { return each; });
}

SumError NetworkReader::FormulaReader::Values::errorAt(size_t place) const {
  SumError result;
  (errorScales[place] ? result.scaling : result.fixed) = error[place];
  return result;
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// What is read at `place`; false if that is neither number nor node.
bool NetworkReader::FormulaReader::readEntries(size_t place) {
  for (size_t input = 0; input < entries.size(); ++input) {
    if (!term.uses(input))
      continue;
    Entry entry = entryAt(input, place);
    entries[input] = entry;
    if (entry.kind == Entry::Open || entry.kind == Entry::Infinity)
      return false;
    box[input] = entry.kind == Entry::Number
                     ? Interval(entry.number)
                     : reader.net[entry.node].range[entry.element];
  }
  return true;
}

bool NetworkReader::FormulaReader::findVariables() {
  for (size_t place = 0; place < places; ++place) {
    if (!readEntries(place))
      return false;
    for (size_t input = 0; input < entries.size(); ++input)
      if (term.uses(input) && entries[input].kind == Entry::OfNode)
        isVariable[input] = true;
  }
  return true;
}

bool NetworkReader::FormulaReader::containsVariable(Expression formula) const {
  return llvm::any_of(formula.postorder(), [&](Expression e) {
    return e.isVariable() && isVariable[e.variableIndex()];
  });
}

/// Where a formula lies at the place at hand.
Interval NetworkReader::FormulaReader::value(Expression formula) const {
  return enclose(formula, box);
}

NetworkReader::FormulaReader::Values
NetworkReader::FormulaReader::valuesOf(Expression formula) {
  Values values;
  values.error.assign(places, 0.0);
  values.errorScales.assign(places, true);
  for (size_t place = 0; place < places; ++place) {
    readEntries(place);
    values.range.push_back(value(formula));
  }
  return values;
}

/// Notes what the execution of the term rounds; false if nobody knows.
bool NetworkReader::FormulaReader::addErrors(Values &values) {
  values.error.assign(places, 0.0);
  values.errorScales.assign(places, true);
  if (reader.semantics == Semantics::Real)
    return true;
  bool scales = term.errorScales(isVariable);
  for (size_t place = 0; place < places; ++place) {
    readEntries(place);
    values.error[place] = term.executionError(box);
    values.errorScales[place] = scales && errorScales();
    if (std::isinf(values.error[place]))
      return false;
  }
  return true;
}

/// Whether, at the place at hand, no variable of the term is a number.
bool NetworkReader::FormulaReader::errorScales() const {
  for (size_t input = 0; input < entries.size(); ++input)
    if (term.uses(input) && isVariable[input] &&
        entries[input].kind != Entry::OfNode)
      return false;
  return true;
}

std::optional<std::vector<Interval>>
NetworkReader::FormulaReader::executedRanges() {
  std::vector<Interval> ranges;
  for (size_t place = 0; place < places; ++place) {
    if (!readEntries(place))
      return std::nullopt;
    ranges.push_back(term.evaluate(box, reader.semantics).range);
  }
  return ranges;
}

//===----------------------------------------------------------------------===//
// Taking apart
//===----------------------------------------------------------------------===//

std::optional<unsigned>
NetworkReader::FormulaReader::read(ArrayRef<Interval> range) {
  Values values;
  values.range.assign(range.begin(), range.end());
  if (!findVariables() || !addErrors(values))
    return std::nullopt;
  return read(term.formula(), values);
}

/// The node of a part of the formula.
std::optional<unsigned>
NetworkReader::FormulaReader::nodeOf(Expression formula) {
  if (auto found = known.find(formula); found != known.end())
    return found->second;
  std::optional<unsigned> node = read(formula, valuesOf(formula));
  known.emplace(formula, node);
  return node;
}

std::optional<unsigned>
NetworkReader::FormulaReader::read(Expression formula, const Values &values) {
  if (!values.isBounded() || reader.isTooLarge(places))
    return std::nullopt;
  if (std::optional<AffineForm> form = affineForm(formula, isVariable))
    return readAffine(*form, values);
  if (std::optional<Composition> split = splitAffine(formula, isVariable))
    if (auto node = apply(split->outer, split->inner, values))
      return node;
  return readParts(formula, values);
}

std::optional<unsigned>
NetworkReader::FormulaReader::readAffine(const AffineForm &form,
                                         const Values &values) {
  RowBuilder rows(reader.net);
  for (size_t place = 0; place < places; ++place) {
    readEntries(place);
    rows.addConstant(value(form.constant));
    for (auto [input, factor] : llvm::enumerate(form.factors)) {
      if (!factor)
        continue;
      const Entry &entry = entries[input];
      if (entry.kind == Entry::OfNode)
        rows.add(entry.node, entry.element, value(*factor));
      else
        rows.addConstant(value(*factor) * Interval(entry.number));
    }
    rows.endRow(values.errorAt(place));
  }
  return reader.addRows(rows, values.range);
}

/// A function of variable 0 that may be continuous only where it is needed.
static std::shared_ptr<const FunctionRelaxation>
relaxationOn(Expression function, Interval range) {
  auto everywhere = FunctionRelaxation::of(function);
  if (everywhere)
    return everywhere;
  Expression within = clip(Expression::variable(0), range.lo, range.hi);
  return FunctionRelaxation::of(function.substitute({within}));
}

/// `function` of variable 0 at `inner`.
std::optional<unsigned>
NetworkReader::FormulaReader::apply(Expression function, Expression inner,
                                    const Values &values) {
  std::optional<unsigned> operand = nodeOf(inner);
  if (!operand)
    return std::nullopt;
  Interval all = reader.net[*operand].range.front();
  for (Interval each : reader.net[*operand].range)
    all = hull(all, each);
  auto relaxation = relaxationOn(function, all);
  if (!relaxation)
    return std::nullopt;
  return reader.addFunction(*operand, std::move(relaxation), values.range,
                            values.error, values.allErrorsScale());
}

/// An input in which the formula is affine, best one of which it is a multiple.
std::optional<NetworkReader::FormulaReader::Elimination>
NetworkReader::FormulaReader::findElimination(Expression formula) const {
  std::optional<Elimination> result;
  std::vector<bool> isFree(isVariable.size(), false);
  for (unsigned input = 0; input < isVariable.size(); ++input) {
    if (result && !containsVariable(result->constant))
      return result;
    isFree[input] = true;
    std::optional<AffineForm> form = affineForm(formula, isFree);
    isFree[input] = false;
    if (!form || !form->factors[input] ||
        (result && containsVariable(form->constant)))
      continue;
    result = {input, canonicalize(*form->factors[input]),
              canonicalize(form->constant)};
  }
  return result;
}

/// By the operands of the last step, or of the part of one input.
std::optional<unsigned>
NetworkReader::FormulaReader::readParts(Expression formula,
                                        const Values &values) {
  if (std::optional<Elimination> part = findElimination(formula)) {
    Expression input = Expression::variable(part->input);
    Expression product = part->factor * input;
    if (!part->constant.isConstant(0.0))
      return readSum(product, part->constant, 1.0, values);
    if (!isVariable[part->input])
      return readScaled(part->factor, input, values);
    return readPair(MultivariateFunction::Product, part->factor, input, values);
  }
  auto operand = [&](unsigned i) { return formula.operand(i); };
  auto isNumber = [&](unsigned i) { return !containsVariable(operand(i)); };
  switch (formula.primitive()) {
  case Primitive::Neg:
    return readScaled(operand(0), -1.0, values);
  case Primitive::Add:
    return readSum(operand(0), operand(1), 1.0, values);
  case Primitive::Sub:
    return readSum(operand(0), operand(1), -1.0, values);
  case Primitive::Mul:
    if (isNumber(0))
      return readScaled(operand(1), operand(0), values);
    if (isNumber(1))
      return readScaled(operand(0), operand(1), values);
    return readPair(MultivariateFunction::Product, operand(0), operand(1),
                    values);
  case Primitive::Div: {
    Expression x = Expression::variable(0);
    if (operand(0).numVariables() == 0)
      return apply(operand(0) / x, operand(1), values);
    if (isNumber(1))
      return readScaled(operand(0), 1.0 / operand(1), values);
    return readPair(MultivariateFunction::Product, operand(0), 1.0 / operand(1),
                    values);
  }
  case Primitive::Max:
  case Primitive::Min: {
    bool isMaximum = formula.primitive() == Primitive::Max;
    Expression x = Expression::variable(0);
    for (unsigned i : {0, 1})
      if (operand(i).numVariables() == 0)
        return apply(isMaximum ? max(x, operand(i)) : min(x, operand(i)),
                     operand(1 - i), values);
    return readPair(isMaximum ? MultivariateFunction::Maximum
                              : MultivariateFunction::Minimum,
                    operand(0), operand(1), values);
  }
  case Primitive::Constant:
  case Primitive::Pi:
  case Primitive::Variable:
  case Primitive::WhereLess:
  case Primitive::WhereLessEqual:
  case Primitive::WhereEqual:
    return std::nullopt;
  default: // Functions of one operand.
    return apply(
        Expression::apply(formula.primitive(), {Expression::variable(0)}),
        operand(0), values);
  }
}

/// left + rightFactor * right.
std::optional<unsigned>
NetworkReader::FormulaReader::readSum(Expression left, Expression right,
                                      double rightFactor,
                                      const Values &values) {
  std::optional<unsigned> a = nodeOf(left), b = nodeOf(right);
  if (!a || !b)
    return std::nullopt;
  RowBuilder rows(reader.net);
  for (size_t place = 0; place < places; ++place) {
    rows.add(*a, place, Interval(1.0));
    rows.add(*b, place, Interval(rightFactor));
    rows.endRow(values.errorAt(place));
  }
  return reader.addRows(rows, values.range);
}

/// A part times a formula over numbers.
std::optional<unsigned>
NetworkReader::FormulaReader::readScaled(Expression formula, Expression factor,
                                         const Values &values) {
  std::optional<unsigned> node = nodeOf(formula);
  if (!node)
    return std::nullopt;
  RowBuilder rows(reader.net);
  for (size_t place = 0; place < places; ++place) {
    readEntries(place);
    Interval by = value(factor);
    if (!by.isBounded())
      return std::nullopt;
    rows.add(*node, place, by);
    rows.endRow(values.errorAt(place));
  }
  return reader.addRows(rows, values.range);
}

/// The elements that a part is at all places.
std::optional<std::vector<OperandLists::Operand>>
NetworkReader::FormulaReader::operandsOf(Expression formula) {
  std::vector<Operand> operands;
  if (formula.isVariable()) {
    for (size_t place = 0; place < places; ++place) {
      readEntries(place);
      const Entry &entry = entries[formula.variableIndex()];
      if (entry.kind == Entry::OfNode)
        operands.push_back({entry.node, entry.element});
    }
    if (operands.size() == places)
      return operands;
    operands.clear();
  }
  std::optional<unsigned> node = nodeOf(formula);
  if (!node)
    return std::nullopt;
  for (unsigned place = 0; place < places; ++place)
    operands.push_back({*node, place});
  return operands;
}

std::optional<unsigned>
NetworkReader::FormulaReader::readPair(MultivariateFunction function,
                                       Expression left, Expression right,
                                       const Values &values) {
  auto a = operandsOf(left), b = operandsOf(right);
  if (!a || !b)
    return std::nullopt;
  OperandLists operands;
  for (size_t place = 0; place < places; ++place) {
    operands.add((*a)[place]);
    operands.add((*b)[place]);
    operands.endList();
  }
  return reader.addMultivariate(function, std::move(operands), values.range,
                                values.error, values.allErrorsScale());
}

} // namespace act

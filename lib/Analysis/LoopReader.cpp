//===- LoopReader.cpp - A loop nest as nodes of a network -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopReader.h"
#include "ExecutedError.h"

using namespace mlir;

namespace act {

NetworkReader::LoopReader::LoopReader(NetworkReader &reader,
                                      const TaggedOperands &tags,
                                      const LoopNest &first,
                                      const LoopNest &second,
                                      ArrayRef<Interval> range)
    : reader(reader), tags(tags), first(first), second(second), range(range) {}

std::optional<unsigned> NetworkReader::LoopReader::read() {
  if (!first.term || first.endless || !isBatched(first) || !findElements())
    return std::nullopt;
  switch (first.reduction) {
  case Reduction::None:
    return readElementwise();
  case Reduction::Sum:
    return readSum();
  case Reduction::Maximum:
  case Reduction::Minimum:
    return std::nullopt;
  }
  llvm_unreachable("unknown reduction");
}

/// Fails where an element is not computed exactly once.
bool NetworkReader::LoopReader::findElements() {
  for (const LoopAccess &input : first.inputs) {
    outer.push_back(offsetsOver(first, input, false));
    inner.push_back(offsetsOver(first, input, true));
  }
  outer.push_back(offsetsOver(first, first.output, false));
  inner.push_back({0});
  if (outer.back().size() != range.size())
    return false;
  iterationOf.assign(range.size(), range.size());
  for (auto [iteration, offset] : llvm::enumerate(outer.back())) {
    int64_t element = first.output.offset + offset;
    if (element < 0 || element >= int64_t(range.size()) ||
        iterationOf[element] != range.size())
      return false;
    iterationOf[element] = iteration;
  }
  return true;
}

Entry NetworkReader::LoopReader::entryAt(unsigned input, int64_t offset) const {
  bool isOutput = input == first.inputs.size();
  const LoopAccess &a = isOutput ? first.output : first.inputs[input];
  const LoopAccess &b = isOutput ? second.output : second.inputs[input];
  return tags.decode(a.bounds[a.offset + offset], b.bounds[b.offset + offset]);
}

Entry NetworkReader::LoopReader::entryOf(unsigned input, size_t element,
                                         size_t step) const {
  return entryAt(input,
                 outer[input][iterationOf[element]] + inner[input][step]);
}

//===----------------------------------------------------------------------===//
// Sums of products
//===----------------------------------------------------------------------===//

bool NetworkReader::LoopReader::addProduct(const Entry &a, const Entry &b,
                                           RowBuilder &rows) const {
  if (a.kind == Entry::Open || b.kind == Entry::Open)
    return false;
  if (a.kind == Entry::Number && b.kind == Entry::Number) {
    rows.addConstant(a.number * b.number);
    return true;
  }
  if (a.kind == b.kind)
    return false;
  const Entry &number = a.kind == Entry::Number ? a : b;
  const Entry &element = a.kind == Entry::Number ? b : a;
  rows.add(element.node, element.element, number.number);
  return true;
}

std::optional<unsigned> NetworkReader::LoopReader::readSum() {
  Expression formula = first.term->formula();
  bool isProduct = formula.primitive() == Primitive::Mul &&
                   formula.operand(0).isVariable() &&
                   formula.operand(1).isVariable();
  // Products that are rounded count as steps of the sum.
  bool exactTerms =
      reader.semantics == Semantics::Real || first.term->roundsOnce();
  size_t steps = inner.front().size();
  if ((!isProduct && !formula.isVariable()) || !exactTerms ||
      reader.isTooLarge(steps * range.size()))
    return std::nullopt;
  Expression left = isProduct ? formula.operand(0) : formula;
  RowBuilder rows(reader.net);
  Entry one;
  one.kind = Entry::Number;
  one.number = Interval(1.0);
  for (size_t element = 0; element < range.size(); ++element) {
    if (!addProduct(entryOf(first.inputs.size(), element, 0), one, rows))
      return std::nullopt;
    for (size_t step = 0; step < steps; ++step) {
      Entry a = entryOf(left.variableIndex(), element, step);
      Entry b = isProduct
                    ? entryOf(formula.operand(1).variableIndex(), element, step)
                    : one;
      if (!addProduct(a, b, rows))
        return std::nullopt;
    }
    SumError error;
    if (reader.semantics == Semantics::Ieee && rows.numTerms() > 0) {
      if (std::isinf(
              summationError(rows.numTerms(), rows.magnitude(), first.format)))
        return std::nullopt;
      error = summationError(rows.numTerms(), first.format);
    }
    rows.endRow(error);
  }
  return reader.addRows(rows, range);
}

//===----------------------------------------------------------------------===//
// Elementwise functions
//===----------------------------------------------------------------------===//

/// Inputs that are one number become part of the formula.
void NetworkReader::LoopReader::bindNumbers() {
  SmallVector<std::optional<double>> numbers;
  for (auto [a, b] : llvm::zip(first.inputs, second.inputs)) {
    std::optional<double> x = a.bounds.asNumber(), y = b.bounds.asNumber();
    numbers.push_back(x == y ? x : std::nullopt);
  }
  numbers.push_back(std::nullopt);
  term = first.term->bind(numbers);
}

/// What is read at `element`; false if that is neither number nor node.
bool NetworkReader::LoopReader::readEntries(size_t element) {
  for (size_t input = 0; input < entries.size(); ++input) {
    if (!term->uses(input))
      continue;
    Entry entry = entryOf(input, element, 0);
    entries[input] = entry;
    if (entry.kind == Entry::Open)
      return false;
    box[input] = entry.kind == Entry::Number
                     ? entry.number
                     : reader.net[entry.node].range[entry.element];
  }
  return true;
}

bool NetworkReader::LoopReader::findVariables() {
  size_t count = first.inputs.size() + 1;
  entries.resize(count);
  box.resize(count);
  isVariable.assign(count, false);
  for (size_t element = 0; element < range.size(); ++element) {
    if (!readEntries(element))
      return false;
    for (size_t input = 0; input < count; ++input)
      if (term->uses(input) && entries[input].kind == Entry::OfNode)
        isVariable[input] = true;
  }
  return true;
}

std::optional<unsigned> NetworkReader::LoopReader::readElementwise() {
  bindNumbers();
  if (!findVariables() || reader.isTooLarge(range.size()))
    return std::nullopt;
  Expression formula = term->formula();
  if (std::optional<AffineForm> form = affineForm(formula, isVariable))
    return readAffine(*form, /*isWhole=*/true, range);
  std::optional<Composition> split = splitAffine(formula, isVariable);
  if (!split)
    return std::nullopt;
  std::optional<AffineForm> form = affineForm(split->inner, isVariable);
  std::optional<unsigned> operand =
      readAffine(*form, /*isWhole=*/false, innerRanges(*form));
  auto relaxation = FunctionRelaxation::of(split->outer);
  if (!operand || !relaxation)
    return std::nullopt;
  std::vector<double> errors;
  for (size_t element = 0; element < range.size(); ++element) {
    readEntries(element);
    errors.push_back(
        reader.semantics == Semantics::Ieee ? term->executionError(box) : 0.0);
    if (std::isinf(errors.back()))
      return std::nullopt;
  }
  return reader.addFunction(*operand, std::move(relaxation), range,
                            std::move(errors));
}

/// A formula over the numbers among the entries.
Interval NetworkReader::LoopReader::value(Expression formula) const {
  return enclose(formula, box);
}

std::vector<Interval>
NetworkReader::LoopReader::innerRanges(const AffineForm &form) {
  std::vector<Interval> ranges;
  for (size_t element = 0; element < range.size(); ++element) {
    readEntries(element);
    Interval sum = value(form.constant);
    for (auto [input, factor] : llvm::enumerate(form.factors))
      if (factor)
        sum = sum + value(*factor) * box[input];
    ranges.push_back(sum);
  }
  return ranges;
}

/// `isWhole`: whether this is all the op does, with what its execution rounds.
std::optional<unsigned>
NetworkReader::LoopReader::readAffine(const AffineForm &form, bool isWhole,
                                      ArrayRef<Interval> ranges) {
  RowBuilder rows(reader.net);
  for (size_t element = 0; element < ranges.size(); ++element) {
    readEntries(element);
    if (!ranges[element].isBounded())
      return std::nullopt;
    rows.addConstant(value(form.constant));
    for (auto [input, factor] : llvm::enumerate(form.factors)) {
      if (!factor)
        continue;
      const Entry &entry = entries[input];
      if (entry.kind == Entry::OfNode)
        rows.add(entry.node, entry.element, value(*factor));
      else
        rows.addConstant(value(*factor) * entry.number);
    }
    double error = isWhole && reader.semantics == Semantics::Ieee
                       ? term->executionError(box)
                       : 0.0;
    if (std::isinf(error))
      return std::nullopt;
    rows.endRow({0.0, error, 0.0});
  }
  return reader.addRows(rows, ranges);
}

} // namespace act

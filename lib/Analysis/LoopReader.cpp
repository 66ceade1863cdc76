//===- LoopReader.cpp - A loop nest as nodes of a network -----------------===//
//
// Part of Actinium, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoopReader.h"
#include "ExecutedError.h"
#include "FormulaReader.h"

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
    return readTerms(range);
  case Reduction::Sum:
    return readSum();
  case Reduction::Maximum:
  case Reduction::Minimum:
    return readExtremum();
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
  steps = inner.front().size();
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
// Terms
//===----------------------------------------------------------------------===//

/// The term, of which inputs that are one number become part.
ElementFunction NetworkReader::LoopReader::boundTerm() const {
  SmallVector<std::optional<double>> numbers;
  for (auto [a, b] : llvm::zip(first.inputs, second.inputs)) {
    std::optional<double> x = a.bounds.asNumber(), y = b.bounds.asNumber();
    numbers.push_back(x == y ? x : std::nullopt);
  }
  numbers.push_back(std::nullopt);
  return first.term->bind(numbers);
}

/// The node of all values of the term, those of one element side by side, which
/// lie in `ranges`, or as their inputs say.
std::optional<unsigned>
NetworkReader::LoopReader::readTerms(ArrayRef<Interval> ranges) {
  ElementFunction term = boundTerm();
  auto entryAt = [&](unsigned input, size_t place) {
    return entryOf(input, place / steps, place % steps);
  };
  FormulaReader formula(reader, term, first.inputs.size() + 1,
                        range.size() * steps, entryAt);
  if (!ranges.empty())
    return formula.read(ranges);
  std::optional<std::vector<Interval>> executed = formula.executedRanges();
  return executed ? formula.read(*executed) : std::nullopt;
}

/// More values of a term are not read: each has a coefficient in every bound.
static constexpr size_t kMaxTerms = 1 << 16;

std::optional<unsigned> NetworkReader::LoopReader::readTerms() {
  if (steps == 0 || range.size() * steps > kMaxTerms)
    return std::nullopt;
  return readTerms({});
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

bool NetworkReader::LoopReader::addProduct(const Entry &a, const Entry &b,
                                           RowBuilder &rows) const {
  auto isPart = [](const Entry &entry) {
    return entry.kind == Entry::Number || entry.kind == Entry::OfNode;
  };
  if (!isPart(a) || !isPart(b))
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
  if (reader.purpose == Purpose::Outline)
    if (std::optional<unsigned> node = readWeightedSum())
      return node;
  if (reader.isTooLarge(steps * range.size()))
    return std::nullopt;
  if (std::optional<unsigned> node = readSumOfProducts())
    return node;
  std::optional<unsigned> terms = readTerms();
  if (!terms)
    return std::nullopt;
  return sumOf([&](size_t element, size_t step) {
    return std::pair(Entry::ofNode(*terms, element * steps + step),
                     Entry::ofNumber(Interval(1.0)));
  });
}

/// A sum of elements, or of their products with numbers. Products that are
/// rounded once count as steps of the sum.
std::optional<unsigned> NetworkReader::LoopReader::readSumOfProducts() {
  Expression formula = first.term->formula();
  bool isProduct = formula.primitive() == Primitive::Mul &&
                   formula.operand(0).isVariable() &&
                   formula.operand(1).isVariable();
  bool exactTerms =
      reader.semantics == Semantics::Real || first.term->roundsOnce();
  if ((!isProduct && !formula.isVariable()) || !exactTerms)
    return std::nullopt;
  return sumOf([&](size_t element, size_t step) {
    if (!isProduct)
      return std::pair(entryOf(formula.variableIndex(), element, step),
                       Entry::ofNumber(Interval(1.0)));
    return std::pair(
        entryOf(formula.operand(0).variableIndex(), element, step),
        entryOf(formula.operand(1).variableIndex(), element, step));
  });
}

/// What executing the sum at hand may be off, its last rounding included;
/// nothing where it may overflow.
static std::optional<SumError> executionError(const RowBuilder &rows,
                                              const LoopNest &nest) {
  double most = rows.magnitude();
  double off = summationError(rows.numTerms(), most, nest.formats);
  if (std::isinf(off))
    return std::nullopt;
  SumError error = summationError(rows.numTerms(), nest.formats);
  if (!nest.resultFormat)
    return error;
  if (most + off >= largestFinite(*nest.resultFormat))
    return std::nullopt;
  // Of the executed sum, at most M and its error.
  double roundoff = unitRoundoff(*nest.resultFormat);
  return error + SumError{roundedUp(roundoff * (1.0 + error.relative)), 0.0,
                          roundedUp(roundoff * error.underflow +
                                    smallestSubnormal(*nest.resultFormat) / 2)};
}

std::optional<unsigned> NetworkReader::LoopReader::sumOf(FactorsAt factorsAt) {
  RowBuilder rows(reader.net);
  for (size_t element = 0; element < range.size(); ++element) {
    if (!addProduct(entryOf(first.inputs.size(), element, 0),
                    Entry::ofNumber(Interval(1.0)), rows))
      return std::nullopt;
    for (size_t step = 0; step < steps; ++step) {
      auto [a, b] = factorsAt(element, step);
      if (!addProduct(a, b, rows))
        return std::nullopt;
    }
    std::optional<SumError> error = SumError();
    if (reader.semantics == Semantics::Ieee && rows.numTerms() > 0)
      error = executionError(rows, first);
    if (!error)
      return std::nullopt;
    rows.endRow(*error);
  }
  return reader.addRows(rows, range);
}

//===----------------------------------------------------------------------===//
// Maxima and minima
//===----------------------------------------------------------------------===//

std::optional<unsigned> NetworkReader::LoopReader::readExtremum() {
  if (reader.isTooLarge(steps * range.size()))
    return std::nullopt;
  Expression formula = first.term->formula();
  std::optional<unsigned> terms;
  if (!formula.isVariable() || !first.term->roundingFormats().empty()) {
    terms = readTerms();
    if (!terms)
      return std::nullopt;
  }
  std::vector<SmallVector<Entry>> candidates(range.size());
  for (size_t element = 0; element < range.size(); ++element) {
    if (!addCandidate(entryOf(first.inputs.size(), element, 0),
                      candidates[element]))
      return std::nullopt;
    for (size_t step = 0; step < steps; ++step)
      if (!addCandidate(terms ? Entry::ofNode(*terms, element * steps + step)
                              : entryOf(formula.variableIndex(), element, step),
                        candidates[element]))
        return std::nullopt;
    dropDecided(candidates[element]);
  }
  return addExtrema(candidates);
}

/// Padding that never wins is no candidate.
bool NetworkReader::LoopReader::addCandidate(
    const Entry &entry, SmallVectorImpl<Entry> &candidates) const {
  bool isMaximum = first.reduction == Reduction::Maximum;
  if (entry.kind == Entry::Infinity)
    return (entry.number.hi < 0) == isMaximum;
  if (entry.kind == Entry::Open)
    return false;
  candidates.push_back(entry);
  return true;
}

/// Drops what cannot win over the whole domain, which one of them surely can.
void NetworkReader::LoopReader::dropDecided(
    SmallVectorImpl<Entry> &candidates) const {
  // A minimum is a maximum upside down.
  SmallVector<Interval> ranges;
  for (const Entry &entry : candidates) {
    Interval all = entry.kind == Entry::Number
                       ? entry.number
                       : reader.net[entry.node].range[entry.element];
    ranges.push_back(first.reduction == Reduction::Maximum ? all : -all);
  }
  size_t surest = 0;
  for (size_t i = 1; i < ranges.size(); ++i)
    if (ranges[i].lo > ranges[surest].lo)
      surest = i;
  SmallVector<Entry> left;
  for (size_t i = 0; i < ranges.size(); ++i)
    if (i == surest || ranges[i].hi > ranges[surest].lo)
      left.push_back(candidates[i]);
  candidates.assign(left.begin(), left.end());
}

/// Numbers among the candidates are elements of an affine node.
std::optional<unsigned>
NetworkReader::LoopReader::addExtrema(ArrayRef<SmallVector<Entry>> candidates) {
  RowBuilder numbers(reader.net);
  std::vector<Interval> points;
  for (ArrayRef<Entry> some : candidates)
    for (const Entry &entry : some)
      if (entry.kind == Entry::Number) {
        points.push_back(entry.number);
        numbers.addConstant(points.back());
        numbers.endRow({});
      }
  unsigned constants = points.empty() ? 0 : numbers.finish(reader.net, points),
           number = 0;
  OperandLists operands;
  for (ArrayRef<Entry> some : candidates) {
    if (some.empty())
      return std::nullopt;
    for (const Entry &entry : some)
      operands.add(entry.kind == Entry::Number
                       ? OperandLists::Operand{constants, number++}
                       : OperandLists::Operand{entry.node, entry.element});
    operands.endList();
  }
  return reader.addMultivariate(
      first.reduction == Reduction::Maximum ? MultivariateFunction::Maximum
                                            : MultivariateFunction::Minimum,
      std::move(operands), range, std::vector<double>(range.size(), 0.0),
      /*errorScales=*/true);
}

} // namespace act
